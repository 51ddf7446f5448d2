"""Page -> passages with roles: lines of the text, and captions cut off that run on at a paragraph's end."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..model import Page, Passage, Role
from ..models import Models
from ..reasons import Flag
from ..text.forms import fold
from ..text.positions import line_of
from .fused import Part, split_fused
from .notices import notice
from .roles import ROLES, Floats, role_probabilities

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
TOLD = {Role.HEADLINE: 0.98, Role.SUBHEAD: 0.3, Role.CAPTION: 0.02}  # chance of a headline where markup tells the role


def find_passages(page: Page, models: Models) -> tuple[Passage, ...]:
    """The passages of a page in order, each with its role and the certainty of it.

    Roles come from trees fitted on made pages: the line's shape, its neighbours, the words that it shares with
    the text after it and not with the text before. Where the page's markup tells the role, that counts; what stands
    around the articles by its markup is no passage at all, nor is what holds no letter.
    """
    lines = [line for line in _lines(page.text) if _told(page, line[0]) is not Role.BOILERPLATE]
    parts = [part for at in range(len(lines)) for part in split_fused(page.text, lines, at, models)]
    chances = role_probabilities([page.text[part.start : part.end] for part in parts], models)
    return tuple(_passage(page, part, chance) for part, chance in zip(parts, chances, strict=True))


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold a letter or a digit, white space at their ends left out."""
    spans = []
    for match in LINE.finditer(text):
        line = match[0]
        if fold(line):
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, match.start() + len(line.rstrip())))
    return spans


def _told(page: Page, at: int) -> Role | None:
    """What the page's markup says that the span is in which a character stands."""
    before = bisect_right(page.markup, at, key=lambda span: span[0]) - 1
    return page.markup[before][2] if before >= 0 and at < page.markup[before][1] else None


def _passage(page: Page, part: Part, chance: Floats) -> Passage:
    """A passage with its role: by its markup, by rule, or by the trees, whose probabilities `chance` holds (roles,)."""
    text, told = page.text[part.start : part.end], _told(page, part.start)
    flags = (part.flag,) if part.flag else ()
    rule = notice(text)
    if rule and (told is not Role.HEADLINE or rule is Flag.PAGE_NUMBER):  # a story may be about a notice, not be one
        role, certainty, headline, flags = Role.BOILERPLATE, 1.0, 0.0, (rule,)
    elif told is not None:
        role, certainty, headline = told, 1.0, TOLD[told]
    else:
        role = ROLES[int(chance.argmax())]
        if part.flag is Flag.FUSED and role in (Role.BODY, Role.HEADLINE, Role.SUBHEAD):
            role = Role.CAPTION
        certainty, headline = (round(float(chance[ROLES.index(each)]), 4) for each in (role, Role.HEADLINE))
    return Passage(page.id, part.start, part.end, line_of(page, part.start), text, role, certainty, flags, headline)
