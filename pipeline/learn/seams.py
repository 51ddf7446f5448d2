"""Learn the model of seams: counts of the common character n-grams of clean text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.seams import ABSENT, ORDER, Codes, encode, hashes

LEAST = (2, 2, 3, 4)  # least count of an n-gram of 1, 2, 3, 4 letters
MOST = 900_000  # most n-grams that are kept, by count
BLOCK = 2_000_000  # letters counted at a time


def learn_seams(texts: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The arrays of similarity.seams.Seams, from texts as forms.comparable gives them."""
    codes = encode("\0".join(texts))
    kept_keys, kept_counts = [], []
    for size in range(1, ORDER + 1):
        keys, counts = _counted(codes, size)
        often = counts >= LEAST[size - 1]
        kept_keys.append(keys[often])
        kept_counts.append(counts[often])
    keys, counts = np.concatenate(kept_keys), np.concatenate(kept_counts)
    keys, first = np.unique(keys, return_index=True)
    counts = counts[first]
    chosen = np.sort(np.argsort(-counts, kind="stable")[:MOST])
    return {
        "steps": np.diff(keys[chosen], prepend=np.uint32(0)),
        "counts": np.minimum(255, np.round(np.log(counts[chosen]) * 16)).astype(np.uint8),
        "total": np.array(np.log((codes != ABSENT).sum()), dtype=np.float32),
    }


def _counted(codes: Codes, size: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The hashes of all n-grams of `size` letters and their counts; n-grams across two texts are left out."""
    parts = []
    for start in range(0, len(codes) - size + 1, BLOCK):
        block = codes[start : start + BLOCK + size - 1]
        grams = np.stack([block[k : len(block) - size + 1 + k] for k in range(size)], axis=1)
        parts.append(hashes(grams[(grams != ABSENT).all(axis=1)]))
    keys, counts = np.unique(np.concatenate(parts), return_counts=True)
    return keys, counts
