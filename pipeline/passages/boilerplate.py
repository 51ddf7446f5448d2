"""Boilerplate that only the corpus reveals: short lines that recur on many pages, around the stories and not in them.

Conversely, a page that would be boilerplate from beginning to end keeps its text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..batch import Batch
from ..model import Page, Passage, Role
from ..reasons import Flag
from ..text.cues import JUNK
from ..text.forms import closed, simplified
from .groups import group_of

PAGES = 5  # least pages of one group with the line: fewer may be a series of reports
SHARE = 0.1  # least share of the group's pages: a signature or a column's name is on fewer
SHORT = 20  # most letters of such a line; twice as many where its words are those of buttons
OUTSIDE = 0.8  # least share of its occurrences that are around the stories
DATE = "年月日号號时時分"
WORDS = 4  # letters besides numbers from which lines that differ only in their numbers count as the same
NUMBER = re.compile(r"\d+")
SIGNED = re.compile(r"[(（].+[)）]")  # how an agency or a contributor is named below a story: it is the story's own
NOTICE = 200  # most characters of a notice at the end of pages
# What a site forbids or disclaims below its articles; a report about rights does not speak so.
RIGHTS = re.compile(
    r"(?:未经|非经|未获)[^。]{0,20}(?:不得|禁止|严禁|请勿)|(?:不得|禁止|请勿|严禁|谢绝)[^。]{0,8}(?:转载|转贴|翻印|摘编|镜像|复制)"
    r"|版权(?:均?归|为)本|版权所有|违者必究|不代表本[网站报刊社]|本[网站报刊社][^。]{0,10}不承担|all rights reserved"
    r"|may not be (?:reproduced|republished|published|redistributed)"
    r"|without (?:prior |written )*(?:permission|consent)",
    re.IGNORECASE,
)
Line = tuple[str, str]  # the group of the page, and the line's letters


def mark_boilerplate(pages: Sequence[Page], batch: Batch) -> Batch:
    """Mark recurring lines as boilerplate, and keep the text of pages that would have nothing else."""
    batch = without_notices(pages, without_recurring(pages, batch))
    return batch.with_pages({page: spared(own) for page, own in batch.pages.items()})


def without_notices(pages: Sequence[Page], batch: Batch) -> Batch:
    """Mark notices about rights and liability that end pages of a group as boilerplate, from two pages on.

    The texts above them must differ: otherwise they may be the end of one story that is printed twice.
    """
    group = {page.id: group_of(page) for page in pages}
    above: dict[Line, set[str]] = defaultdict(set)
    last: list[tuple[Passage, Line]] = []
    for id_, own in batch.pages.items():
        text = [p for p in own if p.role is not Role.BOILERPLATE]
        if len(text) > 1 and _is_about_rights(text[-1]):
            line = group[id_], batch.letters(text[-1])
            last.append((text[-1], line))
            above[line].add(batch.letters(text[-2]))
    refs = {p.ref for p, line in last if len(above[line]) > 1}
    return batch.with_pages(
        {id_: tuple(_made_boilerplate(p) if p.ref in refs else p for p in own) for id_, own in batch.pages.items()}
    )


def _is_about_rights(p: Passage) -> bool:
    text = p.role in (Role.BODY, Role.SUBHEAD) and len(p.text) <= NOTICE
    return text and RIGHTS.search(simplified(p.text)) is not None


def without_recurring(pages: Sequence[Page], batch: Batch) -> Batch:
    """Mark lines that recur around the stories of many pages as boilerplate.

    Occurrences within stories are intended ("核心阅读") and stay.
    """
    groups = {page.id: group_of(page) for page in pages}
    sizes = Counter(groups.values())
    keys = {id_: [_key(p, batch) for p in own] for id_, own in batch.pages.items()}
    often = Counter((groups[id_], key) for id_, own in keys.items() for key in set(own) if key)
    many = {line for line, count in often.items() if count >= max(PAGES, SHARE * sizes[line[0]])}
    if not many:
        return batch
    places = {id_: _around(own, [(groups[id_], key) in many for key in keys[id_]]) for id_, own in batch.pages.items()}
    there = Counter((groups[id_], keys[id_][at]) for id_, own in places.items() for at in own)
    total = Counter((groups[id_], key) for id_, own in keys.items() for key in own if key)
    sure = {line for line in many if there[line] >= OUTSIDE * total[line]}

    def marked(id_: str, at: int, p: Passage) -> Passage:
        return _made_boilerplate(p) if at in places[id_] and (groups[id_], keys[id_][at]) in sure else p

    return batch.with_pages(
        {id_: tuple(marked(id_, at, p) for at, p in enumerate(own)) for id_, own in batch.pages.items()}
    )


def spared(own: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages of a page; if only headlines and boilerplate would be left, its lines stay as text, flagged."""
    if any(p.role not in (Role.BOILERPLATE, Role.HEADLINE) for p in own):
        return own
    return tuple(
        replace(p, role=Role.BODY, flags=(*p.flags, Flag.ALL_BOILERPLATE)) if p.role is Role.BOILERPLATE else p
        for p in own
    )


def _key(p: Passage, batch: Batch) -> str:
    """The letters of a line that may be boilerplate, with numbers masked; empty for one that is surely text."""
    if p.role in (Role.BYLINE, Role.CAPTION):
        return ""
    letters = batch.letters(p)
    junk = JUNK.search(p.text)
    if not junk and SIGNED.fullmatch(p.text.strip()):
        return ""
    sentence = closed(p.text) and not junk
    limit = 2 * SHORT if junk else SHORT
    words = NUMBER.sub("", letters)
    if sentence or not 2 <= len(letters) <= limit or not words.strip(DATE):
        return ""  # a date alone may belong to a notice
    return NUMBER.sub("0", letters) if len(words) >= WORDS else letters  # 6比3 and 7比4 are not one line


def _around(own: Sequence[Passage], many: Sequence[bool]) -> frozenset[int]:
    """The lines around the stories: before the first headline, or after a story's last line."""
    return frozenset({*_head(own, many), *_feet(own, many)})


def _head(own: Sequence[Passage], many: Sequence[bool]) -> Iterator[int]:
    """The recurring lines at the top of the page, if a headline follows; otherwise the last may be the headline."""
    end = next((at for at, often in enumerate(many) if not often), len(own))
    if end < len(own) and own[end].role is Role.HEADLINE:
        yield from range(end)


def _feet(own: Sequence[Passage], many: Sequence[bool]) -> Iterator[int]:
    """The recurring lines after a line of text, up to a headline or the page's end."""
    behind = True  # is the place behind this line a headline, the page's end, or a recurring line?
    for at in range(len(own) - 1, 0, -1):
        if behind and many[at]:
            yield at
        else:
            behind = own[at].role is Role.HEADLINE


def _made_boilerplate(p: Passage) -> Passage:
    if p.role is Role.BOILERPLATE:
        return p
    return replace(p, role=Role.BOILERPLATE, certainty=1.0, headline=0.0, flags=(*p.flags, Flag.RECURRING))
