"""How many pages of a group use a word or a bigram: where all speak of one subject, its words tell no stories apart."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .forms import bigrams, fold, normalized, simplified

Floats = NDArray[np.float32]
Keys = NDArray[np.uint64]
LEAST = 0.02  # weight of what every page uses
FEW = 12  # pages at which a group's own rarity counts half
LATIN = re.compile(r"[^\W\u3400-\u9fff_]+")
WORD = 1 << 62  # marks the keys of words that are not Han
HAN = re.compile(r"[\u3400-\u9fff]")


def used(text: str) -> Keys:
    """The bigrams (see forms.bigrams) and the hashes of Latin words and numbers of a text, sorted."""
    plain = simplified(text)
    folded = fold(plain)
    words = {_word_key(w) for w in LATIN.findall(normalized(plain).lower())}
    found = np.array(sorted(words), dtype=np.uint64)
    return np.concatenate([bigrams(folded), found]) if len(folded) > 1 else found


def _word_key(word: str) -> int:
    return zlib.crc32(word.encode()) | WORD


@dataclass(frozen=True)
class Usage:
    """How many of a group's `pages` use each of `keys` (sorted); the keys that one page alone uses are left out."""

    pages: int
    keys: Keys
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, pages: Iterable[Keys]) -> Usage:
        """The usage of a group, from what each of its pages uses."""
        each = list(pages)
        keys, counts = np.unique(np.concatenate([*each, np.zeros(0, dtype=np.uint64)]), return_counts=True)
        return cls(len(each), keys[counts > 1], counts[counts > 1])

    def only(self, keys: Keys) -> Usage:
        """The usage of some keys alone: what is handed on with a page."""
        kept = np.isin(self.keys, keys)
        return Usage(self.pages, self.keys[kept], self.counts[kept])

    def weights(self, keys: Keys) -> Floats:
        """How rare each key is in the group, from LEAST (on every page) to 1 (on one), shape of `keys`.

        In a small group all weights are nearer to 1: the fewer pages, the less they say.
        """
        if not len(self.keys):
            return np.ones(len(keys), dtype=np.float32)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return self._rarity(np.where(self.keys[at] == keys, self.counts[at], 1))

    def _rarity(self, counts: NDArray[np.int64]) -> Floats:
        rarity = np.log((self.pages + 1) / (counts + 0.5)) / math.log((self.pages + 1) / 1.5)
        return np.asarray(np.maximum(rarity, LEAST) ** (self.pages / (self.pages + FEW)), dtype=np.float32)

    @cached_property
    def _count_of(self) -> dict[int, int]:
        return dict(zip(self.keys.tolist(), self.counts.tolist(), strict=True))

    def word_weights(self, words: Iterable[str]) -> Floats:
        """How rare each word is: as rare as its rarest bigram or, where it is not Han, as the word itself."""
        return self._rarity(np.array([self._count(fold(w)) for w in words], dtype=np.int64))

    def _count(self, word: str) -> int:
        """On how many pages a folded word stands, or may stand; 1 where it is not known."""
        if not HAN.search(word):
            return self._count_of.get(_word_key(word), 1)
        return min((self._count_of.get(ord(a) << 21 | ord(b), 1) for a, b in pairwise(word)), default=1)


NONE = Usage(1, np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))
