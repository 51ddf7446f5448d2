"""Markdown: an article that unsplice wrote gives its text back, and what else is in a file of this kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.model import Article, Paragraph, Role
from unsplice.read.markdown import read_markdown
from unsplice.read.reading import Reading
from unsplice.reasons import Flag
from unsplice.write.markdown import markdown

ODD = "*三星*_电子_ 1. [链接](http://example.org) <b> & &amp; ~~删~~ `码` \\ # > - + 渡口"


def read(text: str) -> Reading:
    return read_markdown(text.encode(), ReadConfig())


def roles(page: Reading) -> list[tuple[str, Role]]:
    return [(page.text[start:end], role) for start, end, role in page.markup]


def test_an_article_gives_its_text_back() -> None:
    paragraphs = [
        (Role.BYLINE, "本报记者 郦秋棠"),
        (Role.SUBHEAD, "# 三号码头 ##"),
        (Role.BODY, "1. 渡口*昨日*复航。"),
        (Role.CAPTION, "图为首班渡船_靠岸_ 简方宁 摄"),
        (Role.BODY, "--- 完 ---"),
        (Role.BODY, "*不是图注*"),
    ]
    meta = {"date": "2031-05-06", "url": "https://example.org/?a=1", "reporters": ["郦秋棠"], "section": "要闻: 版"}
    article = Article(
        "p1-01", "“渡口”复航: 12", tuple(Paragraph(r, t, ()) for r, t in paragraphs), (), (Flag.IN_DOUBT,), meta
    )
    written = markdown(article, {})
    page = read(written)
    assert page.text.rstrip("\n").split("\n\n") == [text for _, text in paragraphs]
    assert roles(page) == [(text, role) for role, text in paragraphs if role in (Role.SUBHEAD, Role.CAPTION)]
    assert page.meta == {
        "title": "“渡口”复航: 12",
        "id": "p1-01",
        "date": "2031-05-06",
        "url": "https://example.org/?a=1",
        "section": "要闻: 版",
    }
    lines = written.split("\n")
    assert lines[page.lines[0] - 1] == "本报记者 郦秋棠"
    assert len(page.lines) == page.text.count("\n") + 1


@given(st.lists(st.text(st.sampled_from(ODD), min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=5))
def test_any_article_gives_its_text_back(texts: list[str]) -> None:
    written = [Paragraph(role, text, ()) for text in texts for role in (Role.BODY, Role.SUBHEAD, Role.CAPTION)]
    page = read(markdown(Article("a", None, tuple(written), ()), {}))
    assert page.text.rstrip("\n").split("\n\n") == [paragraph.text.strip() for paragraph in written]
    assert [role for _, role in roles(page)] == [Role.SUBHEAD, Role.CAPTION] * len(texts)


@pytest.mark.parametrize(
    ("written", "text", "told"),
    [
        ("# 渡口复航\n\n首班渡船载客。\n", "渡口复航\n\n首班渡船载客。\n", [("渡口复航", Role.HEADLINE)]),
        ("### 二 ##\n船票两元", "二\n船票两元", [("二", Role.SUBHEAD)]),
        ("#渡口\n*复航*", "#渡口\n*复航*", []),
        ("---\n渡口复航\n---\n船票", "---\n渡口复航\n---\n船票", []),  # rules, no metadata
        ("---\n[: x\n---\n船票", "---\n[: x\n---\n船票", []),
        ("---\nn: 7\n船票两元", "---\nn: 7\n船票两元", []),
        ("---\r\nn: 7\r\n---\r\n\r\n船票\r\n两元", "船票\r\n两元", []),
        ("\ufeff---\nn: 7\n...\n船票", "船票", []),
    ],
)
def test_other_files(written: str, text: str, told: list[tuple[str, Role]]) -> None:
    page = read(written)
    assert (page.text, roles(page)) == (text, told)


def test_values_of_front_matter() -> None:
    page = read("---\ntitle: null\ndate: 2031-05-06\nn: 7\ntags: [a]\nempty: ''\n---\n船票")
    assert page.meta == {"date": "2031-05-06", "n": "7"}
