"""The interface of an engine: map a pure function over items, in order, on any machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Runs work in parallel or not; the results are the same on any engine."""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """The function's results, in the order of the items. Function and items must be picklable."""
        ...
