"""Groups of pages unlike those that the models learned from, told by how unsure the network is of their headlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .page.decisions import PageDecisions

CANDIDATES = 20  # least lines of a group that may be headlines: the mean doubt of fewer says little


def unfamiliar(decisions: Sequence[PageDecisions], group_of: Mapping[str, str], bound: float) -> frozenset[str]:
    """The groups whose mean doubt about headlines is above `bound`; `group_of` gives the group of each page."""
    doubts: dict[str, list[float]] = defaultdict(list)
    for page in decisions:
        doubts[group_of[page.page]] += page.doubts
    return frozenset(name for name, own in doubts.items() if len(own) >= CANDIDATES and sum(own) > bound * len(own))
