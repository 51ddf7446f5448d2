"""Passages that lead to one another in chains, each to one other at most: where the chain of each ends."""

from __future__ import annotations

from ..model import Ref


class Chains:
    """Finds the end of a chain in nearly constant time: paths are halved on the way (Tarjan 1975)."""

    def __init__(self) -> None:
        self._next: dict[Ref, Ref] = {}

    def link(self, ref: Ref, to: Ref) -> None:
        """Append a chain, of which `ref` is the end, to that of another passage."""
        self._next[ref] = to

    def end(self, ref: Ref) -> Ref:
        """The end of the chain of a passage; itself where it leads to none."""
        while ref in self._next:
            after = self._next[ref]
            self._next[ref] = self._next.get(after, after)
            ref = after
        return ref
