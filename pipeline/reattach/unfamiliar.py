"""Groups of pages unlike those that the models learned from, told by how unsure the network is of their headlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

CANDIDATES = 20  # least lines of a group that may be headlines: the mean doubt of fewer says little


def unfamiliar(doubts: Mapping[str, Sequence[float]], group_of: Mapping[str, str], bound: float) -> frozenset[str]:
    """The groups whose mean doubt about headlines is above `bound`, by the doubts about the lines of each page;
    `group_of` gives the group of each page."""
    found: dict[str, list[float]] = defaultdict(list)
    for page, own in doubts.items():
        found[group_of[page]] += own
    return frozenset(name for name, own in found.items() if len(own) >= CANDIDATES and sum(own) > bound * len(own))
