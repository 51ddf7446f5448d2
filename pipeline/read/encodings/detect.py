"""Detect the encoding of bytes: by byte order marks, by rules, and by the decoding with the least cost.

Every decoding explains the same bytes, so that total costs (negative log likelihoods) can be compared.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from .costs import DEAREST, MARK, is_chinese, total
from .marks import LINE, from_hz, glanced, marked, roughly

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
NARROW = ("utf-8", "gb18030", "big5hkscs")
WIDE = ("utf-16-le", "utf-16-be")
HIGH_RUN = re.compile(rb"[\x80-\xff][\x30-\xff]*")
REPEAT = re.compile(rb"(.{2,3}?)\1{2,}", re.DOTALL)  # a ruled line says nothing of the encoding, however long
SAMPLE = 512  # bytes other than ASCII that are scored: 60 already tell GB18030 from Big5
LINE_SAMPLE = 512  # bytes of a line that are scored where lines may differ
FIRST_HALVES = bytes((0x00, 0x20, 0x30, *range(0x4E, 0xA0), 0xFF))  # of UTF-16: ASCII, punctuation, Han
FOREIGN = 0.2  # of a text's characters that may begin otherwise
HZ_LOSS = 4  # characters of HZ for each bad one at most: "~{" in code is followed by anything
SWITCH = 40.0  # nats that a change of encoding between two lines costs: some five characters must be the better for it
MARGIN = 6.0  # nats by which one reading must beat the next to be beyond doubt: about one character


class Guess(NamedTuple):
    """An encoding, and the runner-up that explains the bytes nearly as well, if there is one."""

    codec: str
    rival: str = ""


def by_mark(data: bytes) -> str | None:
    """The encoding indicated by a byte order mark; not UTF-8, as files may be concatenated from several."""
    return next((codec for bom, codec in BOMS if data.startswith(bom)), None)


def is_utf8(data: bytes) -> bool:
    """Are the bytes valid UTF-8?"""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def by_rule(data: bytes) -> str | None:
    """HZ, or UTF-16 without a mark; None for neither. `is_utf8` misses both: HZ is ASCII, UTF-16 may pass by chance."""
    if (b"~{" in data or b"~}" in data) and _is_hz(data):
        return "hz"
    return _wide(data) if b"\0" in data or not is_utf8(data) else None


def _is_hz(data: bytes) -> bool:
    """Do the escapes of HZ hold Chinese? They also occur in code and formulas."""
    first = min(at for at in (data.find(b"~{"), data.find(b"~}")) if at >= 0)
    first = max(0, first - SAMPLE)  # the very first escape may be damaged
    text = from_hz(data[first : first + 4 * SAMPLE])
    return is_chinese(text) and text.count(MARK) <= len(text) / HZ_LOSS


def _wide(data: bytes) -> str | None:
    """UTF-16, if every other byte is one that the first half of a character of Chinese or ASCII may be."""
    sample = data[: 2 * SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    halves = {"utf-16-le": sample[1::2], "utf-16-be": sample[::2]}
    texts = [
        (roughly(sample, codec), codec)
        for codec, half in halves.items()
        if len(half.translate(None, FIRST_HALVES)) < FOREIGN * len(half)
    ]
    found = min(((total(text), codec) for text, codec in texts), default=None)
    return found[1] if found and found[0] <= DEAREST * len(sample) / 2 else None


def likeliest(data: bytes) -> Guess:
    """The likeliest of UTF-8, GB18030 and Big5 for bytes that aren't valid UTF-8.

    UTF-8 also where that is no Chinese: in a page of ASCII with a stray byte, all but that byte can be read.
    """
    sample = b""
    for run in HIGH_RUN.finditer(data):
        sample += REPEAT.sub(rb"\1\1", run[0][: 4 * SAMPLE])[:SAMPLE] + b"\n"
        if len(sample) >= SAMPLE:
            break
    texts = {codec: glanced(sample, codec) for codec in NARROW}
    costs = {codec: total(text) for codec, text in texts.items()}
    if MARK in texts[min(costs, key=lambda codec: costs[codec])]:  # a bad byte shifts what follows: look closely
        texts = {codec: marked(sample, codec) for codec in NARROW}
        costs = {codec: total(text) for codec, text in texts.items()}
    best, second = sorted(costs, key=lambda codec: costs[codec])[:2]
    rival = second if costs[second] - costs[best] < MARGIN and texts[second] != texts[best] else ""
    return Guess(best, rival) if is_chinese(texts[best]) else Guess("utf-8")


def by_line(data: bytes, codec: str) -> list[tuple[bytes, str]]:
    """Runs of lines in one encoding each, of a file most of which is in `codec`; the longest runs that explain it.

    Each line is scored in each encoding, and a change between two lines has its price (Viterbi over the lines).
    """
    lines = LINE.findall(data)
    costs = [_costs(line, codec) for line in lines]
    if not any(own.get(codec, 0.0) for own in costs):
        return [(data, codec)]
    price = {each: 0.0 if each == codec else SWITCH for each in NARROW}
    back: list[dict[str, str]] = []
    for own in costs:
        cheapest = min(NARROW, key=lambda each: (price[each], each != codec))
        came = {each: each if price[each] <= price[cheapest] + SWITCH else cheapest for each in NARROW}
        price = {each: price[came[each]] + SWITCH * (came[each] != each) + own.get(each, 0.0) for each in NARROW}
        back.append(came)
    at = min(NARROW, key=lambda each: (price[each], each != codec))
    found: list[str] = []
    for came in reversed(back):
        found.append(at)
        at = came[at]
    return list(_runs(lines, found[::-1]))


def _costs(line: bytes, codec: str) -> dict[str, float]:
    """The cost of a line in each encoding; rough for one that is Chinese in `codec`, as most are: none but there."""
    if line.isascii():
        return {}
    if _is_chinese_as(line, codec):
        return {each: SWITCH * (each != codec) for each in NARROW}
    sample = REPEAT.sub(rb"\1\1", line[: 4 * LINE_SAMPLE])[:LINE_SAMPLE]
    return {each: total(glanced(sample, each)) for each in NARROW}


def _is_chinese_as(line: bytes, codec: str) -> bool:
    try:
        return is_chinese(line.decode(codec))
    except UnicodeDecodeError:
        return False


def _runs(lines: list[bytes], found: list[str]) -> Iterator[tuple[bytes, str]]:
    """Merge neighbouring lines of one encoding."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or found[at] != found[start]:
            yield b"".join(lines[start:at]), found[start]
            start = at
