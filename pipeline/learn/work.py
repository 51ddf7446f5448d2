"""What the steps of learning share: the folder of the models, the processes, how made pages are read."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models import Models, unchecked
from ..models.forest import Forest
from . import train
from .boosting import fit
from .card import Corpora
from .made import Batch

GROWTH = 0.4  # exponent by which a publisher's pages grow with its articles: unlike publishers count, not many articles
Tell = Callable[[str], None]
Batches = Mapping[str, Sequence[Batch]]  # by publisher


@dataclass(frozen=True, slots=True)
class Work:
    """The output folder, the number of made pages to fit the network on, and a callback for progress messages.

    halves: which half of the publishers, 0 or 1, each belongs to.
    """

    out: Path
    pages: int
    tell: Tell
    halves: Mapping[str, int] = field(default_factory=dict)

    @property
    def judged_on(self) -> int:
        """The number of made pages of the third part for calibration."""
        return max(2 * train.TOGETHER, self.pages // 32)

    @property
    def models(self) -> Models:
        """The models fitted so far, read from the folder."""
        return Models(self.out)

    def without(self, half: int) -> Models:
        """The models of lines that were fitted without one half of the publishers."""
        return Models(self.out / f"without-{half}")

    def save(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write one model."""
        np.savez_compressed(self.out / f"{name}.npz", **arrays)  # type: ignore[arg-type]


def half_of(publishers: Iterable[str]) -> dict[str, int]:
    """Which half of the publishers each belongs to."""
    return {name: k % 2 for k, name in enumerate(sorted(publishers))}


def made_batches(corpora: Corpora, pages: int, seed: int) -> Batches:
    """Made pages of each publisher; their number grows little with its articles."""
    weight = {name: len(found) ** GROWTH for name, found in corpora.items() if len(found) >= train.FEWEST}
    total = sum(weight.values())
    return {name: train.batches(corpora[name], int(pages * w / total), seed * 100 + k)
            for k, (name, w) in enumerate(weight.items())}  # fmt: skip


def processes() -> ProcessPoolExecutor:
    """A pool of two spawned processes that load models when needed; forking a process that uses JAX may hang."""
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(2, mp_context=context, initializer=unchecked.cache_clear)


def fitted(rows: Sequence[train.Rows], names: Sequence[str], *, classes: int = 1, rounds: int) -> Forest:
    """A forest fitted on the rows of several batches; those without rows are left out."""
    features, labels = (np.concatenate(x) for x in zip(*[r for r in rows if len(r[0])], strict=True))
    return fit(features, labels, names, classes=classes, rounds=rounds)
