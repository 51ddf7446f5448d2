"""Which occurrence counts of passages that a story holds more than once: the one that fits its neighbours best."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import numpy as np

from ...batch import Batch
from ...model import Passage, Ref
from ...models import Models
from ...models.forest import log_odds
from ..affinity import Bags, affinities
from .order import follow_features

TOGETHER = 64  # seams whose texts are compared at a time, each with each: more would take quadratic memory
ALONE = -0.7  # log-odds of following where there is no neighbour: those of any two passages of a story


def settled(places: Mapping[Ref, Sequence[Passage]], batch: Batch, bags: Bags, models: Models) -> dict[Ref, Passage]:
    """For each passage the occurrence that counts; `places` hold all under the story's headline, in reading order.

    Passages that are together wherever they occur form a run, and stay together.
    """
    found = {ref: own[0] for ref, own in places.items()}
    several = sorted((ref for ref, own in places.items() if len(own) > 1), key=lambda ref: places[ref][0].start)
    runs: list[list[Ref]] = []
    for ref in several:
        if runs and _follows(places[runs[-1][-1]], places[ref], batch):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    single = sorted((own[0] for own in places.values() if len(own) == 1), key=lambda p: p.start)
    for run in runs:
        best = _best(list(zip(places[run[0]], places[run[-1]], strict=True)), single, bags, models)
        found |= {ref: places[ref][best] for ref in run}
    return found


def _follows(before: Sequence[Passage], after: Sequence[Passage], batch: Batch) -> bool:
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and all(batch.beside(a.ref, 1) == b for a, b in pairs)


def _best(places: Sequence[tuple[Passage, Passage]], others: Sequence[Passage], bags: Bags, models: Models) -> int:
    """The index of the occurrence of a run (its first to its last passage) that fits its neighbours best.

    `others` are the story's passages that occur only once, in reading order.
    """
    seams: list[tuple[int, Passage, Passage]] = []
    starts = [p.start for p in others]
    for k, (first, last) in enumerate(places):
        before, after = bisect_left(starts, first.start) - 1, bisect_right(starts, last.start)
        seams += [(k, others[before], first)] if before >= 0 else []
        seams += [(k, last, others[after])] if after < len(others) else []
    odds = np.full(len(places), 2 * ALONE)
    if seams:
        rows = []
        for some in (seams[at : at + TOGETHER] for at in range(0, len(seams), TOGETHER)):
            alike = affinities([bags.of(p.text) for _, *both in some for p in both])
            rows += [follow_features(a.text, b.text, alike[:, 2 * n, 2 * n + 1]) for n, (_, a, b) in enumerate(some)]
        chances = log_odds(models.forest("follows").predict(np.array(rows, dtype=np.float32)))
        for (k, _, _), odd in zip(seams, chances, strict=True):
            odds[k] += odd - ALONE
    return int(odds.argmax())
