"""Page -> passages with roles: the lines of the text, with fused captions split off."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import numpy as np

from ..limits import Exceeded
from ..model import Page, Passage, Role
from ..models import Models
from ..reasons import Flag
from ..text.cues import is_junk
from ..text.forms import fold
from ..text.positions import LINE, line_of
from .fused import Part, split_fused, tails_of
from .groups import group_of
from .notices import address, notice, source_line
from .roles import draft, role_probabilities, second_features
from .style import ROLES, Floats, Halves, Lines, Style, TailFeatures, Tails, TailUse, lines_of

T = TypeVar("T")
Map = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]

BY_MARKUP = {
    Role.HEADLINE: 0.98,
    Role.SUBHEAD: 0.3,
    Role.CAPTION: 0.02,
}  # probability of a headline, by the role in the markup
BLOCK = 512  # pages whose features of style are in memory at a time
SURELY_JUNK, SURELY_BARE = 0.8, 0.97  # certainty from which a line with words of boilerplate, or without, is some


@dataclass(frozen=True)
class Draft:
    """The first reading of a page: its lines, with fused captions split off, and what the page alone says of them."""

    parts: tuple[Part, ...]
    features: Halves
    chances: Halves
    lines: Lines


def find_passages(pages: Sequence[Page], models: Models, each: Map = map) -> Iterator[tuple[Passage, ...]]:
    """The passages of some pages, each in order, with its role and the certainty of it.

    Roles come from trees fitted on made pages: the line's shape, its neighbours, the words that it shares with the text
    after it and not with the text before; and then what the other pages of the group show (see style). A role given by
    the page's markup takes precedence. What the markup puts outside the articles is no passage, nor is a line without a
    letter. `each` maps a function over items, in their order.
    """
    groups = [group_of(page) for page in pages]
    tails = list(each(page_tails, pages))
    uses = {group: TailUse(own) for group, own in _by_group(groups, tails).items()}
    given = [(page, uses[group].of(own)) for page, group, own in zip(pages, groups, tails, strict=True)]
    drafts = list(each(partial(first_reading, models=models), given))
    styles = {group: Style([(d.lines, d.chances) for d in own]) for group, own in _by_group(groups, drafts).items()}
    rows = (styles[group].features(d.lines, d.chances) for group, d in zip(groups, drafts, strict=True))
    waiting = zip(pages, drafts, rows, strict=True)
    while block := list(islice(waiting, BLOCK)):
        yield from each(partial(second_reading, models=models), block)


def check_passages(found: Mapping[str, Sequence[Passage]], most: int) -> None:
    """Raises Exceeded for pages, by id, that have more than `most` passages."""
    if beyond := {
        id_: f"too many passages: {len(own)}, and not {most} at most" for id_, own in found.items() if len(own) > most
    }:
        raise Exceeded(beyond)


def _by_group(groups: Sequence[str], items: Sequence[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for group, item in zip(groups, items, strict=True):
        found[group].append(item)
    return found


def page_tails(page: Page) -> Tails:
    """The forms of the ends of a page's paragraphs, and of its short lines."""
    return tails_of([page.text[start:end] for start, end in _inside(page)])


def first_reading(given: tuple[Page, TailFeatures], models: Models) -> Draft:
    """A page read by itself, but for the `TailFeatures` of its group, which say where captions are fused."""
    page, use = given
    spans = _inside(page)
    parts = [part for at in range(len(spans)) for part in split_fused(page.text, spans, at, use, models)]
    texts = [page.text[part.start : part.end] for part in parts]
    return Draft(tuple(parts), *draft(texts, models), lines_of(texts))


def second_reading(given: tuple[Page, Draft, Floats], models: Models) -> tuple[Passage, ...]:
    """The passages of a page, by its first reading and the style of its group, (lines, len(STYLE_NAMES))."""
    page, found, style = given
    chances = role_probabilities(second_features(found.features, found.chances, style), models)
    return tuple(_passage(page, part, chance) for part, chance in zip(found.parts, chances, strict=True))


def _inside(page: Page) -> list[tuple[int, int]]:
    """The spans of the lines that the markup doesn't put outside the articles."""
    return [line for line in _lines(page.text) if _markup_role(page, line[0]) is not Role.BOILERPLATE]


def _likeliest(text: str, chance: Floats) -> Role:
    """The likeliest role; boilerplate only from a bound on, a higher one where no word of the line tells of it."""
    first, second = (ROLES[int(k)] for k in np.argsort(-chance, kind="stable")[:2])
    bound = SURELY_JUNK if is_junk(text) else SURELY_BARE
    return second if first is Role.BOILERPLATE and chance.max() < bound else first


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold a letter or a digit, without white space at their ends."""
    spans = []
    for match in LINE.finditer(text):
        line = match[0]
        if fold(line):
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, match.start() + len(line.rstrip())))
    return spans


def _markup_role(page: Page, at: int) -> Role | None:
    """The role that the page's markup gives to the character at an offset."""
    before = bisect_right(page.markup, at, key=lambda span: span[0]) - 1
    return page.markup[before][2] if before >= 0 and at < page.markup[before][1] else None


def _passage(page: Page, part: Part, chance: Floats) -> Passage:
    """A passage with its role: by its markup, by rule, or by the trees, whose probabilities `chance` holds (roles,)."""
    text, by_markup = page.text[part.start : part.end], _markup_role(page, part.start)
    flags = (part.flag,) if part.flag else ()
    rule = notice(text)
    if rule and (by_markup is not Role.HEADLINE or rule is Flag.PAGE_NUMBER):  # a headline may be about a notice
        role, certainty, headline, flags = Role.BOILERPLATE, 1.0, 0.0, (rule,)
    elif source_line(text) and by_markup is not Role.HEADLINE:
        role, certainty, headline = Role.BYLINE, 1.0, 0.0
    elif by_markup is not None:
        role, certainty, headline = by_markup, 1.0, BY_MARKUP[by_markup]
        if page.single and role is not Role.HEADLINE:
            headline = 0.0
    else:
        if page.single or address(text):  # no headline by its look alone
            chance = np.where(np.arange(len(ROLES)) == ROLES.index(Role.HEADLINE), 0, chance)
        role = _likeliest(text, chance)
        if part.flag is Flag.FUSED and role in (Role.BODY, Role.HEADLINE, Role.SUBHEAD):
            role = Role.CAPTION
        certainty, headline = (round(float(chance[ROLES.index(each)]), 4) for each in (role, Role.HEADLINE))
    return Passage(page.id, part.start, part.end, line_of(page, part.start), text, role, certainty, flags, headline)
