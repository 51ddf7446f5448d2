"""Lines that are no part of a story but say something about it: 责任编辑：…, 来源：…, 第3版：要闻."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..model import Action, Page, Placement, Role
from .metadata.folios import find_folio
from .metadata.plain import half_width

WHOLE_PAGE = "本版"  # marks a line about all stories of its page
LONGEST = 200  # most characters of such a line


def _lists() -> defaultdict[str, list[str]]:
    return defaultdict(list)


@dataclass(slots=True)
class PageLines:
    """Lines about single stories, lines about whole pages, and each story's head where a page has several.

    A line is about the story before it; before the first story it is about the page.
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
    for row in rows:
        if row.article is not None:
            story = row.article
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
            found.stories[story].append(line)
