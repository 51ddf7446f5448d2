"""Buckets: every pair of equal keys, but in crowds so few that the cost stays in line with the number of texts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.search.lsh import CROWD, NEXT, bucket_pairs, packed, unpacked

KEYS = st.lists(
    st.sampled_from([0, 1, 2, 7, 0x9E3779B1, 0xFFFFFFFE, 0xFFFFFFFF]) | st.integers(0, 2**32 - 1), max_size=60
)
OLD_AND_NEW = st.tuples(KEYS, st.integers(0, 60))


def pairs_of(
    keys: list[int], rank: list[int] | None = None, fresh: int | None = None
) -> tuple[list[tuple[int, int]], int]:
    found, crowded = bucket_pairs(
        np.array(keys, np.uint32),
        np.array(range(len(keys)) if rank is None else rank, np.uint64),
        len(keys) if fresh is None else fresh,
    )
    a, b = unpacked(found)
    return list(zip(a.tolist(), b.tolist(), strict=True)), crowded


@given(OLD_AND_NEW)
@example(([], 0))
@example(([5], 1))
@example(([3] * CROWD, CROWD))
@example(([3] * CROWD, 1))
@example(([3, 4] * CROWD, 7))
def test_all_pairs_of_equal_keys_of_which_one_is_fresh(case: tuple[list[int], int]) -> None:
    keys, fresh = case
    fresh = min(fresh, len(keys))
    found, crowded = pairs_of(keys, fresh=fresh)
    expected = [(a, b) for a, b in combinations(range(len(keys)), 2) if keys[a] == keys[b] and b >= len(keys) - fresh]
    assert sorted(found) == expected
    assert crowded == 0


@pytest.mark.parametrize("size", [CROWD + 1, CROWD + NEXT, 5 * CROWD, 20 * CROWD])
def test_in_a_crowd_each_is_paired_with_the_first_and_the_next(size: int) -> None:
    rng = np.random.default_rng(size)
    rank = rng.permutation(size).tolist()
    found, crowded = pairs_of([9] * size + [8, 8], [*rank, 0, 1])
    assert crowded == size
    by_rank = sorted(range(size), key=rank.__getitem__)
    expected = {(by_rank[0], other) for other in by_rank[1:]}
    expected |= {(by_rank[i], by_rank[j]) for i in range(size) for j in range(i + 1, min(size, i + NEXT + 1))}
    assert sorted(found) == sorted([*((min(p), max(p)) for p in expected), (size, size + 1)])
    assert {text for pair in found for text in pair} == set(range(size + 2))
    assert len(found) <= (NEXT + 1) * size


@pytest.mark.parametrize("fresh", [0, 1, 5, 200])
def test_the_fresh_ones_of_a_crowd(fresh: int) -> None:
    size = 4 * CROWD
    whole, _ = pairs_of([9] * size)
    found, _ = pairs_of([9] * size, fresh=fresh)
    assert sorted(found) == sorted(pair for pair in whole if pair[1] >= size - fresh)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 3), max_size=40), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_texts_does_not_matter(keys: list[int], crowd: bool, rng: object) -> None:
    keys = keys + [9] * (2 * CROWD if crowd else 0)
    rank = list(range(len(keys)))  # what a text is, whatever its place
    rng.shuffle(rank)  # type: ignore[attr-defined]
    order = list(range(len(keys)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    plain, _ = pairs_of(keys, rank)
    mixed, _ = pairs_of([keys[i] for i in order], [rank[i] for i in order])
    assert {frozenset((order[a], order[b])) for a, b in mixed} == {frozenset(pair) for pair in plain}
    assert len(mixed) == len(plain)


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), max_size=20))
def test_pairs_in_one_number(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array([p[0] for p in pairs], np.int64), np.array([p[1] for p in pairs], np.int64)
    one = packed(a, b)
    assert one.dtype == np.uint64
    assert [x.tolist() for x in unpacked(one)] == [a.tolist(), b.tolist()]
    assert one.tolist() == [x << 32 | y for x, y in pairs]
