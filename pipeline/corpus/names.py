"""Make ids of documents unique: repeated ones get a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..search.column import mixed
from ..search.compiled import kernel
from .arrow import string_buffers, strings


class Names:
    """Remembers ids by 64-bit hashes, which hardly collide among a hundred million ids.

    A collision only adds a number that was not needed.
    """

    def __init__(self) -> None:
        self._seen: NDArray[np.uint64] = np.zeros(1 << 12, np.uint64)
        self._count = 0
        self._next: dict[str, int] = {}  # the next number to try for a repeated id

    def unique(self, ids: Sequence[str]) -> pa.LargeStringArray:
        """A batch of ids, with "#2", "#3" ... appended to those seen before."""
        column = strings(ids)
        hashes = _hashes(*string_buffers(column))
        self._grow(len(ids))
        again = np.flatnonzero(~_enter(hashes, self._seen))
        self._count += len(ids)
        if not len(again):
            return column
        names = list(ids)
        for i in again.tolist():
            number = self._next.get(names[i], 2)
            while not self._is_new(f"{names[i]}#{number}"):
                number += 1
            self._next[names[i]] = number + 1
            names[i] = f"{names[i]}#{number}"
        return strings(names)

    def _is_new(self, name: str) -> bool:
        new = bool(_enter(_hashes(*string_buffers(strings([name]))), self._seen)[0])
        self._count += new
        return new

    def _grow(self, more: int) -> None:
        needed = 2 * (self._count + 2 * more)  # each may get a number, and half of the table must stay free
        if needed > len(self._seen):
            old = self._seen[self._seen != 0]
            self._seen = np.zeros(1 << (needed - 1).bit_length(), np.uint64)
            _enter(old, self._seen)


@kernel
def _hashes(octets, offsets):
    """A hash of each id, never 0."""
    out = np.empty(len(offsets) - 1, np.uint64)
    for i in range(len(out)):
        h = np.uint64(0x9E3779B97F4A7C15)
        for p in range(offsets[i], offsets[i + 1]):
            h = (h ^ np.uint64(octets[p])) * np.uint64(0xFF51AFD7ED558CCD)
            h ^= h >> np.uint64(29)
        out[i] = mixed(h) | np.uint64(1)
    return out


@kernel
def _enter(hashes, seen):
    """Enter hashes into an open-addressing table; returns which were new."""
    mask = len(seen) - 1
    new = np.zeros(len(hashes), np.bool_)
    for i in range(len(hashes)):
        slot = np.int64(hashes[i] >> np.uint64(1)) & mask
        while seen[slot] != 0 and seen[slot] != hashes[i]:
            slot = (slot + 1) & mask
        new[i] = seen[slot] == 0
        seen[slot] = hashes[i]
    return new
