"""Candidate pairs -> kinds of similarity, each verified by an exact measure of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq, Levenshtein
from rapidfuzz.process import cpdist

from ..text.rarity import Bigrams
from .column import Column, is_letter
from .compiled import kernel
from .edits import differences, variants
from .kinds import Candidates, Kind, Numbers, Pairs, Shares, Thresholds
from .runs import Runs

PLAUSIBLE = 0.25  # share of common 4-letter shingles below which no alignment is tried: of texts .82 alike, .35
ALMOST = 0.6  # the same for a text contained in another with a few errors: with one letter in ten wrong, .66
ALIKE = 0.5  # Jaccard similarity: below, it may be a quotation, or a series in set phrases
ALMOST_SURE = 0.8  # Jaccard similarity where one letter in twenty may be wrong
SURE = 0.95  # share of a piece's letters that must be in a text more than twice as long
SLACK = 2  # letters that may be missing at a beginning or an end
LEAST_OVERLAP = 20  # letters: shorter ends and beginnings agree by chance, or are a stock phrase
ROUNDING = 1e-6
BLOCK = 1 << 21  # letters that are converted to strings at a time
LONGEST = 20_000  # most letters of a text that is aligned to find variants: quadratic time
NONE = -1


@dataclass(frozen=True)
class _Case:
    """Measures of the candidates, (pairs,) each, and the kinds decided so far."""

    column: Column
    found: Candidates
    sizes: Shares  # letters of a, of those of b
    run: Runs  # the longest common run of each pair
    whole: NDArray[np.bool_]  # b contains all letters of a
    kind: NDArray[np.int8]
    similarity: Shares
    at: Numbers

    def open(self, fits: NDArray[np.bool_]) -> Numbers:
        """The pairs among `fits` that have no kind yet."""
        return np.flatnonzero((self.kind == NONE) & fits)

    def settle(self, some: Numbers, kind: Kind, similarity: Shares, at: Numbers | int = 0) -> None:
        """Decide on some pairs."""
        self.kind[some], self.similarity[some], self.at[some] = kind, similarity, at


def decide(
    column: Column, letters: NDArray[np.int32], found: Candidates, runs: Runs, limits: Thresholds, lexicon: Bigrams
) -> Pairs:
    """The pairs that are alike, by the first kind that fits: whole within, near, edited, almost within, overlap."""
    a, b, n = found.a, found.b, len(found.a)
    sizes = (letters[a] / np.maximum(1, letters[b])).astype(np.float32)
    unknown = np.full(n, NONE, np.int8), found.jaccard.copy(), np.zeros(n, np.int64)
    case = _Case(column, found, sizes, _runs_of(a, b, runs), np.zeros(n, np.bool_), *unknown)
    if limits.sensitive:
        _settle_whole(case, letters, limits)
    near = case.open(found.jaccard >= limits.near - ROUNDING)
    case.settle(near, Kind.NEAR, found.jaccard[near])
    if limits.sensitive:
        _settle_edited(case, limits)
        _settle_almost(case, limits)
        _settle_overlaps(case, letters, limits)
    # Series (weather, prices) are short; long lookalikes are copies.
    short = np.maximum(letters[a], letters[b]) <= LONGEST
    typed = np.flatnonzero((case.kind != NONE) & (case.kind != Kind.OVERLAP) & ~case.whole & short)
    other = typed[_says_otherwise(column, a[typed], b[typed], lexicon)]
    series = found.jaccard[other] >= ALIKE
    case.settle(other[series], Kind.VARIANT, found.jaccard[other[series]])
    case.kind[other[~series]] = NONE
    keep = np.flatnonzero(case.kind != NONE)
    keep = keep[np.lexsort((b[keep], a[keep]))]
    return Pairs(a, b, case.kind, case.similarity, case.at).where(keep)


def _settle_whole(case: _Case, letters: NDArray[np.int32], limits: Thresholds) -> None:
    """Settle texts whose letters are all contained in the other."""
    found, column = case.found, case.column
    some = np.flatnonzero((found.share > 1 - ROUNDING) & (case.sizes >= limits.part))
    place = _find(column, found.a[some], found.b[some])
    some, place = some[place >= 0], place[place >= 0]
    case.whole[some] = True
    ends = place + letters[found.a[some]] == letters[found.b[some]]
    piece = _is_piece(column, found.b[some], place, ends, found.jaccard[some])
    case.settle(some[piece], Kind.CONTAINED, case.sizes[some[piece]], place[piece])


def _settle_edited(case: _Case, limits: Thresholds) -> None:
    """Settle texts of about the same length, one of which is a mistyped copy of the other."""
    found = case.found
    some = case.open((found.share >= PLAUSIBLE) & (case.sizes >= limits.edited))
    aligned = _aligned(case.column, found.a[some], found.b[some], limits.edited)
    case.settle(some[aligned > 0], Kind.EDITED, aligned[aligned > 0])


def _settle_almost(case: _Case, limits: Thresholds) -> None:
    """Settle texts contained in the other with a few errors; smaller pieces need to be surer."""
    found = case.found
    half = found.jaccard >= ALIKE
    enough = (case.sizes >= limits.part) & (found.share >= np.where(half, ALMOST, ALMOST_SURE))
    some = case.open(enough & ~case.whole & (case.run.length > 0))
    place, ends = _place(case.column, case.run.where(some), np.where(half[some], limits.contained, SURE))
    piece = (place >= 0) & _is_piece(case.column, found.b[some], place, ends, found.jaccard[some])
    case.settle(some[piece], Kind.CONTAINED, case.sizes[some[piece]], place[piece])


def _settle_overlaps(case: _Case, letters: NDArray[np.int32], limits: Thresholds) -> None:
    """Settle texts where the end of one is the beginning of the other."""
    run, a, b = case.run, case.found.a, case.found.b
    shared = (run.length / np.maximum(1, letters[b])).astype(np.float32)
    long = (shared >= limits.overlap) & (run.length >= LEAST_OVERLAP)
    some = case.open(long & ~case.whole & _meets(run, letters[a], letters[b]))
    case.settle(some, Kind.OVERLAP, shared[some], run.at_b[some])


def _runs_of(a: Numbers, b: Numbers, runs: Runs) -> Runs:
    """The longest common run of each pair, in the order of a and b; of length 0 where none was found."""
    known = runs.a.astype(np.uint64) << np.uint64(32) | runs.b.astype(np.uint64)  # sorted
    asked = np.minimum(a, b).astype(np.uint64) << np.uint64(32) | np.maximum(a, b).astype(np.uint64)
    if not len(known):
        none = np.zeros(len(a), np.int64)
        return Runs(a, b, none, none, none, 0)
    where = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    length = np.where(known[where] == asked, runs.length[where], 0)
    at_a, at_b = runs.at_a[where], runs.at_b[where]
    return Runs(a, b, np.where(a < b, at_a, at_b), np.where(a < b, at_b, at_a), length, 0)


def _meets(run: Runs, size_a: NDArray[np.int32], size_b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Does the run end one text and begin the other?"""
    a_then_b = (run.at_a + run.length == size_a) & (run.at_b == 0)
    b_then_a = (run.at_b + run.length == size_b) & (run.at_a == 0)
    return a_then_b | b_then_a


