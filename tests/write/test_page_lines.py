"""Which stories the lines beside them tell of."""

from __future__ import annotations

import pytest
from unsplice.model import Action, Role
from unsplice.write.page_lines import find_page_lines

from tests.builders import Scene

JUNK = {"action": Action.BOILERPLATE, "role": Role.BOILERPLATE}


def told(scene: Scene) -> dict[str, tuple[list[str], list[str]]]:
    lines = find_page_lines(scene.rows, scene.by_id)
    return {str(r.article): lines.of(str(r.article), r.page) for r in scene.rows if r.article}


def two_stories(*lines: str) -> Scene:
    """A page with lines before the first story, between the stories, and behind them."""
    scene = Scene()
    scene.page("p1")
    before, between, behind = lines
    if before:
        scene.row(before, **JUNK)
    for story, line in (("a", between), ("b", behind)):
        scene.row("标题", story, -1)
        scene.row("正文。", story, 0)
        if line:
            scene.row(line, **JUNK)
    return scene


def test_a_line_belongs_to_the_story_before_it() -> None:
    found = told(two_stories("", "责任编辑：毋晴", "来源：汀桐晚报"))
    assert found == {"a": (["责任编辑：毋晴"], []), "b": (["来源：汀桐晚报"], [])}


def test_a_line_below_the_headline_belongs_to_it() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    scene.row("来源：汀桐晚报", **JUNK)
    scene.row("正文。", "a", 0)
    assert told(scene) == {"a": (["来源：汀桐晚报"], [])}


def test_a_pages_head_tells_of_all_its_stories_wherever_it_stands() -> None:
    for lines in (
        ("第3版：要闻", "", ""),
        ("", "", "第3版：要闻"),
        ("", "第3版：要闻", ""),
        ("第3版：要闻", "第3版：要闻", ""),
    ):
        assert told(two_stories(*lines)) == {"a": ([], ["第3版：要闻"]), "b": ([], ["第3版：要闻"])}


def test_of_two_heads_each_tells_of_what_follows() -> None:
    assert told(two_stories("第3版", "第4版", "")) == {"a": ([], ["第3版"]), "b": ([], ["第4版"])}
    assert told(two_stories("", "第4版", "第5版")) == {"a": ([], []), "b": ([], ["第4版"])}


def test_what_stands_before_the_first_story_or_says_so_tells_of_all() -> None:
    both = ([], ["2031年5月6日", "本版责编 毋晴"])
    assert told(two_stories("2031年5月6日", "", "本版责编 毋晴")) == {"a": both, "b": both}


def test_a_head_tells_of_its_own_page_alone() -> None:
    scene = two_stories("第3版", "", "")
    scene.page("p2")
    scene.row("第4版", **JUNK)
    scene.row("另一段。", "a", 1)
    lines = find_page_lines(scene.rows, scene.by_id)
    assert [lines.of("a", page) for page in ("p1", "p2")] == [([], ["第3版"]), ([], ["第4版"])]


def test_a_passage_that_was_moved_away_has_no_lines_after_it() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    scene.row("正文。", "a", 0)
    scene.row("别处的正文。", "b", 0, action=Action.MOVED)
    scene.row("责任编辑：毋晴", **JUNK)
    assert told(scene) == {"a": (["责任编辑：毋晴"], []), "b": ([], [])}


def test_long_lines_and_pages_without_stories_tell_nothing() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("来源：汀桐晚报", **JUNK)
    scene.page("p2")
    scene.row("标题", "a", -1)
    scene.row("版权" * 101, **JUNK)
    assert told(scene) == {"a": ([], [])}


def below(*lines: str) -> list[str]:
    """The lines below a story that are about it."""
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    scene.row("正文。", "a", 0)
    for line in lines:
        scene.row(line, **JUNK)
    return told(scene)["a"][0]


OTHER, NEXT = "竹器节的账该怎么算", "老城墙要不要修旧如旧"


@pytest.mark.parametrize(
    ("lines", "own"),
    [
        ([OTHER, "2029-03-02 08:58", NEXT, "2029-03-01 14:40"], []),
        ([OTHER, "2029-03-02 08:58"], []),
        (["2029-03-02", OTHER, "2029-03-01", NEXT], []),
        (["2029/03/02 来源：汀桐网", OTHER, "2029/03/01 来源：青篱网"], []),
        (["来源：汀桐晚报", OTHER, "来源：青篱网 2029-03-01"], ["来源：汀桐晚报"]),
        (["2031-05-06 来源：汀桐晚报", "打印 关闭", OTHER], ["2031-05-06 来源：汀桐晚报", "打印 关闭"]),
        (["发布日期：2031-05-06", OTHER, "2029-03-02"], ["发布日期：2031-05-06"]),
        ([OTHER, "责任编辑：毋晴"], ["责任编辑：毋晴"]),
        ([OTHER, "責任編輯：陳晴"], ["責任編輯：陳晴"]),
        (["分享到朋友圈", "责任编辑：毋晴"], ["分享到朋友圈", "责任编辑：毋晴"]),
    ],
)
def test_the_days_and_sources_of_other_stories_are_not_its_own(lines: list[str], own: list[str]) -> None:
    assert below(*lines) == own


def test_lists_before_the_first_story_do_not_tell_its_day() -> None:
    scene = Scene()
    scene.page("p1")
    for line in ("2031年5月6日 星期二", "2029-03-02", "2029-03-01"):
        scene.row(line, **JUNK)
    scene.row("标题", "a", -1)
    scene.row("正文。", "a", 0)
    assert told(scene) == {"a": ([], ["2031年5月6日 星期二"])}


def test_a_line_between_headline_and_text_is_the_storys_whatever_follows() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    scene.row("2031-05-06", **JUNK)
    scene.row("正文。", "a", 0)
    for line in (OTHER, "2029-03-02", NEXT, "2029-03-01"):
        scene.row(line, **JUNK)
    assert told(scene) == {"a": (["2031-05-06"], [])}
