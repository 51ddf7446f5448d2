"""Swapped tails: cut where an intact copy proves it, and nowhere else."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.batch import Batch
from unsplice.config import DedupConfig
from unsplice.dedup.evidence import find_evidence
from unsplice.dedup.splices import LEAST, REST, Splice, find_splices
from unsplice.model import Passage, Role
from unsplice.models import load
from unsplice.reasons import Flag

from tests.batch import Lines, batch

CONFIG, MODELS = DedupConfig(), load()
TEA = "砚北县的茶园抽出头一轮嫩芽，茶农褟秀枝说，今年的春茶比往年早上市十天，收购价也涨了两成。"
FERRY = "望礁区的渡船今早复航，船长匡海生说，往返蚝坪村的船票仍是两元，学生凭证可以免票乘坐。"
BRIDGE = "盐埠街道的三座旧桥昨天修好，工程师蒲一苇说，桥面加宽了一米，推婴儿车的人也能走了。"
TEA_CUT, FERRY_CUT = TEA.index("往年"), FERRY.index("票仍")
CROSSED = [TEA[:TEA_CUT] + FERRY[FERRY_CUT:], FERRY[:FERRY_CUT] + TEA[TEA_CUT:]]


def places(pages: dict[str, Lines]) -> list[tuple[str, str]]:
    """Each splice as the two texts that it says are one paragraph."""
    passages = batch(pages)
    found = []
    for s in find_splices(passages, MODELS.lexicon):
        first, then = passages.at(s.first), passages.at(s.then)
        found.append((first.text[: s.first_end - first.start], then.text[s.then_start - then.start :]))
    return found


WHOLE = [
    # the intact copy proves where both are cut: what is left of them makes the other paragraph
    ({"p1": CROSSED, "p2": [TEA]}, [(FERRY[:FERRY_CUT], FERRY[FERRY_CUT:])]),
    ({"p1": CROSSED, "p2": [FERRY]}, [(TEA[:TEA_CUT], TEA[TEA_CUT:])]),
    ({"p1": [CROSSED[0], BRIDGE, CROSSED[1]], "p2": [BRIDGE, TEA]}, [(FERRY[:FERRY_CUT], FERRY[FERRY_CUT:])]),
    ({"p1": [*CROSSED, TEA]}, [(FERRY[:FERRY_CUT], FERRY[FERRY_CUT:])]),
    ({"p1": CROSSED, "p2": [TEA, TEA], "p3": [TEA]}, [(FERRY[:FERRY_CUT], FERRY[FERRY_CUT:])]),
    # typed otherwise, in width and white space
    ({"p1": CROSSED, "p2": [TEA.replace("，", ",")]}, [(FERRY[:FERRY_CUT], FERRY[FERRY_CUT:])]),
]


@pytest.mark.parametrize(("pages", "expected"), WHOLE)
def test_an_intact_copy_proves_the_cut(pages: dict[str, Lines], expected: list[tuple[str, str]]) -> None:
    assert places(pages) == expected


STOCK = "据青篱区政府新闻办公室昨天通报，"
NOTHING: list[dict[str, Lines]] = [
    {},
    {"p1": CROSSED},  # no copy
    {"p1": CROSSED, "p2": [BRIDGE]},
    {"p1": [TEA, FERRY], "p2": [TEA, FERRY]},  # nothing crossed
    {"p1": [CROSSED[0]], "p2": [CROSSED[1]], "p3": [TEA]},  # not on one page
    {"p1": [STOCK + TEA, STOCK + FERRY], "p2": [STOCK + BRIDGE]},  # a stock phrase at the beginning
    {"p1": [TEA + "详情请看明天的报纸。", FERRY + "详情请看明天的报纸。"], "p2": [BRIDGE + "详情请看明天的报纸。"]},
    {"p1": [STOCK + TEA + "详情请看明天的报纸。", STOCK + FERRY], "p2": [STOCK + BRIDGE + "详情请看明天的报纸。"]},
    {"p1": [TEA[: LEAST - 2] + FERRY[FERRY_CUT:], FERRY[:FERRY_CUT] + TEA[LEAST - 2 :]], "p2": [TEA]},  # too little
    {"p1": [*CROSSED, BRIDGE[:20] + TEA[TEA_CUT:]], "p2": [TEA]},  # two that the tail may come from
    {"p1": [(Role.HEADLINE, CROSSED[0]), (Role.CAPTION, CROSSED[1])], "p2": [TEA]},
]


@pytest.mark.parametrize("pages", NOTHING)
def test_nothing_is_cut_without_proof(pages: dict[str, Lines]) -> None:
    assert places(pages) == []


def test_a_cut_lies_within_a_sentence() -> None:
    """Where both break at a mark of punctuation, an author may have written it so."""
    a, b = TEA.index("茶农"), FERRY.index("船长")
    assert places({"p1": [TEA[:a] + FERRY[b:], FERRY[:b] + TEA[a:]], "p2": [TEA]}) == []


def test_with_both_paragraphs_intact_the_pair_that_reads_better_stays() -> None:
    """Each pair could be the other one crossed, but nobody writes of a "上生" and a "学市"."""
    a, b = TEA.index("市十天"), FERRY.index("生凭证")
    crossed = [TEA[:a] + FERRY[b:], FERRY[:b] + TEA[a:]]
    for pages in ({"p1": crossed, "p2": [TEA, FERRY]}, {"p1": [TEA, FERRY], "p2": crossed}):
        assert places(pages) == [(FERRY[:b], FERRY[b:])]
    assert places({"p1": crossed, "p2": [TEA], "p3": [FERRY]}) in ([(FERRY[:b], FERRY[b:])], [(TEA[:a], TEA[a:])])


def test_where_both_pairs_read_well_all_are_left() -> None:
    tea = "砚北县的茶园抽出头一轮嫩芽之后，镇长昨天上午请来了收茶的客商，当场签下三份订单。"
    ferry = "望礁区的渡船今早在锣鼓声里复航，区长昨天上午请来了造船的师傅，逐一查看六条船底。"
    a, b = tea.index("请来"), ferry.index("请来")
    crossed = [tea[: a + 3] + ferry[b + 3 :], ferry[: b + 3] + tea[a + 3 :]]
    assert places({"p1": crossed, "p2": [tea, ferry]}) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_input_does_not_matter(seed: int) -> None:
    pages = batch({"p1": CROSSED, "p2": [TEA], "p3": CROSSED})
    expected = find_splices(pages, MODELS.lexicon)
    assert len(expected) == 2
    shuffled = list(pages.pages.items())
    random.Random(seed).shuffle(shuffled)
    assert find_splices(Batch(dict(shuffled)), MODELS.lexicon) == expected


def check_cut(before: tuple[Passage, ...], after: tuple[Passage, ...], text: str) -> None:
    assert all(p.text == text[p.start : p.end] for p in after)
    assert "".join(p.text for p in after) == "".join(p.text for p in before)
    assert [p.start for p in after] == sorted({p.start for p in after})


def test_a_cut_keeps_text_and_spans() -> None:
    passages = batch({"p1": [(Role.HEADLINE, "茶园与渡船"), CROSSED[0], BRIDGE, CROSSED[1]], "p2": [TEA]})
    own = passages.pages
    found, evidence = find_evidence(passages, CONFIG, MODELS)
    after = found.pages
    check_cut(own["p1"], after["p1"], "\n\n".join(p.text for p in own["p1"]))
    assert after["p2"] == own["p2"]
    assert [p.text for p in after["p1"]] == [
        "茶园与渡船", TEA[:TEA_CUT], FERRY[FERRY_CUT:], BRIDGE, FERRY[:FERRY_CUT], TEA[TEA_CUT:],
    ]  # fmt: skip
    spliced = (Flag.SPLICED,)
    assert [p.flags for p in after["p1"]] == [(), spliced, spliced, (), spliced, spliced]
    assert [p.line for p in after["p1"]] == [1, 3, 3, 5, 7, 7]
    head, tail = after["p1"][4], after["p1"][2]
    assert evidence.continues == {head.ref: tail.ref}


def test_without_splices_pages_are_as_they_were() -> None:
    passages = batch({"p1": CROSSED})
    found, evidence = find_evidence(passages, CONFIG, MODELS)
    assert found.pages == passages.pages
    assert evidence.continues == {}


@settings(max_examples=50)
@example(27, 17, False)  # both go on with one letter, the one behind a comma
@given(st.integers(LEAST, len(TEA) - LEAST - 2), st.integers(LEAST, len(FERRY) - LEAST - 2), st.booleans())
def test_any_cut_is_found_or_left(a: int, b: int, tea: bool) -> None:
    """Wherever the two were crossed, what is found is right."""
    crossed = [TEA[:a] + FERRY[b:], FERRY[:b] + TEA[a:]]
    passages = batch({"p1": crossed, "p2": [TEA if tea else FERRY]})
    splices = find_splices(passages, MODELS.lexicon)
    inside = all(text[at - 1 : at + 1].isalpha() for text, at in ((TEA, a), (FERRY, b)))
    if inside and min(a, b, len(TEA) - a - 1, len(FERRY) - b - 1) >= LEAST + REST:
        assert len(splices) == 1
    for splice in splices:
        assert isinstance(splice, Splice)
        found, evidence = find_evidence(passages, CONFIG, MODELS)
        ((head, tail),) = evidence.continues.items()
        assert found.at(head).text + found.at(tail).text in (TEA, FERRY)
        check_cut(passages.pages["p1"], found.pages["p1"], "\n\n".join(crossed))
