"""How likely one text goes on in another: the compiled model says what a plain one says, and knows sense."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.learn.seams import LEAST, learn_seams
from unsplice.models import load
from unsplice.models.seams import ORDER, REACH, Seams, after, before, encode, hashes
from unsplice.text.forms import comparable

TEXTS = ["渡船今早复航，船票两元。", "渡船明早停航，船票两元。", "茶园开采，茶农上山。", "渡船今早复航，茶农上山。"] * 3


@pytest.fixture(scope="module")
def small() -> Seams:
    return Seams.from_arrays(learn_seams(TEXTS))


def counted() -> Counter[str]:
    found: Counter[str] = Counter()
    for text in TEXTS:
        for size in range(1, ORDER + 1):
            found.update(text[i : i + size] for i in range(len(text) - size + 1))
    return Counter({g: n for g, n in found.items() if n >= LEAST[len(g) - 1]})


def plain(left: str, right: str) -> float:
    """Stupid backoff by dictionaries; counts are kept in sixteenths of their logarithm."""
    counts = counted()
    total = sum(map(len, TEXTS))

    def held(gram: str) -> float | None:
        return round(log(counts[gram]) * 16) / 16 if gram in counts else None

    def chance(gram: str) -> float:
        alone = held(gram[-1:])
        result = max(alone if alone is not None else -1, 0) - log(total)
        for size in range(2, len(gram) + 1):
            own, context = held(gram[-size:]), held(gram[-size:-1])
            result = own - (context if context is not None else -1) if own is not None else result + log(0.4)
        return max(result, -20)

    left = left[-REACH:].rjust(REACH, "\0")
    score = 0.0
    for k in range(min(REACH, len(right))):
        score += chance((left + right[: k + 1])[-ORDER:][:ORDER] if k + REACH + 1 > ORDER else left + right[: k + 1])
        score -= chance(right[: k + 1])
    return score


@given(st.text("渡船今早复航停茶园", min_size=0, max_size=6), st.text("渡船票两元茶农x", min_size=1, max_size=6))
def test_the_kernel_says_what_dictionaries_say(left: str, right: str) -> None:
    assert Seams.from_arrays(learn_seams(TEXTS)).score(left, right) == pytest.approx(plain(left, right), abs=1e-3)


def test_all_ends_with_all_beginnings(small: Seams) -> None:
    ends, beginnings = ["渡船今", "茶农", ""], ["早复航", "上山。", "票", ""]
    left = np.concatenate([before(encode(t), np.array([len(t)])) for t in ends])
    right = np.concatenate([after(encode(t), np.array([0])) for t in beginnings])
    found = small.scores(left, right)
    for i, end in enumerate(ends):
        for j, beginning in enumerate(beginnings):
            assert found[i, j] == pytest.approx(small.score(end, beginning), abs=1e-5)
    assert (found[:, -1] == 0).all(), "nothing comes after"
    both = small.along(left[[0, 1]], right[[0, 1]])
    assert both == pytest.approx([found[0, 0], found[1, 1]], abs=1e-5)


def test_places_within_a_text() -> None:
    codes = encode("甲乙丙")
    assert before(codes, np.array([0, 1, 3])).tolist() == [[0, 0, 0], [0, 0, ord("甲")], [ord(c) for c in "甲乙丙"]]
    assert after(codes, np.array([0, 2, 3])).tolist() == [[ord(c) for c in "甲乙丙"], [ord("丙"), 0, 0], [0, 0, 0]]


def test_hashes_of_grams_of_other_lengths_differ() -> None:
    grams = [encode("甲")[None], encode("甲甲")[None], encode("甲甲甲")[None]]
    assert len({int(hashes(g)[0]) for g in grams}) == 3


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        ("本报记者从望礁区渡口管理处获", "悉，新船票价不变。", "山，茶农们忙着采茶。"),
        ("据介绍，这座图书馆的藏书达到三", "万册，周末照常开放。", "采访时说，孩子们很高兴。"),
        ("這座圖書館的藏書達到三", "萬冊，週末照常開放。", "採訪時說，孩子們很高興。"),
    ],
)
def test_the_one_that_ships_knows_sense(left: str, right: str, wrong: str) -> None:
    def score(text: str) -> float:
        return load().seams.score(comparable(left), comparable(text))

    assert score(right) > score(wrong) + 1
