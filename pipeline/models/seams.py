"""How well one text continues another: a character model of the few letters on both sides of the seam.

Counts of 1- to 4-grams with stupid backoff (Brants et al., EMNLP 2007); a seam's score is by how much the letters
before it make those after it more likely: ln P(after | before) - ln P(after), over three letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..search.compiled import inlined, kernel

Codes = NDArray[np.uint32]
Floats = NDArray[np.float32]
ORDER, REACH = 4, 3  # letters of the longest n-gram, and letters before and after a seam that are used
BACKOFF = np.float32(np.log(0.4))
LEAST = np.float32(-20)  # least ln of a probability
ABSENT = 0  # code before the beginning and after the end of a text
_MIX, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(1_000_003)


@dataclass(frozen=True)
class Seams:
    """`keys` are hashes of n-grams, sorted; `counts` are ln of their counts, `total` that of all letters."""

    keys: NDArray[np.uint32]
    counts: Floats
    total: float

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """The index of the first key with each upper half."""
        return np.searchsorted(self.keys >> np.uint32(16), np.arange(2**16 + 1)).astype(np.int64)

    def score(self, left: str, right: str) -> float:
        """How well `right` continues `left`; above 0: better than chance. Both as by forms.comparable."""
        return float(
            self.scores(before(encode(left), np.array([len(left)])), after(encode(right), np.array([0])))[0, 0]
        )

    def scores(self, left: Codes, right: Codes) -> Floats:
        """(m, n) for the letters before m seams (m, REACH) and after n seams (n, REACH): each with each."""
        out = np.zeros((len(left), len(right)), dtype=np.float32)
        _score_all(self.keys, self._starts, self.counts, self.total, left, right, out)
        return out

    def along(self, left: Codes, right: Codes) -> Floats:
        """(n,) for letters before and after each of n seams (n, REACH): the score of each."""
        out = np.zeros(len(left), dtype=np.float32)
        _score_along(self.keys, self._starts, self.counts, self.total, left, right, out)
        return out

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Seams:
        """The model of an .npz file: keys as differences, counts in sixteenths."""
        keys = np.cumsum(arrays["steps"].astype(np.uint64)).astype(np.uint32)
        return cls(keys, (arrays["counts"] / 16).astype(np.float32), float(arrays["total"]))


@inlined
def _count(keys: Any, starts: Any, counts: Any, hashed: Any) -> Any:
    """ln of the count of the n-gram of a hash; -1 where it is unseen."""
    key = np.uint32(hashed >> np.uint64(32))
    low, high = starts[key >> np.uint32(16)], starts[(key >> np.uint32(16)) + 1]
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return counts[low] if low < len(keys) and keys[low] == key else np.float32(-1)


@inlined
def _hash(letters: Any, start: Any, end: Any) -> Any:
    """The hash of letters[start:end]; its upper half is the key."""
    total = np.uint64(end - start)
    for k in range(start, end):
        total = (total * _STEP + np.uint64(letters[k])) * _MIX
        total ^= total >> np.uint64(29)
    return total


@kernel
def _hash_all(grams: Any, out: Any) -> None:
    """Fills out (n,): the upper half of each n-gram's hash."""
    for i in range(len(grams)):
        out[i] = np.uint32(_hash(grams[i], 0, grams.shape[1]) >> np.uint64(32))


@kernel
def _chance(keys: Any, starts: Any, counts: Any, total: Any, letters: Any, start: Any, end: Any) -> Any:
    """ln P of letters[end - 1] after letters[start : end - 1]; fewer are taken where they are unseen."""
    alone = _count(keys, starts, counts, _hash(letters, end - 1, end))
    result = max(alone, np.float32(0)) - total
    for first in range(end - 2, start - 1, -1):
        own = _count(keys, starts, counts, _hash(letters, first, end))
        if own >= 0:
            result = own - _count(keys, starts, counts, _hash(letters, first, end - 1))
        else:
            result += BACKOFF
    return max(result, LEAST)


@kernel
def _after_alone(keys: Any, starts: Any, counts: Any, total: Any, letters: Any) -> Any:
    """How likely the letters after the seam are by themselves, and how many there are."""
    alone, count = np.float32(0), 0
    while count < REACH and letters[REACH + count] != ABSENT:
        alone += _chance(keys, starts, counts, total, letters, REACH, REACH + count + 1)
        count += 1
    return alone, count


@kernel
def _across(keys: Any, starts: Any, counts: Any, total: Any, letters: Any, count: Any) -> Any:
    """How likely the `count` letters after the seam are after those before it."""
    found = np.float32(0)
    for k in range(count):
        found += _chance(keys, starts, counts, total, letters, max(0, REACH + k + 1 - ORDER), REACH + k + 1)
    return found


@kernel
def _score_all(keys: Any, starts: Any, counts: Any, total: Any, left: Any, right: Any, out: Any) -> None:
    """Fills out (m, n): the letters left[i] of a seam with right[j], ABSENT where a text ends."""
    letters = np.zeros(2 * REACH, dtype=np.uint32)
    for j in range(len(right)):
        letters[REACH:] = right[j]
        alone, count = _after_alone(keys, starts, counts, total, letters)
        for i in range(len(left)):
            letters[:REACH] = left[i]
            out[i, j] = _across(keys, starts, counts, total, letters, count) - alone


@kernel
def _score_along(keys: Any, starts: Any, counts: Any, total: Any, left: Any, right: Any, out: Any) -> None:
    """Fills out (n,): the letters left[i] of a seam with right[i]."""
    letters = np.zeros(2 * REACH, dtype=np.uint32)
    for i in range(len(left)):
        letters[:REACH] = left[i]
        letters[REACH:] = right[i]
        alone, count = _after_alone(keys, starts, counts, total, letters)
        out[i] = _across(keys, starts, counts, total, letters, count) - alone


def encode(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def before(codes: Codes, at: NDArray[np.int64]) -> Codes:
    """(len(at), REACH): the letters before each place in a text."""
    padded = np.concatenate([np.full(REACH, ABSENT, dtype=np.uint32), codes])
    return np.stack([padded[at + k] for k in range(REACH)], axis=1)


def after(codes: Codes, at: NDArray[np.int64]) -> Codes:
    """(len(at), REACH): the letters from each place in a text on."""
    padded = np.concatenate([codes, np.full(REACH, ABSENT, dtype=np.uint32)])
    return np.stack([padded[at + k] for k in range(REACH)], axis=1)


def hashes(grams: Codes) -> NDArray[np.uint32]:
    """(n,) hashes of grams (n, letters)."""
    out = np.zeros(len(grams), dtype=np.uint32)
    _hash_all(grams, out)
    return out
