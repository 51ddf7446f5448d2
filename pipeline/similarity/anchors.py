"""Where one text stands whole within another, and which texts begin or end alike: exact, on folded text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Prefix

ANCHOR = 12  # letters: long enough that stock phrases are rare, short enough for a stub of half a sentence
BLOCK = 4096  # texts hashed together
NEIGHBOURS = 3  # texts after each in sorted order that it is compared with: copies and splices of one text are few


def _hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Hashes of every run of ANCHOR characters within a text, the number of its text and its offset there."""
    lengths = np.array([len(t) for t in texts], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    offset = np.arange(len(points)) - starts[owner]
    count = max(0, len(points) - ANCHOR + 1)
    total = np.zeros(count, dtype=np.uint64)
    for k in range(ANCHOR):
        total = total * np.uint64(0x9E3779B97F4A7C15) + points[k : k + count] + np.uint64(1)
    whole = offset[:count] + ANCHOR <= lengths[owner[:count]]
    return (total ^ (total >> np.uint64(31)))[whole], owner[:count][whole], offset[:count][whole]


def _blocks(texts: Sequence[str]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]]:
    for start in range(0, len(texts), BLOCK):
        hashes, owner, offset = _hashes(texts[start : start + BLOCK])
        yield hashes, owner + start, offset


def contained_pairs(texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(a, b, offset): text `a`, of ANCHOR characters or more, stands whole in another text `b`, from `offset` on.

    Each text is looked up by its first or its last anchor, whichever is the rarer. Every row is compared exactly.
    """
    long = np.array([i for i, t in enumerate(texts) if len(t) >= ANCHOR], dtype=np.int64)
    if not len(long):
        return
    ends = [_hashes([texts[i][:ANCHOR] for i in long])[0], _hashes([texts[i][-ANCHOR:] for i in long])[0]]
    known = np.unique(np.concatenate(ends))
    times = np.zeros(len(known), dtype=np.int64)
    for hashes, _, _ in _blocks(texts):
        at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        times += np.bincount(at[known[at] == hashes], minlength=len(known))
    head, tail = (np.searchsorted(known, e) for e in ends)
    by_tail = times[tail] < times[head]
    needle = np.where(by_tail, ends[1], ends[0])
    order = np.argsort(needle, kind="stable")
    needle, owners, by_tail = needle[order], long[order], by_tail[order]
    for hashes, where, offset in _blocks(texts):
        first, last = np.searchsorted(needle, hashes, "left"), np.searchsorted(needle, hashes, "right")
        for hit in np.flatnonzero(last > first):
            b = int(where[hit])
            for k in range(first[hit], last[hit]):
                a = int(owners[k])
                start = int(offset[hit]) - (len(texts[a]) - ANCHOR if by_tail[k] else 0)
                if a != b and start >= 0 and len(texts[a]) < len(texts[b]) and texts[b].startswith(texts[a], start):
                    yield a, b, start


def shared_beginnings(texts: Sequence[str], least: int) -> Iterator[tuple[int, int, int]]:
    """(a, b, length): texts near in sorted order whose first `length` >= `least` characters are the same."""
    order = sorted(range(len(texts)), key=texts.__getitem__)
    for step in range(1, NEIGHBOURS + 1):
        for a, b in zip(order, order[step:], strict=False):
            x, y = texts[a], texts[b]
            if len(x) >= least and x[:least] == y[:least]:
                yield a, b, Prefix.similarity(x, y)
