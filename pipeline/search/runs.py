"""Common runs of letters of two texts, at any position: the candidates for pieces, joined texts and overlaps.

Each text is looked up by the rarest anchor (see winnow) of each of its halves also found elsewhere. A text that is
contained in another always shares such an anchor with it; a text that only shares a stock phrase with many others is
looked up by something rarer, and so meets few of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .column import Column, copy_letters, is_letter
from .compiled import kernel
from .shingle import text_shingles
from .winnow import ANCHOR, anchors

LONG = 48  # letters of a run that is long enough, however long the texts are
CROWD = 64  # occurrences of an anchor beyond which only those in the first texts by rank are used
MOST_COUNTS = 28  # bits of the table of anchor counts, 256 MB
PARTITION = 1 << 21  # texts per lookup of anchors, so that memory does not grow with the corpus


class Runs(NamedTuple):
    """Maximal common runs of `length` letters, from letter `at_a` of text a and `at_b` of text b; a < b.

    (runs,) each, sorted, the longest of each pair; `crowded` counts texts not all of whose anchors were used.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    at_a: NDArray[np.int64]
    at_b: NDArray[np.int64]
    length: NDArray[np.int64]
    crowded: int

    def where(self, use: NDArray[np.int64]) -> Runs:
        """Some of the runs."""
        return Runs(self.a[use], self.b[use], self.at_a[use], self.at_b[use], self.length[use], self.crowded)


_NONE = np.zeros(0, np.int64)
NO_RUNS = Runs(_NONE, _NONE, _NONE, _NONE, _NONE, 0)


def shared_runs(column: Column, rank: NDArray[np.uint64], least: float, fresh: int | None = None) -> Runs:
    """The runs of at least the share `least` of the shorter text, or of LONG letters, verified letter by letter.

    `rank` orders the texts by content. Of two texts one is among the `fresh` last (by default, all).
    """
    n = len(column)
    fresh = n if fresh is None else fresh
    bits = min(MOST_COUNTS, max(16, len(column.units).bit_length()))
    counts, shift = np.zeros(1 << bits, np.uint8), np.uint64(64 - bits)  # by the upper bits of an anchor's hash
    letter = is_letter()
    _tally(column.units, column.offsets, letter, ANCHOR, counts, shift)
    needles, owners = _choose(column.units, column.offsets, letter, ANCHOR, counts, shift)
    by_rank = np.argsort(rank)
    parts = 1 + n // PARTITION
    found = []
    crowded = 0
    for part in range(parts):
        mine = needles % np.uint64(parts) == np.uint64(part)
        order = np.lexsort((owners[mine], needles[mine]))
        sought, by = needles[mine][order], owners[mine][order]
        distinct, first = np.unique(sought, return_index=True)
        hits = _look_up(column.units, column.offsets, by_rank, letter, ANCHOR, distinct)
        hits = hits[np.argsort(hits[:, 0], kind="stable")]
        first = np.append(first, len(sought))
        runs, crowds = _extend(column.units, column.offsets, letter, hits, first, by, CROWD, least, n - fresh)
        found.append(runs)
        crowded += int(crowds)
    runs = np.concatenate(found)
    runs = _longest_of_each(runs[np.argsort(runs[:, 0] << 32 | runs[:, 1])])
    a, b, at_a, at_b, length = (column.copy() for column in runs.T)
    return Runs(a, b, at_a, at_b, length, crowded)


@kernel
def _longest(offsets):
    longest = 1
    for i in range(len(offsets) - 1):
        longest = max(longest, offsets[i + 1] - offsets[i])
    return longest


@kernel
def _tally(units, offsets, letter, size, counts, shift):
    """Count each anchor over all texts, up to 255."""
    longest = _longest(offsets)
    text, picked = np.empty(longest, np.uint16), np.empty(longest + 1, np.int64)
    grams, least, most = np.empty(longest, np.uint64), np.empty(longest, np.uint64), np.empty(longest, np.uint64)
    for i in range(len(offsets) - 1):
        m = text_shingles(units, offsets[i], offsets[i + 1], letter, size, True, text, grams)
        for k in range(anchors(grams, m, least, most, picked)):
            slot = grams[picked[k]] >> shift
            times = counts[slot]
            counts[slot] = times + np.uint8(1) if times < 255 else times


