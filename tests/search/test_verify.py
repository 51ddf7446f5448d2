"""Exact similarity: what sets of Python substrings come to, for any texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.search.column import Column, column
from unsplice.search.shingle import shingles
from unsplice.search.verify import common

FERRY = "望礁区的渡船今早复航，船票两元。"
SIZES = [1, 2, 4, 5]


def grams(form: str, size: int, letters_only: bool) -> set[bytes]:
    """The distinct runs of `size` 16-bit units; the whole, where it is shorter."""
    units = form.encode("utf-16-le", "surrogatepass")
    if letters_only:
        units = b"".join(c.encode("utf-16-le", "surrogatepass") for c in form if c.isalnum() or ord(c) > 0xFFFF)
    n = len(units) // 2
    size = min(size, n)
    return {units[2 * i : 2 * (i + size)] for i in range(n - size + 1)} if n else set()


def measured(forms: Column, pairs: list[tuple[int, int]], size: int, letters_only: bool) -> list[tuple[float, float]]:
    a, b = (np.array([p[i] for p in pairs], np.int64) for i in (0, 1))
    jaccard, share = common(forms, a, b, size=size, letters_only=letters_only)
    return list(zip(jaccard.tolist(), share.tolist(), strict=True))


def expected(x: set[bytes], y: set[bytes]) -> tuple[float, float]:
    both, least = len(x & y), min(len(x), len(y))
    return (both / len(x | y), both / least) if least else (0.0, 0.0)


TABLE = [
    # a, b, size, letters only, common shingles, all, the smaller set
    ("渡船复航", "渡船复航", 2, False, 3, 3, 3),
    ("渡船复航", "渡船停航", 2, False, 1, 5, 3),
    ("渡船", "渡船复航", 5, False, 0, 2, 1),  # shorter than a shingle: one of its own
    ("渡船", "渡船", 5, False, 1, 1, 1),
    ("渡船渡船渡船", "渡船渡", 2, False, 2, 2, 2),  # what stands twice counts once
    ("渡船，复航", "渡船复航", 2, False, 2, 5, 3),
    ("渡船，复航。", "渡船 复航", 2, True, 3, 3, 3),
    ("𠮷𠮷", "𠮷", 2, False, 1, 2, 1),  # a rare character is two units
    ("渡", "", 2, False, 0, 1, 0),
    ("", "", 2, False, 0, 0, 0),
    ("。。。", "。。。", 2, True, 0, 0, 0),
]


@pytest.mark.parametrize(("a", "b", "size", "letters_only", "both", "either", "least"), TABLE)
def test_by_hand(a: str, b: str, size: int, letters_only: bool, both: int, either: int, least: int) -> None:
    found = measured(column([a, b]), [(0, 1)], size, letters_only)
    again = measured(column([b, a]), [(0, 1)], size, letters_only)
    assert found == again
    assert found[0] == pytest.approx((both / max(1, either) if least else 0, both / least if least else 0), abs=1e-6)


TEXTS = st.lists(
    st.text("渡船 ,。a𠮷𡈽", max_size=14) | st.builds(lambda a, b: FERRY[a:b], st.integers(0, 9), st.integers(3, 16)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(SIZES), st.booleans(), st.data())
@example([FERRY, FERRY[:5], FERRY[3:], ""], 5, True, None)
def test_as_sets_of_substrings(texts: list[str], size: int, letters_only: bool, data: st.DataObject | None) -> None:
    forms = column(texts)
    n = len(texts)
    pairs = [(a, b) for a in range(n) for b in range(n)]  # each text with all, itself included, in one call
    if data is not None:
        pairs = sorted(data.draw(st.lists(st.sampled_from(pairs), max_size=30)), key=lambda pair: pair[0])
    sets = [grams(forms.text(i), size, letters_only) for i in range(n)]
    for found, (a, b) in zip(measured(forms, pairs, size, letters_only), pairs, strict=True):
        assert found == pytest.approx(expected(sets[a], sets[b]), abs=1e-6)


@given(st.text("渡船 ,。a𠮷", max_size=20), st.sampled_from(SIZES), st.booleans())
def test_one_shingle_for_each_distinct_run(text: str, size: int, letters_only: bool) -> None:
    forms = column([text])
    found = shingles(forms, 0, size=size, letters_only=letters_only)
    assert found.tolist() == sorted(set(found.tolist()))
    assert len(found) == len(grams(forms.text(0), size, letters_only))


def test_no_pairs() -> None:
    none = np.zeros(0, np.int64)
    jaccard, share = common(column([FERRY]), none, none, size=5)
    assert len(jaccard) == len(share) == 0
