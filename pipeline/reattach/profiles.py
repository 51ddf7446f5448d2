"""Compact profiles of texts, kept for a whole batch, by which stories of other pages are found."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .affinity import Bag

Floats = NDArray[np.float32]
TOP_WORDS, TOP_GRAMS, TOP_RARE = 60, 120, 24  # most words and bigrams of a profile, rare words of each text


@dataclass(frozen=True, slots=True)
class Profile:
    """Sorted hashes of words and bigrams with their weights (unit vectors); rare words; vectors of meaning."""

    words: NDArray[np.uint32]
    word_weights: Floats
    grams: NDArray[np.uint32]
    gram_weights: Floats
    rare: NDArray[np.uint32]
    vector: Floats
    rows: NDArray[np.float16]  # the vector of each text, a story's headline first


def profile(bags: Iterable[Bag]) -> Profile:
    """The sum of some bags, reduced to its weightiest words and bigrams."""
    words: dict[str, float] = {}
    grams: dict[str, float] = {}
    rare: set[str] = set()
    vectors = []
    for b in bags:
        for w, x in b.words.items():
            words[w] = words.get(w, 0.0) + x
        for g, x in b.grams.items():
            grams[g] = grams.get(g, 0.0) + x
        rare |= set(sorted(b.rare, key=lambda w: (-b.rare[w], w))[:TOP_RARE])
        vectors.append(b.vector)
    vector = np.sum(vectors, axis=0)
    rows = np.array(vectors, dtype=np.float16)
    hashes, weights = _hashed(words, TOP_WORDS)
    gram_hashes, gram_weights = _hashed(grams, TOP_GRAMS)
    rare_hashes = np.array(sorted(word_hash(w) for w in rare), dtype=np.uint32)
    vector = (vector / (np.linalg.norm(vector) + 1e-9)).astype(np.float32)
    return Profile(hashes, weights, gram_hashes, gram_weights, rare_hashes, vector, rows)


def word_hash(word: str) -> int:
    """The hash of a word in profiles."""
    return zlib.crc32(word.encode())


def _hashed(weights: dict[str, float], most: int) -> tuple[NDArray[np.uint32], Floats]:
    length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
    top = sorted(weights.items(), key=lambda wx: (-wx[1], wx[0]))[:most]
    hashes = np.array([word_hash(w) for w, _ in top], dtype=np.uint32)
    values = np.array([x / length for _, x in top], dtype=np.float32)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], values[order]
