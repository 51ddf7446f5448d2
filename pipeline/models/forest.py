"""Gradient-boosted trees as plain arrays, evaluated with NumPy: no training library is needed to run them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BLOCK = 1024  # rows at a time: fits the processor's cache


@dataclass(frozen=True)
class Forest:
    """`classes` sets of trees in one table of nodes; a leaf points to itself, so that every row takes `depth` steps.

    feature, threshold, child: one entry per node; the right child is at child + 1. roots: (trees,), tree t
    belongs to class t % classes. One class: a probability by the logistic function; several: softmax.
    """

    feature: NDArray[np.int16]
    threshold: Floats
    child: NDArray[np.int32]
    value: Floats
    roots: NDArray[np.int32]
    depth: int
    classes: int
    names: tuple[str, ...]

    def predict(self, rows: Floats) -> Floats:
        """Probabilities, shape (n,) for one class and (n, classes) for several, of feature rows (n, features)."""
        if rows.shape[1] != len(self.names):
            raise ValueError(f"{rows.shape[1]} features where the model was fitted on {len(self.names)}")
        if len(rows) > BLOCK:
            return np.concatenate([self.predict(rows[i : i + BLOCK]) for i in range(0, len(rows), BLOCK)])
        count = len(rows)
        node = np.repeat(self.roots[None, :], count, axis=0)
        at = np.arange(count)[:, None]
        for _ in range(self.depth):
            node = self.child[node] + (rows[at, self.feature[node]] > self.threshold[node])
        total = (
            self.value[node].reshape(count, len(self.roots) // self.classes, self.classes).sum(axis=1, dtype=np.float64)
        )
        if self.classes == 1:
            return np.asarray(1 / (1 + np.exp(-total[:, 0])), dtype=np.float32)
        exponent = np.exp(total - total.max(axis=1, keepdims=True))
        return np.asarray(exponent / exponent.sum(axis=1, keepdims=True), dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The forest as plain arrays for an .npz file, the inverse of `from_arrays`."""
        return {
            "feature": self.feature,
            "threshold": self.threshold,
            "child": self.child,
            "value": self.value,
            "roots": self.roots,
            "shape": np.array([self.depth, self.classes], dtype=np.int32),
            "names": np.array(self.names),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Forest:
        """The forest of an .npz file."""
        depth, classes = (int(x) for x in arrays["shape"])
        names = tuple(str(x) for x in arrays["names"])
        columns = {k: arrays[k] for k in ("feature", "threshold", "child", "value", "roots")}
        return cls(depth=depth, classes=classes, names=names, **columns)


def log_odds(probability: Floats | float) -> Any:
    """ln(p / (1 - p)), clipped to +-14."""
    p = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))
