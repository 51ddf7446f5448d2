"""Bands -> candidate pairs: texts whose keys agree, grouped by a hash table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.similarity.column import kernel

CROWD = 64  # texts of one bucket from which not every one is paired with every other
NEXT = 8  # in a crowd each text is paired with so many after it, by rank, and with the first


Packed = NDArray[np.uint64]  # pairs as a << 32 | b, a < b


def packed(a: NDArray[np.int64], b: NDArray[np.int64]) -> Packed:
    """Pairs of numbers below 2 ** 32 as one number each."""
    return a.astype(np.uint64) << np.uint64(32) | b.astype(np.uint64)


def unpacked(pairs: Packed) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two numbers of each pair."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


@kernel
def _bucket_pairs(keys, rank, fresh, crowd, following):  # type: ignore[no-untyped-def]
    """Pairs of texts with the same key; the `fresh` last texts are paired with all, the others only with those.

    Returns (pairs, texts in crowds). Two passes over the table: the first counts, the second writes.
    """
    n = len(keys)
    bits = 4
    while (1 << bits) < 2 * n:
        bits += 1
    mask = (1 << bits) - 1
    head = np.full(1 << bits, -1, np.int32)
    link = np.empty(n, np.int32)
    for i in range(n):
        slot = np.int64(keys[i] * np.uint32(0x9E3779B1) >> np.uint32(1)) & mask
        while head[slot] >= 0 and keys[head[slot]] != keys[i]:
            slot = (slot + 1) & mask
        link[i] = head[slot]
        head[slot] = i
    old = n - fresh
    room, crowds = 0, 0
    for slot in range(1 << bits):
        size, i = 0, head[slot]
        while i >= 0:
            size += 1
            i = link[i]
        if size > crowd:
            crowds += size
            room += size * (following + 1)
        else:
            room += size * (size - 1) // 2
    out = np.empty(room, np.uint64)
    used = 0
    for slot in range(1 << bits):
        i = head[slot]
        if i < old or link[i] < 0:  # chains go from the last text to the first: none of these is fresh
            continue
        size = 0
        while i >= 0:
            size += 1
            i = link[i]
        members = np.empty(size, np.int32)
        i, size = head[slot], 0
        while i >= 0:
            members[size] = i
            size += 1
            i = link[i]
        if size > crowd:
            members = members[np.argsort(rank[members], kind="mergesort")]
        for x in range(size):
            for y in range(x + 1, size):
                if size > crowd and x > 0 and y > x + following:
                    break
                a, b = min(members[x], members[y]), max(members[x], members[y])
                if b >= old:
                    out[used] = np.uint64(a) << np.uint64(32) | np.uint64(b)
                    used += 1
    return out[:used].copy(), crowds


def bucket_pairs(keys: NDArray[np.uint32], rank: NDArray[np.uint64], fresh: int) -> tuple[Packed, int]:
    """The pairs of one band, and how many texts stand in crowds. `rank` orders the texts by what they are.

    In a bucket of more than CROWD texts, each is paired with the first by rank and with the NEXT after it: the cost
    stays in line with the bucket's size, each text is still compared, and how many there were is reported.
    """
    pairs, crowded = _bucket_pairs(keys, rank, fresh, CROWD, NEXT)
    return pairs, int(crowded)
