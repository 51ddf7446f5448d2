"""Dates of publication on lines of their own: 发布时间：2031-05-06 08:30, 2031年5月6日 星期二."""

from __future__ import annotations

import re
from datetime import date

from ...text.dates import CHINESE, ENGLISH, NUMERIC, ROC, Found, find_dates
from .credits import find_credits
from .english import find_english
from .folios import FOLIO, HEAD, LABELLED
from .infolines import find_info
from .publishers import blank_source, find_source

LABEL = re.compile(
    r"(?:(?:发布|发表|发稿|刊发|见报|出版)\s*(?:时间|日期)?|^(?:本文|文章)?(?:发布|发表|发稿|刊发|出版)于|(?:^|[\s(|])(?:时间|日期)|(?:^|[(|])\s*Date|"
    r"Published(?: on)?|Posted(?: on)?)\s*:?\s*$",
    re.IGNORECASE,
)
CLOCK = re.compile(r"T?(?:上午|下午|凌晨|晚上)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?")
# What may accompany a date on a line that only gives the date.
BESIDE = re.compile(
    r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|\(?农历\S+|第\s*\S{1,4}\s*[版期]|[A-Z]?\d{1,3}版|共\s*\S{1,3}版|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[\s,()|·/:.]+"
)
PAPER = re.compile(r"^《?[\u3400-\u9fff]{2,8}[报刊网]》?$")
# A day counted from the founding of the Republic, which only its label tells from other numbers: 发布日期：120/05/06.
LABELLED_ROC = re.compile(
    r"(?:发布|发表)?(?:日期|时间)\s*:\s*(?P<era>1\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)
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
    found = sorted(find_dates(text, CHINESE, NUMERIC, ENGLISH, ROC, LABELLED_ROC))
    labelled = [(s, e, day) for s, e, day in found if LABEL.search(text[:s].rstrip(" (")) and not _goes_on(text[e:])]
    told = {day for _, _, day in labelled or found}
    if len(told) != 1:
        return None
    return told.pop() if labelled or _is_alone(text, found[0]) else None


def _is_alone(text: str, found: Found) -> bool:
    """Does a line hold only the date, and what goes with it: the paper, the page, the people?"""
    start, end, _day = found
    parts = (CLOCK.sub(" ", blank_source(part)) for part in (text[:start], text[end:]))
    before, after = (LABELLED.sub(" ", part) for part in parts)
    rest = BESIDE.sub(" ", FOLIO.sub(" ", before) + " " + FOLIO.sub(" ", after)).split()
    if all(PAPER.match(x) or HEAD.fullmatch(x) for x in rest) or find_info(text):
        return True
    source = find_source(text)
    people = find_english(text) or find_credits(text, blank_source(text), line=not source)
    return bool(people.keys() - {"photographer"}) or bool(source and not text[:start].strip())


def _goes_on(text: str) -> bool:
    """Does a sentence continue after a date?"""
    return bool(re.match(r"\s*[\u3400-\u9fff]{3,}(?![:/\u3400-\u9fff])|.*[。!?,]", text)) and not find_source(text)
