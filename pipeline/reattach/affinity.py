"""How much the passages of a page have in common: words, bigrams, meaning (cosines), and rare words shared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from ..models.lexicon import Lexicon
from ..text.forms import fold, simplified
from ..text.words import words

Floats = NDArray[np.float32]
KINDS = ("words", "bigrams", "meaning", "rare", "covered")
CELLS = 2**25  # of a matrix at a time, 128 MiB: that of 240 texts of 500 letters has a tenth
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


def _matrices(rows: Sequence[dict[str, float]]) -> Iterator[Floats]:
    """The weights of the rows (n, columns) by word or bigram; in parts where one would take too much memory."""
    column: dict[str, int] = {}
    at = [(column.setdefault(k, len(column)), r, x) for r, row in enumerate(rows) for k, x in row.items()]
    width = max(1, CELLS // len(rows))
    parts: list[list[tuple[int, int, float]]] = [[] for _ in range(0, len(column), width)] or [[]]
    for entry in at:
        parts[entry[0] // width].append(entry)
    for first, part in zip(range(0, len(column) or 1, width), parts, strict=True):
        out = np.zeros((len(rows), min(width, len(column) - first) or 1), dtype=np.float32)
        if part:
            c, r, x = zip(*part, strict=True)
            out[list(r), np.array(c) - first] = x
        yield out


def affinities(bags: Sequence[Bag]) -> Floats:
    """Shape (len(KINDS), n, n): cosine by words, by bigrams, by meaning, ln(1 + rarity of the rare words shared), and
    the share of the first text's bigrams, weighted by rarity, that occur in the second."""
    if not bags:
        return np.zeros((len(KINDS), 0, 0), dtype=np.float32)
    vectors = np.array([b.vector for b in bags], dtype=np.float32)
    words = _summed(x @ x.T for x in _matrices([b.words for b in bags]))
    shared = _summed(np.sqrt(x) @ np.sqrt(x).T for x in _matrices([b.rare for b in bags]))
    by_gram = ((x @ x.T, x @ (x > 0).astype(np.float32).T, x.sum(axis=1)) for x in _matrices([b.grams for b in bags]))
    grams, common, weight = map(_summed, zip(*by_gram, strict=True))
    covered = common / np.maximum(weight, 1e-6)[:, None]
    return np.stack([words, grams, vectors @ vectors.T, np.log1p(shared), covered])


def _summed(parts: Iterable[Floats]) -> Floats:
    return reduce(np.add, parts)
