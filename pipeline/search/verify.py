"""Candidate pairs -> exact similarity of their shingle sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .column import Column, is_letter
from .compiled import kernel
from .shingle import text_shingles

Shares = NDArray[np.float32]


@kernel
def _common(units, offsets, a, b, letter, size, letters_only):
    """Jaccard similarity of each pair's shingle sets, and the share of the smaller set that the other has.

    `a` is sorted: the set of each text in it is built once, as a hash table, and its partners are looked up in it. A
    slot is in use if it holds the number of the pair for which it was filled, so that tables need not be cleared.
    """
    n, longest = len(a), 1
    for k in range(n):
        longest = max(longest, offsets[a[k] + 1] - offsets[a[k]], offsets[b[k] + 1] - offsets[b[k]])
    bits = 3
    while (1 << bits) < 2 * longest:
        bits += 1
    mask, shift = (1 << bits) - 1, np.uint64(64 - bits)
    keys, made = np.empty(1 << bits, np.uint64), np.full(1 << bits, -1, np.int64)  # of the text in a
    own, held = np.empty(1 << bits, np.uint64), np.full(1 << bits, -1, np.int64)  # of the text in b
    text, grams = np.empty(longest, np.uint16), np.empty(longest, np.uint64)
    jaccard, share = np.empty(n, np.float32), np.empty(n, np.float32)
    left, size_a, stamp = -1, 0, 0
    for k in range(n):
        if a[k] != left:
            left = a[k]
            size_a = 0
            m = text_shingles(units, offsets[left], offsets[left + 1], letter, size, letters_only, text, grams)
            for g in range(m):
                slot = np.int64(grams[g] >> shift) & mask
                while made[slot] == k and keys[slot] != grams[g]:
                    slot = (slot + 1) & mask
                if made[slot] != k:
                    made[slot], keys[slot] = k, grams[g]
                    size_a += 1
            stamp = k
        m = text_shingles(units, offsets[b[k]], offsets[b[k] + 1], letter, size, letters_only, text, grams)
        both, size_b = 0, 0
        for g in range(m):
            slot = np.int64(grams[g] >> shift) & mask
            while held[slot] == k and own[slot] != grams[g]:
                slot = (slot + 1) & mask
            if held[slot] == k:
                continue
            held[slot], own[slot] = k, grams[g]
            size_b += 1
            slot = np.int64(grams[g] >> shift) & mask
            while made[slot] == stamp and keys[slot] != grams[g]:
                slot = (slot + 1) & mask
            both += made[slot] == stamp
        least = min(size_a, size_b)
        jaccard[k] = both / (size_a + size_b - both) if least else 0.0
        share[k] = both / least if least else 0.0
    return jaccard, share


def common(
    column: Column, a: NDArray[np.int64], b: NDArray[np.int64], *, size: int, letters_only: bool = False
) -> tuple[Shares, Shares]:
    """(Jaccard similarity, share of the smaller set) of the pairs' sets of `size`-character shingles; `a` sorted."""
    return _common(column.units, column.offsets, a, b, is_letter(), size, letters_only)
