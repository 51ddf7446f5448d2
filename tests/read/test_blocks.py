"""Lines of credits, whose elements only a style sheet sets apart."""

from __future__ import annotations

import pytest
from unsplice.read.markup.blocks import blocks
from unsplice.read.markup.tree import parse


def lines(body: str) -> list[str]:
    root = parse(f"<html><body><div>{body}</div></body></html>")
    assert root is not None
    return [block.text for block in blocks(root)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<span>2031-05-06</span><span>汀桐晚报</span><span>郦秋棠</span>", "2031-05-06 汀桐晚报 郦秋棠"),
        ("<em>2031年5月6日</em><a href='/'>汀桐网</a><i>郦秋棠</i>", "2031年5月6日 汀桐网 郦秋棠"),
        ("<span><b>2031.05.06</b></span><span><b>汀桐晚报</b></span>", "2031.05.06 汀桐晚报"),
        ("<span>２０３１／５／６</span><!-- x --><span>霧角日報</span>", "２０３１／５／６ 霧角日報"),
        ("<span>2031-05-06 08:30</span><img src='x'><span>汀桐晚报</span>", "2031-05-06 08:30 汀桐晚报"),
        ("<span>来源：汀桐晚报</span><span>作者：郦秋棠</span>", "来源：汀桐晚报 作者：郦秋棠"),
        ("<span>來源：霧角日報</span><span>記者：陳秋棠</span>", "來源：霧角日報 記者：陳秋棠"),
        ("<span>来源：</span><span>汀桐晚报</span>", "来源： 汀桐晚报"),
        ("<span>本报记者</span><span>郦秋棠</span><span>褚望帆</span>", "本报记者 郦秋棠 褚望帆"),
        ("<span>May 6, 2031</span><span>By Jane Doe</span>", "May 6, 2031 By Jane Doe"),
        ("<span>2031-05-06</span>\n<span>汀桐晚报</span>", "2031-05-06 汀桐晚报"),
    ],
)
def test_touching_elements_of_a_line_of_credits_are_words_apart(body: str, line: str) -> None:
    assert lines(body) == [line]


@pytest.mark.parametrize(
    "pieces",
    [
        ("鹭笛镇海塘", "加固完工"),
        ("近日，", "2031", "年的海塘工程完工。"),
        ("2031年5月6日，", "鹭笛镇", "海塘完工"),
        ("2031年5月6日", "的", "鹭笛镇"),
        ("竹器节的账该怎么算，八十名篾匠说", "2031-05-06"),
        ("汀桐", "晚报"),
    ],
)
def test_elements_of_other_lines_touch(pieces: tuple[str, ...]) -> None:
    assert lines("".join(f"<span>{piece}</span>" for piece in pieces)) == ["".join(pieces)]


def test_a_word_that_is_broken_by_an_element_stays_one() -> None:
    assert lines("来源：<b>汀桐</b>晚报 2031-05-06") == ["来源：汀桐晚报 2031-05-06"]


def test_the_elements_of_e_papers_are_lines() -> None:
    body = "<founder-title>海塘完工</founder-title><founder-author>郦秋棠</founder-author>近日"
    assert lines(body) == ["海塘完工", "郦秋棠", "近日"]
