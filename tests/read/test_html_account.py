"""Nothing of a web page vanishes: what its file holds outside of tags is on the page, whatever a parser makes of it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unsplice.check.findings import findings
from unsplice.config import TidyConfig
from unsplice.model import Page, Passage, Result, Role
from unsplice.models import load
from unsplice.passages.lines import find_passages
from unsplice.read.html import Html, read_html
from unsplice.read.markup.account import unplaced
from unsplice.read.markup.blocks import UNFOLDED, blocks
from unsplice.read.markup.scan import scan
from unsplice.read.markup.tree import parse
from unsplice.reasons import Flag
from unsplice.reattach.placements import _gaps

FIRST = "本报讯 近日，松岭县的第三座风雨桥合龙，桥长一百二十米，两岸四个村的村民不用再绕行十里山路。"
SECOND = "施工队队长裴望川说，桥墩去年冬天浇完，今年汛期前还要装好护栏和路灯，秋天正式通车。"
OTHER = "槐荫镇的夜市昨晚开张，三十六个摊位摆满了老街，摊主里有一半是本镇返乡的年轻人。"
TITLE, SECOND_TITLE = "松岭县第三座风雨桥合龙", "槐荫镇夜市开张"
STORY = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>"
TRADITIONAL = "松嶺縣的第三座風雨橋昨日合龍，橋長一百二十米，兩岸四個村的村民不用再繞行十里山路。"
ENGLISH = (
    "The third covered bridge of Pinecrest County was closed yesterday, and four villages no longer need the detour."
)


def lines(read: Html) -> list[tuple[str, str]]:
    """The lines of the articles, each with the role that the markup tells, if any."""
    roles = {start: role for start, _, role in read.markup}
    found, at = [], 0
    for line in read.text.split("\n"):
        if roles.get(at) is not Role.BOILERPLATE:
            found.append((str(roles.get(at, "")), line))
        at += len(line) + 1
    return found


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><div class=header>首页</div></body></html>\n<div>{STORY}</div></body></html>",
        f"<html><body><div class=header>首页</div></body>{STORY}</html>",
        f"<html><body>首页</HTML >{STORY}",
        f"<html><body><h1>{TITLE}</h1><p>{FIRST}</p></body></html><p>{SECOND}</p>",
        f"<html><body><h1>{TITLE}</h1></body></html></html><p>{FIRST}</p></body></html><p>{SECOND}</p>",
        f"<div>首页</html></div>{STORY}</html>",
        f"<html><body>首页<!-- 栏目 <p>{STORY}</body></html>",
        f"<html><body><title>{TITLE}<body>{STORY}{STORY}</body></html>",
        f"<html><body>首页<script>var a = 1;{STORY}</body></html>",
        f"<html><style>p {{}}<body>{STORY}</body></html>",
        f"<html><body><textarea>{STORY}</body></html>",
        f"<html><body><template>{STORY}</body></html>",
        f"<html><body><iframe src=1>{STORY}</body></html>",
        f"<html><body><script src='a.js'/>{STORY}<script>var b;</script></body></html>",
        f'<html><body><a href="1>首页</a>{STORY}<a href="2">下一篇</a></body></html>',
        f"<html><body><h1>{TITLE}</h1><div{FIRST}<p>{SECOND}</p></body></html>",
        f"<html><body><noframes>{STORY}</noframes></body></html>",
        f"<html><body><svg>{STORY}</body></html>",
        f"<html><body><h1>{TITLE}</h1><p><![CDATA[{FIRST}]]></p><p>{SECOND}</p></body></html>",
        f"<html><body><h1>{TITLE}</h1><p><![CDATA[{FIRST}</p><p>{SECOND}</p></body></html>",
    ],
)
def test_slips_in_the_markup_that_hide_an_article(page: str) -> None:
    read = read_html(page)
    found = [line for _, line in lines(read)]
    assert [line for line in found if line in (FIRST, SECOND)][:2] == [FIRST, SECOND]
    assert read.unplaced is None
    assert ("headline", TITLE) in lines(read)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"<html><body>{STORY}</body></html>", f"<html><body><h1>{SECOND_TITLE}</h1><p>{OTHER}</p></body></html>"),
        (f"<!DOCTYPE html><html><body>{STORY}", f"<!doctype html>\n<html><body><h1>{SECOND_TITLE}</h1><p>{OTHER}</p>"),
        (f"<body>{STORY}</body>", f"<HTML><BODY><H2>{SECOND_TITLE}</H2><P>{OTHER}</P></BODY></HTML>"),
        (f"<html>{STORY}</html>", f"\n<?xml version='1.0'?><html><body><h1>{SECOND_TITLE}</h1>{OTHER}</body></html>"),
        (f"<html>{STORY}</html>", f"<head><title>{SECOND_TITLE}_松岭网</title></head><body><p>{OTHER}</p></body>"),
        (
            f"<html>{STORY}</html>",
            f"<html><head><title>{SECOND_TITLE} - 松岭网</title></head><div><p>{OTHER}</p></div>",
        ),
        (f"<html><!-- <html> -->{STORY}</html>", f"<html><h3>{SECOND_TITLE}</h3><p>{OTHER}</p></html>"),
    ],
)
def test_a_file_of_two_documents_has_two_articles(first: str, second: str) -> None:
    read = read_html(first + second)
    found = lines(read)
    assert found == [("headline", TITLE), ("", FIRST), ("", SECOND), ("headline", SECOND_TITLE), ("", OTHER)]
    assert "title" not in read.meta
    assert not read.single


def test_lines_of_a_second_document_have_their_numbers_in_the_file() -> None:
    page = (
        f"<html>\n<body>\n{STORY}\n</body></html>\n<html><body>\n<h1>{SECOND_TITLE}</h1>\n<p>{OTHER}</p></body></html>"
    )
    read = read_html(page)
    where = dict(zip(read.text.split("\n"), read.lines, strict=True))
    assert (where[TITLE], where[SECOND_TITLE], where[OTHER]) == (3, 6, 7)


def test_a_document_that_is_only_a_header_has_no_article() -> None:
    header = "<html><head><title>导航</title></head><body><p>欢迎来到松岭网</p><p>热线 0100-000000</p></body></html>"
    read = read_html(f"{header}<html><head><title>{TITLE}</title></head><body>{STORY}</body></html>")
    assert lines(read) == [("headline", TITLE), ("", FIRST), ("", SECOND)]
    assert read.meta["title"] == TITLE
    assert "欢迎来到松岭网" in read.text


@pytest.mark.parametrize(
    "hidden",
    [
        "<button>展开全文</button>",
        "<select><option>要闻</option><option>民生</option></select>",
        "<p style='display:none'>旧稿一段</p>",
        "<span hidden>草稿</span>",
        "<noscript>请打开脚本</noscript>",
        "<textarea>在此留言</textarea>",
        "<svg><title>图标</title><text>字</text></svg>",
        "<ruby>汉<rt>hàn</rt></ruby>",
        "<iframe>浏览器太旧</iframe>",
        "<object>插件缺失</object>",
    ],
)
def test_what_is_not_shown_is_on_the_page_and_in_no_article(hidden: str) -> None:
    read = read_html(f"<html><body>{STORY}{hidden}<p>{OTHER}</p></body></html>")
    outside = "".join(text for _, text in scan(hidden).texts)
    assert not Counter(UNFOLDED.sub("", outside)) - Counter(read.text)
    kept = [line for _, line in lines(read)]
    assert [line for line in kept if line in (TITLE, FIRST, SECOND, OTHER)] == [TITLE, FIRST, SECOND, OTHER]
    assert len(kept) == 4 + ("ruby" in hidden)
    assert read.unplaced is None


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>甲 &amp; 乙&nbsp;丙&#x4e01;</p>", ["甲 & 乙\u00a0丙丁"]),
        ("<p title='a > b'>甲</p>", ["甲"]),
        ('<p data-html="<b>不是</b>" class=x>甲</p>', ["甲"]),
        ("甲 < 乙 <丙> 丁", ["甲 < 乙 <丙> 丁"]),
        ("<!-- <p>甲</p> --><p>乙</p>", ["乙"]),
        ("<!--><p>甲</p><!-- 乙 --!>丙", ["甲", "丙"]),
        ("<script>if (a < b) { '</p>' }</script>甲<style>p > a {}</style>", ["甲"]),
        ("<template><template>甲</template>乙</template>丙", ["丙"]),
        ("<title>甲</title><svg><title>乙</title></svg>", ["乙"]),
        ("<textarea><b>甲</b></textarea>", ["<b>甲</b>"]),
        ("<![CDATA[甲 < 乙 &amp; 丙]]>", ["甲 < 乙 &amp; 丙"]),
        ("<!DOCTYPE html><?xml:namespace prefix = o /><o:p>甲</o:p>", ["甲"]),
        ("<p>甲<br/>乙", ["甲", "乙"]),
        ("<a href=http://a.example/>甲</a>", ["甲"]),
        ("<a href='1'class='2'>甲</a>", ["甲"]),
        ("<p", []),
        ("<", ["<"]),
        ("</>甲", ["</>甲"]),
        ("", []),
    ],
)
def test_the_text_outside_of_tags(source: str, texts: list[str]) -> None:
    assert [text for _, text in scan(source).texts] == texts


@pytest.mark.parametrize(
    "source",
    ["<a ", "<!--", "<![CDATA[", "<!", "<script>", "<template>", "<a b='", '<a b="', "<a b=\"'", "</title", "&"],
)
def test_the_scan_takes_linear_time(source: str) -> None:
    assert scan(source * 60_000).documents


@pytest.mark.parametrize("lost", [FIRST, OTHER, "（完）", TRADITIONAL, ENGLISH])
def test_what_the_parser_loses_is_named(lost: str) -> None:
    root = parse(f"<p>{SECOND}</p><p>{SECOND[:9]}</p>")
    assert root is not None
    read = blocks(root)
    texts = [SECOND, lost, SECOND[:9]]
    assert unplaced(texts, read) == [1]
    assert unplaced([SECOND, SECOND[:9]], read) == []
    assert unplaced([SECOND, SECOND, SECOND[:9]], read) != []


def test_a_text_without_a_place_is_in_the_account_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(root: object, unseen: frozenset[str]) -> list[object]:
        return [line for line in blocks(root, unseen) if line.text != OTHER]  # type: ignore[arg-type]

    monkeypatch.setattr("unsplice.read.html.blocks", losing)
    read = read_html(f"<html><body>\n{STORY}\n<p>{OTHER}</p></body></html>")
    assert read.unplaced is not None
    assert read.text[read.unplaced :] == OTHER
    assert read.lines[-1] == 3
    page = Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup, unplaced=read.unplaced)
    rows = [row for row in _gaps(page, next(find_passages([page], load()))) if row.flags]
    assert [(page.text[row.start : row.end], row.flags) for row in rows] == [(OTHER, (Flag.UNPLACED,))]
    found = findings(Result((page,), (), tuple(rows), ()), TidyConfig())
    assert [(each.line, each.code) for each in found] == [(3, "U402")]


PIECES = [
    "<p>", "</p>", "<div class=nav>", "</div>", "<h1>", "</h1>", "<table><tr><td>", "</table>", "<a href='x'>", "</a>",
    "</body>", "</html>", "<html>", "<body>", "<!DOCTYPE html>", "<head>", "</head>", "<!-- 注 -->", "<!--", "<br>",
    "<script>var a = '<p>';</script>", "<style>p {}</style>", "<title>题</title>", "<select><option>", "</select>",
    "<button>", "</button>", "<svg>", "</svg>", "<noscript>", "</noscript>", "<textarea>", "<iframe>", "</iframe>",
    "<span hidden>", "</span>", "<frameset>", "<math>", "<ruby>", "<rt>", "<pre>", "</pre>", "<form>", "<caption>",
    "<![CDATA[", "]]>", "<template>", "<object>", "</object>", "&", "&lt;", "<", "\n", "\x00", "\ufffe", "\u3000\u3000",
]  # fmt: skip
WORDS = [FIRST, OTHER, TRADITIONAL, ENGLISH, "甲乙", "2031", "图为 现场"]


@given(st.lists(st.sampled_from(PIECES + WORDS), max_size=40))
@settings(max_examples=200, deadline=None)
def test_nothing_of_any_soup_vanishes(parts: list[str]) -> None:
    source = "".join(parts)
    read = read_html(source)
    if not read.text:  # then the whole file is set aside, and named
        return
    held = Counter(UNFOLDED.sub("", "".join(text for _, text in scan(source).texts)))
    assert not held - Counter(read.text)
    page = Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup, unplaced=read.unplaced)
    found: tuple[Passage, ...] = next(find_passages([page], load()))
    spans = sorted((x.start, x.end) for x in (*found, *_gaps(page, found)))
    assert "".join(page.text[a:b] for a, b in spans) == page.text


SOUND = [piece for piece in PIECES if piece not in ("<!--", "<template>", "<![CDATA[", "]]>", "<", "<textarea>")]


@given(st.lists(st.sampled_from(SOUND), max_size=30), st.data())
@settings(max_examples=200, deadline=None)
def test_each_text_between_whole_tags_is_read(parts: list[str], data: st.DataObject) -> None:
    """Without the scan's word for it: the texts are put in between tags, and must come out."""
    texts = [f"第{at}段说的是第{at}件事，" for at in range(4)]
    for text in texts:
        parts.insert(data.draw(st.integers(0, len(parts))), text)
    read = read_html(f"<p>{FIRST}</p>" + "".join(parts))
    said = UNFOLDED.sub("", read.text)
    assert all(UNFOLDED.sub("", text) in said for text in texts)
