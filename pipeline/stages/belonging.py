"""What shows that a passage belongs to a story of its page, or to none of them: features of the learned scorers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from pipeline.similarity import cues
from pipeline.similarity.affinity import shifted
from pipeline.similarity.forms import closed, fold
from pipeline.stages.scene import Scene, normal

Floats = NDArray[np.float32]
KINDS = ("words", "bigrams", "meaning", "rare")
VIEWS = ("mean", "best", "top3", "first", "headline")
PAIR_NAMES = (
    *(f"{k}_{v}{m}" for k, v, m in product(KINDS, VIEWS, ("", "_margin"))),
    "host", "copy_host", "headlines", "units", "size", "letters", "lead", "continues", "dateline", "place", "to_end",
    "closed", "copies", *(f"{k}_{d}" for d, k in product(("prev", "next"), KINDS)), "prev_host", "next_host",
)  # fmt: skip
SECOND_NAMES = (
    *PAIR_NAMES, "first_pass", "p_prev", "p_next", "p_prev2", "p_next2", "p_rival", "p_sum", "host_level",
)  # fmt: skip


def pair_features(scene: Scene, weights: Floats | None = None, chances: Floats | None = None) -> Floats:
    """Features (n, k, f) of each unit with each headline's story.

    First pass: a story is what stands under its headline. Second pass: `weights` (n, k) say how far each unit
    belongs to it and `chances` (n, k) are the first pass's probabilities.
    """
    n, k = len(scene.units), len(scene.headlines)
    mask = scene.host_mask()
    weights = mask if weights is None else weights
    columns: list[Floats] = []
    for among, with_headlines in zip(scene.among, scene.with_headlines, strict=True):
        for view in (*_views(among, weights, mask), with_headlines):
            columns += [view, _margin(view)]

    def by_unit(values: Sequence[float]) -> Floats:
        return np.repeat(np.asarray(values, dtype=np.float32)[:, None], k, axis=1)

    copied = np.zeros((n, k), dtype=np.float32)
    for i, unit in enumerate(scene.units):
        copied[i, [h for h in unit.hosts if h >= 0]] = 1
    columns += [mask, copied, np.full((n, k), k), np.full((n, k), n), np.repeat(weights.sum(axis=0)[None], n, axis=0)]
    columns += [by_unit(x) for x in _unit_columns(scene)]
    for step, (among) in product((-1, 1), scene.among):
        columns.append(by_unit([among[i, i + step] if 0 <= i + step < n else -1 for i in range(n)]))
    columns += [shifted(mask, -1), shifted(mask, 1)]
    if chances is not None:
        level = (chances * mask).sum(axis=0) / np.maximum(1, mask.sum(axis=0))
        columns += [chances, *(shifted(chances, d) for d in (-1, 1, -2, 2)), chances - _margin(chances)]
        columns += [by_unit(chances.sum(axis=1)), np.repeat(level[None], n, axis=0)]
    return np.stack(columns, axis=-1).astype(np.float32)


def _views(among: Floats, weights: Floats, mask: Floats) -> list[Floats]:
    """Likeness (n, k) of each unit to each story: weighted mean, best, mean of the three best, first passage."""
    n, k = mask.shape
    others = among * (1 - np.eye(n, dtype=np.float32))
    mean = (others @ weights) / np.maximum(weights.sum(axis=0)[None] - weights, 0.3)
    ranked = -np.sort(-(others[:, :, None] * weights[None]), axis=1)
    best = ranked[:, 0] if n else mean
    first = np.zeros((n, k), dtype=np.float32)
    for j in range(k):
        under = np.flatnonzero(mask[:, j])
        if len(under):
            first[:, j] = among[:, under[0]]
            first[under[0], j] = -1
    return [mean, best, ranked[:, :3].mean(axis=1) if n else mean, first]


def _margin(values: Floats) -> Floats:
    """By how much each story beats the best of the others; .5 where there is no other."""
    if values.shape[1] < 2:
        return np.full_like(values, 0.5)
    ranked = np.sort(values, axis=1)
    rival = np.where(values == ranked[:, -1:], ranked[:, -2:-1], ranked[:, -1:])
    return values - rival


def _unit_columns(scene: Scene) -> list[list[float]]:
    """Of each unit: letters, cues, place under its headline and from its end, whether it ends, number of copies."""
    rows = []
    under: dict[int, int] = {}
    total = {h: sum(u.host == h for u in scene.units) for h in {u.host for u in scene.units}}
    for unit in scene.units:
        text = normal(unit.passage.text)
        place = under.get(unit.host, 0)
        under[unit.host] = place + 1
        rows.append([
            len(fold(text)), bool(cues.LEAD.match(text)), bool(cues.CONTINUES.match(text)), bool(cues.DATELINE.search(text[:40])),
            place, total[unit.host] - 1 - place, closed(unit.passage.text), len(unit.copies),
        ])  # fmt: skip
    return [list(map(float, column)) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(8)]


STRANGER_NAMES = (
    "best", "second", "own", "place", "to_end", "headlines", "no_host",
    *(f"{n}{d:+d}" for d in (-2, -1, 1, 2) for n in ("best", "own", "same_host", *KINDS)),
    "own_before", "own_after", "best_after",
    *(f"{k}_{v}" for k in KINDS for v in ("cut", "cut_ratio", "cut_least", "cut_where", "cut_least_before", "mean", "most", "headline", "first")),
    "letters", "lead", "continues", "dateline", "copies", "closed", "since_lead", "prev_closed",
    *(f"{k}_headline_{v}" for k in KINDS[:3] for v in ("before", "after", "most", "rank")),
)  # fmt: skip
STRANGER2_NAMES = (
    *STRANGER_NAMES, "first_pass", *(f"alien{d:+d}" for d in (-2, -1, 1, 2)), "alien_before", "alien_after", "alien_most",
    *(f"{k}_{v}" for k in KINDS for v in ("to_aliens", "to_others")),
)  # fmt: skip


def stranger_features(scene: Scene, chances: Floats) -> Floats:
    """Features (n, f) of whether each unit belongs to no headline of the page; `chances` (n, k) of the second pass."""
    n, k = chances.shape
    ranked = np.sort(chances, axis=1) if k else np.zeros((n, 1), dtype=np.float32)
    best, second = ranked[:, -1], ranked[:, -2] if k > 1 else np.zeros(n)
    host = np.array([u.host for u in scene.units])
    own = np.array([chances[i, h] if h >= 0 else 0.0 for i, h in enumerate(host)])
    letters, lead, continues, dateline, _, _, ends, copies = _unit_columns(scene)
    rows = []
    cuts = {h: _cuts(scene, np.flatnonzero(host == h)) for h in set(host.tolist())}
    for i in range(n):
        under = np.flatnonzero(host == host[i])
        at = int(np.searchsorted(under, i))
        row = [best[i], second[i], own[i], at, len(under) - 1 - at, k, host[i] < 0]
        for d in (-2, -1, 1, 2):
            j = i + d
            row += [best[j], own[j], host[j] == host[i], *scene.among[:, i, j]] if 0 <= j < n else [-1] * 7
        row += [own[under[:at]].mean() if at else -1, own[under[at:]].mean(), best[under[at:]].mean()]
        row += _cut_row(scene, cuts[int(host[i])], under, at)
        leads = [lead[j] for j in under[:at]][::-1]
        row += [letters[i], lead[i], continues[i], dateline[i], copies[i], ends[i]]
        row += [leads.index(1.0) + 1 if 1.0 in leads else 0, ends[i - 1] if i else 1]
        rows.append(row + _headline_row(scene, under, at))
    return np.array(rows, dtype=np.float32).reshape(n, len(STRANGER_NAMES))


def _headline_row(scene: Scene, under: NDArray[np.int64], at: int) -> list[float]:
    """How much the headline has in common with what stands before and after a unit of its run."""
    host = scene.units[under[at]].host
    if host < 0:
        return [-1.0] * 12
    row: list[float] = []
    for kind in range(3):
        alike = scene.with_headlines[kind, under, host]
        row += [alike[:at].mean() if at else -1, alike[at + 1 :].mean() if at + 1 < len(under) else -1]
        row += [alike.max(), float((alike > alike[at]).sum()) / len(under)]
    return [float(x) for x in row]


def stranger_second(scene: Scene, first: Floats, alien: Floats) -> Floats:
    """Features (n, f) of the second look at strangers: `first` are those of the first, `alien` (n,) its result.

    A piece of a foreign story hangs together: a passage is strange when it is like the strange ones of its run.
    """
    n = len(alien)
    host = np.array([u.host for u in scene.units])
    rows = []
    for i in range(n):
        under = np.flatnonzero(host == host[i])
        at = int(np.searchsorted(under, i))
        others = under[under != i]
        row = [alien[i], *(alien[i + d] if 0 <= i + d < n and host[i + d] == host[i] else -1 for d in (-2, -1, 1, 2))]
        row += [alien[under[:at]].mean() if at else -1, alien[under[at + 1 :]].mean() if at + 1 < len(under) else -1]
        row.append(alien[others].max() if len(others) else -1)
        for among in scene.among:
            for weight in (alien[others], 1 - alien[others]):
                row.append(float(among[i, others] @ weight / (weight.sum() + 0.05)) if len(others) else -1)
        rows.append(row)
    return np.hstack([first, np.array(rows, dtype=np.float32).reshape(n, -1)])


def _cuts(scene: Scene, under: NDArray[np.int64]) -> Floats:
    """For each place inside a run of units: mean likeness across it and across over that after it, (4, 2, cuts)."""
    size = len(under)
    out = np.zeros((len(KINDS), 2, max(0, size - 1)), dtype=np.float32)
    for kind, among in enumerate(scene.among):
        block = among[np.ix_(under, under)]
        for cut in range(1, size):
            across = block[:cut, cut:].mean()
            out[kind, :, cut - 1] = across, across / (block[cut:, cut:].mean() + 0.02)
    return out


def _cut_row(scene: Scene, cuts: Floats, under: NDArray[np.int64], at: int) -> list[float]:
    """How well the text hangs together before unit `at` of a run, and where in the run it does so least."""
    row: list[float] = []
    i = under[at]
    for kind in range(len(KINDS)):
        across, ratio = cuts[kind]
        others = scene.among[kind, i, under[under != i]]
        host = scene.units[i].host
        row += [across[at - 1], ratio[at - 1]] if at else [-1, -1]
        row += [across.min(), across.argmin() + 1 - at] if len(across) else [-1, 0]
        row += [across[:at].min() if at and len(across[:at]) else -1]
        row += [others.mean(), others.max()] if len(others) else [-1, -1]
        row += [scene.with_headlines[kind, i, host] if host >= 0 else -1, scene.among[kind, i, under[0]] if at else -1]
    return [float(x) for x in row]
