"""Kinds of similarity, their thresholds, and pairs of similar texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Shares = NDArray[np.float32]


class Kind(IntEnum):
    """How two texts are similar."""

    EXACT = 0  # the same letters
    NEAR = 1  # by the Jaccard similarity of their sets of 5-character shingles
    EDITED = 2  # by edit distance: 1 - edits / letters of the longer text
    CONTAINED = 3  # the letters of one are a part of the other
    OVERLAP = 4  # the end of one is the beginning of the other
    VARIANT = 5  # similar by one of these, but different in content: no copies


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds of similarity, from 0 to 1, and the search mode."""

    near: float = 0.7  # Jaccard similarity
    edited: float = 0.82  # 1 - edits / letters of the longer text
    contained: float = 0.9  # share of the shorter text's letters found in one place of the longer
    overlap: float = 0.6  # letters at the end of one that begin the other, as a share of the longer text
    part: float = 0.2  # least share of the longer text that a contained one makes up: a smaller one is a common phrase
    least: int = 12  # letters below which a text is compared for equality only
    sensitive: bool = False  # look for edited, contained and overlapping texts, too


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate pairs, each once: `a` is the shorter text (of equals the first by rank), with shared shingles.

    `jaccard` is that of 5-character shingles, `share` the part of the smaller set of 4-letter shingles.
    """

    a: Numbers
    b: Numbers
    jaccard: Shares
    share: Shares


class Pairs(NamedTuple):
    """Pairs of similar texts, (pairs,) each, sorted by (a, b); `a` is the shorter text.

    `similarity` is the measure of the kind; of a contained text, the share of the other that it makes up; of a
    variant, the Jaccard similarity. `at` is the letter of b at which a contained text begins.
    """

    a: Numbers
    b: Numbers
    kind: NDArray[np.int8]
    similarity: Shares
    at: Numbers

    def where(self, use: NDArray[np.bool_] | Numbers) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.a[use], self.b[use], self.kind[use], self.similarity[use], self.at[use])
