"""The rarity of words and bigrams within a group of pages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.text.forms import bigrams
from unsplice.text.usage import FEW, LEAST, NONE, Usage, used

PAGES = [f"竹溪大学今天公布第{k}项研究，{name}说。" for k, name in enumerate(("林知夏", "陈小满", "周青") * 8)]


def group(pages: list[str]) -> Usage:
    return Usage.of(used(page) for page in pages)


def test_what_every_page_uses_weighs_least() -> None:
    found = group(PAGES)
    university, research, name, unknown = found.word_weights(["竹溪大学", "研究", "林知夏", "码头"]).tolist()
    assert university == pytest.approx(LEAST ** (24 / (24 + FEW)))
    assert research == university
    assert university < name < unknown == 1


def test_words_and_bigrams_of_two_letters_weigh_the_same() -> None:
    found = group(PAGES)
    assert found.word_weights(["大学"])[0] == found.weights(bigrams("大学"))[0]


@pytest.mark.parametrize(("word", "common"), [("Warriors", True), ("2024", True), ("rebounds", False)])
def test_latin_words_and_numbers_are_counted_whole(word: str, common: bool) -> None:
    found = group([f"The Warriors won in 2024. Rebounds{'s' * k}" for k in range(10)])
    assert bool(found.word_weights([word.lower()])[0] < 0.5) is common


def test_the_fewer_pages_the_less_they_say() -> None:
    weights = [group(PAGES[:n]).word_weights(["竹溪"])[0] for n in (1, 2, 6, 24)]
    assert weights[0] == 1
    assert weights == sorted(weights, reverse=True)


def test_no_group_changes_nothing() -> None:
    assert NONE.word_weights(["竹溪", "a", ""]).tolist() == [1, 1, 1]
    assert NONE.weights(bigrams("竹溪大学")).tolist() == [1, 1, 1]
    assert NONE.weights(np.zeros(0, dtype=np.uint64)).shape == (0,)
    assert len(used("竹")) == 0


@given(st.lists(st.text("竹溪大学研究ab 1。", max_size=20), min_size=1, max_size=6))
def test_what_goes_with_a_page_is_all_that_it_needs(pages: list[str]) -> None:
    found = group(pages)
    for page in pages:
        keys = used(page)
        assert (found.only(keys).weights(keys) == found.weights(keys)).all()
        assert ((found.weights(keys) > 0) & (found.weights(keys) <= 1)).all()


@given(st.permutations(PAGES[:6]))
def test_the_order_of_pages_does_not_count(pages: list[str]) -> None:
    one, other = group(PAGES[:6]), group(pages)
    assert (one.keys == other.keys).all()
    assert (one.counts == other.counts).all()
