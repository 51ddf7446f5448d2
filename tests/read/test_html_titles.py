"""The headline of a web page: whole, without the names of its site, and the only one where the markup says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from unsplice import clean
from unsplice.model import Page, Passage, Role
from unsplice.models import load
from unsplice.passages.lines import find_passages
from unsplice.read.html import Html, read_html
from unsplice.read.markup.titles import site_name_off, told_title

FIRST = "本报讯 近日，松岭县的第三座风雨桥合龙，桥长一百二十米，两岸四个村的村民不用再绕行十里山路。"
SECOND = "施工队队长裴望川说，桥墩去年冬天浇完，今年汛期前还要装好护栏和路灯，秋天正式通车。"
THIRD = "桥头的凉亭由村民自己捐木料搭起来，檐下挂着孩子们写的灯笼，晚上常有人来唱山歌。"
OTHER = "槐荫镇的夜市昨晚开张，三十六个摊位摆满了老街，摊主里有一半是本镇返乡的年轻人。"
OTHERS = "镇里说，夜市每逢周末开到十一点，摊位费头三个月全免，垃圾由摊主自己带走。"
TITLE = "松岭县第三座风雨桥合龙"


def roles(read: Html) -> list[tuple[str, str]]:
    """The lines of the articles, each with the role that the markup tells, if any."""
    told = {start: role for start, _, role in read.markup}
    found, at = [], 0
    for line in read.text.split("\n"):
        if told.get(at) is not Role.BOILERPLATE:
            found.append((str(told.get(at, "")), line))
        at += len(line) + 1
    return found


def passages(read: Html) -> tuple[Passage, ...]:
    page = Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup, single=read.single)
    return next(find_passages([page], load()))


@pytest.mark.parametrize(
    ("title", "want"),
    [
        (f"{TITLE}--社会--松岭网", TITLE),
        (f"{TITLE}——社会——松岭网", TITLE),
        (f"{TITLE}-新闻频道-松岭网", TITLE),
        (f"{TITLE}_松岭网", TITLE),
        (f"{TITLE}_社会_松岭网", TITLE),
        (f"{TITLE}|松岭新闻网", TITLE),
        (f"{TITLE}｜松岭客户端", TITLE),
        (f"{TITLE} - 民生 - 松岭日报", TITLE),
        (f"{TITLE}—松岭在线", TITLE),
        (f"松岭晚报数字报-{TITLE}", TITLE),
        (f"松岭網 | {TITLE}", TITLE),
        (f"松岭日报_{TITLE}", TITLE),
        (f"松岭网_{TITLE}_松岭日报", TITLE),
        ("松嶺縣第三座風雨橋合龍 | 地方新聞 | 松嶺電子報", "松嶺縣第三座風雨橋合龍"),
        ("松嶺縣第三座風雨橋合龍-社會-松嶺新聞網", "松嶺縣第三座風雨橋合龍"),
        (
            "Covered bridge closes the gap at Pinecrest | The Pinecrest Post",
            "Covered bridge closes the gap at Pinecrest",
        ),
        ("Covered bridge closes the gap - Local - Pinecrest Herald", "Covered bridge closes the gap"),
        ("Pinecrest Daily News - Covered bridge closes the gap", "Covered bridge closes the gap"),
        # What is no name of a site stays.
        ("新书《山-海》出版", "新书《山-海》出版"),
        ("甲地2-1胜乙地", "甲地2-1胜乙地"),
        ("A—B线通车", "A—B线通车"),
        ("棱镜|松岭县第三座风雨桥合龙背后的十年", "棱镜|松岭县第三座风雨桥合龙背后的十年"),
        ("一座桥——写在第三座风雨桥合龙之际", "一座桥——写在第三座风雨桥合龙之际"),
        ("松岭网络安全周开幕", "松岭网络安全周开幕"),
        ("Pinecrest-Oakdale line reopens", "Pinecrest-Oakdale line reopens"),
        ("松岭网", "松岭网"),
        ("", ""),
    ],
)
def test_names_of_sites_and_channels_are_off(title: str, want: str) -> None:
    assert site_name_off(title) == want
    assert site_name_off(want) == want


@pytest.mark.parametrize(
    ("told", "title", "want"),
    [
        ("男孩写", '男孩写"平安"灯笼挂上桥头_松岭网', '男孩写"平安"灯笼挂上桥头'),
        ("男孩写“平安”灯笼挂上桥头", "松岭网", "男孩写“平安”灯笼挂上桥头"),
        (f"{TITLE}_松岭网", "松岭网", TITLE),
        ("", f"{TITLE}_松岭网", TITLE),
        (TITLE, f"{TITLE}_松岭网", TITLE),
        ("风雨桥", f"{TITLE}_松岭网", "风雨桥"),
    ],
)
def test_which_title_is_the_pages(told: str, title: str, want: str) -> None:
    assert told_title(told, title) == want


BODY = f"<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
HAN, LATIN = "松嶺縣第三座風雨橋合龍", "Bridge closes the gap"
QUOTED = '男孩写"平安"灯笼挂上桥头'


@pytest.mark.parametrize(
    ("head", "body", "want"),
    [
        (f"<title>{TITLE}--社会--松岭网</title>", f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}：两岸四村不再绕行_松岭网</title>", f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>松岭晚报数字报-{TITLE}</title>", f"<h2>{TITLE}</h2>", TITLE),
        (f'<title>{QUOTED}_松岭网</title><meta property="og:title" content="{QUOTED}">', f"<h1>{QUOTED}</h1>", QUOTED),
        (f'<title>松岭网</title><meta property="og:title" content="{QUOTED}">', f"<h1>{QUOTED}</h1>", QUOTED),
        (f"<title>{TITLE[:8]}…</title>", f"<h1>{TITLE}</h1>", TITLE),
        ('<meta property="og:title" content="松岭县第三座">', f"<h1>{TITLE}</h1>", TITLE),
        ("<title>松岭网</title>", f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}-EDB 桥梁世界</title>", f"<div class=t>{TITLE}</div>", TITLE),
        (f"<title>{TITLE}_松岭网</title>", f"<h1>松岭网</h1><h2>{TITLE}</h2>", TITLE),
        (f"<title>{TITLE}_松岭网</title>", f"<h1>新闻中心</h1><h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}_松岭网</title>", f"<div>首页 &gt; {TITLE}</div><h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}_松岭网</title>", f"<div>{TITLE}</div><h1>{TITLE}</h1><h2>{TITLE}</h2>", TITLE),
        (f"<title>{HAN} | 松嶺電子報</title>", f"<h1>{HAN}</h1>", HAN),
        (f"<title>{LATIN} | The Pinecrest Post</title>", f"<h1>{LATIN}</h1>", LATIN),
        (f'<script type=application/ld+json>{{"@type":"Article","headline":"{TITLE}"}}</script>', f"<b>{TITLE}", TITLE),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_the_page_shows(head: str, body: str, want: str) -> None:
    read = read_html(f"<html><head>{head}</head><body>{body}{BODY}</body></html>")
    told = roles(read)
    assert {line for role, line in told if role == "headline"} == {want}
    assert not [line for role, line in told if role == "subhead"]
    assert [line for role, line in told if not role] == [FIRST, SECOND, THIRD]
    assert read.meta.get("title", want) == want
    assert read.single


SHORT = "“三块板”的来历"


@pytest.mark.parametrize(
    "page",
    [
        f"<title>{TITLE}</title><h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{SHORT}</p><p>{OTHER}</p></div>",
        f"<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p><b>{SHORT}</b></p><p>{OTHER}</p></div>",
        f"<h1>{TITLE}</h1><div>{FIRST}<br>{SECOND}<br><strong>{SHORT}</strong><br>{OTHER}</div>",
        f"<title>{TITLE}_松岭网</title><div>{TITLE}</div><p>{FIRST}</p><p>{SECOND}</p><p>{SHORT}</p><p>{OTHER}</p>",
        f"<title>{TITLE}</title><h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p><h2>{SHORT}</h2><p>{OTHER}</p>",
        f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><h2>{SHORT}</h2><p>{OTHER}</p><h2>后记</h2><p>{THIRD}</p>",
        f'<meta name="articletitle" content="{TITLE}"><p>{TITLE}</p><p>{FIRST}</p><p>{SECOND}</p><p>{SHORT}</p>{OTHER}',
    ],
)
def test_a_line_of_a_page_of_one_headline_is_no_headline_by_its_look(page: str) -> None:
    read = read_html(f"<html><body>{page}</body></html>")
    assert read.single
    found = passages(read)
    assert [p.text for p in found if p.role is Role.HEADLINE] == [TITLE]
    assert [p.text for p in found if p.headline > 0] == [TITLE]
    assert {SHORT, OTHER} <= {p.text for p in found}


DATE = "<div>2031年5月6日 来源：松岭日报</div>"
SECOND_TITLE = "槐荫镇夜市开张"


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>第3版：民生</h1><div><h2>{TITLE}</h2><p>{FIRST}</p></div><div><h2>{SECOND_TITLE}</h2><p>{OTHER}</p></div>",
        f"<div><h1>{TITLE}</h1>{DATE}<p>{FIRST}</p></div><div><h1>{SECOND_TITLE}</h1>{DATE}<p>{OTHER}</p></div>",
        f"<title>{TITLE}</title><div><h1>{TITLE}</h1>{DATE}<p>{FIRST}</p></div>"
        f"<div><h1>{SECOND_TITLE}</h1>{DATE}<p>{OTHER}</p><p>{OTHERS}</p></div>",
        f"<h1>本周要闻</h1><article><h2>{TITLE}</h2>{DATE}<p>{FIRST}</p></article>"
        f"<article><h2>{SECOND_TITLE}</h2>{DATE}<p>{OTHER}</p></article>",
        f"<title>本周要闻</title><h1>本周要闻</h1><p>一周回顾</p><section><h3>{TITLE}</h3>{DATE}<p>{FIRST}</p></section>"
        f"<section><h3>{SECOND_TITLE}</h3>{DATE}<p>{OTHER}</p></section>",
        f"<title>松岭日报 2031年5月6日</title><h3>{TITLE}</h3><p>{FIRST}</p><h3>{SECOND_TITLE}</h3><p>{OTHER}</p>",
    ],
)
def test_pages_of_several_articles_stay_such(page: str) -> None:
    read = read_html(f"<html><body>{page}</body></html>")
    assert not read.single
    assert {TITLE, SECOND_TITLE} <= {line for role, line in roles(read) if role == "headline"}
    assert {FIRST, OTHER} <= {line for _, line in roles(read)}


TEASERS = f"<div><h3>{SECOND_TITLE}</h3><p>{OTHER}</p><span>2031-05-06 08:30</span><p>{OTHERS[:30]}……</p></div>"


@pytest.mark.parametrize(
    "around",
    [
        f"<div><a href=1>{SECOND_TITLE}</a><p>{OTHER}</p></div>",
        f"<div><h2><a href=1>{SECOND_TITLE}</a></h2><p>{OTHER}</p></div>",
        f"<div>为您推荐</div><p>{OTHER}</p>",
        f"<h3>相关阅读</h3><div><p>{OTHER}</p></div>",
        f"<h3>延伸閱讀</h3><div><p>{OTHER}</p></div>",
        f"<h3>Read more</h3><div><p>{OTHER}</p></div>",
        f"<div><b>【推荐阅读】</b></div><ul><li>{OTHER}</li></ul>",
        f"<aside><p>{OTHER}</p></aside>",
    ],
)
def test_what_stands_behind_the_only_article_is_around_it(around: str) -> None:
    read = read_html(f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{DATE}{BODY}{around}</body></html>")
    lines = [line for _, line in roles(read)]
    assert [line for line in lines if line in (TITLE, FIRST, SECOND, THIRD)] == [TITLE, FIRST, SECOND, THIRD]
    assert OTHER not in lines
    assert OTHER in read.text


@pytest.mark.parametrize(
    "body",
    [
        f"<div><p>{FIRST}</p><p>{SECOND}</p></div><div><p>{THIRD}</p><p>{OTHER}</p></div>",
        f"<section><p>{FIRST}</p></section><section><p>{SECOND}</p></section><section><p>{OTHER}</p></section>",
        f"<div><p>{FIRST}</p><p>相关报道</p><p>{SECOND}</p><p>{OTHER}</p></div>",
        f"<div><p>{FIRST}</p><div class=related><a href=1>{SECOND_TITLE}</a></div><p>{SECOND}</p><p>{OTHER}</p></div>",
        f"<div>{FIRST}<br>{SECOND}<br>{OTHER}</div>",
        f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr><tr><td>{OTHER}</td></tr></table>",
        f"<div><p>{FIRST}</p></div><h2>现场</h2><div><p>{SECOND}</p></div><h2>夜市</h2><div><p>{OTHER}</p></div>",
    ],
)
def test_an_article_in_parts_stays_whole(body: str) -> None:
    read = read_html(f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{DATE}{body}</body></html>")
    assert [line for _, line in roles(read) if line in (FIRST, SECOND, OTHER)] == [FIRST, SECOND, OTHER]


def test_teasers_with_dates_below_an_article_are_no_articles() -> None:
    read = read_html(f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{BODY}{TEASERS}{TEASERS}</body></html>")
    assert read.single
    assert [line for role, line in roles(read) if role == "headline"] == [TITLE]
    assert not {SECOND_TITLE, OTHER} & {line for _, line in roles(read)}


FOREIGN = [
    f"<p>{OTHER}</p>",
    f"<p>{SHORT}</p><p>{OTHER}</p><p>{OTHERS}</p>",
    f"<p>{SECOND_TITLE}</p><p>{OTHER}</p><p>{OTHERS}</p>",
    f"<p>2031-05-06 15:10:53 字号：A- A A+</p><p>{OTHER}</p>",
]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_page_of_one_headline_is_one_article(foreign: str, tmp_path: Path) -> None:
    body = f"<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p>{foreign}<p>{THIRD}</p></div>"
    (tmp_path / "p.html").write_text(f"<html><title>{TITLE}_松岭网</title><body>{body}</body></html>", encoding="utf-8")
    (article,) = clean(tmp_path).articles
    assert article.title == TITLE
    texts = [paragraph.text for paragraph in article.paragraphs]
    assert [text for text in texts if text in (FIRST, SECOND, OTHER, THIRD)] == [FIRST, SECOND, OTHER, THIRD]


def test_a_file_of_two_documents_gives_two_articles(tmp_path: Path) -> None:
    first = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    second = f"<html><body><h1>{SECOND_TITLE}</h1><p>{OTHER}</p><p>{OTHERS}</p></body></html>"
    (tmp_path / "p.html").write_text(first + "\n" + second, encoding="utf-8")
    found = {article.title: [p.text for p in article.paragraphs] for article in clean(tmp_path).articles}
    assert found == {TITLE: [FIRST, SECOND], SECOND_TITLE: [OTHER, OTHERS]}


ROUND_UP = [
    "央行昨天下调存款准备金率零点五个百分点，释放长期资金约一万亿元。",
    "第二场比赛后天晚上在客场进行，后卫符子昂因脚踝扭伤缺阵两周。",
    "中国队以九比三领先进入第三局，双打组合连得七分，全场观众起立鼓掌。",
    "联赛常规赛还剩六轮，这支队伍目前排在第九，距离季后赛区还差两个胜场。",
    "股市午后拉升，沪指收涨百分之一点二，成交额重新站上万亿元。",
]


def test_paragraphs_about_other_things_stay_with_the_only_headline(tmp_path: Path) -> None:
    lines = [FIRST, FIRST, SECOND, ROUND_UP[0], THIRD, *ROUND_UP[1:], OTHER]
    body = "".join(f"<p>{line}</p>" for line in lines)
    (tmp_path / "p.html").write_text(f"<html><body><h1>{TITLE}</h1><div>{body}</div></body></html>", encoding="utf-8")
    (article,) = clean(tmp_path).articles
    assert [paragraph.text for paragraph in article.paragraphs] == lines[1:]
