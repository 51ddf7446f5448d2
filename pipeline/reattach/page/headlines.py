"""Which lines of a page are headlines, by what the network says of all of it, and what that makes of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...config import ReattachConfig
from ...model import Passage, Role
from ...text.forms import closed, fold
from .texts import Scene

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
GOES_ON = 0.85  # probability of being of one story with the line before from which a line is no headline
JUNK = 60  # letters of boilerplate, at the most


def titled(point: Floats, same: Floats, heads: Flags, by_shape: Flags, config: ReattachConfig) -> Flags:
    """(n,) which lines are headlines: those that head their own story; others only where another story ends before.

    `point` and `same` are the network's scores, `heads` says which lines may be headlines, `by_shape` which are by what
    the line alone shows.
    """
    n = len(heads)
    own = point[np.arange(n), np.arange(n)]
    goes_on = np.array([i > 0 and same[i, i - 1] > GOES_ON for i in range(n)], dtype=bool)
    found = np.where(by_shape, own > config.demote, (own > config.promote) & ~goes_on)
    return np.asarray(heads & found, dtype=bool)


def belonging(point: Floats, titles: Flags) -> Floats:
    """(n, k + 2) probability that each line belongs to each of k headlines, to none of them, to no story at all."""
    kept = np.concatenate([point[:, np.flatnonzero(titles)], point[:, -2:]], axis=1)
    return np.asarray(kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-6), dtype=np.float32)


def with_roles(view: Scene, titles: Flags, junk: Flags, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, headlines that head nothing made subheads, lines that head a story made headlines."""
    role: dict[int, Role] = {}
    for i, x in enumerate(view.nodes):
        for p in x.copies:
            if titles[i] and p.role is not Role.HEADLINE:
                role[p.index] = Role.HEADLINE
            elif junk[i] and not titles[i] and len(fold(p.text)) <= JUNK:
                role[p.index] = Role.BOILERPLATE
            elif not titles[i] and p.role is Role.HEADLINE:
                role[p.index] = Role.BODY if closed(p.text) else Role.SUBHEAD
    return tuple(replace(p, role=role[p.index]) if p.index in role else p for p in passages)


def under_headlines(view: Scene, titles: Flags, passages: Sequence[Passage]) -> dict[int, int]:
    """Number of each passage -> number of the headline that it stands under, or is; -1 for none."""
    number = {int(i): j for j, i in enumerate(np.flatnonzero(titles))}
    at = {p.index: number[i] for i, x in enumerate(view.nodes) if titles[i] for p in x.copies}
    current = 0 if titles.any() and view.nodes[0].passage is None else -1
    under = {}
    for p in passages:
        current = at.get(p.index, current)
        under[p.index] = current
    return under
