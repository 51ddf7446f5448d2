"""Stories that go on on another page: the signs, and two pages with one."""

from __future__ import annotations

import pytest
from unsplice.model import Action, Result
from unsplice.reasons import Reason
from unsplice.reattach.batch.continued import breaks_to, goes_on
from unsplice.run import clean

from tests.reattach.test_placements import LEAD, MIDDLE, OTHER, TIDE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议还研究了其他事项。（下转第四版）", True),
        ("会议还研究了其他事项。(下转4版)", True),
        ("會議還研究了其他事項。（下轉A2版）", True),
        ("会议还研究了其他事项。【下转第 3 版】", True),
        ("他从一线下转到后方。", False),
        ("详见第四版报道。", False),
        ("", False),
    ],
)
def test_what_breaks_off_to_another_page(text: str, expected: bool) -> None:
    assert breaks_to(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（上接第一版）会后，代表们参观了灯塔。", True),
        ("(上接1版)", True),
        ("上接A01版 会后，代表们参观了灯塔。", True),
        ("（上接第一版會後，代表們參觀了燈塔。", False),  # nothing closes it
        ("上接力赛的孩子们排成一队。", False),
        ("“上接第一版”几个字印错了。", False),
        ("", False),
    ],
)
def test_what_goes_on_from_another_page(text: str, expected: bool) -> None:
    assert goes_on(text) is expected


FIRST = (
    "青篱区竹器节开幕 三百件新作亮相",
    LEAD,
    MIDDLE + "（下转第四版）",
    "鹭笛镇海塘加固完工 堤面加宽到六米",
    OTHER,
    TIDE,
)
REST = "竹器节的展台上，篾匠褚望帆还带来了一只三层竹篮，篾条细如发丝，青篱区的老篾匠们都围过来看，直说手艺后继有人。"


def two_pages(second: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "a1.txt").write_text("\n\n".join(FIRST), encoding="utf-8")
    (folder / "a4.txt").write_text("\n\n".join(second), encoding="utf-8")
    return clean([str(folder)])


def test_what_goes_on_elsewhere_comes_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = two_pages(
        (
            "（上接第一版）" + REST,
            "望礁区渡船复航",
            "望礁区的渡船今早复航，船票仍是两元，首日共送客三百人次，往返二十趟。",
        ),
        tmp_path_factory,
    )
    story = next(a for a in found.articles if a.title == FIRST[0])
    assert story.paragraphs[-1].text.endswith(REST)
    row = next(r for r in found.placements if r.page == "a4" and r.action is Action.MOVED)
    assert row.reason is Reason.CONTINUED


def test_a_headline_that_is_printed_again_is_the_same_story(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = two_pages((FIRST[0], "（上接第一版）" + REST), tmp_path_factory)
    story = [a for a in found.articles if a.title == FIRST[0]]
    assert len(story) == 1
    assert [p.text for p in story[0].paragraphs] == [LEAD, FIRST[2], "（上接第一版）" + REST]
