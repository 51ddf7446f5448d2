"""How rare words and character bigrams are in news text at large, and which words are alike: learned, shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Lexicon:
    """Document frequencies over `paragraphs` paragraphs of news.

    bigram_keys: sorted (see forms.bigrams); bigram_idf beside it. word_idf by word; words that are not there are
    rarer than all that are. vectors: (words, d), word vectors of `vector_of`'s rows.
    """

    bigram_keys: NDArray[np.uint64]
    bigram_idf: Floats
    word_row: dict[str, int]
    word_idf: Floats
    vectors: Floats
    unseen: float

    def bigram_weights(self, keys: NDArray[np.uint64]) -> Floats:
        """Rarity of each bigram: ln(paragraphs / paragraphs with it), shape of `keys`."""
        at = np.minimum(np.searchsorted(self.bigram_keys, keys), len(self.bigram_keys) - 1)
        known = self.bigram_keys[at] == keys
        return np.where(known, self.bigram_idf[at], np.float32(self.unseen)).astype(np.float32)

    def word_weight(self, word: str) -> float:
        """Rarity of a word, like that of bigrams."""
        row = self.word_row.get(word)
        return self.unseen if row is None else float(self.word_idf[row])

    def vector(self, words: Sequence[str]) -> Floats:
        """The text's direction of meaning: its words' vectors, weighted by rarity, to length 1 (or all 0)."""
        rows = [r for w in words if (r := self.word_row.get(w)) is not None and r < len(self.vectors)]
        if not rows:
            return np.zeros(self.vectors.shape[1], dtype=np.float32)
        total = (self.vectors[rows] * self.word_idf[rows, None]).sum(axis=0)
        return np.asarray(total / (np.linalg.norm(total) + 1e-9), dtype=np.float32)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Lexicon:
        """The lexicon of an .npz file: keys as differences, words as one text, vectors as bytes with a scale."""
        words = bytes(arrays["words"]).decode("utf-8").split("\n")
        return cls(
            bigram_keys=np.cumsum(arrays["bigram_steps"].astype(np.uint64), dtype=np.uint64),
            bigram_idf=arrays["bigram_idf"].astype(np.float32),
            word_row={w: i for i, w in enumerate(words)},
            word_idf=arrays["word_idf"].astype(np.float32),
            vectors=arrays["vectors"].astype(np.float32) * arrays["scale"].astype(np.float32),
            unseen=float(arrays["unseen"]),
        )
