"""What texts are compared by: their letters alone, where each came from, and whether a sentence ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unsplice.text.forms import bigrams, closed, fold, fold_map, simplified

FOLDED = [
    ("“ＡＢＣ”， 第１届 开幕！", "abc第1届开幕"),
    ("柳垛镇\u3000今日 开渔。", "柳垛镇今日开渔"),
    ("柳垛镇\u200b今\ufeff日开渔", "柳垛镇今日开渔"),
    ("3.5%、1,200元、8:30—12:00", "351200元8301200"),
    ("ﾊﾝﾀﾞｲ ㎏ ①", "ハンダイkg1"),
    ("Salt_Wharf — Gull's Point", "saltwharfgullspoint"),
    ("cafe\u0301", "caf\u00e9"),
    ("圖書館", "圖書館"),
    ("霧角區\ufffd圖書館", "霧角區圖書館"),
    ("𠮷野家村", "𠮷野家村"),
    ("——……！？", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert not any(c.isspace() for c in fold(text))
    assert fold(f" {text}\n") == fold(text)


@given(st.text())
@example("“ＡＢＣ”， 第１届㎏ﬁ\u0130")
@example("I\u0307e\u0301ﾊﾞ")
def test_fold_map_knows_where_each_letter_came_from(text: str) -> None:
    letters, offsets = fold_map(text)
    assert letters == "".join(fold(c) for c in text)
    assert len(offsets) == len(letters)
    assert offsets == sorted(offsets)
    assert all(letter in fold(text[at]) for letter, at in zip(letters, offsets, strict=True))


@given(st.text(alphabet="青篱区公园第３届ＡＢ㎏， 。“”\u3000abc12"))
def test_fold_map_gives_what_fold_gives_where_no_characters_compose(text: str) -> None:
    assert fold_map(text)[0] == fold(text)


ENDS = [
    "路灯今晚全部亮了。",
    "真的亮了吗？",
    "亮了！",
    "亮了!",
    "亮了?",
    "“路灯今晚全部亮了。”",
    "（路灯今晚全部亮了。）",
    "「路燈今晚全部亮了。」",
    '"路灯亮了。"',
    "他说：“亮了”",
    "负责人介绍：",
    "负责人介绍:",
    "第一，路灯要亮；",
    "说到这里，他停住了……",
    "The lamps are lit.",
    "The lamps are lit tonight in Ward 3.",
    'He said, "They are lit."',
    "(The lamps are lit.)",
    "Are they lit?",
]
GOES_ON = [
    "路灯今晚",
    "路灯今晚，",
    "路灯、长椅、",
    "路灯（照片由街道提供）",
    "路灯今晚全部亮了。 ",
    "路灯今晚全部亮了。管如许 摄",
    "3.5",
    "，。，",
    "雨停了.",
    "The lamps are lit",
    "",
]


@pytest.mark.parametrize("text", ENDS)
def test_ends_as_a_sentence_ends(text: str) -> None:
    assert closed(text)


@pytest.mark.parametrize("text", GOES_ON)
def test_does_not_end(text: str) -> None:
    assert not closed(text)


def key(pair: str) -> int:
    return ord(pair[0]) << 21 | ord(pair[1])


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("潮潮潮潮")
@example("\U0010ffff\U0010ffff𠮷")
def test_bigrams_are_the_sorted_distinct_pairs(text: str) -> None:
    found = bigrams(text)
    assert found.dtype == np.uint64
    assert found.tolist() == sorted({key(text[i : i + 2]) for i in range(len(text) - 1)})


SIMPLER = [
    ("霧角區圖書館落成", "雾角区图书馆落成"),
    ("陽光與後巷", "阳光与后巷"),
    ("雾角区图书馆落成", "雾角区图书馆落成"),
    ("Gull Point 3:2", "Gull Point 3:2"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "simple"), SIMPLER)
def test_simplified(text: str, simple: str) -> None:
    assert simplified(text) == simple
