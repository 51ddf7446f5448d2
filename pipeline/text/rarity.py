"""How rare character bigrams are in news text: learned from articles, shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Bigrams:
    """Rarity of character bigrams: `bigram_keys` sorted (see forms.bigrams), with `bigram_idf` for each."""

    bigram_keys: NDArray[np.uint64]
    bigram_idf: Floats
    unseen: float

    def bigram_weights(self, keys: NDArray[np.uint64]) -> Floats:
        """Rarity of each bigram: ln(paragraphs / paragraphs with it), shape of `keys`."""
        at = np.minimum(np.searchsorted(self.bigram_keys, keys), len(self.bigram_keys) - 1)
        known = self.bigram_keys[at] == keys
        return np.where(known, self.bigram_idf[at], np.float32(self.unseen)).astype(np.float32)

    @classmethod
    def from_file(cls, arrays: Mapping[str, NDArray[Any]]) -> Bigrams:
        """The bigrams of an .npz file, keys as differences; the words in it are not read."""
        keys = np.cumsum(arrays["bigram_steps"].astype(np.uint64), dtype=np.uint64)
        return Bigrams(keys, arrays["bigram_idf"].astype(np.float32), float(arrays["unseen"]))
