"""Texts within texts and texts that begin alike: exactly what comparing all with all finds."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.similarity import anchors
from pipeline.similarity.anchors import ANCHOR, NEIGHBOURS, contained_pairs, shared_beginnings

LONG = "柳垛镇的渡船今早复航船票两元往返二十趟学生凭证免票"
FEW_LETTERS = st.lists(st.text("潮汐", max_size=40), max_size=8)
PIECES = st.lists(st.builds(lambda a, b: LONG[min(a, b) : max(a, b)], *[st.integers(0, len(LONG))] * 2), max_size=8)


def within(texts: list[str]) -> list[tuple[int, int, int]]:
    return sorted(
        (a, b, at)
        for a, b in permutations(range(len(texts)), 2)
        if ANCHOR <= len(texts[a]) < len(texts[b])
        for at in range(len(texts[b]))
        if texts[b].startswith(texts[a], at)
    )


@settings(deadline=None)
@given(FEW_LETTERS | PIECES, st.sampled_from([2, 4096]))
@example([LONG, LONG[:12], LONG[5:17], LONG[-12:], LONG[3:]], 2)
@example(["潮" * 30, "潮" * 12, "潮" * 13], 4096)
@example([LONG + "甲" + LONG, LONG, LONG], 4096)
def test_contained_pairs_are_all_there_are(texts: list[str], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anchors, "BLOCK", block)
        assert sorted(contained_pairs(texts)) == within(texts)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", LONG],
        [LONG],
        [LONG, LONG],  # the same, not one within the other
        [LONG, LONG[: ANCHOR - 1]],  # too short
        [LONG[:14], LONG[14:], LONG],  # not across the border of two texts
    ],
)
def test_contained_pairs_find_nothing_else(texts: list[str]) -> None:
    assert sorted(contained_pairs(texts)) == within(texts)


def alike(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@given(st.lists(st.text("潮汐", max_size=16), max_size=12), st.integers(1, 8))
@example([LONG, LONG[:15] + "改道", LONG[:15] + "停航"], 10)
@example(["潮", "潮"], 3)
def test_shared_beginnings_are_those_of_near_neighbours(texts: list[str], least: int) -> None:
    order = sorted(range(len(texts)), key=lambda i: (texts[i], i))
    expected = [
        (a, b, length)
        for at, a in enumerate(order)
        for b in order[at + 1 : at + 1 + NEIGHBOURS]
        if (length := alike(texts[a], texts[b])) >= least
    ]
    assert sorted(shared_beginnings(texts, least)) == sorted(expected)


@given(st.lists(st.text("潮汐", max_size=10), max_size=30), st.integers(1, 6))
def test_every_text_that_begins_like_another_has_a_partner(texts: list[str], least: int) -> None:
    partners = {x for a, b, _ in shared_beginnings(texts, least) for x in (a, b)}
    assert partners == {a for a, b in permutations(range(len(texts)), 2) if alike(texts[a], texts[b]) >= least}
