"""Page -> passages with roles: the lines of the text, with fused captions split off."""

from __future__ import annotations

import re
from bisect import bisect_right

import numpy as np

from ..model import Page, Passage, Role
from ..models import Models
from ..reasons import Flag
from ..text.forms import fold
from ..text.positions import line_of
from .fused import Part, split_fused
from .notices import notice
from .roles import ROLES, Floats, role_probabilities

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BY_MARKUP = {
    Role.HEADLINE: 0.98,
    Role.SUBHEAD: 0.3,
    Role.CAPTION: 0.02,
}  # probability of a headline, by the role in the markup


def find_passages(page: Page, models: Models) -> tuple[Passage, ...]:
    """The passages of a page in order, each with its role and the certainty of it.

    Roles come from trees fitted on made pages: the line's shape, its neighbours, the words that it shares with
    the text after it and not with the text before. A role given by the page's markup takes precedence. What the markup
    puts outside the articles is no passage, nor is a line without a letter.
    """
    lines = [line for line in _lines(page.text) if _markup_role(page, line[0]) is not Role.BOILERPLATE]
    parts = [part for at in range(len(lines)) for part in split_fused(page.text, lines, at, models)]
    chances = role_probabilities([page.text[part.start : part.end] for part in parts], models)
    return tuple(_passage(page, part, chance) for part, chance in zip(parts, chances, strict=True))


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
    elif by_markup is not None:
        role, certainty, headline = by_markup, 1.0, BY_MARKUP[by_markup]
        if page.single and role is not Role.HEADLINE:
            headline = 0.0
    else:
        if page.single:  # no line is a headline by its look alone
            chance = np.where(np.arange(len(ROLES)) == ROLES.index(Role.HEADLINE), 0, chance)
        role = ROLES[int(chance.argmax())]
        if part.flag is Flag.FUSED and role in (Role.BODY, Role.HEADLINE, Role.SUBHEAD):
            role = Role.CAPTION
        certainty, headline = (round(float(chance[ROLES.index(each)]), 4) for each in (role, Role.HEADLINE))
    return Passage(page.id, part.start, part.end, line_of(page, part.start), text, role, certainty, flags, headline)
