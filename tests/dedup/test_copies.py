"""Which passages are copies of which: typing errors are, other values are not; the best one stays."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.batch import Batch
from unsplice.config import DedupConfig
from unsplice.dedup.copies import find_copies, same_texts
from unsplice.dedup.repetition import is_piece
from unsplice.model import Copy, Role
from unsplice.models import load
from unsplice.reasons import CopyKind
from unsplice.search.column import column
from unsplice.text.forms import fold

from tests.batch import batch
from tests.pages import damaged

CONFIG, MODELS = DedupConfig(), load()
TEA = "柳垛镇的老茶场今年试种了三百亩抗寒新苗，眼下已经抽出第一轮嫩芽。"
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐。"
PARK = "青篱区昨日开放了六处口袋公园。公园里装了长椅和饮水机，夜里也亮着灯。"
READING = "区里的图书馆周末开放，附近居民凭身份证可借书五本，孩子也能在楼下的绘本角听故事，"

SAME = [
    (TEA, TEA.replace("已经", "己经")),
    (TEA, TEA.replace("抽出", "抽")),
    (TEA, TEA.replace("抽出", "抽出出")),
    (TEA, TEA.replace("已经", "己经").replace("抽出", "抽")),
    (TEA, TEA.replace("，", " ,").replace("。", "")),
    (TEA.replace("三百", "300"), TEA.replace("三百", "３００")),
    (FERRY, FERRY.replace("免票", "兔票")),
    (FERRY, FERRY.replace("学生", "学牛")),
    (FERRY, FERRY.replace("渡船", "渡般")),
    (FERRY, FERRY.replace("区的", "区")),
    (FERRY, FERRY.replace("渡船", "渡\ufffd船")),
    (FERRY, FERRY.replace("往返", "往 返")),
    ("霧角區議會期待多年的新公共圖書館昨日舉行落成典禮。", "霧角區議會期待多年的新公共圖書館咋日舉行落成典禮。"),
    ("The ferry to Gull Point runs all day, and it is free.", "The fery to Gull Point runs all day, and it is free."),
    # one says more than the other, and neither says what the other doesn't
    (PARK + "附近的孩子放学后常来玩耍。", PARK),
]  # fmt: skip
WEATHER = "据气象台预报，柳垛镇5月6日白天多云，夜间有小雨，偏南风二到三级，最低气温19度，最高气温26度。"
PRICE = "农贸市场的青菜均价为每公斤2.6元，比上周下降0.2元，货源充足。"
RESULT = "蚝坪村队以三比二战胜盐埠街道队，晋级下周六的决赛。"
POST = "任命褚望帆为青篱区教育局副局长，试用期一年，自下月起算。"
DIFFERENT = [
    (WEATHER, WEATHER.replace("6日", "7日").replace("19", "18").replace("26", "24")),
    (WEATHER, WEATHER.replace("26度", "28度")),
    (WEATHER, WEATHER.replace("19度", "9度")),
    (WEATHER, WEATHER.replace("柳垛镇", "鹭笛镇")),
    (WEATHER, WEATHER.replace("小雨", "大雪")),
    (PRICE, PRICE.replace("青菜", "萝卜").replace("2.6", "3.8")),
    (PRICE, PRICE.replace("下降", "上升")),
    (RESULT, RESULT.replace("三比二", "四比二")),
    (RESULT, RESULT.replace("下周六", "下周五")),
    (RESULT, "盐埠街道队以三比二战胜蚝坪村队，晋级下周六的决赛。"),
    (POST, POST.replace("褚望帆", "郦秋棠")),
    (POST, POST.replace("教育", "交通")),
    ("会议于3月5日上午在青篱区文化馆三楼召开。", "会议于3月15日上午在青篱区文化馆三楼召开。"),
    ("中心小学获得男子组第一名，颁奖仪式将于周五下午举行。", "中心小学获得女子组第一名，颁奖仪式将于周五下午举行。"),
    ("本周一至周三停水，请渔歌里的住户提前储水备用。", "本周二至周四停水，请渔歌里的住户提前储水备用。"),
    ("书房每周一闭馆，其余日子开到晚上十点，借书不收押金。", "书房每周一闭馆，其余日子开到晚上十点，借书要收押金。"),
    ("Gull Point won 3-2 against Salt Wharf on Saturday.", "Gull Point won 4-2 against Salt Wharf on Saturday."),
    # each has a phrase of its own, whatever letters the two have in common by chance
    (READING + "开馆前要先到门口取号排队。", READING + "到馆后请把随身的包放进柜子。"),
    (READING + "全场的观众从座位上跳了起来。", READING + "他说夜场来的人目标明确，问得也细。"),
]  # fmt: skip


def same_text(a: str, b: str) -> bool:
    one, other = (column([a, b]).letters(np.array([k])) for k in (0, 1))
    return bool(same_texts(one, other, MODELS.bigrams)[0])


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_but_for_slips_of_the_pen(a: str, b: str) -> None:
    assert same_text(a, b)
    assert same_text(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_what_says_something_else_is_no_copy(a: str, b: str) -> None:
    assert not same_text(a, b)
    assert not same_text(b, a)
    assert find_copies(batch({"p1": [a], "p2": [b]}), CONFIG, MODELS) == []


PIECES = [
    ("青篱区昨日开放了六处口袋公园。", PARK),  # whole sentences
    ("青篱区昨日开放了六处口袋公园。公园里装了长", PARK),  # breaks off within a word
    ("青篱区昨日开放了六处口袋公园。公园里装了长……", PARK),
    ("处口袋公园。公园里装了长椅和饮水机，夜里也亮着灯。", PARK),  # sets in within a word
    ("园里装了长椅和饮水机，夜里也亮着灯。", PARK),
    ("The ferry to Gull Point runs all d", "The ferry to Gull Point runs all day, and pupils travel free."),
]
NO_PIECES = [
    ("青篱区昨日开放了六处口袋公园", PARK),  # a headline or subhead
    ("公园里装了长椅和饮水机，夜里也亮着灯。", PARK),  # a sentence said again
    ("夜里也亮着灯，公园里人多。", "公园里人多，夜里也亮着灯，公园里人多。"),  # a clause
    ("处口袋公园。公园里装了长椅和饮", PARK),  # cut off at both ends: of which?
    ("“公园里装了长椅和饮水机。”", "区长昨日说“公园里装了长椅和饮水机。”大家听了高兴。"),
    ("公园里装了长椅和饮水机。", "区长昨日说“公园里装了长椅和饮水机。”大家听了高兴。"),
    ("青篱区昨日开放了六处口袋公园，", PARK.replace("。", "，")),
]


@pytest.mark.parametrize(("piece", "whole"), PIECES)
def test_a_piece_is_cut_off_where_no_author_ends(piece: str, whole: str) -> None:
    at = fold(whole).find(fold(piece))
    assert at >= 0
    assert is_piece(piece, whole, at)


@pytest.mark.parametrize(("piece", "whole"), NO_PIECES)
def test_what_authors_set_apart_is_no_piece(piece: str, whole: str) -> None:
    at = fold(whole).find(fold(piece))
    assert at >= 0
    assert not is_piece(piece, whole, at)


def test_characters_that_compose_do_no_harm() -> None:
    odd = "I\u0307"  # one letter, which is two when folded, and a mark dropped when folded by itself
    assert find_copies(batch({"p1": [FERRY + odd * 41, odd * 20 + "。"]}), CONFIG, MODELS) == []


@pytest.mark.parametrize("before", ["天", "𠀀", "😀", "㎡"])
def test_rare_characters_before_a_piece(before: str) -> None:
    whole = before * 14 + PARK
    assert len(find_copies(batch({"p1": [whole], "p2": [PARK[PARK.index("处口袋") :]]}), CONFIG, MODELS)) == 1


def copies(pages: dict[str, list[str | tuple[Role, str]]]) -> dict[str, tuple[str, CopyKind]]:
    """{copy: (survivor, kind)}, each named page:index."""
    found = batch(pages)
    at = {p.ref: f"{page}:{k}" for page, own in found.pages.items() for k, p in enumerate(own)}
    return {at[c.passage]: (at[c.survivor], c.kind) for c in find_copies(found, CONFIG, MODELS)}


def test_exact_copies_point_to_the_first() -> None:
    found = copies({"p1": [FERRY, TEA], "p2": [TEA], "p3": ["　" + TEA.replace("，", ",")]})
    assert found == {"p2:0": ("p1:1", CopyKind.EXACT), "p3:0": ("p1:1", CopyKind.EXACT)}


def test_the_less_damaged_of_near_copies_stays() -> None:
    damaged_one = TEA.replace("已经", "己经").replace("嫩芽", "嫩牙")
    assert copies({"p1": [damaged_one], "p2": [TEA]}) == {"p1:0": ("p2:0", CopyKind.EDITED)}
    assert copies({"p1": [TEA], "p2": [damaged_one]}) == {"p2:0": ("p1:0", CopyKind.EDITED)}
    unread = TEA.replace("茶", "\ufffd")
    assert copies({"p1": [unread], "p2": [TEA]}) == {"p1:0": ("p2:0", CopyKind.EDITED)}


def test_the_most_complete_stays() -> None:
    stub = PARK[: PARK.index("长椅") + 1]
    assert copies({"p1": [stub], "p2": [FERRY], "p3": [PARK]}) == {"p1:0": ("p3:0", CopyKind.CONTAINED)}
    tail = PARK[PARK.index("处口袋") :]
    found = copies({"p1": [stub], "p2": [tail], "p3": [PARK], "p4": [PARK]})
    assert found == {
        "p1:0": ("p3:0", CopyKind.CONTAINED),
        "p2:0": ("p3:0", CopyKind.CONTAINED),
        "p4:0": ("p3:0", CopyKind.EXACT),
    }


def test_the_one_found_most_often_stays_of_equals() -> None:
    other = TEA.replace("三百亩", "三百亩亩")
    found = copies({"p1": [other], "p2": [TEA], "p3": [TEA], "p4": [TEA.replace("抽出", "抽出出"), TEA]})
    assert {survivor for survivor, _ in found.values()} == {"p2:0"}


def test_similarity_says_how_much_is_there() -> None:
    found = find_copies(batch({"p1": [PARK, PARK[:20], TEA, TEA.replace("已经", "己经"), TEA]}), CONFIG, MODELS)
    first, near, exact = found
    assert (first.kind, near.kind, exact.kind) == (CopyKind.CONTAINED, CopyKind.EDITED, CopyKind.EXACT)
    assert first.similarity == 1, "all of it stands in the survivor, however much more that says"
    assert 0.9 < near.similarity < 1
    assert exact.similarity == 1


def test_of_a_mistyped_piece_the_similarity_is_the_share_that_stands_in_the_whole() -> None:
    whole = PARK + "附近的孩子放学后常来玩耍。园林工人每周修剪两次草坪，社区还请来志愿者照看花圃。"
    piece = whole[: whole.index("附近") + 1].replace("昨日", "咋日")
    (found,) = find_copies(batch({"p1": [whole, piece]}), CONFIG, MODELS)
    assert found.kind is CopyKind.CONTAINED
    assert found.similarity == pytest.approx(1 - 1 / len(fold(piece)), abs=1e-4)


def test_short_lines_recur_by_right() -> None:
    assert copies({"p1": [(Role.SUBHEAD, "多方联动"), TEA], "p2": [(Role.SUBHEAD, "多方联动"), FERRY]}) == {}
    assert (
        copies({"p1": [(Role.BYLINE, "本报记者 郦秋棠 通讯员 褚望帆"), TEA, "请看下文。", FERRY, "请看下文。"]}) == {}
    )


def test_short_lines_go_where_the_run_goes_that_they_stand_in() -> None:
    run: list[str | tuple[Role, str]] = [(Role.BYLINE, "本报记者 郦秋棠"), TEA, (Role.CAPTION, "管如许 摄")]
    found = copies({"p1": [*run, FERRY], "p2": [PARK, *run]})
    assert found == {f"p2:{i + 1}": (f"p1:{i}", CopyKind.EXACT) for i in range(3)}


def test_headlines_and_boilerplate_are_not_compared() -> None:
    for role in (Role.HEADLINE, Role.BOILERPLATE, Role.BYLINE):
        assert copies({"p1": [(role, TEA)], "p2": [(role, TEA)]}) == {}
    line = (Role.HEADLINE, "茶场试种新苗")
    assert copies({"p1": [line, TEA], "p2": [line, TEA]}) == {"p2:1": ("p1:1", CopyKind.EXACT)}


def test_a_chain_is_no_cluster() -> None:
    """What is like a copy, but not like what that is a copy of, stays: every copy has an edge to its survivor."""
    letters = list(TEA.replace("，", "") * 2)
    chain = []
    for step in range(12):
        letters[3 * step + 2] = "囵囫囹囿圄圉圊圜圩圪圯圮"[step]
        chain.append("".join(letters))
    passages = batch({f"p{i:02d}": [text] for i, text in enumerate(chain)})
    found = find_copies(passages, CONFIG, MODELS)
    text = {p.ref: fold(p.text) for p in passages}
    assert 0 < len(found) < len(chain) - 1
    assert all(same_text(text[c.passage], text[c.survivor]) and c.similarity >= CONFIG.near for c in found)


WORDS = st.sampled_from([TEA, FERRY, PARK, WEATHER])
TEXTS = st.builds(lambda text, a, b: text[a:b] + "。", WORDS, st.integers(0, 30), st.integers(8, 60)) | WORDS
LINES = st.tuples(st.sampled_from([Role.BODY, Role.BODY, Role.CAPTION, Role.BYLINE, Role.HEADLINE]), TEXTS)


def check(passages: Batch, found: list[Copy]) -> None:
    """What holds for any copies: each stands once, in order, and survivors stay."""
    keys = {p.ref for p in passages}
    gone = [c.passage for c in found]
    assert gone == sorted(set(gone))
    assert {c.survivor for c in found} <= keys - set(gone)
    assert set(gone) <= keys
    assert all(0 < c.similarity <= 1 for c in found)


@settings(max_examples=60)
@given(st.lists(st.lists(LINES, max_size=5), max_size=4), st.randoms(use_true_random=False))
@example(
    [[(Role.BODY, TEA), (Role.BYLINE, "甲")], [(Role.BODY, TEA), (Role.BYLINE, "甲"), (Role.BODY, TEA)]],
    random.Random(1),
)
def test_survivors_stay_and_the_order_of_input_does_not_matter(
    pages: list[list[tuple[Role, str]]], rng: random.Random
) -> None:  # fmt: skip
    passages = batch({f"p{i}": lines for i, lines in enumerate(pages)})
    found = find_copies(passages, CONFIG, MODELS)
    check(passages, found)
    mixed = list(passages.pages.items())
    rng.shuffle(mixed)
    assert find_copies(Batch(dict(mixed)), CONFIG, MODELS) == found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_made_pages(seed: int) -> None:
    """What was made a copy is mostly found, and what was not is no copy of another story's text."""
    made = damaged(seed, pages=12)
    passages = batch({page.name: [(line.role, line.text) for line in page.lines] for page in made.pages})
    truth = [line for page in sorted(made.pages, key=lambda page: page.name) for line in page.lines]
    found = find_copies(passages, CONFIG, MODELS)
    check(passages, found)
    story = {p.ref: {part.story for part in line.parts} for p, line in zip(passages, truth, strict=True)}
    assert all(story[c.passage] & story[c.survivor] for c in found)
    gone = {c.passage for c in found} | {c.survivor for c in found}
    long = [
        p for p, line in zip(passages, truth, strict=True)
        if line.copy and line.role is Role.BODY and len(fold(p.text)) >= 25
    ]  # fmt: skip
    assert sum(p.ref in gone for p in long) >= 0.8 * len(long) > 4
