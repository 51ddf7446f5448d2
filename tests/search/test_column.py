"""What texts are compared by: what folds into one, what stays apart, and texts that no encoding likes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.search.column import Column, column, is_letter, letter_hashes

SAME_FORM = [
    ("船票两元，往返二十趟。", "船票两元,往返二十趟。"),  # width of punctuation
    ("第３版ＡＢｃ", "第3版abc"),
    ("GULL Point", "gull point"),
    ("café Ångström", "cafe angstrom"),
    ("霧角區議會", "雾角区议会"),
    ("　　柳垛镇的茶园\u3000", "柳垛镇的茶园"),
    ("柳垛镇\u00a0茶园", "柳垛镇 茶园"),
    ("①②", "12"),
    ("⾒面", "见面"),  # a radical for the character
]
SAME_LETTERS = [
    ("渡船，今早复航。", "渡船今早复航"),
    ("“渡船”（二号）——复航！", "渡船二号复航"),
    ("渡 船\n复 航", "渡船复航"),
    ("cafe\u0301", "café"),  # a mark of its own
]
APART = [
    ("渡船复航", "渡船停航"),
    ("3元", "4元"),
    ("が", "か"),  # a mark that makes another letter
    ("ば", "は"),
    ("㎡", "m2"),  # not one character for one
]


def form(text: str) -> str:
    return column([text]).text(0)


def letters(text: str) -> str:
    return column([text]).letters(np.array([0]))[0]


@pytest.mark.parametrize(("a", "b"), SAME_FORM)
def test_what_is_compared_as_the_same(a: str, b: str) -> None:
    assert form(a) == form(b)
    assert letters(a) == letters(b)


@pytest.mark.parametrize(("a", "b"), SAME_LETTERS)
def test_what_has_the_same_letters(a: str, b: str) -> None:
    assert form(a) != form(b) or a == b
    assert letters(a) == letters(b)
    both = column([a, b])
    hashes, counts = letter_hashes(both.units, both.offsets, is_letter())
    assert hashes[0].tolist() == hashes[1].tolist()
    assert counts[0] == counts[1] == len(letters(a))


@pytest.mark.parametrize(("a", "b"), APART)
def test_what_stays_apart(a: str, b: str) -> None:
    assert letters(a) != letters(b)


@given(st.lists(st.text(max_size=12), max_size=8))
def test_texts_come_out_one_by_one(texts: list[str]) -> None:
    found = column(texts)
    assert len(found) == len(texts)
    for i, text in enumerate(texts):
        assert found.text(i) == form(text)
        assert column([found.text(i)]).text(0) == found.text(i)  # folded once is folded
    assert found.letters(np.arange(len(texts))) == [letters(text) for text in texts]


@pytest.mark.parametrize("text", ["渡😀船", "𠮷野家", "a\ud800b", "\udfff", "", " ", "\u200b"])
def test_odd_characters(text: str) -> None:
    found = column(["前", text, "后"])
    assert (found.text(0), found.text(2)) == ("前", "后")
    assert len(found.letters(np.array([1]))[0]) == int(
        is_letter()[found.units[found.offsets[1] : found.offsets[2]]].sum()
    )


@given(st.lists(st.text("渡船复航，a", max_size=9), min_size=1, max_size=9), st.data())
def test_parts_and_choices(texts: list[str], data: st.DataObject) -> None:
    found = column(texts)
    first = data.draw(st.integers(0, len(texts)))
    last = data.draw(st.integers(first, len(texts)))
    chosen = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=6))
    assert _texts(found.part(first, last)) == [form(t) for t in texts[first:last]]
    assert _texts(found.take(np.array(chosen, dtype=np.int64))) == [form(texts[i]) for i in chosen]


def _texts(found: Column) -> list[str]:
    return [found.text(i) for i in range(len(found))]