@kernel
def _choose(units, offsets, letter, size, counts, shift):
    """The rarest anchor of each half of each text that also occurs elsewhere: (hashes, texts)."""
    n = len(offsets) - 1
    longest = _longest(offsets)
    text, picked = np.empty(longest, np.uint16), np.empty(longest + 1, np.int64)
    grams, least, most = np.empty(longest, np.uint64), np.empty(longest, np.uint64), np.empty(longest, np.uint64)
    needles, owners = np.empty(2 * n, np.uint64), np.empty(2 * n, np.int64)
    used = 0
    for i in range(n):
        m = text_shingles(units, offsets[i], offsets[i + 1], letter, size, True, text, grams)
        m = anchors(grams, m, least, most, picked)
        for half in range(2):
            best, times = np.uint64(0), 256
            for k in range(half * m // 2, (half + 1) * m // 2):
                gram = grams[picked[k]]
                here = counts[gram >> shift]
                if 1 < here < times or (here == times and gram < best):
                    best, times = gram, here
            if times < 256 and (half == 0 or used == 0 or owners[used - 1] != i or needles[used - 1] != best):
                needles[used], owners[used] = best, i
                used += 1
    return needles[:used].copy(), owners[:used].copy()


@kernel
def _look_up(units, offsets, order, letter, size, distinct):
    """The occurrences of the anchors `distinct`, text after text in `order`: (hits, 3) anchor number, text, letter."""
    n = len(distinct)
    bits = 4
    while (1 << bits) < 2 * n:
        bits += 1
    mask = (1 << bits) - 1  # of the lower bits: anchors have the least hashes, so their upper bits hardly differ
    table = np.full(1 << bits, -1, np.int32)
    marks = np.zeros(1 << max(0, bits - 1), np.uint8)  # four bits per slot: fits the processor's cache
    few = np.uint64(8 * len(marks) - 1)
    for k in range(n):
        mark = distinct[k] >> np.uint64(8) & few
        marks[mark >> np.uint64(3)] |= np.uint8(1) << np.uint8(mark & np.uint64(7))
        slot = np.int64(distinct[k]) & mask
        while table[slot] >= 0:
            slot = (slot + 1) & mask
        table[slot] = k
    longest = _longest(offsets)
    text, picked = np.empty(longest, np.uint16), np.empty(longest + 1, np.int64)
    grams, least, most = np.empty(longest, np.uint64), np.empty(longest, np.uint64), np.empty(longest, np.uint64)
    out = np.empty((max(16, 2 * n), 3), np.int64)
    used = 0
    for i in order:
        m = text_shingles(units, offsets[i], offsets[i + 1], letter, size, True, text, grams)
        for k in range(anchors(grams, m, least, most, picked)):
            g = picked[k]
            mark = grams[g] >> np.uint64(8) & few
            if not marks[mark >> np.uint64(3)] >> np.uint8(mark & np.uint64(7)) & np.uint8(1):
                continue
            slot = np.int64(grams[g]) & mask
            while table[slot] >= 0:
                if distinct[table[slot]] == grams[g]:
                    if used == len(out):
                        larger = np.empty((2 * used, 3), np.int64)
                        larger[:used] = out
                        out = larger
                    out[used, 0], out[used, 1], out[used, 2] = table[slot], i, g
                    used += 1
                    break
                slot = (slot + 1) & mask
    return out[:used].copy()


@kernel
def _longest_of_each(runs):
    """The longest of the runs (sorted by texts) of each pair; ties by position in a, then in b."""
    used = 0
    for k in range(len(runs)):
        if used and runs[used - 1, 0] == runs[k, 0] and runs[used - 1, 1] == runs[k, 1]:
            best = runs[used - 1]
            if (-runs[k, 4], runs[k, 2], runs[k, 3]) < (-best[4], best[2], best[3]):
                runs[used - 1] = runs[k]
        else:
            runs[used] = runs[k]
            used += 1
    return runs[:used].copy()


@kernel
def _extend(units, offsets, letter, hits, first, owners, crowd, least, old):
    """Extend each anchor between its owners and the texts with it: runs (runs, 5), and the number of texts left out."""
    longest = _longest(offsets)
    one, other = np.empty(longest, np.uint16), np.empty(longest, np.uint16)
    out = np.empty((max(16, len(hits)), 5), np.int64)
    first_hit = np.empty(len(offsets) - 1, np.int64)  # of each text with the anchor
    used, crowded = 0, 0
    start = 0
    while start < len(hits):
        anchor = hits[start, 0]
        end = start
        while end < len(hits) and hits[end, 0] == anchor:
            end += 1
        for h in range(end - 1, start - 1, -1):
            first_hit[hits[h, 1]] = h
        if end - start > crowd:
            crowded += end - start - crowd
        last = min(end, start + crowd)
        for k in range(first[anchor], first[anchor + 1]):
            i = owners[k]
            m = copy_letters(units, offsets[i], offsets[i + 1], letter, one)
            home = first_hit[i]
            for h in range(start, last):
                j = hits[h, 1]
                if j == i or max(i, j) < old:
                    continue
                n = copy_letters(units, offsets[j], offsets[j + 1], letter, other)
                x, y = hits[home, 2], hits[h, 2]
                while x > 0 and y > 0 and one[x - 1] == other[y - 1]:
                    x, y = x - 1, y - 1
                size = 0
                while x + size < m and y + size < n and one[x + size] == other[y + size]:
                    size += 1
                if size < min(LONG, least * min(m, n)):
                    continue
                if used == len(out):
                    larger = np.empty((2 * used, 5), np.int64)
                    larger[:used] = out
                    out = larger
                if i < j:
                    out[used] = i, j, x, y, size
                else:
                    out[used] = j, i, y, x, size
                used += 1
        start = end
    return out[:used].copy(), crowded
