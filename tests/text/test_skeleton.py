"""The form of a line: the same for lines of one form, whatever their names, numbers and dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.text.skeleton import LONGEST, skeleton

SAME = [
    ("（记者 郦秋棠）", "(記者 褚望)"),
    ("5月12日 第3版", "12月1日 第14版"),
    ("2024年5月1日", "1月2日"),
    ("责任编辑：娄晴川", "责任编辑:管如"),
    ("By Mara Lind", "By Jon van der Meer"),
    ("浏览次数 1,024", "浏览次数 2,048"),
    ("案件编号：TMC 12/2031", "案件编号：QRA 7/2030"),
]
OTHER = [
    ("管如许 摄", "管如许 供图"),
    ("（管如许）", "（管如许"),
    ("责任编辑：娄晴川", "渡船昨日复航：娄晴川"),
    ("第3版", "3版"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_lines_of_one_form(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_lines_of_other_forms(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=200))
def test_any_line_has_a_form(text: str) -> None:
    form = skeleton(text)
    assert form == form.strip()
    assert not any(c.isdigit() and c not in "0" for c in form if c.isascii())
    assert form == skeleton(text[:LONGEST])
