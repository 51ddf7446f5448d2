"""Decode damaged bytes with every bad byte marked, and nothing else lost."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from math import inf

from .costs import MARK, MARK_COST, NEXT_MARK_COST, total

LINE = re.compile(rb"[^\n]*\n|[^\n]+")
RUN = re.compile(rb"[^\x00-\x2f]+|[\x00-\x2f]+")  # no byte below 0x30 is part of a longer character, in any of them
DOUBLE_BYTE = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950"})
LONGEST_RUN = 2**16  # bytes without a break that are realigned; no real sentence is as long, and they take 0.4 s
HZ_SHIFTED = re.compile(rb"~\{((?:(?!~[{}])[^\n])*)(?:~\})?")  # no pair of GB2312 begins with "}", so this is safe
HZ_PAIR = re.compile(rb"[\x21-\x77][\x21-\x7e]")
HZ_PAIRS = re.compile(rb"(?:[\x21-\x77][\x21-\x7e])*")
HZ_BROKEN = re.compile(rb"(?:[\x80-\xff]\{|~[\x80-\xff])(?=(?:[\x21-\x77][\x21-\x7e])+~\})")
HIGH = bytes(byte | 0x80 for byte in range(256))
ESCAPED = re.compile("[\udc80-\udcff]")
HANDLER = "unsplice.mark"


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Error handler: mark one bad byte and continue with the next; Python's own handlers drop up to four."""
    assert isinstance(error, UnicodeDecodeError)
    return MARK, error.end if error.encoding.startswith("utf") else error.start + 1


codecs.register_error(HANDLER, _mark)


def marked(data: bytes, codec: str, parts: tuple[re.Pattern[bytes], ...] = (LINE, RUN)) -> str:
    """The text with MARK for each bad byte; only the smallest part around an error is looked at closely."""
    if codec == "hz":
        return from_hz(data)
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        if codecs.lookup(codec).name not in DOUBLE_BYTE:
            return roughly(data, codec)
    if parts:
        return "".join([marked(part, codec, parts[1:]) for part in parts[0].findall(data)])
    return _realigned(data, codec) if len(data) <= LONGEST_RUN else roughly(data, codec)


def glanced(data: bytes, codec: str) -> str:
    """The same for comparing costs: of what is no UTF-8 each byte is marked, at a tenth of the time."""
    return ESCAPED.sub(MARK, data.decode(codec, "surrogateescape")) if codec == "utf-8" else roughly(data, codec)


def from_hz(data: bytes) -> str:
    """Decode HZ; after a bad byte, Python's own codec loses the rest of the line."""
    parts = HZ_SHIFTED.split(HZ_BROKEN.sub(b"\xff~{", data))
    parts[::2] = [part.replace(b"~~", b"~").replace(b"~\n", b"") for part in parts[::2]]
    return "".join(_from_pairs(part) if at % 2 else roughly(part, "ascii") for at, part in enumerate(parts))


def _from_pairs(shifted: bytes) -> str:
    if HZ_PAIRS.fullmatch(shifted):
        return roughly(shifted.translate(HIGH), "gb2312")
    pairs = [shifted[at : at + 2] for at in range(0, len(shifted), 2)]
    return "".join(roughly(p.translate(HIGH), "gb2312")[:1] if HZ_PAIR.fullmatch(p) else MARK for p in pairs)


def roughly(data: bytes, codec: str) -> str:
    """The text with MARK for each bad byte, cut into characters from the left, right or wrong."""
    return data.decode(codec, HANDLER)


def _realigned(run: bytes, codec: str) -> str:
    """The cheapest reading of a damaged run of double-byte text.

    Where a byte is missing, all pairs after it are shifted and still look valid to a decoder. So all ways to cut the
    run into characters and bad bytes are compared (Viterbi), and the one with the commonest characters is taken.
    """
    prices = [0.0] + [inf] * len(run)
    read = [(0, "")] * (len(run) + 1)  # the length in bytes and the text of the last step of the best way here
    for at in range(len(run)):
        for length in range(1, min(4, len(run) - at) + 1):
            text, price = _step(run[at : at + length], codec)
            if price < inf and prices[at] + price < prices[at + length]:
                prices[at + length] = prices[at] + price
                read[at + length] = length, text
    texts = []
    at = len(run)
    while at:
        length, text = read[at]
        texts.append(text)
        at -= length
    return "".join(reversed(texts))


@lru_cache(maxsize=2**17)
def _step(code: bytes, codec: str) -> tuple[str, float]:
    """Some bytes as one character if they are one, else as bad bytes, of which the second costs less than the first."""
    if code[0] < 0x80:
        return (chr(code[0]), total(chr(code[0]))) if len(code) == 1 else ("", inf)
    if len(code) % 2 == 0 and (len(code) == 2 or 0x30 <= code[1] <= 0x39):
        try:
            text = code.decode(codec)
            return text, total(text)
        except UnicodeDecodeError:
            pass
    all_high = min(code) >= 0x80 and len(code) <= 3
    return (MARK * len(code), MARK_COST + NEXT_MARK_COST * (len(code) - 1)) if all_high else ("", inf)
