"""Runs of letters that texts share: what comparing all with all finds is found, and every run is true and maximal."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.search.column import column, is_letter, letter_hashes
from unsplice.search.runs import CROWD, Runs, shared_runs
from unsplice.search.winnow import ANCHOR, WINDOW, anchors

LONG = "柳垛镇的渡船今早复航船票两元往返二十趟学生凭证免票乘坐请从南门上船风大浪急时停开以码头公告为准"
REACH = ANCHOR + WINDOW - 1
PIECES = st.lists(st.builds(lambda a, b: LONG[min(a, b) : max(a, b)], *[st.integers(0, len(LONG))] * 2), max_size=7)
FEW_LETTERS = st.lists(st.text("潮汐", max_size=30), max_size=7)


def runs(texts: list[str], least: float = 0.3, fresh: int | None = None) -> Runs:
    found = column(texts)
    hashes, _ = letter_hashes(found.units, found.offsets, is_letter())
    return shared_runs(found, hashes[:, 0].copy(), least, fresh)


def rows(found: Runs) -> list[tuple[int, ...]]:
    return list(zip(*(c.tolist() for c in found[:5]), strict=True))


@settings(max_examples=150)
@given(PIECES | FEW_LETTERS)
@example([LONG, LONG[:16], LONG[9:25], LONG[-16:]])
@example([LONG + "甲" + LONG, LONG, "乙" + LONG])
def test_runs_are_true_and_maximal(texts: list[str]) -> None:
    for a, b, at_a, at_b, length in rows(runs(texts, 0.0)):
        x, y = texts[a], texts[b]
        assert a < b
        assert length > 0
        assert x[at_a : at_a + length] == y[at_b : at_b + length]
        assert at_a == 0 or at_b == 0 or x[at_a - 1] != y[at_b - 1]
        assert at_a + length == len(x) or at_b + length == len(y) or x[at_a + length] != y[at_b + length]


@settings(max_examples=150)
@given(PIECES)
@example([LONG, LONG[5:21]])
def test_what_lies_whole_in_another_is_found(texts: list[str]) -> None:
    texts = sorted(set(texts))
    whole = {(a, b) for a, b, _, _, n in rows(runs(texts)) if n == min(len(texts[a]), len(texts[b]))}
    for a, x in enumerate(texts):
        for b, y in enumerate(texts):
            if a != b and REACH <= len(x) < len(y) and x in y:
                assert (min(a, b), max(a, b)) in whole


@given(st.lists(st.integers(0, 50), max_size=60))
def test_anchors_are_those_of_plain_winnowing(hashes: list[int]) -> None:
    m = len(hashes)
    grams = np.array(hashes, dtype=np.uint64)
    room = np.empty(m + 1, np.uint64), np.empty(m + 1, np.uint64), np.empty(m + 1, np.int64)
    count = anchors(np.append(grams, np.uint64(0)), m, *room)
    windows = [range(i, i + WINDOW) for i in range(m - WINDOW + 1)]
    expected = {i for w in windows for i in w if hashes[i] == min(hashes[j] for j in w)}
    if m <= WINDOW:
        expected = {hashes.index(min(hashes))} if hashes else set()
    assert room[2][:count].tolist() == sorted(expected)


def test_overlaps_and_joined_texts() -> None:
    found = rows(runs([LONG[:30], LONG[10:], "甲" * 20 + LONG[:30]]))
    assert (0, 1, 10, 0, 20) in found
    assert (0, 2, 0, 20, 30) in found


def test_only_pairs_with_fresh_texts() -> None:
    texts = [LONG, LONG[:30], LONG[5:40]]
    assert {r[:2] for r in rows(runs(texts))} == {(0, 1), (0, 2), (1, 2)}
    assert {r[:2] for r in rows(runs(texts, fresh=1))} == {(0, 2), (1, 2)}


def test_short_runs_are_left_out() -> None:
    rest = "茶园抽出了头一轮嫩芽茶农说今年早上市十天请来的采茶工有四十多人大多住在附近村里一天能挣一百二十元钱"
    texts = [LONG[:20] + rest, LONG[:20] + rest[::-1]]
    assert rows(runs(texts, 0.3)) == []
    assert rows(runs(texts, 0.2)) == [(0, 1, 0, 0, 20)]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_texts_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    texts = sorted({LONG[a : a + n] for a, n in ((rng.randrange(20), rng.randrange(16, 30)) for _ in range(25))})
    mixed = rng.sample(texts, len(texts))
    plain = {frozenset({(texts[a], x), (texts[b], y)}) | {n} for a, b, x, y, n in rows(runs(texts))}
    assert {frozenset({(mixed[a], x), (mixed[b], y)}) | {n} for a, b, x, y, n in rows(runs(mixed))} == plain


def test_crowds_are_counted() -> None:
    texts = [LONG + str(10_000 + i) for i in range(3 * CROWD)]
    found = runs(texts)
    assert found.crowded > 0
    assert {x for a, b, *_ in rows(found) for x in (a, b)} == set(range(len(texts)))


@pytest.mark.parametrize("texts", [[], [""], [LONG], ["短", "短句"]])
def test_nothing_to_find(texts: list[str]) -> None:
    assert rows(runs(texts)) == []
