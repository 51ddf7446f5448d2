"""Which of the places where a story's passages stand more than once is theirs: the one where they follow best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ... import models
from ...model import Passage
from ...models.forest import log_odds
from ..affinity import affinities, bag
from ..page.texts import Key
from .order import follow_features

ALONE = -0.7  # log-odds of following where nothing stands before or after: as likely as for any two of a story


def settled(places: Mapping[Key, Sequence[Passage]]) -> dict[Key, Passage]:
    """For each passage the occurrence that counts; `places` hold all under the story's headline, in reading order.

    Passages that stand together at each of their places are a run, and stay together.
    """
    found = {key: own[0] for key, own in places.items()}
    several = sorted((key for key, own in places.items() if len(own) > 1), key=lambda key: places[key][0].index)
    runs: list[list[Key]] = []
    for key in several:
        if runs and _follows(places[runs[-1][-1]], places[key]):
            runs[-1].append(key)
        else:
            runs.append([key])
    single = {own[0].index: own[0] for own in places.values() if len(own) == 1}
    for run in runs:
        best = _best([(places[run[0]][k], places[run[-1]][k]) for k in range(len(places[run[0]]))], single)
        found |= {key: places[key][best] for key in run}
    return found


def _follows(before: Sequence[Passage], after: Sequence[Passage]) -> bool:
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and all(a.index + 1 == b.index for a, b in pairs)


def _best(places: Sequence[tuple[Passage, Passage]], others: Mapping[int, Passage]) -> int:
    """The number of the place, from the first to the last passage of a run, that its neighbours fit best.

    `others` are the story's passages that stand only once, by their numbers.
    """
    seams: list[tuple[int, Passage, Passage]] = []
    for k, (first, last) in enumerate(places):
        before = max((i for i in others if i < first.index), default=None)
        after = min((i for i in others if i > last.index), default=None)
        seams += [(k, others[before], first)] if before is not None else []
        seams += [(k, last, others[after])] if after is not None else []
    odds = np.full(len(places), 2 * ALONE)
    if seams:
        lexicon = models.lexicon()
        alike = affinities([bag(p.text, lexicon) for _, *both in seams for p in both])
        rows = [follow_features(a.text, b.text, alike[:, 2 * n, 2 * n + 1]) for n, (_, a, b) in enumerate(seams)]
        chances = log_odds(models.forest("follows").predict(np.array(rows, dtype=np.float32)))
        for (k, _, _), odd in zip(seams, chances, strict=True):
            odds[k] += odd - ALONE
    return int(odds.argmax())
