"""Groups whose headlines the network is unsure of are unfamiliar, by the mean of all their lines."""

from __future__ import annotations

import pytest
from unsplice.reattach.unfamiliar import CANDIDATES, unfamiliar

SURE, UNSURE = [0.01] * CANDIDATES, [0.5] * CANDIDATES


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (SURE, SURE, set()),
        (SURE, UNSURE, {"second"}),
        (UNSURE, UNSURE, {"first", "second"}),
        (UNSURE[:-1], SURE, set()),  # too few to tell
        ([], [], set()),
    ],
)
def test_by_group(first: list[float], second: list[float], found: set[str]) -> None:
    groups = {"a": "first", "b": "second"}
    assert unfamiliar({"a": first, "b": second}, groups, 0.2) == found


def test_one_strange_page_does_not_make_a_strange_group() -> None:
    found = {"a": UNSURE} | {f"p{k}": SURE for k in range(9)}
    assert unfamiliar(found, dict.fromkeys(found, "one"), 0.2) == frozenset()


def test_never_with_a_bound_above_all_doubt() -> None:
    assert unfamiliar({"a": [1.0] * CANDIDATES}, {"a": "one"}, 1.0) == frozenset()
