"""Comparison forms of texts, concatenated in one array, without a Python object per text.

The comparison form of a text is its characters one by one: width, case, accents and Traditional characters folded,
white space as one kind of space. It has a unit (16 bits) for each character, two for the rare ones beyond U+FFFF.
Shingles are taken from it as it stands; what is exactly the same, and what is aligned, is its letters alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..text.forms import simplified
from .compiled import inlined, kernel

Units = NDArray[np.uint16]
Offsets = NDArray[np.int64]
SPACE = 0x20
LATIN_END = 0x0530  # below, in Latin, Greek and Cyrillic, accents are dropped; beyond, a mark makes another letter


@dataclass(frozen=True)
class Column:
    """Texts `units[offsets[i]:offsets[i + 1]]`; `letter` says of each unit whether it is a letter or digit."""

    units: Units
    offsets: Offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def part(self, first: int, last: int) -> Column:
        """The texts from `first` to before `last`, as a view without copying."""
        start, end = self.offsets[first], self.offsets[last]
        return Column(self.units[start:end], self.offsets[first : last + 1] - start)

    def take(self, texts: NDArray[np.int64]) -> Column:
        """Some of the texts, copied."""
        return Column(*_gathered(self.units, self.offsets, texts))

    def text(self, i: int) -> str:
        """The comparison form of one text."""
        units = self.units[self.offsets[i] : self.offsets[i + 1]]
        return units.tobytes().decode("utf-16-le", "replace")

    def letters(self, texts: NDArray[np.int64]) -> list[str]:
        """The letters of some texts, one character per unit, for libraries that take strings."""
        points, where = _letters_of(self.units, self.offsets, texts, is_letter())
        joined = points.tobytes().decode("utf-32-le", "surrogatepass")
        return [joined[start:end] for start, end in pairwise(where.tolist())]


@lru_cache(maxsize=1)
def folding() -> Units:
    """The folded form of each unit, (65536,): NFKC where that is one character, lower case, Simplified."""
    points = [c for c in range(0x10000) if not 0xD800 <= c < 0xE000 and c != 0x0A]
    chars = list(map(chr, points))
    lines = "\n".join(chars)  # one character per line, so that none composes with its neighbour
    composed = unicodedata.normalize("NFKC", lines).split("\n")
    for i, parts in enumerate(unicodedata.normalize("NFKD", lines).split("\n")):
        if len(parts) > 1 and ord(parts[0]) < LATIN_END and all(map(unicodedata.combining, parts[1:])):
            composed[i] = parts[0]
    lowered = "\n".join(composed).lower().split("\n")
    folded = simplified("\n".join(lowered)).split("\n")
    plain = [c if len(c) == 1 and ord(c) < 0x10000 else own for c, own in zip(folded, chars, strict=True)]
    table = np.arange(0x10000, dtype=np.uint16)
    table[points] = [SPACE if c.isspace() else ord(c) for c in plain]
    table[0x0A] = SPACE
    return table


@lru_cache(maxsize=1)
def is_letter() -> NDArray[np.bool_]:
    """Which units are letters, digits or halves of rare characters, (65536,)."""
    points = np.arange(0x10000)
    found = np.fromiter((chr(c).isalnum() for c in range(0x10000)), dtype=np.bool_, count=0x10000)
    return found | ((points >= 0xD800) & (points < 0xE000))


def column(texts: Sequence[str]) -> Column:
    """The comparison forms of strings."""
    units = np.frombuffer("".join(texts).encode("utf-16-le", "surrogatepass"), np.uint16)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    if sizes.sum() < len(units):  # characters beyond U+FFFF take two units
        sizes = np.array([len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts], np.int64)
    return Column(*_folded(units, np.concatenate(([0], np.cumsum(sizes))), folding()))


@kernel
def _folded(raw, where, table):
    """UTF-16 texts -> (units, offsets), each unit folded, without white space at the ends."""
    n = len(where) - 1
    units = np.empty(where[n], np.uint16)
    offsets = np.empty(n + 1, np.int64)
    used = 0
    for i in range(n):
        offsets[i] = used
        for p in range(where[i], where[i + 1]):
            units[used] = table[raw[p]]
            used += units[used] != SPACE or used > offsets[i]
        while used > offsets[i] and units[used - 1] == SPACE:
            used -= 1
    offsets[n] = used
    return units[:used].copy(), offsets


@kernel
def _letters_of(units, offsets, texts, letter):
    """The letters of some texts as 32-bit code points, and the offset of each text."""
    room = 0
    for i in texts:
        room += offsets[i + 1] - offsets[i]
    out = np.empty(room, np.uint32)
    where = np.zeros(len(texts) + 1, np.int64)
    used = 0
    for k in range(len(texts)):
        for p in range(offsets[texts[k]], offsets[texts[k] + 1]):
            if letter[units[p]]:
                out[used] = units[p]
                used += 1
        where[k + 1] = used
    return out[:used].copy(), where


@kernel
def _gathered(units, offsets, texts):
    where = np.zeros(len(texts) + 1, np.int64)
    for k in range(len(texts)):
        where[k + 1] = where[k] + offsets[texts[k] + 1] - offsets[texts[k]]
    out = np.empty(where[-1], np.uint16)
    for k in range(len(texts)):
        out[where[k] : where[k + 1]] = units[offsets[texts[k]] : offsets[texts[k] + 1]]
    return out, where


@inlined
def mixed(x):
    """A 64-bit value mixed so that each bit depends on all (a shortened finaliser of splitmix64)."""
    x ^= x >> np.uint64(32)
    x *= np.uint64(0xD6E8FEB86659FD93)
    x ^= x >> np.uint64(32)
    x *= np.uint64(0xD6E8FEB86659FD93)
    return x ^ (x >> np.uint64(32))


@kernel
def copy_letters(units, start, end, letter, out):
    """Copy the letters of one text to `out`; returns their number."""
    n = 0
    for p in range(start, end):
        out[n] = units[p]
        n += letter[units[p]]
    return n


@kernel
def letter_hashes(units, offsets, letter):
    """(texts, 2) two independent 64-bit hashes of each text's letters, and (texts,) the numbers of letters."""
    n = len(offsets) - 1
    out = np.empty((n, 2), np.uint64)
    count = np.empty(n, np.int32)
    for i in range(n):
        a, b, k = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), 0
        for p in range(offsets[i], offsets[i + 1]):
            if letter[units[p]]:
                c = np.uint64(units[p]) + np.uint64(1)
                a = (a ^ c) * np.uint64(0xFF51AFD7ED558CCD)
                a ^= a >> np.uint64(29)
                b = (b + c) * np.uint64(0xC4CEB9FE1A85EC53)
                b ^= b >> np.uint64(31)
                k += 1
        out[i, 0], out[i, 1], count[i] = mixed(a), mixed(b), k
    return out, count
