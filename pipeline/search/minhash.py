"""MinHash signatures, identical to datasketch's (scheme affine32) but vectorised, and their bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log, log1p
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .column import Column, is_letter, mixed
from .compiled import kernel
from .shingle import shingles, text_shingles

if TYPE_CHECKING:
    from datasketch import LeanMinHash

SCHEME = "affine32"  # datasketch's name of the family of permutations
SEED = 1  # datasketch's default


@dataclass(frozen=True, slots=True)
class Sketch:
    """How texts are sketched: shingles of `size` characters, `bands` of `rows` permutations each."""

    size: int
    bands: int
    rows: int
    letters_only: bool = False

    @property
    def permutations(self) -> int:
        return self.bands * self.rows


def bands_for(threshold: float, rows: int, miss: float) -> int:
    """The bands of `rows` values by which at most a share `miss` of the pairs at `threshold` are not proposed.

    A pair of Jaccard similarity s shares a band with probability s ** rows. Every candidate is verified, and a false
    one costs 0.2 microseconds, so only misses are bounded here; datasketch's optimiser weighs both errors alike. `rows`
    keeps chance pairs out: of those with s = 0.1, bands of 4 rows propose 1 in 400.
    """
    return ceil(log(miss) / log1p(-(threshold**rows))) if threshold < 1 else 1


def permutations(count: int, seed: int = SEED) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The factors and summands of datasketch's permutations of 32-bit hashes."""
    generator = np.random.RandomState(seed)
    factors = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, generator.randint(0, 1 << 32, count, dtype=np.uint32)


@kernel
def _sign(units, start, end, letter, size, letters_only, factors, summands, text, grams, out):
    """Write the signature of one text to `out`: for each permutation, the least hash of its shingles.

    Branch-free, four shingles per pass, so that the compiler vectorises over 16 permutations.
    """
    n = text_shingles(units, start, end, letter, size, letters_only, text, grams)
    k = len(factors)
    for j in range(k):
        out[j] = np.uint32(0xFFFFFFFF)
    hashes = np.empty(n + 3, np.uint32)
    for i in range(n):
        h = np.uint32(grams[i] >> np.uint64(32))
        # datasketch mixes each hash once more, with the finaliser of MurmurHash3; numba multiplies in 64 bits
        h = np.uint32((h ^ h >> np.uint32(16)) * np.uint32(0x85EBCA6B))
        h = np.uint32((h ^ h >> np.uint32(13)) * np.uint32(0xC2B2AE35))
        hashes[i] = h ^ h >> np.uint32(16)
    for i in range(n, n + 3):
        hashes[i] = hashes[max(0, n - 1)]
    for i in range(0, n, 4):
        a, b, c, d = hashes[i], hashes[i + 1], hashes[i + 2], hashes[i + 3]
        for j in range(k):
            f, s = factors[j], summands[j]
            v, w, x, y = np.uint32(f * a + s), np.uint32(f * b + s), np.uint32(f * c + s), np.uint32(f * d + s)
            v = v if v < w else w
            x = x if x < y else y
            v = v if v < x else x
            out[j] = v if v < out[j] else out[j]


@kernel
def _signatures(units, offsets, letter, size, letters_only, factors, summands):
    n = len(offsets) - 1
    longest = 1
    for i in range(n):
        longest = max(longest, offsets[i + 1] - offsets[i])
    text, grams = np.empty(longest, np.uint16), np.empty(longest, np.uint64)
    out = np.empty((n, len(factors)), np.uint32)
    for i in range(n):
        _sign(units, offsets[i], offsets[i + 1], letter, size, letters_only, factors, summands, text, grams, out[i])
    return out


@kernel
def _band_keys(units, offsets, letter, size, letters_only, factors, summands, rows, out):
    """Write a 32-bit key for each band of each text to `out` (bands, texts)."""
    n = len(offsets) - 1
    longest = 1
    for i in range(n):
        longest = max(longest, offsets[i + 1] - offsets[i])
    text, grams = np.empty(longest, np.uint16), np.empty(longest, np.uint64)
    one = np.empty(len(factors), np.uint32)
    for i in range(n):
        _sign(units, offsets[i], offsets[i + 1], letter, size, letters_only, factors, summands, text, grams, one)
        for band in range(len(factors) // rows):
            h = np.uint64(rows)
            for r in range(rows):
                h = mixed(h ^ np.uint64(one[band * rows + r])) * np.uint64(0x9E3779B97F4A7C15)
            out[band, i] = np.uint32(h >> np.uint64(32))


def signatures(column: Column, sketch: Sketch, seed: int = SEED) -> NDArray[np.uint32]:
    """Signatures, shape (texts, permutations), bit for bit those of datasketch.MinHash over the same shingles."""
    factors, summands = permutations(sketch.permutations, seed)
    arguments = (is_letter(), sketch.size, sketch.letters_only, factors, summands)
    return _signatures(column.units, column.offsets, *arguments)


def band_keys(column: Column, sketch: Sketch, first: int = 0, last: int | None = None) -> NDArray[np.uint32]:
    """Keys of the bands from `first` to before `last`, shape (bands, texts): equal where all rows of a band are.

    Different bands have the same 32-bit key once in four billion; verification rejects such pairs.
    """
    last = sketch.bands if last is None else last
    factors, summands = permutations(sketch.permutations)
    cut = slice(first * sketch.rows, last * sketch.rows)
    out = np.empty((last - first, len(column)), np.uint32)
    shape = (is_letter(), sketch.size, sketch.letters_only, factors[cut].copy(), summands[cut].copy())
    _band_keys(column.units, column.offsets, *shape, sketch.rows, out)
    return out


def shingle_hash(shingle: str) -> int:
    """The 32-bit hash of one shingle of a comparison form, for `datasketch.MinHash(hashfunc=shingle_hash)`.

    A sketch is comparable with ours only if its shingles were hashed so, and its seed and scheme are SEED and SCHEME.
    """
    units = np.frombuffer(shingle.encode("utf-16-le", "surrogatepass"), np.uint16)
    found = shingles(Column(units, np.array([0, len(units)])), 0, size=max(1, len(units)))
    return int(found[0] >> np.uint64(32)) if len(found) else 0


def to_lean(signature: NDArray[np.uint32], seed: int = SEED) -> list[LeanMinHash]:
    """Signatures as datasketch's LeanMinHash, for a MinHashLSH, LSHForest or LSHEnsemble."""
    from datasketch import LeanMinHash

    return [LeanMinHash(seed=seed, hashvalues=row, scheme=SCHEME) for row in signature]


def from_lean(sketches: Sequence[Any], seed: int = SEED) -> NDArray[np.uint32]:
    """Signatures (texts, permutations) from datasketch's. Raises ValueError where they can't be compared with ours."""
    for sketch in sketches:
        if (sketch.seed, sketch.scheme) != (seed, SCHEME):
            raise ValueError(
                f"a sketch of seed {sketch.seed} and scheme {sketch.scheme!r} can't be compared with seed {seed} and "
                f"scheme {SCHEME!r}; make it with MinHash(seed={seed}, scheme={SCHEME!r})"
            )
    if len({len(sketch) for sketch in sketches}) > 1:
        raise ValueError("sketches of different numbers of permutations can't be compared; make them with the same")
    return np.array([sketch.hashvalues for sketch in sketches], dtype=np.uint32)
