"""Calibration: the thresholds of each boldness, by what moves wrongly on pages that nothing was fitted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import Boldness, ReattachConfig
from ..models.network import Network
from ..reattach.page.headlines import SURE, belonging, leaves_below, shows_damage
from .network import Example

Floats = NDArray[np.float32]
WRONG = (0.001, 0.005, 0.01)  # share of the correctly placed passages that each boldness may move
ELSEWHERE_SHARE = 0.2  # share of these errors that may be moves to other pages
HEATS = tuple(round(0.7 + 0.1 * k, 1) for k in range(24))
STEPS = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)  # bins of the reliability table


@dataclass(frozen=True, slots=True)
class Judged:
    """Passages under headlines, (n,) each: the probability of belonging there; whether it does; whether the likeliest
    other place (another headline, or none) is right; whether its story's headline is on the page; whether its page
    shows damage."""

    stay: Floats
    home: NDArray[np.bool_]
    right: NDArray[np.bool_]
    titled: NDArray[np.bool_]
    damaged: NDArray[np.bool_]


def tempered(network: Network, examples: Sequence[Example]) -> Network:
    """The network, calibrated by temperature scaling on pages that it was not fitted on.

    Its logits are divided by one number, so the likeliest class stays the same (Guo et al., ICML 2017).
    """
    logits, truth = [], []
    for x in examples:
        point, _ = network.scores(x.node.astype(np.float32), x.pair.astype(np.float32), x.outline.may_head)
        for row, goal, weight in zip(point, x.target, x.weight, strict=True):
            if weight == 1:
                logits.append(np.log(np.maximum(row, 1e-12)))
                truth.append(int(goal))

    def loss(heat: float) -> float:
        total = 0.0
        for row, goal in zip(logits, truth, strict=True):
            scaled = row / heat
            total += float(np.log(np.exp(scaled - scaled.max()).sum()) + scaled.max() - scaled[goal])
        return total

    best = min(HEATS, key=loss) if logits else 1.0
    scaled = {
        k: w / best if k in ("point", "point_head", "none", "none_bias") else w for k, w in network.weights.items()
    }
    return replace(network, weights=scaled)


def judge(network: Network, examples: Sequence[Example]) -> Judged:
    """The network's decisions on made pages beside the truth, given the headlines that it finds."""
    stay: list[float] = []
    home, right, titled, damaged = (list[bool]() for _ in range(4))
    for x in examples:
        n, first = len(x.node), len(stay)
        scores = network.scores(x.node.astype(np.float32), x.pair.astype(np.float32), x.outline.may_head)
        found = belonging(*scores, x.outline, ReattachConfig())
        titles = np.flatnonzero(found.titles)
        number = {int(t): j for j, t in enumerate(titles)}
        for i in np.flatnonzero(~found.titles & (found.above >= 0) & (x.weight >= 1) & (x.target <= n)).tolist():
            goal, stands = number.get(int(x.target[i]), len(titles)), found.above[i]
            others = found.chances[i, :-1].copy()
            others[stands] = -1
            stay.append(found.stay(i))
            home.append(goal == stands)
            right.append(int(others.argmax()) == goal)
            titled.append(goal < len(titles))
        damaged += [shows_damage(x.outline, stay[first:])] * (len(stay) - first)
    truths = (np.array(x, dtype=bool) for x in (home, right, titled, damaged))
    return Judged(np.array(stay, dtype=np.float32), *truths)


def levels(judged: Judged, chances: Sequence[Floats], labels: Sequence[NDArray[np.int64]]) -> Floats:
    """The thresholds of each boldness, (3, 2): a passage leaves below the first probability of belonging where it
    stands, and goes to another page from the second. `chances` and `labels` are those of the model `stray`."""
    may_leave = judged.damaged | (judged.stay < SURE)  # sound pages lose only what is surely out of place
    in_place = np.sort(np.where(may_leave, judged.stay, 1.0)[judged.home])
    count = len(in_place)
    wrong = np.concatenate([[0.0], *(c[y == 0] for c, y in zip(chances, labels, strict=True))])
    wrong = np.sort(wrong)[::-1]
    rows = []
    for share in WRONG:
        stay = in_place[int(share * (1 - ELSEWHERE_SHARE) * count)] if count else SURE
        elsewhere = wrong[min(len(wrong) - 1, int(share * ELSEWHERE_SHARE * count))]
        rows.append([min(float(stay), 0.9), max(float(elsewhere), 0.3)])
    return np.array(rows, dtype=np.float32)


def leaves(judged: Judged, limit: float) -> NDArray[np.bool_]:
    """Which passages leave, (n,)."""
    return np.asarray(judged.stay < leaves_below(limit, judged.damaged), dtype=bool)


def figures(judged: Judged, limits: Floats) -> dict[str, Any]:
    """What each boldness puts right and moves wrongly, and the reliability table: predicted, observed, count."""
    away = ~judged.home
    moved = {str(b): leaves(judged, stay) for b, (stay, _) in zip(Boldness, limits, strict=True)}
    bands = [(judged.stay >= low) & (judged.stay < high + (high == 1)) for low, high in pairwise(STEPS)]
    return {
        "in_place": int(judged.home.sum()),
        "out_of_place": int(away.sum()),
        "moved_wrongly": {b: round(float(left[judged.home].mean()), 4) for b, left in moved.items()},
        "put_right": {b: round(float((left & judged.right)[away].mean()), 3) for b, left in moved.items()},
        "said_is": [
            [round(float(judged.stay[at].mean()), 3), round(float(judged.home[at].mean()), 3), int(at.sum())]
            for at in bands
            if at.any()
        ],
    }


def reached(name: str, found: Mapping[str, Any]) -> Iterator[str]:
    """The figures as lines of text."""
    yield f"{name}: {found['in_place']:,} passages in their place, {found['out_of_place']:,} out of it"
    for boldness, wrong in found["moved_wrongly"].items():
        yield f"  {boldness:<9} moves {wrong:.2%} wrongly, puts {found['put_right'][boldness]:.1%} right"
    for said, true, count in found["said_is"]:
        yield f"  said {said:.3f}, is {true:.3f} of {count:,}"
