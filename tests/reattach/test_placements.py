"""Where passages go: a table from the sample pages (see raw/README.md), and the rules by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from unsplice.config import BOLDNESS, Config, ReattachConfig
from unsplice.model import Action, Page, Passage, Placement, Ref, Result, Role
from unsplice.reasons import CopyKind, Flag, Reason
from unsplice.reattach.page.decide import LEFT, _goal
from unsplice.reattach.page.headlines import Belonging
from unsplice.run import clean
from unsplice.text.sentences import breaks_off, starts_within

from tests.test_golden import RAW, result

LEAD = "本报讯 5月6日，青篱区竹器节在云箬乡开幕，来自六个乡镇的八十名篾匠带来了三百多件新作，开幕式持续到傍晚。"
MIDDLE = "竹器节的展台沿河摆了一里多长，篾匠褚望帆现场编了一只鱼篓，只用二十分钟，引来游客围观。"
END = "据竹器节筹备组统计，开幕当天共接待游客四千人次，篾匠们带来的竹器卖出近六百件。"
OTHER = "近日，鹭笛镇海塘加固工程完工，全长三公里的堤面加宽到六米，沿线二十户渔民的船坞也一并整修。"
TIDE = "海塘加固后，堤面可以抵御二十年一遇的风暴潮。鹭笛镇水利站站长计尔南说，渔民最担心的是每年八月的天文大潮。"


def row_at(page: str, line: int, found: Result) -> Placement:
    return next(r for r in found.placements if r.page == page and r.line == line and r.role)


def title_of(article: str | None, found: Result) -> str | None:
    return next(a.title for a in found.articles if a.id == article)


@pytest.mark.parametrize(
    ("page", "line", "title"),
    [
        ("2031-05-06_p01", 31, None),  # the beginning of a story without headline
        ("2031-05-06_p01", 35, None),
        ("2031-05-06_p02", 19, "市图书馆“城市书房”开到菜市场 买菜可顺手借书"),  # under the hospital's headline
        ("2031-05-06_p03", 21, "望礁区第九届龙舟邀请赛收桨 二十八支队伍竞渡"),  # under the headline below
    ],
)
def test_misplaced_passages_of_the_samples(page: str, line: int, title: str | None) -> None:
    row = row_at(page, line, result())
    assert row.action is Action.MOVED
    assert title_of(row.article, result()) == title


@pytest.mark.parametrize(
    ("page", "line", "kind", "kept"),
    [
        ("2031-05-06_p01", 68, CopyKind.EXACT, 22),
        ("2031-05-06_p01", 79, CopyKind.CONTAINED, 81),
        ("2031-05-06_p03", 56, CopyKind.NEAR, 5),
        ("2031-05-07_p01_gb18030", 63, CopyKind.CONTAINED, 44),
    ],
)
def test_copies_of_the_samples(page: str, line: int, kind: CopyKind, kept: int) -> None:
    row = row_at(page, line, result())
    assert (row.action, row.reason, row.copy_kind) == (Action.DUPLICATE, Reason.COPY, kind)
    assert row.survivor == row_at(page, kept, result()).ref


def test_tails_that_were_swapped_are_put_back_where_a_copy_proves_it() -> None:
    joined = [p for a in result().articles for p in a.paragraphs if len(p.sources) > 1]
    assert any("手机会震动一下" in p.text.replace("，", "") for p in joined)


def test_a_reprinted_story_is_one_article_with_two_sources() -> None:
    twice = [a for a in result().articles if a.title and a.title.startswith("汀桐首条陶瓷滤芯")]
    assert len(twice) == 1
    assert len({s.page for s in twice[0].sources}) == 2


def page_of(*lines: str) -> Result:
    return clean(["-"], stdin="\n\n".join(lines).encode())


def test_a_sound_page_stays_as_it_is() -> None:
    lines = ("青篱区竹器节开幕 三百件新作亮相", LEAD, MIDDLE, END, "鹭笛镇海塘加固完工 堤面加宽到六米", OTHER, TIDE)
    found = page_of(*lines)
    assert [a.title for a in found.articles] == [lines[0], lines[4]]
    assert [[p.text for p in a.paragraphs] for a in found.articles] == [[LEAD, MIDDLE, END], [OTHER, TIDE]]


def test_a_moved_passage_goes_back() -> None:
    found = page_of(
        "青篱区竹器节开幕 三百件新作亮相", LEAD, END, "鹭笛镇海塘加固完工 堤面加宽到六米", OTHER, MIDDLE, TIDE
    )
    by_title = {a.title: [p.text for p in a.paragraphs] for a in found.articles}
    assert MIDDLE in by_title["青篱区竹器节开幕 三百件新作亮相"]
    assert MIDDLE not in by_title["鹭笛镇海塘加固完工 堤面加宽到六米"]
    moved = next(r for r in found.placements if r.action is Action.MOVED)
    assert moved.evidence, "a move names the words that it was made by"
    assert moved.margin is not None
    assert moved.margin > 0


MOVED = ("青篱区竹器节开幕 三百件新作亮相", LEAD, END, "鹭笛镇海塘加固完工 堤面加宽到六米", OTHER, MIDDLE, TIDE)


def test_on_request_nothing_moves_and_all_is_flagged() -> None:
    found = clean(["-"], Config(reattach=ReattachConfig(move=False)), stdin="\n\n".join(MOVED).encode())
    assert all(r.action in (Action.KEPT, Action.BLANK) for r in found.placements)
    flagged = [r for r in found.placements if Flag.IN_DOUBT in r.flags]
    assert [found.pages[0].text[r.start : r.end] for r in flagged] == [MIDDLE]
    assert flagged[0].reason is Reason.LEFT_OTHER_HEADLINE


def test_who_is_bolder_moves_no_less() -> None:
    counts = []
    for boldness in BOLDNESS:
        config = Config(reattach=ReattachConfig(boldness=boldness))
        found = clean([str(RAW)], config) if config != Config() else result()
        counts.append(sum(r.action is Action.MOVED for r in found.placements))
    assert counts == sorted(counts)
    assert counts[0] > 0


def test_what_the_readme_shows() -> None:
    """The page at the head of README.md comes out as it says there."""
    found = clean([str(Path(__file__).parents[1] / "cases" / "readme.txt")])
    assert [(a.title, [p.text[:9] for p in a.paragraphs]) for a in found.articles] == [
        (
            "青篱区竹器节开幕 三百件新作亮相",
            ["本报讯 5月6日，", "竹器节的展台沿河摆", "据竹器节筹备组统计", "图为篾匠现场编鱼篓"],
        ),
        ("鹭笛镇海塘加固完工 堤面加宽到六米", ["近日，鹭笛镇海塘加", "海塘加固后，堤面可"]),
    ]


def test_a_record_s_title_is_the_headline_of_its_text() -> None:
    record = '{"title": "青篱区竹器节开幕 三百件新作亮相", "text": "' + LEAD + "\\n" + MIDDLE + '"}'
    found = clean(["-"], stdin=record.encode())
    assert [a.title for a in found.articles] == ["青篱区竹器节开幕 三百件新作亮相"]
    assert all(r.action in (Action.KEPT, Action.BLANK) for r in found.placements)


def test_text_without_any_headline_is_an_article_without_title() -> None:
    found = page_of(LEAD, MIDDLE, END)
    assert [a.title for a in found.articles] == [None]
    assert Flag.UNTITLED in found.articles[0].flags


def standing(chances: Sequence[float], host: int) -> Belonging:
    """One text with its probabilities, under the headline of a column."""
    return Belonging(np.zeros(1, dtype=bool), np.array([chances], dtype=np.float32), np.array([host]))


@pytest.mark.parametrize(
    ("chances", "host", "goal"),  # of three headlines, of none of them, of no story at all
    [
        ([0.9, 0.1, 0.0, 0.0, 0.0], 0, 0),
        ([0.3, 0.6, 0.0, 0.1, 0.0], 0, 0),  # not unlikely enough to belong where it stands
        ([0.1, 0.8, 0.0, 0.1, 0.0], 0, 1),
        ([0.1, 0.0, 0.1, 0.8, 0.0], 0, None),  # belongs to none
        ([0.1, 0.42, 0.4, 0.08, 0.0], 0, None),  # to one of two: set apart
        ([0.15, 0.14, 0.1, 0.11, 0.5], 0, 0),  # likeliest where it stands
        ([0.6, 0.2, 0.1, 0.1, 0.0], -1, 0),  # above the first headline
        ([0.4, 0.2, 0.1, 0.3, 0.0], -1, None),
    ],
)
def test_where_a_passage_goes(chances: Sequence[float], host: int, goal: int | None) -> None:
    found = standing(chances, host)
    assert _goal(found, 0, 0.2, ReattachConfig()).headline == goal
    kept, reason = _goal(found, 0, 0.2, ReattachConfig(move=False))
    assert kept == (host if host >= 0 else goal)
    assert host < 0 or (reason in LEFT.values()) == (goal != host)


def test_a_page_without_another_headline_has_nowhere_to_move_to() -> None:
    assert _goal(standing([0.1, 0.9, 0.0], 0), 0, 0.2, ReattachConfig()).headline is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这批竹器将在月底前送到各乡镇的展", True),
        ("这批竹器将在月底前送到各乡镇。", False),
        ("这批竹器将在月底前送到：", False),
        ("短句子", False),
        ("", False),
    ],
)
def test_what_breaks_off(text: str, expected: bool) -> None:
    assert breaks_off(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("厅，供人参观。", True), ("一、总则", False), ("“好。”他说。", False), ("", False)]
)
def test_what_may_start_within_a_sentence(text: str, expected: bool) -> None:
    assert starts_within(text) is expected


def test_a_page_of_headlines_alone_loses_nothing() -> None:
    found = page_of("青篱区竹器节开幕 三百件新作亮相", "鹭笛镇海塘加固完工 堤面加宽到六米")
    page: Page = found.pages[0]
    assert "".join(page.text[r.start : r.end] for r in found.placements) == page.text
    assert isinstance(found.placements[0].role, Role)


def test_passages_are_named_by_page_and_place() -> None:
    p = Passage("p", 10, 12, 4, "甲乙", Role.BODY)
    assert p.ref == Ref("p", 10)
