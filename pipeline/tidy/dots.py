"""Ellipsis and dash in their forms of two ems, and punctuation that stands twice."""

from __future__ import annotations

import re

from .chars import CLOSE, HAN, MARKS, OPEN, has_han, is_traditional

_ELLIPSIS = r"\.{3,}|。{3,}|…|·{3,}|・{3,}|⋯{2,}"
_DASH = "-{2,3}|－{2}|─{2}|━{2}|―{2}"
# Two of a kind that may be too many or too few, and … alone; —— and …… are as they should be.
doubled = re.compile(r"([，、；：？！。.·・⋯－─━―…-])(?:(?<!…)\1|(?<=…)(?<!……)(?!…))")
_BESIDE = f"{HAN}{OPEN}{CLOSE}{MARKS}“”‘’％%"
# Alone, without others of its kind: a row of leaders or a ruled line is longer.
_ellipsis = re.compile(rf"(?<![.。…·・⋯])(?<=[{_BESIDE}0-9A-Za-z])(?:{_ELLIPSIS})(?=[{_BESIDE}]|$)(?![.。…·・⋯])")
_dash = re.compile(f"(?<=[{_BESIDE}])(?:{_DASH})(?=[{_BESIDE}])")
_twice = re.compile(r"([，、；：？！。])\1+")
MOST_DOTS = 9  # of a row that stands for one ellipsis; more are leaders in a table of contents


def two_ems(line: str, _: bool) -> str:
    """Writes …… and —— where dots and hyphens stand for them beside Chinese; a range (8:30—12:00) has one em only.

    In Traditional text the forms … and ⋯ are left as they are: there, one is as good as two.
    """
    if not has_han(line) or is_traditional(line):
        return line
    line = _ellipsis.sub(lambda m: "……" if len(m[0]) <= MOST_DOTS else m[0], line)
    return _dash.sub("——", line)


def once(line: str, _: bool) -> str:
    """Takes out commas and the like that stand twice, and of more than three marks of exclamation all but three."""
    return _twice.sub(_spared, line)


def _spared(match: re.Match[str]) -> str:
    row = match[0]
    if row[0] in "？！":
        return row[:3]
    return row if row[0] == "。" and len(row) > 2 else row[0]  # 。。。 stands for an ellipsis
