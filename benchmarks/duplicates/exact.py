"""All pairs of texts that share so many of their character 5-grams: an exact join, to measure approximate ones by.

Rare grams first, prefix filter and length filter, then the true similarity (the all-pairs search of Bayardo and
others). A gram is a 64-bit key: how often it occurs, then 48 bits of its hash; sorted keys have the rare ones first.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

N = 5  # characters of a gram
LEAST = 0.5  # Jaccard similarity
_SLOTS = 26  # bits: occurrences are counted, and grams looked up, by these bits of their hash


def near_pairs(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Numbers a < b of two texts, and their Jaccard similarity, of all pairs that have at least LEAST."""
    points = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    keys, offsets = _gram_sets(points, starts)
    a, b, j = _join(keys, offsets, np.argsort(np.diff(offsets), kind="stable"))
    order = np.lexsort((np.maximum(a, b), np.minimum(a, b)))
    return np.minimum(a, b)[order], np.maximum(a, b)[order], j[order]


@nb.njit
def _gram_sets(points, starts):
    """Each text's distinct keys, sorted, and where each text's begin."""
    keys, offsets, used = np.empty(len(points), np.uint64), np.zeros(len(starts), np.int64), 0
    counts = np.zeros(1 << _SLOTS, np.int32)
    for d in range(len(starts) - 1):
        hashes = np.unique(_hashes(points[starts[d] : starts[d + 1]]))
        keys[used : used + len(hashes)] = hashes
        used += len(hashes)
        offsets[d + 1] = used
        for h in hashes:
            counts[np.int64(h & np.uint64((1 << _SLOTS) - 1))] += 1
    for i in range(used):
        often = min(counts[np.int64(keys[i] & np.uint64((1 << _SLOTS) - 1))], 65535)
        keys[i] = np.uint64(often) << np.uint64(48) | keys[i] >> np.uint64(16)
    for d in range(len(starts) - 1):
        keys[offsets[d] : offsets[d + 1]] = np.sort(keys[offsets[d] : offsets[d + 1]])
    return keys[:used], offsets


@nb.njit
def _hashes(points):
    """A text's 5-grams, hashed; a shorter text is one gram."""
    hashes = np.empty(max(1, len(points) - N + 1), np.uint64)
    for i in range(len(hashes)):
        h = np.uint64(0x9E3779B97F4A7C15)
        for p in points[i : i + N]:
            h = (h ^ np.uint64(p)) * np.uint64(0xFF51AFD7ED558CCD)
            h ^= h >> np.uint64(32)
        hashes[i] = h
    return hashes


@nb.njit
def _join(keys, offsets, order):
    """Pairs and their similarities; texts are taken in order of their size, so that a chain holds the largest first."""
    left, right, sim, found = np.empty(1 << 20, np.int64), np.empty(1 << 20, np.int64), np.empty(1 << 20, np.float32), 0
    head = np.full(1 << _SLOTS, -1, np.int64)
    link, owner, used = np.empty(len(keys), np.int64), np.empty(len(keys), np.int32), 0
    seen = np.full(len(order), -1, np.int32)
    for d in order:
        size = offsets[d + 1] - offsets[d]
        for k in range(offsets[d], offsets[d] + size - int(np.ceil(LEAST * size)) + 1):
            slot = np.int64(keys[k] & np.uint64((1 << _SLOTS) - 1))
            p = head[slot]
            while p >= 0 and offsets[owner[p] + 1] - offsets[owner[p]] >= LEAST * size:
                c = owner[p]
                if seen[c] != d:
                    seen[c] = d
                    s = _jaccard(keys[offsets[c] : offsets[c + 1]], keys[offsets[d] : offsets[d + 1]])
                    if s >= LEAST:
                        if found == len(left):
                            left, right, sim = _doubled(left), _doubled(right), _doubled(sim)
                        left[found], right[found], sim[found] = c, d, s
                        found += 1
                p = link[p]
            link[used], owner[used], head[slot] = head[slot], d, used
            used += 1
    return left[:found], right[:found], sim[:found]


@nb.njit
def _doubled(array):
    """A copy with as much room again."""
    return np.concatenate((array, np.empty_like(array)))


@nb.njit
def _jaccard(x, y):
    """The similarity of two sorted sets; 0 as soon as it can't be LEAST."""
    i, j, common = 0, 0, 0
    needed = LEAST / (1 + LEAST) * (len(x) + len(y)) - 1e-9
    while i < len(x) and j < len(y):
        if common + min(len(x) - i, len(y) - j) < needed:
            return 0.0
        if x[i] == y[j]:
            common += 1
            i += 1
            j += 1
        elif x[i] < y[j]:
            i += 1
        else:
            j += 1
    return common / (len(x) + len(y) - common)
