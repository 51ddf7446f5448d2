"""Texts that begin alike: exactly what comparing all with all finds, among near neighbours in sorted order."""

from __future__ import annotations

from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st
from unsplice.dedup.beginnings import NEIGHBOURS, shared_beginnings

LONG = "柳垛镇的渡船今早复航船票两元往返二十趟学生凭证免票"


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
