"""Where a text was printed, or when it was edited, as some systems add it at its end.

《汀桐日报》（2031年08月03日 第 01 版） is added by e-paper systems, （編輯：甲）1200506 by agencies in Taiwan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ...text.dates import CHINESE, NUMERIC, find_dates, given_date
from .folios import page_number

DAY = r"(?P<day>\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)"
PAGE = r"第?\s*(?P<page>[A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})\s*版"
SECTION = r"(?:\s*[:·\s]\s*(?P<section>[\u3400-\u9fff]{2,6}))?"
PRINTED = re.compile(
    r"(?:^|(?<=[\s。!?”’」)(|]))(?:(?:原载|原刊|载|刊|摘自|选自|转自|转载自|来源)于?\s*:?\s*)?《\s*(?P<name>[^《》\s]{2,14})\s*》"
    rf"[\s(,]*{DAY}\s*(?:星期[一二三四五六日天])?[\s,()]*(?:{PAGE}{SECTION})?[\s)。]*$"
)
PERIODICAL = re.compile(r"[报刊网]$|杂志$|周末$|新闻$")
STAMP = re.compile(
    r"\((?:编辑|责编|责任编辑|译者|编译|核稿)[^()]{2,40}\)\s*(?P<stamp>(?P<year>\d{2,3})(?P<month>\d\d)(?P<day>\d\d))\s*$"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """The text ends at `start`; the span of the paper's name, the day and the page, as far as they are told."""

    start: int
    published: date
    source: tuple[int, int] | None = None
    page: str = ""
    section: str = ""


def find_citation(text: str) -> Citation | None:
    """What ends a text in plain form, of which the last 160 characters do.

    >>> c = find_citation("会上说。《汀桐日报》(2031年08月03日 第 01 版)")
    >>> c.start, str(c.published), c.page
    (4, '2031-08-03', '1')
    >>> str(find_citation("(编辑:张三)1200506").published), find_citation("他读了《山海经》(2031年8月3日)")
    ('2031-05-06', None)
    """
    if m := PRINTED.search(text):
        return _printed(text, m)
    if not (m := STAMP.search(text)):
        return None
    day = given_date(f"{int(m['year']) + 1911}-{m['month']}-{m['day']}")
    return Citation(m.start("stamp"), day) if day else None


def _printed(text: str, m: re.Match[str]) -> Citation | None:
    day = next((day for _, _, day in find_dates("".join(m["day"].split()), CHINESE, NUMERIC)), None)
    if day is None or not (m["page"] or PERIODICAL.search(m["name"])):
        return None
    return Citation(m.start(), day, m.span("name"), page_number(m["page"]) if m["page"] else "", m["section"] or "")
