"""The rarity of words and character bigrams in news text, and their embeddings: learned from articles, shipped."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..text.rarity import Bigrams
from ..text.usage import NONE, Usage

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Lexicon(Bigrams):
    """Document frequencies over paragraphs of news, and embeddings of words and bigrams.

    word_idf by word; words not in it are rarer than all others. vectors: (words, d) of the most frequent words, by the
    rows of `word_row`; gram_vectors: (bigrams, d) of gram_keys (sorted). Texts of one story have similar vectors.
    """

    word_row: dict[str, int]
    word_idf: Floats
    vectors: Floats
    gram_keys: NDArray[np.uint64]
    gram_vectors: Floats
    usage: Usage = NONE

    def within(self, usage: Usage) -> Lexicon:
        """The lexicon of a group of pages: what many of them use weighs less."""
        return replace(self, usage=usage)

    def word_weights(self, words: Sequence[str]) -> Floats:
        """Rarity of each word, like that of bigrams, in news text and within the group, (words,)."""
        rows = [self.word_row.get(word, -1) for word in words]
        rarity = np.array([self.unseen if row < 0 else self.word_idf[row] for row in rows], dtype=np.float32)
        return rarity * self.usage.word_weights(words)

    def bigram_weights(self, keys: NDArray[np.uint64]) -> Floats:
        """Rarity of each bigram in news text and within the group, shape of `keys`."""
        return super().bigram_weights(keys) * self.usage.weights(keys)

    def vector(self, words: Mapping[str, int], grams: NDArray[np.uint64], counts: Floats) -> Floats:
        """A text's unit vector of meaning (or all 0), from its words and bigrams and their counts."""
        rows = [
            (r, 1 + math.log(n))
            for w, n in words.items()
            if (r := self.word_row.get(w, len(self.vectors))) < len(self.vectors)
        ]
        total = np.zeros(self.vectors.shape[1], dtype=np.float32)
        if rows:
            at, weight = zip(*rows, strict=True)
            total += np.array(weight, dtype=np.float32) @ self.vectors[list(at)]
        if len(grams) and len(self.gram_keys):
            place = np.minimum(np.searchsorted(self.gram_keys, grams), len(self.gram_keys) - 1)
            known = self.gram_keys[place] == grams
            total += (1 + np.log(counts[known])) @ self.gram_vectors[place[known]]
        return np.asarray(total / (np.linalg.norm(total) + 1e-9), dtype=np.float32)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Lexicon:
        """The lexicon of an .npz file: keys as differences, words as one text, vectors as bytes with a scale each."""
        words = bytes(arrays["words"]).decode("utf-8").split("\n")
        found = Bigrams.from_file(arrays)
        vectors = arrays["vectors"].astype(np.float32) * arrays["scale"].astype(np.float32)[:, None]
        grams = np.cumsum(arrays["gram_steps"].astype(np.uint64), dtype=np.uint64)
        first = len(vectors) - len(grams)
        return cls(
            bigram_keys=found.bigram_keys,
            bigram_idf=found.bigram_idf,
            unseen=found.unseen,
            word_row={w: i for i, w in enumerate(words)},
            word_idf=arrays["word_idf"].astype(np.float32),
            vectors=vectors[:first],
            gram_keys=grams,
            gram_vectors=vectors[first:],
        )
