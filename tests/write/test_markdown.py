"""One article as Markdown: what a reader of Markdown makes of it is what the article says."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from unsplice.model import Article, Paragraph, Role, Span
from unsplice.reasons import Flag
from unsplice.write.markdown import FAST_DUMPER, PLAIN, escape, markdown

ESCAPES = [
    ("# 号", "\\# 号"),
    ("#", "\\#"),
    ("- 一", "\\- 一"),
    ("+ 一", "\\+ 一"),
    ("1. 三星", "1\\. 三星"),
    ("12) 三星", "12\\) 三星"),
    ("> 一", "\\> 一"),
    ("---", "\\---"),
    ("- - -", "\\- - -"),
    ("===", "\\==="),
    ("~~~", "\\~\\~\\~"),
    ("* 一 *", "\\* 一 \\*"),
    ("[一](二)", "\\[一](二)"),
    ("<b>", "\\<b>"),
    ("&amp;", "\\&amp;"),
    ("C:\\一", "C:\\\\一"),
    ("snake_case", "snake\\_case"),
]
UNTOUCHED = ["#号", "1.5亿元", "1．三星", "-5℃", "+86", "A & B", "“一”（二）", "7月12日", "——一", "！一", "a-b", "=一"]


@pytest.mark.parametrize(("text", "escaped"), ESCAPES)
def test_what_markdown_would_misread_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_text_is_left_alone(text: str) -> None:
    assert escape(text) == text


class Reader(HTMLParser):
    """The elements and the text of each block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)
        if tag != "em":
            self.blocks.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.blocks:
            self.blocks[-1] = (self.blocks[-1][0], self.blocks[-1][1] + data.rstrip("\n"))


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    return reader


WORDS = st.text(st.sampled_from(list("一二a1 #-+>*_`~[]()<!&;\\.=|:\"'“”。，…0x")), min_size=1, max_size=20)
ROLES = st.sampled_from([(Role.BODY, "p"), (Role.SUBHEAD, "h2"), (Role.CAPTION, "p"), (Role.BYLINE, "p")])


@given(WORDS, ROLES)
@example("一 #", (Role.SUBHEAD, "h2"))
@example("一 ##", (Role.SUBHEAD, "h2"))
@example("“一”", (Role.CAPTION, "p"))
@example("&#35;", (Role.BODY, "p"))
def test_it_reads_back_as_what_was_written(text: str, role: tuple[Role, str]) -> None:
    text = text.strip()
    article = Article("a", "题", (Paragraph(role[0], text, ()), Paragraph(Role.BODY, "后文。", ())), ())
    body = markdown(article, {}).split("---\n\n", 1)[1]
    expected = [(role[1], text), ("p", "后文。")] if text else [("p", "后文。")]
    assert read(body).blocks == expected


def test_front_matter() -> None:
    span = Span("p1", 0, 9, 3, 7)
    meta: dict[str, str | list[str]] = {"date": "2024-07-12", "url": "https://example.org/?a=1", "place": ""}
    meta |= {"byline": "文/郦一: “二”", "reporters": ["郦一", "揭二"], "editors": [], "title": "网页的标题"}
    article = Article("p1-01", '鹭笛: "桨王赛" # 1', (), (span,), (Flag.IN_DOUBT,), meta)
    text = markdown(article, {"p1": "raw/纸 1.txt"})
    assert "鹭笛" in text
    assert yaml.safe_load(text.split("---\n")[1]) == {
        "title": '鹭笛: "桨王赛" # 1',
        "id": "p1-01",
        "byline": "文/郦一: “二”",
        "date": "2024-07-12",
        "url": "https://example.org/?a=1",
        "reporters": ["郦一", "揭二"],
        "sources": [{"page": "p1", "file": "raw/纸 1.txt", "lines": "3-7"}],
        "flags": ["in-doubt"],
    }


def test_an_untitled_article_says_so() -> None:
    assert markdown(Article("a", None, (), ()), {}) == "---\ntitle: null\nid: a\nsources: []\nflags: []\n---\n\n"


@given(st.from_regex(PLAIN, fullmatch=True))
@example("no")
@example("2024-07-12")
@example("- 一: 二")
@example("　全角")
def test_both_dumpers_of_yaml_write_the_same(text: str) -> None:
    fast, slow = (
        yaml.dump({"title": text}, Dumper=dumper, allow_unicode=True, sort_keys=False, width=2**30)
        for dumper in (FAST_DUMPER, yaml.SafeDumper)
    )
    assert fast == slow
    assert yaml.safe_load(slow) == {"title": text}


@pytest.mark.parametrize("text", ["一\u2028二", "😀", "\ud7ff\ue000", "\ufeff", "\ufffd", "𠮷"])
def test_rare_characters_come_through_front_matter(text: str) -> None:
    article = Article("a", text, (), ())
    assert yaml.safe_load(markdown(article, {}).split("---\n")[1])["title"] == text
