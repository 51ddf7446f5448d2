"""Lines that are no part of a story but say something about it: 责任编辑：…, 来源：…, 第3版：要闻."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..model import TITLE, Action, Page, Placement, Role
from ..text.cues import JUNK
from ..text.forms import fold
from .metadata.folios import find_folio
from .metadata.mentions import says_something
from .metadata.plain import half_width, plain
from .metadata.published import find_published

WHOLE_PAGE = "本版"  # marks a line about all stories of its page
LONGEST = 200  # most characters of such a line
HEADLINE = 6  # letters from which a line that tells nothing may be the headline of another story
WEEKDAY = re.compile("(?:星期|周|礼拜|禮拜)[一二三四五六日天]")
PUBLISHED = re.compile("[发發]布|[发發]表|Published|Posted")
EDITED = re.compile(r"[编編][辑輯]|[责責][编編]|校[对對]|\bEdit")


def _lists() -> defaultdict[str, list[str]]:
    return defaultdict(list)


@dataclass(slots=True)
class PageLines:
    """Lines about single stories, lines about whole pages, and each story's head where a page has several.

    A line is about the story before it; before the first story it is about the page. Below a story, lists of other
    stories begin with the first line that may be a headline: from there on, dates and sources are those of the others.
    """

    stories: dict[str, list[str]] = field(default_factory=_lists)
    pages: dict[str, list[str]] = field(default_factory=_lists)
    heads: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, story: str, page: str) -> tuple[list[str], list[str]]:
        """The lines about a story alone, and those about all stories of its main page."""
        head = self.heads.get((story, page))
        return self.stories.get(story, []), ([head] if head else []) + self.pages.get(page, [])


def find_page_lines(placements: Sequence[Placement], pages: Mapping[str, Page]) -> PageLines:
    """Assign the boilerplate lines to the stories before them; passages that were moved do not count."""
    found = PageLines()
    rows = sorted((p for p in placements if _telling(p)), key=lambda p: (p.page, p.start))
    for page, own in groupby(rows, key=lambda p: p.page):
        _one_page(list(own), pages[page], found)
    return found


def _telling(row: Placement) -> bool:
    if row.role is Role.BOILERPLATE and row.action is Action.BOILERPLATE:
        return row.end - row.start <= LONGEST
    return row.action is Action.KEPT and row.article is not None


def _one_page(rows: Sequence[Placement], page: Page, found: PageLines) -> None:
    lines = {r.start: page.text[r.start : r.end] for r in rows if r.article is None}
    folios = {start: folio for start, line in lines.items() if (folio := find_folio(half_width(line)))}
    several = len(set(folios.values())) > 1
    story, head = "", ""
    since: dict[str, list[str]] = defaultdict(list)  # the lines since a story's last passage
    begun: set[str] = set()  # stories of which there was text: what stands between it and the headline is their own
    for row in rows:
        if row.article is not None:
            story = row.article
            lines_before = since.pop(story, [])
            found.stories[story] += _without_others(lines_before) if story in begun else lines_before
            begun |= {story} if row.position != TITLE else set()
            if head:
                found.heads.setdefault((story, page.id), head)
            continue
        line = lines[row.start]
        if row.start in folios and several:
            head = line
        elif not story or row.start in folios or WHOLE_PAGE in line:
            if line not in found.pages[page.id]:
                found.pages[page.id].append(line)
        else:
            since[story].append(line)
    for story, behind in since.items():
        found.stories[story] += _without_others(behind)
    found.pages[page.id] = _without_list(found.pages[page.id])


def _without_others(lines: Sequence[str]) -> list[str]:
    """The lines below a story that are about it. Its editors may come last, its dates and sources don't."""
    other = next((at for at, line in enumerate(lines) if _may_head(line)), len(lines))
    return [*_without_list(lines[:other], lines), *(line for line in lines[other:] if EDITED.search(line))]


def _without_list(lines: Sequence[str], around: Sequence[str] = ()) -> list[str]:
    """The lines without days that are those of a list, as there are several days."""
    days = {line: day for line in around or lines if (day := find_published(plain(line))) and not _is_head(line)}
    return [line for line in lines if line not in days] if len(set(days.values())) > 1 else list(lines)


def _is_head(line: str) -> bool:
    """Does the line head the page, or say that its day is that of publication?"""
    return bool(WEEKDAY.search(line) or PUBLISHED.search(line)) or find_folio(half_width(line)) is not None


def _may_head(line: str) -> bool:
    """May the line be the headline of another story? Such a one tells nothing, and is no button or notice."""
    if len(fold(line)) < HEADLINE or JUNK.search(line):
        return False
    return not (find_published(plain(line)) or find_folio(half_width(line)) or says_something(line))
