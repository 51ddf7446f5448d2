"""How sure is sure enough: the limits of each boldness, by what moves wrongly on pages that nothing was fitted on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..config import BOLDNESS, ReattachConfig
from ..models.network import Network
from ..reattach.page import headlines
from ..reattach.page.decide import SURE
from ..reattach.page.texts import NODE_NAMES
from .network import Example

Floats = NDArray[np.float32]
WRONG = (0.001, 0.005, 0.01)  # share of the passages in their right place that each boldness may move
STRAYS = 0.2  # of which so much to other pages
HEATS = tuple(round(0.7 + 0.1 * k, 1) for k in range(24))
STEPS = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)  # of the table of what probabilities mean


@dataclass(frozen=True, slots=True)
class Judged:
    """Passages under headlines, (n,): how likely each belongs there, whether it does, whether the likeliest other place
    (another headline, or none) is the right one, whether its story's headline is on the page, and whether something on
    its page is surely out of place."""

    stay: Floats
    home: NDArray[np.bool_]
    right: NDArray[np.bool_]
    titled: NDArray[np.bool_]
    damaged: NDArray[np.bool_]


def tempered(network: Network, examples: Sequence[Example]) -> Network:
    """The network with its logits divided by what makes its probabilities truest on pages that it was not fitted on.

    Temperature scaling (Guo et al., ICML 2017): what is likeliest stays so.
    """
    told, truth = [], []
    for x in examples:
        point, _ = network.scores(x.node.astype(np.float32), x.pair.astype(np.float32), x.heads)
        for row, goal, weight in zip(point, x.target, x.weight, strict=True):
            if weight == 1:
                told.append(np.log(np.maximum(row, 1e-12)))
                truth.append(int(goal))

    def loss(heat: float) -> float:
        total = 0.0
        for row, goal in zip(told, truth, strict=True):
            scaled = row / heat
            total += float(np.log(np.exp(scaled - scaled.max()).sum()) + scaled.max() - scaled[goal])
        return total

    best = min(HEATS, key=loss) if told else 1.0
    scaled = {
        k: w / best if k in ("point", "point_head", "none", "none_bias") else w for k, w in network.weights.items()
    }
    return replace(network, weights=scaled)


def judge(network: Network, examples: Sequence[Example]) -> Judged:
    """What the network says of made pages, with the truth; by the headlines that it finds."""
    stay: list[float] = []
    home, right, titled, damaged = (list[bool]() for _ in range(4))
    by_shape, with_page = NODE_NAMES.index("is_headline"), NODE_NAMES.index("untold")
    for x in examples:
        n = len(x.node)
        point, same = network.scores(x.node.astype(np.float32), x.pair.astype(np.float32), x.heads)
        found = headlines.titled(point, same, x.heads, x.node[:, by_shape] > 0, ReattachConfig()) | (
            x.node[:, with_page] > 0
        )
        titles = np.flatnonzero(found)
        kept = headlines.belonging(point, found)[:, :-1]
        number = {int(t): j for j, t in enumerate(titles)}
        host, first = -1, len(stay)
        for i in range(n):
            host = number.get(i, host)
            if i in number or host < 0 or x.weight[i] < 1 or x.target[i] > n:
                continue
            goal = number.get(int(x.target[i]), len(titles))
            others = kept[i].copy()
            others[host] = -1
            stay.append(kept[i, host])
            home.append(goal == host)
            right.append(int(others.argmax()) == goal)
            titled.append(goal < len(titles))
        damaged += [min(stay[first:], default=1.0) < SURE] * (len(stay) - first)
    truths = (np.array(x, dtype=bool) for x in (home, right, titled, damaged))
    return Judged(np.array(stay, dtype=np.float32), *truths)


def levels(judged: Judged, chances: Sequence[Floats], labels: Sequence[NDArray[np.int64]]) -> Floats:
    """(3, 2): for each boldness the probability of belonging where it stands under which a passage leaves, and that of
    belonging to a story of another page from which it goes there. `chances` and `labels` are those of strays."""
    may_leave = judged.damaged | (judged.stay < SURE)
    in_place = np.sort(np.where(may_leave, judged.stay, 1.0)[judged.home])
    count = len(in_place)
    wrong = np.concatenate([[0.0], *(c[y == 0] for c, y in zip(chances, labels, strict=True))])
    wrong = np.sort(wrong)[::-1]
    rows = []
    for share in WRONG:
        stay = in_place[int(share * (1 - STRAYS) * count)] if count else SURE
        stray = wrong[min(len(wrong) - 1, int(share * STRAYS * count))]
        rows.append([min(float(stay), 0.9), max(float(stray), 0.3)])
    return np.array(rows, dtype=np.float32)


def leaves(judged: Judged, limit: float) -> NDArray[np.bool_]:
    """(n,) which passages leave: on a page where nothing surely does, only what is sure."""
    return judged.stay < np.where(judged.damaged, limit, min(limit, SURE))


def reached(name: str, judged: Judged, limits: Floats) -> Iterator[str]:
    """Lines: what each boldness puts right and moves wrongly, and what the probabilities mean."""
    away = ~judged.home
    yield f"{name}: {judged.home.sum():,} passages in their place, {away.sum():,} out of it"
    for boldness, (stay, _) in zip(BOLDNESS, limits, strict=True):
        left = leaves(judged, stay)
        wrong, put = left[judged.home].mean(), (left & judged.right)[away].mean()
        yield f"  {boldness:<9} moves {wrong:.2%} wrongly, puts {put:.1%} right"
    for low, high in pairwise(STEPS):
        at = (judged.stay >= low) & (judged.stay < high + (high == 1))
        if at.any():
            yield f"  said {judged.stay[at].mean():.3f}, is {judged.home[at].mean():.3f} of {at.sum():,}"
