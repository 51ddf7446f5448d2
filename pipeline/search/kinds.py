"""The nouns of likeness: its kinds, from when on two texts are alike, the pairs that are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Shares = NDArray[np.float32]


class Kind(IntEnum):
    """How two texts are alike."""

    EXACT = 0  # the same letters
    NEAR = 1  # by the Jaccard similarity of their sets of 5-character shingles
    EDITED = 2  # by the letters that stay when one is typed into the other
    CONTAINED = 3  # the letters of the one stand in one place of the other
    OVERLAP = 4  # the end of one is the beginning of the other
    VARIANT = 5  # alike by one of these, but they say different things: no copies


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on two texts are alike; shares from 0 to 1."""

    near: float = 0.7  # Jaccard similarity
    edited: float = 0.82  # letters that stay, of those of the longer text
    contained: float = 0.9  # letters of the shorter text that stand in one place of the longer
    overlap: float = 0.6  # letters at the end of one that begin the other, of those of the longer text
    part: float = 0.2  # of the longer text that a contained one must make up: a smaller one is a phrase that both have
    least: int = 12  # letters that a text needs to be like another by anything but being the same
    sensitive: bool = False  # look for edited, contained and overlapping texts, too


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to decide on, each once: `a` the shorter text (of equals the first by rank), and their common shingles.

    `jaccard` is that of 5-character shingles, `share` the part of the smaller set of 4-letter shingles.
    """

    a: Numbers
    b: Numbers
    jaccard: Shares
    share: Shares


class Pairs(NamedTuple):
    """Pairs of texts that are alike, (pairs,) each, sorted by (a, b); `a` is the shorter text.

    `similarity` is the measure of the kind; of a contained text, the share of the other that it makes up; of a
    variant, the Jaccard similarity. `at` is the letter of b from which on a contained text stands there.
    """

    a: Numbers
    b: Numbers
    kind: NDArray[np.int8]
    similarity: Shares
    at: Numbers

    def where(self, use: NDArray[np.bool_] | Numbers) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.a[use], self.b[use], self.kind[use], self.similarity[use], self.at[use])
