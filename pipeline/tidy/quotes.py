"""Straight quotes made curly: which open and which close."""

from __future__ import annotations

import re

from .chars import has_han, is_chinese, touching

# Code, or a text with other quotation marks.
_no_quotes = re.compile(r"[=<>{}\\`「(](?:(?<!\()|(?<=[A-Za-z0-9_].)[\"'])").search
_quotes = (('"', "“”", re.compile('"')), ("'", "‘’", re.compile("'(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]'))")))
_curly = re.compile("[“”‘’]").search
_inches = re.compile(r"(?<![A-Za-z0-9.-])[0-9]{1,2}(?:\.[0-9])?$").search
straight = re.compile("[\"']").search
ENDS = tuple("。！？?!.…")
PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"))  # ’ is an apostrophe, too


def curl(line: str, _: bool) -> str:
    """Make straight quotes curly, all of a kind or none: one wrong pair would reverse all that follow."""
    if is_chinese(line) and not _no_quotes(line):
        for mark, curly, places in _quotes:
            parts = places.split(line) if mark in line else []
            quoted = (_is_quoted(*parts[i - 1 : i + 2]) for i in range(1, len(parts), 2))
            if len(parts) % 2 and not _is_nested(parts) and all(quoted):
                line = "".join(part + curly[i % 2] for i, part in enumerate(parts[:-1])) + parts[-1]
    return line


def _is_nested(parts: list[str]) -> bool:
    """Does a quotation hold another, so that its quotes are not one pair after the other: 说:"我读过"山与海"吗?" """
    if len(parts) < 5:
        return False
    opens = parts[0].rstrip().endswith((":", "：")) and not parts[1].endswith(ENDS)
    return opens and bool(has_han(parts[2][:1])) and parts[-2].endswith(ENDS)


def _is_quoted(before: str, inside: str, after: str) -> bool:
    if not inside or inside[0].isspace() or inside[-1].isspace() or _inches(before[-5:]):
        return False
    if inside.count('"') % 2 or (_curly(inside) and any(inside.count(a) != inside.count(b) for a, b in ("“”", "‘’"))):
        return False  # crosses another pair
    return bool(has_han(inside) or touching(before[-1:]) or touching(after))


def unpaired(line: str) -> int:
    """How many quotation marks of a Chinese line have no partner in it; a straight one that was left counts."""
    if not is_chinese(line):
        return 0
    left = 0 if _no_quotes(line) else line.count('"')
    return left + sum(abs(line.count(opens) - line.count(closes)) for opens, closes in PAIRS)
