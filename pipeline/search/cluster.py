"""Pairs -> clusters: every member is paired directly with the representative (no chains), which is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..text.rarity import Bigrams
from .column import Column, copy_letters, is_letter, mixed
from .compiled import kernel
from .kinds import Kind, Pairs

COPIES = (Kind.NEAR, Kind.EDITED, Kind.CONTAINED)  # overlapping texts and variants both have something of their own
WITNESS, WITNESSES = 2, 4  # quality per document that holds a text, in letters; most documents that count
KNOWN_BITS = 24  # size of the table of known bigrams, 2 MB: 1 in 80 unknown ones passes for known


def representatives(
    column: Column,
    pairs: Pairs,
    lexicon: Bigrams,
    counts: NDArray[np.int64],
    rank: NDArray[np.uint64],
    settled: int = 0,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each text its representative (itself if it is kept), and the pair that links them (-1: none).

    Greedy: texts are taken by descending quality, each becomes the representative of similar texts not yet assigned;
    a piece only joins a text that contains it. Quality: letters, less bigrams that news text hardly has, plus two for
    each of the `counts` documents with the text, up to four; ties by letters, then by `rank`. The first `settled` texts
    were decided before and stay.
    """
    use = np.flatnonzero(np.isin(pairs.kind, COPIES))
    a, b = pairs.a[use], pairs.b[use]
    texts = np.unique(np.concatenate([a, b]))
    letters, odd = _quality(column.units, column.offsets, is_letter(), texts, _known(lexicon)).T
    quality = letters - odd + WITNESS * np.minimum(counts[texts], WITNESSES)
    texts = texts[np.lexsort((rank[texts], -letters, -quality, texts >= settled))]
    both, links = np.concatenate([a, b]), np.concatenate([b, a])
    barred = np.concatenate([pairs.kind[use] == Kind.CONTAINED, np.zeros(len(use), np.bool_)])  # b is no piece of a
    number = np.concatenate([use, use])
    by = np.lexsort((links, both))
    count = np.bincount(both, minlength=len(column))
    starts = np.concatenate(([0], np.cumsum(count)))
    return _assign(texts, links[by], barred[by], number[by], starts, settled)


def _known(lexicon: Bigrams) -> NDArray[np.uint8]:
    """A bit table of the bigrams that occur in news text."""
    table = np.zeros(1 << (KNOWN_BITS - 3), np.uint8)
    _enter(lexicon.bigram_keys, table)
    return table


@kernel
def _enter(keys, table):
    for key in keys:
        h = mixed(key) >> np.uint64(64 - KNOWN_BITS)
        table[h >> np.uint64(3)] |= np.uint8(1) << np.uint8(h & np.uint64(7))


@kernel
def _quality(units, offsets, letter, texts, known):
    """(texts, 2): the numbers of letters and of unknown bigrams of each text."""
    longest = 1
    for i in texts:
        longest = max(longest, offsets[i + 1] - offsets[i])
    text = np.empty(longest, np.uint16)
    out = np.zeros((len(texts), 2), np.int64)
    for k in range(len(texts)):
        n = copy_letters(units, offsets[texts[k]], offsets[texts[k] + 1], letter, text)
        out[k, 0] = n
        for p in range(n - 1):
            h = mixed(np.uint64(text[p]) << np.uint64(21) | np.uint64(text[p + 1])) >> np.uint64(64 - KNOWN_BITS)
            out[k, 1] += not known[h >> np.uint64(3)] >> np.uint8(h & np.uint64(7)) & np.uint8(1)
    return out


@kernel
def _assign(texts, links, barred, number, starts, settled):
    """Assign the texts in order; `barred` marks links by which the second text may not join the first."""
    n = len(starts) - 1
    kept, pair = np.arange(n), np.full(n, -1, np.int64)
    free = np.ones(n, np.bool_)
    free[:settled] = False
    for i in texts:
        if not free[i] and i >= settled:
            continue
        free[i] = False
        for k in range(starts[i], starts[i + 1]):
            j = links[k]
            if free[j] and not barred[k]:
                kept[j], pair[j], free[j] = i, number[k], False
    return kept, pair