def _is_piece(column: Column, b: Numbers, at: Numbers, ends: NDArray[np.bool_], jaccard: Shares) -> NDArray[np.bool_]:
    """Which texts contained in b from letter `at` on are pieces of it, rather than sentences that b quotes or repeats.

    A beginning is a piece, as texts are cut from the end; so is half of a text or more. An end (`ends`: of b) is one
    only where it begins within a sentence; a part from the middle of b is none.
    """
    return (at == 0) | (jaccard >= ALIKE) | ends & _breaks_in(column.units, column.offsets, is_letter(), b, at)


@kernel
def _breaks_in(units, offsets, letter, b, at):
    """Is there a letter directly before letter `at` of text b?"""
    out = np.zeros(len(b), np.bool_)
    for k in range(len(b)):
        p, seen = offsets[b[k]], 0
        while seen <= at[k] and p < offsets[b[k] + 1]:
            seen += letter[units[p]]
            p += 1
        out[k] = p - 2 >= offsets[b[k]] and letter[units[p - 2]]
    return out


def _strings(column: Column, a: Numbers, b: Numbers) -> Iterator[tuple[list[str], list[str]]]:
    """The letters of both texts of the pairs, as many pairs at a time as BLOCK letters allow, at least one."""
    sizes = np.diff(column.offsets)
    ends = np.cumsum(sizes[a] + sizes[b])
    start = 0
    while start < len(a):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + BLOCK, "right")))
        yield column.letters(a[start:end]), column.letters(b[start:end])
        start = end


def _aligned(column: Column, a: Numbers, b: Numbers, least: float) -> Shares:
    """1 - edits / letters of the longer, or 0 where that is below `least`."""
    blocks = [
        cpdist(x, y, scorer=Levenshtein.normalized_similarity, score_cutoff=least - ROUNDING, dtype=np.float32)
        for x, y in _strings(column, a, b)
    ]
    return np.concatenate([np.zeros(0, np.float32), *blocks])


def _find(column: Column, a: Numbers, b: Numbers) -> Numbers:
    """The letter of b at which all letters of a begin; -1 where b does not contain them."""
    blocks = [[y.find(x) for x, y in zip(*block, strict=True)] for block in _strings(column, a, b)]
    return np.array([place for block in blocks for place in block], np.int64)


def _place(column: Column, run: Runs, least: NDArray[np.float64]) -> tuple[Numbers, NDArray[np.bool_]]:
    """The letter of b at which a share `least` of the letters of a begins (-1: nowhere), and whether b ends with them.

    Searched only around the position given by their common run, with some slack.
    """
    place = run.at_b - run.at_a
    size = np.zeros(len(place), np.int64)
    found = np.zeros(len(place), np.bool_)
    start = 0
    for xs, ys in _strings(column, run.a, run.b):
        some = slice(start, start + len(xs))
        start += len(xs)
        size[some] = np.fromiter(map(len, xs), np.int64)
        places = [
            y[max(0, at - len(x) // 8 - SLACK) : max(0, at) + len(x) + len(x) // 8 + SLACK]
            for x, y, at in zip(xs, ys, place[some].tolist(), strict=True)
        ]
        common = cpdist(xs, places, scorer=LCSseq.similarity, dtype=np.int32)
        found[some] = common >= size[some] * least[some] - ROUNDING
        found[some] &= run.length[some] > 0
        ends_at = np.fromiter(map(len, ys), np.int64)
        size[some] += place[some] + SLACK - ends_at  # from here on: at least 0 where b ends
    return np.where(found, np.where(place <= SLACK, 0, place), NONE), size >= 0


def _says_otherwise(column: Column, a: Numbers, b: Numbers, lexicon: Bigrams) -> NDArray[np.bool_]:
    blocks = [variants(differences(x, y, lexicon)) for x, y in _strings(column, a, b)]
    return np.concatenate([np.zeros(0, np.bool_), *blocks])
