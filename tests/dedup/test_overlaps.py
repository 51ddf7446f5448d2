"""Passages that overlap become one paragraph, in which what they have in common stands once."""

from __future__ import annotations

from pathlib import Path

import pytest
from unsplice import clean
from unsplice.dedup.overlaps import LEAST, find_overlaps
from unsplice.model import Action, Copy, Role
from unsplice.reasons import CopyKind, Flag, Reason, in_words
from unsplice.text.forms import fold

from tests.batch import batch

WHOLE = (
    "柳垛镇的老茶场今年试种了三百亩抗寒新苗，眼下已经抽出第一轮嫩芽。茶农褟秀枝说，新苗比老苗早上市十天，每斤能多卖二十元，"
    "镇里明年打算把种植面积扩大到一千亩。请来的采茶工有四十多人，大多是附近村子里的妇女，一天能挣一百二十元。"
)
FIRST, THEN = WHOLE[:70], WHOLE[40:]  # thirty characters in common, the first broken off in mid-sentence
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐。船长匡海生开了三十年渡船，头一回在驾驶室里吹上了空调。"

OVERLAPPING = [
    [FIRST, THEN],
    [FIRST, FERRY, THEN],
    [THEN, FERRY, FIRST],  # in whatever order they stand
    [FIRST, "　　" + THEN.replace("，", ",")],
]
APART = [
    [FIRST, FERRY],
    [WHOLE[:62], WHOLE[58:]],  # fewer letters than a stock phrase
    [WHOLE[: WHOLE.index("。") + 1], WHOLE[4:]],  # the first ends its sentence: the next takes it up on purpose
    [FIRST, FIRST[40:]],  # all of it stands in the first: a piece, no overlap
    [FIRST, FIRST],
]


@pytest.mark.parametrize("texts", OVERLAPPING)
def test_the_end_of_one_is_the_beginning_of_the_other(texts: list[str]) -> None:
    passages = batch({"p1": texts})
    (found,) = find_overlaps(passages)
    then = passages.at(found.then)
    common = then.text[: found.end - then.start]
    assert fold(passages.at(found.first).text).endswith(fold(common))
    assert len(fold(common)) >= LEAST
    assert found.share == pytest.approx(len(fold(common)) / len(fold(then.text)), abs=1e-4)
    assert found.copy == Copy(found.then, found.first, CopyKind.OVERLAP, 1.0)


@pytest.mark.parametrize("texts", APART)
def test_what_does_not_overlap(texts: list[str]) -> None:
    assert find_overlaps(batch({"p1": texts})) == []


def test_passages_that_overlap_both_ways_go_round_in_no_circle(tmp_path: Path) -> None:
    refrain = "春天的茶园里采茶的姑娘们唱起了古老的歌谣山谷里回荡着"
    one = refrain + "清晨的雾气还没有散去，她们已经背着竹篓上山了，" + refrain
    two = refrain + "傍晚时分炊烟升起，孩子们在村口等着母亲回家，" + refrain
    assert len(find_overlaps(batch({"p1": [one, FERRY, two]}))) == 1
    (tmp_path / "page.txt").write_text("\n\n".join(["茶园里的歌声", one, FERRY, two]), encoding="utf-8")
    assert clean([str(tmp_path)]).articles


def test_only_bodies_of_one_page() -> None:
    assert find_overlaps(batch({"p1": [FIRST], "p2": [THEN]})) == []
    assert find_overlaps(batch({"p1": [(Role.CAPTION, FIRST), THEN]})) == []


def test_the_joined_text_survives(tmp_path: Path) -> None:
    lines = ["柳垛镇老茶场试种抗寒新苗 首轮嫩芽提前十天上市", FIRST, THEN]
    (tmp_path / "page.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    result = clean([str(tmp_path)])
    assert [p.text for a in result.articles for p in a.paragraphs] == [WHOLE]
    (dropped,) = [p for p in result.placements if p.action is Action.DUPLICATE]
    kept = next(p for p in result.placements if p.ref == dropped.survivor)
    assert (dropped.reason, dropped.copy_kind, dropped.similarity) == (Reason.COPY, CopyKind.OVERLAP, 1.0)
    assert (kept.line, in_words(dropped.reason, dropped.copy_kind, "page:3")) == (3, "repeats the end of page:3")
    rest = next(p for p in result.placements if p.start == dropped.end)
    assert [p.flags for p in (dropped, rest)] == [(), (Flag.BROKEN, Flag.OVERLAPPING)]
