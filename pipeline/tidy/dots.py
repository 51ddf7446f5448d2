"""Ellipses and dashes of two ems, and doubled punctuation."""

from __future__ import annotations

import re

from .chars import CLOSE, HAN, MARKS, OPEN, has_han, is_traditional

_ELLIPSIS = r"\.{3,}|。{3,}|…|·{3,}|・{3,}|⋯{2,}"
_DASH = "-{2,3}|－{2}|─{2}|━{2}|―{2}"
# Two of a kind, or … alone, may be too many or too few; —— and …… are right.
doubled = re.compile(r"([，、；：？！。.·・⋯－─━―…-])(?:(?<!…)\1|(?<=…)(?<!……)(?!…))")
_BESIDE = f"{HAN}{OPEN}{CLOSE}{MARKS}“”‘’％%"
# Not next to others of its kind: a row of leaders or a rule is longer.
_ellipsis = re.compile(rf"(?<![.。…·・⋯])(?<=[{_BESIDE}0-9A-Za-z])(?:{_ELLIPSIS})(?=[{_BESIDE}]|$)(?![.。…·・⋯])")
_dash = re.compile(f"(?<=[{_BESIDE}])(?:{_DASH})(?=[{_BESIDE}])")
_twice = re.compile(r"([，、；：？！。])\1+")
MOST_DOTS = 9  # in one ellipsis; more are leaders in a table of contents


def two_ems(line: str, _: bool) -> str:
    """Replace dots and hyphens next to Chinese by …… and ——; a range (8:30—12:00) keeps a dash of one em.

    In Traditional text … and ⋯ are left as they are: both lengths are in use there.
    """
    if not has_han(line) or is_traditional(line):
        return line
    line = _ellipsis.sub(lambda m: "……" if len(m[0]) <= MOST_DOTS else m[0], line)
    return _dash.sub("——", line)


def once(line: str, _: bool) -> str:
    """Remove doubled commas and the like, and all but three of a row of exclamation marks."""
    return _twice.sub(_spared, line)


def _spared(match: re.Match[str]) -> str:
    row = match[0]
    if row[0] in "？！":
        return row[:3]
    return row if row[0] == "。" and len(row) > 2 else row[0]  # 。。。 is an ellipsis
