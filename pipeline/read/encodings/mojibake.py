"""Repair mojibake (text decoded with the wrong encoding and saved again), line by line, where that is exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .costs import is_chinese, total

# The comma, the full stop and the quotation mark of UTF-8 read as GBK, and two U+FFFD: rare characters otherwise.
READ_AS_GBK = re.compile("[锛銆鈥]|锟斤拷")
LOST = "锟斤拷"
READ_AS_LATIN = re.compile("[\u00a1-\u00ff][\u0080-\u00ff\u0152-\u0192\u02c6-\u2122]")
LINE = re.compile("[^\n]*\n|[^\n]+")
UTF8_AS_LATIN = re.compile("[\u00c3-\u00ef][\u0080-\u00bf\u0152-\u0192\u02c6-\u2122]")  # the beginning of a character
GAIN = 2.0  # nats a character by which the repaired line must be the less surprising one
LEAST = 3  # Han characters that must come out for a line to be judged


class Repaired(NamedTuple):
    """A text, how many lines of it were repaired, and how many could not be."""

    text: str
    lines: int
    left: int


def repair(text: str) -> Repaired:
    """The text with every line undone that was UTF-8 or GB18030 read as Latin-1, or UTF-8 read as GBK.

    A line is changed only where the way back is exact and what comes out is Chinese; one in which something
    was lost (锟斤拷, a question mark in a character's stead) is counted and stays.
    """
    if not READ_AS_GBK.search(text) and not READ_AS_LATIN.search(text):
        return Repaired(text, 0, 0)
    lines, repaired, left = [], 0, 0
    for line in LINE.findall(text):
        better = next(_ways_back(line), None)
        repaired += better is not None
        left += better is None and (LOST in line or _is_broken(line))
        lines.append(line if better is None else better)
    return Repaired("".join(lines), repaired, left)


def _ways_back(line: str) -> Iterator[str]:
    """The possible original lines: each way back that is exact and plausible."""
    if sum(not char.isascii() for char in line) < LEAST:
        return
    if READ_AS_LATIN.search(line):
        for codec in ("latin-1", "cp1252"):
            for true in ("utf-8", "gb18030", "big5hkscs"):
                yield from _way_back(line, codec, true)
        fixed = _fixed_latin(line)
        if fixed != line and "\ufffd" not in fixed and _is_better(line, fixed):
            yield fixed
    yield from _way_back(line, "gb18030", "utf-8")


def _fixed_latin(line: str) -> str:
    """The line as ftfy repairs it, which looks at the encoding only; runs of letters with accents inside it stay."""
    from ftfy import TextFixerConfig, fix_encoding  # late: hardly any text needs it

    config = TextFixerConfig(
        restore_byte_a0=False, replace_lossy_sequences=False, decode_inconsistent_utf8=False, fix_c1_controls=False
    )
    return fix_encoding(line, config)


def _way_back(line: str, read_as: str, true: str) -> Iterator[str]:
    try:
        found = line.encode(read_as).decode(true)
    except UnicodeError:
        return
    if _is_better(line, found):
        yield found


def _is_better(line: str, found: str) -> bool:
    """Is what was found Chinese, and so much the less surprising that chance is out of the question?"""
    han = sum("\u4e00" <= char <= "\u9fff" for char in found)
    return han >= LEAST and is_chinese(found) and total(line) - total(found) >= GAIN * len(found)


def _is_broken(line: str) -> bool:
    """Does the line look like mojibake in which something was lost?"""
    as_gbk, as_latin = len(READ_AS_GBK.findall(line)) > 1, len(UTF8_AS_LATIN.findall(line)) > 2
    return (as_gbk or as_latin) and not is_chinese(line)
