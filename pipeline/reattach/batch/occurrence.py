"""Which occurrence counts of passages that a story holds more than once: the one that fits its neighbours best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...batch import Batch
from ...model import Passage, Ref
from ...models import Models
from ...models.forest import log_odds
from ..affinity import Bags, affinities
from .order import follow_features

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
    single = [own[0] for own in places.values() if len(own) == 1]
    for run in runs:
        best = _best(list(zip(places[run[0]], places[run[-1]], strict=True)), single, bags, models)
        found |= {ref: places[ref][best] for ref in run}
    return found


def _follows(before: Sequence[Passage], after: Sequence[Passage], batch: Batch) -> bool:
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and all(batch.beside(a.ref, 1) == b for a, b in pairs)


def _best(places: Sequence[tuple[Passage, Passage]], others: Sequence[Passage], bags: Bags, models: Models) -> int:
    """The index of the occurrence of a run (its first to its last passage) that fits its neighbours best.

    `others` are the story's passages that occur only once.
    """
    seams: list[tuple[int, Passage, Passage]] = []
    for k, (first, last) in enumerate(places):
        before = max((p for p in others if p.start < first.start), key=lambda p: p.start, default=None)
        after = min((p for p in others if p.start > last.start), key=lambda p: p.start, default=None)
        seams += [(k, before, first)] if before else []
        seams += [(k, last, after)] if after else []
    odds = np.full(len(places), 2 * ALONE)
    if seams:
        alike = affinities([bags.of(p.text) for _, *both in seams for p in both])
        rows = [follow_features(a.text, b.text, alike[:, 2 * n, 2 * n + 1]) for n, (_, a, b) in enumerate(seams)]
        chances = log_odds(models.forest("follows").predict(np.array(rows, dtype=np.float32)))
        for (k, _, _), odd in zip(seams, chances, strict=True):
            odds[k] += odd - ALONE
    return int(odds.argmax())
