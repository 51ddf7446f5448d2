"""MinHash signatures over character shingles, by datasketch (scheme affine32), and the bands that propose pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 1
CROWD = 64  # texts in one bucket from which each is paired with its next 8 and the first, not with every other


def shingles(text: str, size: int) -> NDArray[np.uint32]:
    """Hashes of the distinct runs of `size` characters (of the whole text where it is shorter), sorted."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    size = min(size, len(points))
    total = np.zeros(len(points) - size + 1, dtype=np.uint64)
    for k in range(size):
        total = total * np.uint64(0x9E3779B97F4A7C15) + points[k : k + len(total)] + np.uint64(1)
    total ^= total >> np.uint64(29)
    return np.unique((total * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(32)).astype(np.uint32))


def signatures(texts: Sequence[str], *, size: int, permutations: int) -> NDArray[np.uint32]:
    """Signatures (texts, permutations), bit for bit those of datasketch.MinHash over the same shingle hashes."""
    from datasketch import MinHash

    first = MinHash(num_perm=permutations, seed=SEED, hashfunc=int)
    out = np.empty((len(texts), permutations), dtype=np.uint32)
    for i, text in enumerate(texts):
        one = MinHash(permutations, SEED, hashfunc=int, permutations=first.permutations, scheme=first.scheme)
        one.update_batch(shingles(text, size).tolist())
        out[i] = one.hashvalues
    return out


def candidate_pairs(signature: NDArray[np.uint32], rows: int) -> NDArray[np.int64]:
    """Pairs (a, b), a < b, whose signatures agree in a whole band of `rows` values: shape (pairs, 2), sorted."""
    found = [np.zeros((0, 2), dtype=np.int64)]
    for start in range(0, signature.shape[1] - rows + 1, rows):
        band = np.ascontiguousarray(signature[:, start : start + rows]).view(np.dtype((np.void, 4 * rows))).ravel()
        order = np.argsort(band, kind="stable")
        found += bucket_pairs(order, band[order])
    return np.unique(np.concatenate(found), axis=0)


def bucket_pairs(order: NDArray[np.int64], keys: NDArray[np.void] | NDArray[np.uint64]) -> Iterable[NDArray[np.int64]]:
    """The pairs of each run of equal keys; `order` holds the texts' numbers beside the sorted keys."""
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    shared = np.flatnonzero(np.diff(edges) > 1)
    for start, end in zip(edges[shared], edges[shared + 1], strict=True):
        bucket = np.sort(order[start:end])
        if len(bucket) <= CROWD:
            a, b = np.triu_indices(len(bucket), 1)
            yield np.column_stack([bucket[a], bucket[b]])
        else:
            for step in range(1, 9):
                yield np.column_stack([bucket[:-step], bucket[step:]])
            yield np.column_stack([np.full(len(bucket) - 1, bucket[0]), bucket[1:]])
