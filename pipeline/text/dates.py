"""Dates in newspapers: 2031年5月6日, 二〇三一年五月六日, 民國一二〇年五月六日, 2031-05-06, May 6, 2031."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

DIGITS = dict(zip("〇○零一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"Ｏ": 0, "元": 1}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,4})"
ERA = r"(?:中[华華])?民[国國]\s*(?P<era>\d{1,3}|[〇○零一二三四五六七八九十百元]{1,5})"
YEAR = rf"(?:{ERA}\s*年|(?<!\d)(?P<year>\d{{4}})\s*年|(?P<han>[〇○零一二三四五六七八九]{{4}})年)"
CHINESE = re.compile(rf"{YEAR}\s*(?P<month>{NUMBER})\s*月\s*(?P<day>{NUMBER})\s*[日号號]")
NUMERIC = re.compile(r"(?<![\d.])(?P<year>\d{4})(?P<sep>[-/._])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")
ROC = re.compile(rf"{ERA}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)")
COMPACT = re.compile(r"(?<!\d)(?P<year>(?:1[89]|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=(?:\d{6})?(?!\d))")
NAMED = "|".join(MONTHS)
ENGLISH = re.compile(
    rf"\b(?:(?P<month>{NAMED})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{NAMED})[a-z]*\.?,?\s+(?P<year2>\d{{4}}))\b",
    re.IGNORECASE,
)
YEARS = range(1800, 2200)  # no newspaper is older, and no later number is a year
MOST_BEFORE, MOST_AFTER = 330, 2  # days between a dateline and the publication of its story
Found = tuple[int, int, date]  # start, end, date


def number(text: str) -> int:
    """A number up to 9999, in digits or in Han.

    >>> number("31"), number("二十一"), number("一百零九"), number("二〇三一"), number("廿三"), number("元")
    (31, 21, 109, 2031, 23, 1)
    """
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十")
    if not set(text) & {"十", "百"}:
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        unit = {"十": 10, "百": 100}.get(c)
        total, digit = (total + (digit or 1) * unit, 0) if unit else (total, DIGITS[c])
    return total + digit


def find_dates(text: str, *patterns: re.Pattern[str]) -> Iterator[Found]:
    """The valid dates with a year in a text."""
    for pattern in patterns or (CHINESE, NUMERIC):
        for m in pattern.finditer(text):
            if found := _date(m):
                yield *m.span(), found


def given_date(text: str) -> date | None:
    """The date of a field in any form; None where there is none, or more than one.

    >>> [str(given_date(x)) for x in ("2031/5/6 8:30", "20310506083000", "May 6, 2031", "0000-00-00")]
    ['2031-05-06', '2031-05-06', '2031-05-06', 'None']
    """
    found = {day for _, _, day in find_dates(text, CHINESE, NUMERIC, ENGLISH, ROC, COMPACT)}
    return found.pop() if len(found) == 1 else None


def date_in_name(name: str) -> date | None:
    """The date in a file's name, if there is just one; folders are ignored."""
    stem = re.split(r"[/\\]", name)[-1]
    found = {day for _, _, day in find_dates(stem, CHINESE, NUMERIC, COMPACT)}
    return found.pop() if len(found) == 1 else None


def nearest(month: int | None, day: int, known: date) -> date | None:
    """The date with that day (and month, if known) nearest to a known date; at most two days later, for time zones.

    >>> nearest(12, 31, date(2031, 1, 1)), nearest(None, 30, date(2031, 5, 6)), nearest(2, 30, date(2031, 5, 6))
    (datetime.date(2030, 12, 31), datetime.date(2031, 4, 30), None)
    """
    first = known.replace(day=1)
    months = [(first - timedelta(1)).replace(day=1), first, (first + timedelta(31)).replace(day=1)]
    years = [(known.year + k, month) for k in (-1, 0, 1)] if month else [(m.year, m.month) for m in months]
    days = [found for y, m in years if (found := _day(y, m, day))]
    near = [found for found in days if -MOST_BEFORE <= (found - known).days <= MOST_AFTER]
    return min(near, key=lambda x: (abs(x - known), x), default=None)


def _date(m: re.Match[str]) -> date | None:
    got = m.groupdict()
    month, day = (got.get(k) or got.get(k + "2") for k in ("month", "day"))
    year = got.get("year") or got.get("year2") or got.get("han")
    y = number(got["era"]) + 1911 if got.get("era") else number(year or "0")
    named = (month or "")[:3].lower()
    return _day(y, MONTHS.index(named) + 1 if named in MONTHS else number(month or "0"), number(day or "0"))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
