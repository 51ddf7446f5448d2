"""Dates of publication on lines of their own: 发布时间：2031-05-06 08:30, 2031年5月6日 星期二."""

from __future__ import annotations

import re
from datetime import date

from ...text.dates import CHINESE, ENGLISH, NUMERIC, find_dates
from .folios import FOLIO, HEAD
from .publishers import find_source

LABEL = re.compile(
    r"(?:(?:发布|发表|发稿|刊发|见报|出版)\s*(?:时间|日期)?|^(?:本文|文章)?(?:发布|发表|发稿|刊发|出版)于|(?:^|[\s(|])(?:时间|日期)|(?:^|[(|])\s*Date|"
    r"Published(?: on)?|Posted(?: on)?)\s*:?\s*$",
    re.IGNORECASE,
)
# What may accompany a date on a line that only gives the date.
BESIDE = re.compile(
    r"(?:上午|下午|凌晨|晚上)?\d{1,2}:\d{2}(?::\d{2})?|\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|\(?农历\S+|第\s*\S{1,4}\s*[版期]|[A-Z]?\d{1,3}版|共\s*\S{1,3}版|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[\s,()|·/:.]+"
)
PAPER = re.compile(r"^[\u3400-\u9fff]{2,8}[报刊网]$")
LONGEST = 120  # most characters of such a line


def find_published(text: str) -> date | None:
    """The date of publication, if a line in plain form gives it.

    >>> find_published("2031年5月6日 星期二"), find_published("发布时间:2031-05-06 08:30 来源:汀桐晚报")
    (datetime.date(2031, 5, 6), datetime.date(2031, 5, 6))
    >>> find_published("工程将于2031年5月6日开工"), find_published("2031年5月6日至2031年5月9日")
    (None, None)
    """
    if len(text) > LONGEST or "地点" in text:
        return None
    found = sorted(find_dates(text, CHINESE, NUMERIC, ENGLISH))
    if len({day for _, _, day in found}) != 1:
        return None
    start, end, day = found[0]
    if LABEL.search(text[:start].rstrip(" (")) and not _goes_on(text[end:]):
        return day
    rest = BESIDE.sub(" ", FOLIO.sub(" ", text[:start]) + " " + FOLIO.sub(" ", text[end:])).split()
    alone = all(PAPER.match(x) or HEAD.fullmatch(x) for x in rest)
    return day if alone or (find_source(text) and not text[:start].strip()) else None


def _goes_on(text: str) -> bool:
    """Does a sentence continue after a date?"""
    return bool(re.match(r"\s*[\u3400-\u9fff]{3,}(?![:/\u3400-\u9fff])|.*[。!?,]", text)) and not find_source(text)
