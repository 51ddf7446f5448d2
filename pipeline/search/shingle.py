"""Shingles: the runs of `size` characters of a text, as 64-bit rolling hashes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .column import Column, copy_letters, is_letter, mixed
from .compiled import inlined, kernel

BASE = np.uint64(0x9E3779B97F4A7C15)


@inlined
def roll(text, n, size, out):
    """Write the hashes of all shingles of `text[:n]` to `out`; returns their number. A short text is one shingle."""
    size = min(size, n)
    if size == 0:
        return 0
    drop = np.uint64(1)
    for _ in range(size):
        drop *= BASE
    h = np.uint64(0)
    for i in range(n):
        h = h * BASE + (np.uint64(text[i]) + np.uint64(1))
        if i >= size:
            h -= drop * (np.uint64(text[i - size]) + np.uint64(1))
        if i >= size - 1:
            out[i - size + 1] = mixed(h)
    return n - size + 1


@kernel
def text_shingles(units, start, end, letter, size, letters_only, text, out):
    """Write the shingles of one text, of its letters or its comparison form, to `out`; returns their number."""
    if letters_only:
        return roll(text, copy_letters(units, start, end, letter, text), size, out)
    for p in range(start, end):
        text[p - start] = units[p]
    return roll(text, end - start, size, out)


def shingles(column: Column, i: int, *, size: int, letters_only: bool = False) -> NDArray[np.uint64]:
    """The distinct shingles of text `i`, sorted, as 64-bit hashes; MinHash uses the upper half of each."""
    start, end = column.offsets[i], column.offsets[i + 1]
    text, grams = np.empty(end - start, np.uint16), np.empty(end - start, np.uint64)
    n = text_shingles(column.units, start, end, is_letter(), size, letters_only, text, grams)
    return np.unique(grams[:n])
