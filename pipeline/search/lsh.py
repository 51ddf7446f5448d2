"""Bands -> candidate pairs: texts with equal keys, grouped by a hash table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .compiled import kernel

CROWD = 64  # texts of one bucket beyond which not all are paired with all
NEXT = 2  # in such a crowd, each text is paired with so many after it by rank, and with the first


Packed = NDArray[np.uint64]  # pairs as a << 32 | b, a < b


def packed(a: NDArray[np.int64], b: NDArray[np.int64]) -> Packed:
    """Pairs of numbers below 2 ** 32 as one number each."""
    return a.astype(np.uint64) << np.uint64(32) | b.astype(np.uint64)


def distinct(pairs: Packed) -> Packed:
    """The pairs sorted, each once."""
    pairs = np.sort(pairs)
    return pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs


def unpacked(pairs: Packed) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two numbers of each pair."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


@kernel
def _chains(keys):
    """Texts of equal keys, chained: the last text of each chain of two or more, and for each text the one before it.

    A slot of the table holds key and last text together, so that a unique text costs one memory access.
    """
    n = len(keys)
    bits = 4
    while (1 << bits) < n + n // 2:
        bits += 1
    mask = (1 << bits) - 1
    table = np.zeros(1 << bits, np.uint64)  # key << 32 | text + 1; 0 where there is none
    link = np.full(n, -1, np.int32)
    shared = np.empty(n, np.int64)  # slots of chains
    used = 0
    for i in range(n):
        key = np.uint64(keys[i])
        slot = np.int64(key * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(20)) & mask
        while table[slot] and table[slot] >> np.uint64(32) != key:
            slot = (slot + 1) & mask
        if table[slot]:
            last = np.int32(table[slot] & np.uint64(0xFFFFFFFF)) - 1
            link[i] = last
            if link[last] < 0:
                shared[used] = slot
                used += 1
        table[slot] = key << np.uint64(32) | np.uint64(i + 1)
    heads = np.empty(used, np.int32)
    for k in range(used):
        heads[k] = np.int32(table[shared[k]] & np.uint64(0xFFFFFFFF)) - 1
    return heads, link


@kernel
def _bucket_pairs(keys, rank, fresh, crowd, following):
    """Pairs of texts with the same key, one of them among the `fresh` last ones: (pairs, texts in crowds)."""
    heads, link = _chains(keys)
    old = len(keys) - fresh
    room, crowds = 0, 0
    for head in heads:
        size, i = 0, head
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
    for head in heads:
        if head < old:  # chains go from the last text to the first: the rest is not fresh
            continue
        size, i = 0, head
        while i >= 0:
            size += 1
            i = link[i]
        members = np.empty(size, np.int32)
        size, i = 0, head
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
    """The pairs of one band, and the number of texts in crowds. `rank` orders the texts by content.

    In a bucket of more than CROWD texts, each is paired with the first by rank and with the NEXT after it: the cost
    is linear in the bucket's size, each text is still compared, and the number of such texts is reported.
    """
    pairs, crowded = _bucket_pairs(keys, rank, fresh, CROWD, NEXT)
    return pairs, int(crowded)
