"""Passages whose story stands on another page of the batch: found by an index of the stories' words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ... import models
from ...config import ReattachConfig
from ...text.forms import fold
from ..page.decide import SHARED, PageVerdicts, Verdict, limits
from ..page.texts import Key
from ..profiles import Profile, word_hash

Floats = NDArray[np.float32]
Local = tuple[str, int]  # a page and the number of a headline (>= 0) or of passages set apart (< 0) on it
Index = Mapping[int, Sequence[tuple[Local, float]]]
FOUND, NEAR = 40, 8  # stories that the index proposes for a passage, and those that it is weighed against
COMMON = 200  # stories of a batch that a word weighs in from which it no longer helps to find one of them
LIKENESS = ("words", "bigrams", "meaning", "rare", "best", "top3", "headline")
STRAY_NAMES = (
    "rank", *LIKENESS, "total", "lead_over_next", *(f"{k}_margin" for k in LIKENESS), *(f"{k}_over_host" for k in LIKENESS),
    *(f"{k}_over_page" for k in LIKENESS), "letters", "size", "alien", "stay", "rival", "candidates",
)  # fmt: skip


def likeness(a: Profile, b: Profile) -> list[float]:
    """Numbers of LIKENESS of a passage and a story: cosines by words, bigrams and meaning, the number of rare words in
    common; cosines by meaning with the story's passage most like it, its three most like it, and its headline."""

    def dot(x: NDArray[np.uint32], xw: Floats, y: NDArray[np.uint32], yw: Floats) -> float:
        _, i, j = np.intersect1d(x, y, assume_unique=False, return_indices=True)
        return float(xw[i] @ yw[j])

    each = np.sort(b.rows[1:].astype(np.float32) @ a.vector)[::-1]
    return [
        dot(a.words, a.word_weights, b.words, b.word_weights),
        dot(a.grams, a.gram_weights, b.grams, b.gram_weights),
        float(a.vector @ b.vector),
        float(len(np.intersect1d(a.rare, b.rare))),
        float(each[0]) if len(each) else 0.0,
        float(each[:3].mean()) if len(each) else 0.0,
        float(b.rows[0].astype(np.float32) @ a.vector),
    ]


def stray_features(verdict: Verdict, candidates: Sequence[Profile], own: Sequence[Profile]) -> Floats:
    """Features (candidates, f) of whether a passage belongs to stories of other pages; `own` are those of its page."""
    assert verdict.profile is not None
    rows = np.array([likeness(verdict.profile, c) for c in candidates], dtype=np.float32)
    here = np.array([likeness(verdict.profile, c) for c in own], dtype=np.float32).reshape(-1, len(LIKENESS))
    host = here[verdict.host] if verdict.host >= 0 else np.zeros(len(LIKENESS), dtype=np.float32)
    page = here.max(axis=0) if len(here) else np.zeros(len(LIKENESS), dtype=np.float32)
    total = rows[:, 0] + rows[:, 1] + rows[:, 2] + 0.05 * rows[:, 3] + rows[:, 4]
    rank = np.argsort(np.argsort(-total, kind="stable"), kind="stable")
    out = []
    for i, row in enumerate(rows):
        others = np.delete(rows, i, axis=0)
        best = others.max(axis=0) if len(others) else np.zeros(len(LIKENESS), dtype=np.float32)
        lead = total[i] - (np.delete(total, i).max() if len(others) else 0.0)
        letters, size = len(fold(verdict.passage.text)), len(candidates[i].rows) - 1
        out.append([rank[i], *row, total[i], lead, *(row - best), *(row - host), *(row - page), letters, size,
                    verdict.alien, verdict.stay, verdict.rival, len(rows)])  # fmt: skip
    return np.array(out, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Stray:
    """Where a passage of another page goes: that story's first headline, the probability, the next likely story and its
    probability, and the words that the passage shares with it and not with the story where it stands."""

    goal: Local
    score: float
    runner_up: Local | None
    rival: float
    shared: tuple[str, ...]
    reason: str = "belongs to a story of another page"


def find_strays(
    chosen: Mapping[Key, tuple[str, Verdict]], by_page: Mapping[str, PageVerdicts], root: Mapping[Local, Local],
    config: ReattachConfig,
) -> dict[Key, Stray]:  # fmt: skip
    """The passages that belong to a story of another page.

    `chosen` holds each distinct passage's verdict, `root` the first page's headline of each headline's story.
    """
    if not config.move:
        return {}
    profiles = {local: by_page[local[0]].profiles[local[1]] for local in sorted(set(root.values()))}
    index = word_index(profiles)
    _, limit = limits(config)
    found = {}
    for key, (page, verdict) in sorted(chosen.items()):
        if verdict.profile is None:
            continue
        own = {root[page, j] for j in range(len(by_page[page].headlines))}
        near = candidates(verdict, own, index, profiles)
        if not near:
            continue
        here = by_page[page].profiles
        chances = models.forest("stray").predict(stray_features(verdict, [profiles[c] for c in near], here))
        first, *others = sorted(range(len(near)), key=lambda c: (-chances[c], c))
        rival = float(chances[others[0]]) if others else 0.0
        if chances[first] > limit and chances[first] - rival >= config.margin:
            shared = _shared(verdict, profiles[near[first]], here[verdict.host] if verdict.host >= 0 else None)
            next_ = near[others[0]] if others else None
            found[key] = Stray(near[first], round(float(chances[first]), 4), next_, round(rival, 4), shared)
    return found


def _shared(verdict: Verdict, story: Profile, host: Profile | None) -> tuple[str, ...]:
    there = set(story.words.tolist()) - (set(host.words.tolist()) if host else set())
    return tuple(w for w in verdict.words if word_hash(w) in there)[:SHARED]


def word_index(profiles: Mapping[Local, Profile]) -> Index:
    """Hash of a word -> the stories that it weighs in, with its weight; words of many stories tell nothing."""
    index: dict[int, list[tuple[Local, float]]] = defaultdict(list)
    for local, p in sorted(profiles.items()):
        for word, weight in zip(p.words.tolist(), p.word_weights.tolist(), strict=True):
            index[word].append((local, weight))
    return {word: stories for word, stories in index.items() if len(stories) <= COMMON}


def candidates(verdict: Verdict, own: set[Local], index: Index, profiles: Mapping[Local, Profile]) -> list[Local]:
    """The stories of other pages that are most like a passage, among those that share its weightiest words."""
    passage = verdict.profile
    assert passage is not None
    score: dict[Local, float] = defaultdict(float)
    for word, weight in zip(passage.words.tolist(), passage.word_weights.tolist(), strict=True):
        stories = index.get(word, ())
        for local, other in stories:
            if local not in own:
                score[local] += weight * other * math.log(1 + len(profiles) / len(stories))
    proposed = sorted(score, key=lambda c: (-score[c], c))[:FOUND]

    def alike(c: Local) -> float:
        return score[c] / 4 + float((profiles[c].rows.astype(np.float32) @ passage.vector).max())

    return sorted(proposed, key=lambda c: (-alike(c), c))[:NEAR]
