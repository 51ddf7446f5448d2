"""What a run asks of an engine: to map a pure function over items, in order, wherever it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Runs work. Same functions, same results, on any engine."""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """The function's results, in the order of the items. Function and items can be pickled."""
        ...
