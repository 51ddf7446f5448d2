"""Saved web pages: the lines that a reader sees, which of them are the articles', and what the page says of itself."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unsplice.model import Page, Role
from unsplice.models import load
from unsplice.passages.lines import find_passages
from unsplice.read.html import charset_note, read_html
from unsplice.read.markup.about import about
from unsplice.read.markup.blocks import blocks
from unsplice.read.markup.furniture import settled
from unsplice.read.markup.tags import declared, is_document, looks_like_html
from unsplice.read.markup.titles import site_name_off
from unsplice.read.markup.tree import parse
from unsplice.reasons import Reason
from unsplice.reattach.placements import _gaps

from benchmarks import webpages

FIRST = "本报讯 5月6日，青篱区竹器节在云箬乡开幕，来自六个乡镇的八十名篾匠带来了三百件新作品。"
SECOND = "竹器节的展台沿河摆了一里多长，篾匠褚望帆现场编了一只鱼篓，引来不少游客驻足观看。"
THIRD = "据竹器节筹备组统计，开幕当天共接待游客四千人次，售出竹器近六百件。"
TITLE = "青篱区竹器节开幕 三百件新作亮相"
STORY = (TITLE, [FIRST, SECOND, THIRD])
OTHERS = [
    ("鹭笛镇海塘加固完工", ["近日，鹭笛镇海塘加固工程完工，全长三公里的堤面加宽到六米，可以抵御二十年一遇的风暴潮。", "附近村民说，往后台风天不用再连夜搬家了。"]),
    ("云箬小学劳动课搬进竹林", ["云箬小学六十余名学生昨天走进竹林，跟着篾匠学编竹篮，这是学校开设的第三门劳动课。", "校长说，课程要一直开到期末。"]),
    ("城南水厂今夜检修", ["城南水厂今夜十时起检修，七个小区将短时停水，请居民提前储水备用。", "检修预计明晨五时结束。"]),
    ("26路公交延伸至鹭笛镇", ["26路公交车昨天起延伸至鹭笛镇，沿线新设九个站点，票价不变，末班车推迟到二十二时。", "公交公司提醒乘客留意新站牌。"]),
]  # fmt: skip


def told(page: str) -> list[tuple[str, str]]:
    """The lines of the articles, each with the role that the markup tells, if any."""
    read = read_html(page)
    roles = {start: role for start, _, role in read.markup}
    lines, at = [], 0
    for line in read.text.split("\n"):
        lines.append((roles.get(at), line))
        at += len(line) + 1
    return [(str(role or ""), line) for role, line in lines if role is not Role.BOILERPLATE]


def kept(body: str) -> list[str]:
    return [line for _, line in told(f"<html><body>{body}</body></html>")]


@pytest.mark.parametrize("style", webpages.STYLES, ids=lambda style: style.__name__)
def test_articles_come_out_of_pages_of_every_style(style: object) -> None:
    page = style(STORY, OTHERS)  # type: ignore[operator]
    lines = [line for _, line in told(page)]
    stories = [STORY, *OTHERS] if style is webpages.newspaper else [STORY]
    for title, paragraphs in stories:
        assert [line for line in lines if line in paragraphs] == paragraphs
        headlines = [line for role, line in told(page) if role == "headline"]
        assert title in headlines or title == read_html(page).meta["title"]
    left = [line for line in lines if line in webpages.NAV or line.startswith("版权所有")]
    assert not left
    if style is not webpages.newspaper:
        assert not [line for line in lines if line in {title for title, _ in OTHERS}]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"<p>{FIRST}</p><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"{FIRST}<br>{SECOND}<br/>{THIRD}", [FIRST, SECOND, THIRD]),
        (f"{FIRST}<br><br>\n{SECOND}", [FIRST, SECOND]),
        (f"<div>　　{FIRST}　　{SECOND}</div>", [FIRST, SECOND]),
        (f"<div>&emsp;&emsp;{FIRST}&emsp;&emsp;{SECOND}</div>", [FIRST, SECOND]),
        (f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr></table>", [FIRST, SECOND]),
        (f"<p>{FIRST[:20]}\n  {FIRST[20:]}</p><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"<p>{FIRST[:20]}<b>{FIRST[20:30]}</b>{FIRST[30:]}</p>", [FIRST]),
        (f"<p>{FIRST}</p><!-- <p>旧稿</p> --><script>var a = '<p>没有</p>'</script><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"<div style='visibility: hidden; opacity: 0'><p>{FIRST}</p></div><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"<div style='-webkit-backface-visibility:hidden'><p>{FIRST}</p></div>", [FIRST]),
        (f"<noscript><p>{FIRST}</p><p>{SECOND}</p></noscript>", [FIRST, SECOND]),
        (f"<p>{FIRST}</p><noscript><p>请打开脚本后再看本页，谢谢合作，本页需要脚本才能显示。</p></noscript>", [FIRST]),
        (f"<p>{FIRST}</p><p style='display: none'>{THIRD}</p><p hidden>{THIRD}</p><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"<p>{FIRST}</p><p>图为篾匠编鱼篓</p><p>{SECOND}</p>", [FIRST, "图为篾匠编鱼篓", SECOND]),
        (f"<p>A &amp; B&nbsp;Co.，{FIRST}</p>", [f"A & B\u00a0Co.，{FIRST}"]),
        (f"<div><p>{FIRST}</p><p>{SECOND}</p><p>（褚望帆）</p></div>", [FIRST, SECOND, "（褚望帆）"]),
        (f"<p>{FIRST}<p>{SECOND}", [FIRST, SECOND]),
        (f"<pre>{FIRST}\n{SECOND}</pre>", [FIRST, SECOND]),
        (f"<p>王小五　　李小四</p><p>{FIRST}</p>", ["王小五　　李小四", FIRST]),
    ],
)
def test_paragraphs_stay_paragraphs(body: str, lines: list[str]) -> None:
    assert kept(body) == lines


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        (f"<h1>{TITLE}</h1><p>{FIRST}</p><h2>现场</h2><p>{SECOND}</p>", ["headline", "", "subhead", ""]),
        (f"<h1>{TITLE}</h1><h2>三百件新作</h2><p>{FIRST}</p>", ["headline", "subhead", ""]),
        (f"<h2>{TITLE}</h2><p>{FIRST}</p><h3>现场</h3><p>{SECOND}</p>", ["headline", "", "subhead", ""]),
        (
            f"<h1>第3版</h1><h2>{TITLE}</h2><p>{FIRST}</p><h2>海塘</h2><p>{OTHERS[0][1][0]}</p>",
            ["subhead", "headline", "", "headline", ""],
        ),
        (
            f"<h1>{TITLE}</h1><figure><img src=a><figcaption>篾匠褚望帆</figcaption></figure><p>{FIRST}</p>",
            ["headline", "caption", ""],
        ),
    ],
)
def test_what_the_markup_tells_of_lines(body: str, roles: list[str]) -> None:
    found = [role for role, _ in told(f"<html><body><div>{body}</div></body></html>")]
    assert [role if role != "boilerplate" else "" for role in found] == roles


AROUND = [
    f"<form id=f1><div class=nav><a href=1>首页</a></div><h1>{TITLE}</h1><p>{FIRST}</p><h3>现场</h3><p>{SECOND}</p></form>",
    f"<div class='hot news'><h1>{TITLE}</h1><div class=main><p>{FIRST}</p><p>{SECOND}</p></div></div>",
    f"<div class=share-content><h1>{TITLE}</h1><p>{FIRST}</p><div class=related><a href=1>别的</a></div></div>",
    f"<aside><h1>{TITLE}</h1><p>{FIRST}</p></aside>",
]


@pytest.mark.parametrize("body", AROUND)
@pytest.mark.parametrize("open_tag", ["<body>", "<body style='display:none'>"])
def test_names_of_elements_around_the_whole_article_do_not_count(body: str, open_tag: str) -> None:
    lines = told(f"<html>{open_tag}{body}</body></html>")
    assert lines[0] == ("headline", TITLE)
    assert ("", FIRST) in lines
    assert not [line for _, line in lines if line in ("首页", "别的")]


def test_long_comments_below_a_short_article_are_not_the_article() -> None:
    comments = "".join(f"<p>{line}</p>" for _, lines in OTHERS for line in lines)
    page = (
        f"<html><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><div class=comments>{comments}</div></body></html>"
    )
    assert [line for _, line in told(page)] == [TITLE, FIRST, SECOND]


def test_what_stands_around_articles_is_in_the_account() -> None:
    read = read_html(webpages.portal(STORY, OTHERS))
    page = Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup)
    found = next(find_passages([page], load()))
    gaps = list(_gaps(page, found))
    spans = sorted([(p.start, p.end) for p in found] + [(r.start, r.end) for r in gaps])
    assert "".join(page.text[a:b] for a, b in spans) == page.text
    around = [page.text[r.start : r.end] for r in gaps if r.reason is Reason.AROUND]
    assert "首页" in around
    assert any("版权所有" in line for line in around)
    assert not any("首页" in p.text for p in found)
    assert found[0].role is Role.HEADLINE
    assert found[0].line == 1 + webpages.portal(STORY, OTHERS)[: webpages.portal(STORY, OTHERS).index("<h1>")].count(
        "\n"
    )


def test_a_page_without_an_article() -> None:
    assert (
        read_html("<html><body><ul><li><a href=1>要闻</a></li><li><a href=2>国际</a></li></ul></body></html>").text
        == ""
    )
    assert read_html("").text == ""
    assert read_html("<!-- -->").text == ""


def test_an_article_that_only_its_json_holds() -> None:
    item = {"@type": ["NewsArticle"], "headline": TITLE, "articleBody": f"{FIRST}\n\n{SECOND}"}
    page = f'<html><body><div id=app></div><script type="application/ld+json">{json.dumps(item)}</script></body></html>'
    assert [line for _, line in told(page)] == [FIRST, SECOND]
    assert read_html(page).meta["title"] == TITLE


ABOUT = [
    ('<meta property="og:title" content="甲地开会">', {"title": "甲地开会"}),
    ('<meta property="og:title" content="甲地开会_汀桐网">', {"title": "甲地开会"}),
    ('<meta name="PubDate" content="2031-05-06">', {"date": "2031-05-06"}),
    ('<meta name="author" content="褚望帆">', {"author": "褚望帆"}),
    ('<meta property="og:site_name" content="汀桐网">', {"publisher": "汀桐网"}),
    ('<link rel="canonical" href="https://a.example/1">', {"url": "https://a.example/1"}),
    ("<title>甲地开会 - 汀桐日报</title>", {"title": "甲地开会"}),
    ("<title>甲地开会-汀桐新闻网</title>", {"title": "甲地开会"}),
    ('<meta name="description" content=" 甲地 \n 开会 ">', {"description": "甲地 开会"}),
    ("<!--enpproperty <date>2031-05-06</date><author>褚望帆</author>/enpproperty-->", {"date": "2031-05-06", "author": "褚望帆"}),
    ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"甲","author":[{"name":"乙"},{"name":"丙"}]}</script>',
     {"title": "甲", "author": "乙、丙"}),
    ('<script type="application/ld+json">{"@graph":[{"@type":"Article","datePublished":"2031-05-06T08:00:00+08:00"}]}</script>',
     {"date": "2031-05-06T08:00:00+08:00"}),
    ('<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"汀桐网"}}</script>'
     '<meta property="og:site_name" content="别的">', {"publisher": "汀桐网"}),
    ('<script type="application/ld+json">{broken</script>', {}),
    ('<script type="application/ld+json">[1, "a", null, {"@type": "Person", "name": "乙"}]</script>', {}),
]  # fmt: skip


@pytest.mark.parametrize(("head", "want"), ABOUT)
def test_what_a_page_says_of_itself(head: str, want: dict[str, str]) -> None:
    page = f"<html><head>{head}</head><body><p>{FIRST}</p></body></html>"
    root = parse(page)
    assert root is not None
    assert about(root, page) == want


@pytest.mark.parametrize("title", ["新书《山-海》出版", "甲地2-1胜乙地", "A—B线通车", "开会了"])
def test_titles_that_hold_no_name_of_a_site(title: str) -> None:
    assert site_name_off(title) == title


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<!DOCTYPE html><html>", True),
        ("\ufeff\n<HTML>", True),
        ("<?xml version='1.0'?><html xmlns='x'><body><p>甲</p>", True),
        ("第一段<br>第二段<br/>第三段", True),
        ("<p>第一段</p>", True),
        ("他写了一个<br>标签。", False),
        ("第一段\n第二段", False),
        ("甲<乙，丙>丁", False),
        ("<<返回", False),
        ("<!-- a -->" * 60 + "甲", False),
        ("", False),
    ],
)
def test_is_a_text_markup(text: str, answer: bool) -> None:
    assert looks_like_html(text) is answer
    assert not is_document(text) or answer


@pytest.mark.parametrize(
    ("page", "encoding", "note"),
    [
        ('<meta charset="gb2312"><p>甲', "gb18030", ()),
        ('<meta charset="utf-8"><p>甲', "gb18030", ("charset-says:utf-8",)),
        ('<meta http-equiv=Content-Type content="text/html; charset=big5"><p>甲', "utf-8", ("charset-says:big5hkscs",)),
        ('<meta charset="utf-8"><p>甲', "utf-8-sig", ()),
        ('<meta charset="utf-16"><p>甲', "utf-16-le", ()),
        ('<meta charset="gb2312"><p>plain', "utf-8", ()),
        ("<p>甲", "gb18030", ()),
    ],
)
def test_a_charset_that_lies_is_noted(page: str, encoding: str, note: tuple[str, ...]) -> None:
    assert charset_note(page, encoding) == note


def test_declared_names() -> None:
    assert [declared(f"<meta charset={name}>") for name in ("GBK", "cp936", "UTF8", "x-odd")] == [
        "gb18030",
        "gb18030",
        "utf-8",
        "x-odd",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + f"<p>{FIRST}</p>",
        f"<p>{FIRST}</p>" + "<b>" * 20_000,
        "<table><tr><td>" * 3_000 + FIRST,
        f"<p>{FIRST}</p>" * 4_000,
        "<!--" * 10_000 + f"--><p>{FIRST}</p>",
        "<p " + "a=b " * 50_000 + f">{FIRST}</p>",
        "&" * 100_000 + f"<p>{FIRST}</p>",
    ],
    ids=["divs", "bold", "tables", "paragraphs", "comments", "attributes", "ampersands"],
)
def test_no_page_is_too_deep_or_too_long(page: str) -> None:
    assert FIRST in read_html(page).text


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div", ">", "<br>", "<h1>", "</h2>", "<a href=x>", "</a>", "<script>", "&#0;",
    "<table>", "<td>", "</table>", "<!--", "-->", "<![CDATA[", FIRST, "短", " ", "\x00", "\ufffe", "<title>", "<svg><p>", "\x0b", "\x85", "\u2028", "\r", "<pre>", "_", "<div class=nav>"]), max_size=40))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_markup_is_read(parts: list[str]) -> None:
    read = read_html("".join(parts))
    lines = read.text.split("\n") if read.text else []
    assert len(read.lines) == len(lines)
    page = Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup)
    found = next(find_passages([page], load()))
    spans = sorted((x.start, x.end) for x in (*found, *_gaps(page, found)))
    assert "".join(page.text[a:b] for a, b in spans) == page.text
    starts = {sum(len(line) + 1 for line in lines[:at]): line for at, line in enumerate(lines)}
    assert all(starts[a] == read.text[a:b] for a, b, _ in read.markup)


def test_blocks_know_their_links_and_lines() -> None:
    root = parse("<div class=nav>\n<a href=1>要闻</a></div>\n<p>正文<a href=2>链接</a></p>")
    assert root is not None
    nav, text = settled(blocks(root))
    assert (nav.text, nav.links, nav.furniture, nav.line) == ("要闻", 1.0, True, 2)
    assert (text.text, text.links, text.furniture, text.line) == ("正文链接", 0.5, False, 3)


def test_the_benchmark_measures() -> None:
    stories = [STORY, *OTHERS]
    found = webpages.measured(webpages.portal, stories, random.Random(1), load())
    assert found["paragraphs"] == 1.0
    assert found["F1"] > 0.9
    assert found["left in"] == 0.0
