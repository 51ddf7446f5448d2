"""How much the passages of a page have in common: words, bigrams, meaning (cosines), and rare words shared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..models.lexicon import Lexicon
from ..text.forms import fold, simplified
from ..text.words import words

Floats = NDArray[np.float32]
KINDS = ("words", "bigrams", "meaning", "rare", "covered")
RARE = 7.5  # ln of paragraphs per occurrence from which a word counts as rare: once in 1,800 paragraphs


@dataclass(frozen=True)
class Bag:
    """A text as it is compared: unit vectors of weights by word and by bigram, and a unit vector of meaning."""

    words: dict[str, float]
    grams: dict[str, float]
    rare: dict[str, float]
    vector: Floats


def bag(text: str, lexicon: Lexicon) -> Bag:
    """The vectors by which a text is compared."""
    found = words(text)
    folded = fold(simplified(text))
    grams = Counter(folded[i : i + 2] for i in range(len(folded) - 1))
    gram_keys = np.array([ord(g[0]) << 21 | ord(g[1]) for g in grams], dtype=np.uint64)
    gram_weights = lexicon.bigram_weights(gram_keys) if grams else np.zeros(0, dtype=np.float32)
    counts = Counter(found)
    vector = lexicon.vector(counts, gram_keys, np.array(list(grams.values()), dtype=np.float32))
    weights = dict(zip(counts, lexicon.word_weights(list(counts)).tolist(), strict=True))
    return Bag(
        words=_unit({w: (1 + math.log(n)) * weights[w] for w, n in counts.items()}),
        grams=_unit({g: (1 + math.log(n)) * float(w) for (g, n), w in zip(grams.items(), gram_weights, strict=True)}),
        rare={w: x for w, x in weights.items() if x > RARE},
        vector=vector,
    )


class Bags:
    """The bags of texts, each computed once."""

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
        self._known: dict[str, Bag] = {}

    def of(self, text: str) -> Bag:
        """The bag of a text."""
        if text not in self._known:
            self._known[text] = bag(text, self._lexicon)
        return self._known[text]


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(x * x for x in weights.values()))
    return {k: x / length for k, x in weights.items()} if length else {}


def _matrix(rows: Sequence[dict[str, float]]) -> Floats:
    column: dict[str, int] = {}
    at = [(r, column.setdefault(k, len(column)), x) for r, row in enumerate(rows) for k, x in row.items()]
    out = np.zeros((len(rows), len(column) or 1), dtype=np.float32)
    if at:
        r, c, x = zip(*at, strict=True)
        out[list(r), list(c)] = x
    return out


def affinities(bags: Sequence[Bag]) -> Floats:
    """Shape (len(KINDS), n, n): cosine by words, by bigrams, by meaning, ln(1 + rarity of the rare words shared), and
    the share of the first text's bigrams, weighted by rarity, that occur in the second."""
    if not bags:
        return np.zeros((len(KINDS), 0, 0), dtype=np.float32)
    by_word, by_gram, rare = (_matrix([getattr(b, k) for b in bags]) for k in ("words", "grams", "rare"))
    vectors = np.array([b.vector for b in bags], dtype=np.float32)
    shared = np.log1p(np.sqrt(rare) @ np.sqrt(rare).T)
    covered = by_gram @ (by_gram > 0).astype(np.float32).T / np.maximum(by_gram.sum(axis=1), 1e-6)[:, None]
    return np.stack([by_word @ by_word.T, by_gram @ by_gram.T, vectors @ vectors.T, shared, covered])
