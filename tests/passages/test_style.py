"""What the pages of a group teach about one of them: forms that recur, habits, ends of paragraphs; itself left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.model import Role
from unsplice.passages.fused import tail_form, tails_of
from unsplice.passages.style import ROLES, STYLE_NAMES, TAIL_NAMES, Floats, Halves, Lines, Style, TailUse, lines_of

HEADLINE, BODY, SUBHEAD = "望礁区渡船复航", "砚江晚报讯（记者 郦秋棠）停航三个月的渡船昨日复航。", "老船换新"
Told = tuple[str, Role]


def read(page: Sequence[Told], sure: float = 0.9) -> tuple[Lines, Halves]:
    """The lines of a page, and probabilities as a first reading might give them."""
    chances = np.full((len(page), len(ROLES)), (1 - sure) / (len(ROLES) - 1), dtype=np.float16)
    for i, (_, role) in enumerate(page):
        chances[i, ROLES.index(role)] = sure
    return lines_of([text for text, _ in page]), chances


def column(rows: Floats, name: str) -> list[float]:
    return [float(x) for x in rows[:, STYLE_NAMES.index(name)]]


def story(number: int) -> list[Told]:
    """A story whose opening words recur on other pages, and nothing else of it."""
    return [
        (f"{chr(0x6E00 + 7 * number)}茶第{number}号开采", Role.HEADLINE),
        (
            f"砚江晚报讯（记者 {'褚望帆樊带娣匡海生'[number % 3 * 3 :][:3]}）{chr(0x4E00 + 97 * number) * 9}。",
            Role.BODY,
        ),
        (f"{chr(0x5E00 + 83 * number) * 12}。", Role.BODY),
    ]


def test_the_opening_words_of_the_house_stand_below_headlines() -> None:
    pages = [read(story(k)) for k in range(6)]
    rows = Style(pages).features(*pages[0])
    assert column(rows, "opening_pages") == pytest.approx([0, np.log1p(5), 0], abs=0.01)
    assert column(rows, "opening_after_headline")[1] == pytest.approx(0.9, abs=0.01)
    # What stands above them is likely to be a headline, whatever it looks like.
    assert column(rows, "next_opening_after_headline")[0] == pytest.approx(0.9, abs=0.01)
    assert column(rows, "next_opening_after_headline")[2] == 0


def test_a_line_of_names_recurs_in_its_form() -> None:
    names = ("管如许", "娄晴川", "蒲一苇", "匡海生")
    pages = [read([*story(k), (f"（统筹：{name}）", Role.BOILERPLATE)]) for k, name in enumerate(names)]
    rows = Style(pages).features(*pages[0])
    assert column(rows, "line_pages")[-1] == 0  # its words are on no other page
    assert column(rows, "form_pages")[-1] == pytest.approx(np.log1p(3), abs=0.01)
    assert column(rows, "form_boilerplate")[-1] == pytest.approx(0.9, abs=0.01)


def test_habits_are_those_of_the_other_pages() -> None:
    pages = [read(story(k)) for k in range(5)]
    rows = Style(pages).features(*pages[0])
    assert column(rows, "group_pages") == pytest.approx([np.log1p(4)] * 3)
    assert column(rows, "headlines")[0] == pytest.approx(
        0.9 + 2 * 0.02, abs=0.01
    )  # a page has one, and two other lines
    assert column(rows, "headlines_closed")[0] < 0.1 < 0.9 < column(rows, "body_closed")[0]


def test_a_page_alone_has_no_style() -> None:
    page = read(story(1))
    assert not Style([page]).features(*page).any()


lines = st.tuples(
    st.sampled_from([HEADLINE, BODY, SUBHEAD, "（统筹：管如许）", "By Mara Lind", "5月6日 第3版"]),
    st.sampled_from(ROLES),
)
made = st.lists(st.lists(lines, min_size=1, max_size=5), min_size=2, max_size=5)


@given(made, st.lists(st.sampled_from(ROLES), min_size=5, max_size=5))
def test_a_page_is_left_out_of_what_it_is_judged_by(pages: list[list[Told]], other: list[Role]) -> None:
    """Whatever the first reading made of the page itself: its own lines are judged by the other pages."""
    first = [read(page) for page in pages]
    again = read([(text, role) for (text, _), role in zip(pages[0], other, strict=False)])
    rows = Style(first).features(*first[0])
    changed = Style([again, *first[1:]]).features(*again)
    assert rows.shape == (len(pages[0]), len(STYLE_NAMES))
    np.testing.assert_allclose(rows, changed, atol=2e-3)


@given(made)
def test_the_order_of_the_pages_does_not_matter(pages: list[list[Told]]) -> None:
    first = [read(page) for page in pages]
    rows, back = (Style(each).features(*first[0]) for each in (first, first[::-1]))
    np.testing.assert_allclose(rows, back, atol=2e-3)


def test_ends_of_paragraphs_and_lines_of_their_own() -> None:
    text = "停航三个月的望礁区渡船昨日复航，首日共往返二十趟。"
    pages = [tails_of([text + f"（{name}）", f"{name} 摄"]) for name in ("管如许", "娄晴川", "蒲一苇")]
    pages.append(tails_of([text + "管如许 摄"]))
    use = TailUse(pages)
    credit = use.of(pages[0])[tail_form("（管如许）")]
    assert dict(zip(TAIL_NAMES, credit, strict=True)) == pytest.approx(
        {"fused_pages": np.log1p(2), "fused_share": 2 / 3, "alone_pages": 0, "alone_share": 0}
    )
    photo = use.of(pages[3])[tail_form("管如许 摄")]
    assert dict(zip(TAIL_NAMES, photo, strict=True)) == pytest.approx(
        {"fused_pages": 0, "fused_share": 0, "alone_pages": np.log1p(3), "alone_share": 1}
    )
