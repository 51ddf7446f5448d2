"""Distinct texts -> pairs of similar texts: bands and anchors propose, exact comparison decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..text.rarity import Bigrams
from .column import Column
from .kinds import Candidates, Pairs, Shares, Thresholds
from .likeness import PLAUSIBLE, ROUNDING, decide
from .lsh import Packed, bucket_pairs, distinct, packed, unpacked
from .minhash import Sketch, band_keys, bands_for
from .runs import NO_RUNS, shared_runs
from .verify import common

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
SHINGLE = 5  # characters: of Chinese news, passages that share half of these are of one origin
ROWS = 4  # of a band, where only near pairs are sought: of chance pairs (similarity .1) 1 in 400 is proposed
MISS = 0.001  # most pairs at the threshold of `near` that may be missed
# With 15 % of the letters mistyped, texts share .35 of their 4-letter shingles, and 94 % of such pairs are proposed.
SENSITIVE = Sketch(size=4, bands=64, rows=3, letters_only=True)
RUN = 0.3  # least share of the shorter text in a common run: with one letter in ten wrong, half of it has one
AHEAD = 4  # bands that are grouped before the first of them is verified
SLICE = 1 << 15  # texts or pairs that a thread takes at a time


@dataclass(frozen=True)
class Texts:
    """The texts to search: a column, the numbers of letters (texts,) and rank (texts,), the order by content.

    Of two texts that are compared, one is among the `fresh` last ones.
    """

    column: Column
    letters: NDArray[np.int32]
    rank: NDArray[np.uint64]
    fresh: int


@dataclass(frozen=True)
class Found:
    """The pairs, and the number of texts in crowds, where each is compared only with some of the others."""

    pairs: Pairs
    crowded: int


def search(
    texts: Texts,
    limits: Thresholds,
    lexicon: Bigrams,
    *,
    threads: int = 1,
    room: int = 1 << 28,
    progress: Progress | None = None,
) -> Found:
    """All pairs of similar distinct texts, the same for any order of the texts and any number of threads.

    `room` bounds the bytes held for band keys, and for pairs that wait for verification.
    `progress` is called with ("comparing", bands done, bands).
    """
    runs = NO_RUNS
    sketch = SENSITIVE if limits.sensitive else Sketch(SHINGLE, bands_for(limits.near, ROWS, MISS), ROWS)
    with ThreadPoolExecutor(threads) as pool:
        blocks: Iterable[tuple[Packed, int]] = _counted(_proposed(texts, sketch, pool, room), sketch.bands, progress)
        if limits.sensitive:
            runs = shared_runs(texts.column, texts.rank, min(RUN, limits.overlap), texts.fresh)
            blocks = chain(blocks, [(packed(runs.a, runs.b), runs.crowded)])
        found, crowded = _verified(texts, blocks, limits, pool, room)
    return Found(decide(texts.column, texts.letters, found, runs, limits, lexicon), crowded)


def _counted(blocks: Iterable[T], total: int, progress: Progress | None) -> Iterator[T]:
    for done, block in enumerate(blocks, 1):
        yield block
        if progress:
            progress("comparing", done, total)


def _proposed(texts: Texts, sketch: Sketch, pool: ThreadPoolExecutor, room: int) -> Iterator[tuple[Packed, int]]:
    """Candidate pairs of each band, and the number of texts in crowds; keys are computed for as many bands as fit."""
    n = len(texts.letters)
    together = max(1, room // (4 * max(1, n)))
    for first in range(0, sketch.bands, together):
        last = min(sketch.bands, first + together)
        keys = np.empty((last - first, n), np.uint32)

        def fill(start: int, keys: NDArray[np.uint32] = keys, first: int = first, last: int = last) -> None:
            part = texts.column.part(start, min(n, start + SLICE))
            keys[:, start : start + SLICE] = band_keys(part, sketch, first, last)

        list(pool.map(fill, range(0, n, SLICE)))
        for some in range(0, len(keys), AHEAD):  # not all at once: candidates wait for verification
            yield from pool.map(lambda key: bucket_pairs(key, texts.rank, texts.fresh), keys[some : some + AHEAD])


def _verified(
    texts: Texts, blocks: Iterable[tuple[Packed, int]], limits: Thresholds, pool: ThreadPoolExecutor, room: int
) -> tuple[Candidates, int]:
    """The candidates that share enough shingles, each once, verified whenever too many wait."""
    pending: list[Packed] = []
    kept: list[tuple[Packed, Shares, Shares]] = []
    crowded = waiting = 0
    for block, crowds in blocks:
        crowded += crowds
        pending.append(block)
        waiting += block.nbytes
        if waiting > room:
            kept.append(_measured(texts, pending, limits, pool))
            pending, waiting = [], 0
    kept.append(_measured(texts, pending, limits, pool))
    pairs, jaccard, share = kept[0]
    if len(kept) > 1:
        pairs, first = np.unique(np.concatenate([k[0] for k in kept]), return_index=True)
        jaccard, share = (np.concatenate([k[i] for k in kept])[first] for i in (1, 2))
    a, b = unpacked(pairs)
    longer, same = texts.letters[a] > texts.letters[b], texts.letters[a] == texts.letters[b]
    swap = longer | (same & (texts.rank[a] > texts.rank[b]))
    return Candidates(np.where(swap, b, a), np.where(swap, a, b), jaccard, share), crowded


def _measured(
    texts: Texts, pending: list[Packed], limits: Thresholds, pool: ThreadPoolExecutor
) -> tuple[Packed, Shares, Shares]:
    """The pairs, each once, of texts that are long enough and share enough shingles, with both shares."""
    pairs = distinct(np.concatenate([np.zeros(0, np.uint64), *pending]))
    a, b = unpacked(pairs)
    long = np.minimum(texts.letters[a], texts.letters[b]) >= limits.least
    a, b, pairs = a[long], b[long], pairs[long]

    def measure(start: int) -> tuple[Shares, Shares]:
        x, y = a[start : start + SLICE], b[start : start + SLICE]
        long = texts.letters[y] > texts.letters[x]
        x, y = np.where(long, y, x), np.where(long, x, y)  # the set of the longer text is built once for all its pairs
        order = np.argsort(x, kind="stable")
        jaccard, share = np.zeros(len(x), np.float32), np.zeros(len(x), np.float32)
        if limits.sensitive:
            _, share[order] = common(texts.column, x[order], y[order], size=SENSITIVE.size, letters_only=True)
            order = order[share[order] >= PLAUSIBLE]
        jaccard[order], _ = common(texts.column, x[order], y[order], size=SHINGLE)
        return jaccard, share

    both = list(pool.map(measure, range(0, len(a), SLICE)))
    jaccard, share = (np.concatenate([np.zeros(0, np.float32), *(x[i] for x in both)]) for i in (0, 1))
    keep = share >= PLAUSIBLE if limits.sensitive else jaccard >= limits.near - ROUNDING
    return pairs[keep], jaccard[keep], share[keep]
