"""Quotation marks: straight ones made curly, and those turned that face the wrong way."""

from __future__ import annotations

import re

from .chars import has_han, is_chinese, touching

# Code, or a text with other quotation marks.
_no_quotes = re.compile(r"[=<>{}\\`「(](?:(?<!\()|(?<=[A-Za-z0-9_].)[\"'])").search
_quotes = (('"', "“”", re.compile('"')), ("'", "‘’", re.compile("'(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]'))")))
_curly = re.compile("[“”‘’]").search
_inches = re.compile(r"(?<![A-Za-z0-9.-])[0-9]{1,2}(?:\.[0-9])?$").search
straight = re.compile("[\"']").search
_STOPS = "，。、；：？！"
_NAME = f'[^“”「」"{_STOPS}\\s]{{1,12}}'  # a quoted word; longer ones hold a mark more often than not
# What faces the wrong way at first sight: an opening mark before a stop, or two of a kind around a word. A pattern for
# each mark, as the search for one character is ten times as fast as that for several.
_TURNED = (
    re.compile(f'“(?:[{_STOPS}”’）》\\n]|$|{_NAME}+[“"])'),
    re.compile(f"”(?:(?<=[：（《]”)(?![{_STOPS}）》])|{_NAME}+”)"),
    re.compile(f"「(?:[{_STOPS}」）》\\n]|$|{_NAME}+「)"),
)
_FACING = (("“", "”", re.compile('[“”"]')), ("「", "」", re.compile("[「」]")))
_is_name = re.compile(_NAME).fullmatch
_stops = re.compile(f"[{_STOPS}”’」）》]|$").match
_whole = re.compile("[。！？；][”’」』）]?$").search
ENDS = tuple("。！？?!.…")
PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"))  # ’ is an apostrophe, too


def may_mend(line: str) -> bool:
    """Does a line hold a straight quotation mark, or one that may face the wrong way?"""
    return bool(straight(line) or turned(line))


def turned(text: str) -> list[int]:
    """Offsets in a text of one line or several at which a quotation mark may face the wrong way."""
    if text.count("“") == text.count("”") and text.count("「") == text.count("」") and "\n" not in text:
        return []
    return [match.start() for pattern in _TURNED for match in pattern.finditer(text)]


def mend(line: str, _: bool) -> str:
    """Make straight quotes curly, and turn those that face the wrong way."""
    return turn(curl(line))


def curl(line: str) -> str:
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


def turn(line: str) -> str:
    """Turn quotation marks that face the wrong way, 你好“世界“, if that leaves one pair after the other.

    Where as many open as close, one pair may be within another; where one is in doubt, all stay.
    """
    if not is_chinese(line) or not turned(line):
        return line
    for opens, closes, marks in _FACING:
        if line.count(opens) != line.count(closes):
            parts, found = marks.split(line), marks.findall(line)
            wanted, whole = [opens, closes] * (len(found) // 2), bool(_whole(line))
            may_be = (_may_close, _may_open)
            if len(found) % 2 == 0 and all(
                mark == want or may_be[want == opens](*parts[i : i + 2], whole=whole)
                for i, (mark, want) in enumerate(zip(found, wanted, strict=True))
            ):
                line = "".join(map("".join, zip(parts, [*wanted, ""], strict=True)))
    return line


def _may_open(before: str, after: str, *, whole: bool) -> bool:
    """Does a mark between two texts surely open a quotation? `whole`: the line ends as a sentence does."""
    if before.endswith(("：", "（", "《")):
        return not _stops(after) and not after[0].isspace()
    return whole and bool(_is_name(after)) and bool(has_han(before[-1:]) or before.endswith(("，", "、")))


def _may_close(before: str, after: str, *, whole: bool) -> bool:
    """Does a mark between two texts surely close a quotation?"""
    if not before or before[-1].isspace():
        return False
    return bool(_stops(after)) or after[0].isspace() or (whole and bool(_is_name(before)))


def unpaired(line: str) -> int:
    """How many quotation marks of a Chinese line have no partner in it; a straight one that was left counts."""
    if not is_chinese(line):
        return 0
    left = 0 if _no_quotes(line) else line.count('"')
    return left + sum(abs(line.count(opens) - line.count(closes)) for opens, closes in PAIRS)
