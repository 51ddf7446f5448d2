"""What a file holds that is called text: Markdown and HTML are read as that, other formats are refused by name."""

from __future__ import annotations

import pytest
from unsplice.config import ReadConfig
from unsplice.model import Role
from unsplice.read.decode import NotAPage
from unsplice.read.headings import is_markdown
from unsplice.read.markdown import read_markdown
from unsplice.read.plain import read_markup, read_text
from unsplice.read.reading import Reading
from unsplice.read.set_aside import REMEDIES

ONE = "柳垛镇渡口昨日复航，首班渡船载客四十余人，船票仍是两元，学生凭证免票。"
TWO = "望礁区添了新渡船，船工匡海生每天到渡口量一次水位，连夜把船擦了一遍。"
ENGLISH = "The ferry at Liuduo is back in service, and forty people were on the first boat."

FOREIGN = [
    (f'{{"news_id": "1", "title": "渡口复航", "text": "{ONE}"}}', "holds JSON"),
    (f'[\n  {{"标题": "渡口复航", "正文": "{ONE}"}}\n]', "holds JSON"),
    (f'{{"id": 1, "text": "{ONE}"}}\n{{"id": 2, "text": "{TWO}"}}\n', "holds JSON"),
    (f'{{"title": "渡口复航", "text": "{ONE}', "holds JSON"),  # cut off
    (f'["{ONE}", "{TWO}"]', "holds JSON"),
    (f'var data = {{"title": "渡口复航", "text": "{ONE}"}};', "holds JSON"),
    (f'callback({{"title": "渡口复航", "text": "{ONE}"}})', "holds JSON"),
    (
        f'<?xml version="1.0"?>\n<rss><channel><item><title>渡口复航</title><description>{ONE}</description>',
        "holds XML",
    ),
    (f"<rss version='2.0'><channel><item><title>渡口复航</title>{ONE}</item></channel></rss>", "holds XML"),
    (f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>{ENGLISH}</summary></entry></feed>', "holds XML"),
    (f"<news><title>渡輪復航</title><content>{TWO}</content></news>", "holds XML"),
    (f"{{\\rtf1\\ansi {ENGLISH}}}", "holds RTF"),
    (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/1\nSubject: =?utf-8?B?5rih5Y+j?=\n"
        f'MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary="x"\n\n--x\n\n<p>{ONE}',
        "holds a saved mail",
    ),
    # Entities that would fill the memory, or read a file, are not looked at.
    (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "潮"><!ENTITY b "' + "&a;" * 99 + '">]><rss>&b;</rss>',
        "holds XML",
    ),
    ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hosts">]><feed>&a;</feed>', "holds XML"),
    # A mail without its boundary, or within another one.
    (f"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<p>{ONE}</p>\n", "holds a saved mail"),
    ('Content-Type: multipart/mixed; boundary="x"\n\n--x\n' * 99 + ONE, "holds a saved mail"),
    (f"id,title,text\n1,渡口复航,{ONE}\n2,添渡船,{TWO}\n", "holds a table"),
    (f"标题\t正文\n渡口复航\t{ONE}\n添渡船\t{TWO}\n", "holds a table"),
    (f'url,content\nhttps://a.example/1,"{ENGLISH}"\n', "holds a table"),
]


@pytest.mark.parametrize("read", [read_text, read_markdown, read_markup])
@pytest.mark.parametrize(("text", "reason"), FOREIGN)
@pytest.mark.parametrize("before", ["", "\ufeff", "\n "])
def test_other_formats_are_refused(text: str, reason: str, before: str, read: object) -> None:
    if read is read_markup and text.startswith("<news>"):
        pytest.skip("in HTML, elements may have any name")
    with pytest.raises(NotAPage) as error:
        read((before + text).encode(), ReadConfig())  # type: ignore[operator]
    assert str(error.value) == reason
    assert REMEDIES[reason].endswith(".")


TEXTS = [
    f"渡口复航\n{ONE}\n",
    f"[讨论] 渡口复航\n{ONE}",
    f"{{编者按}}{ONE}",
    f"{{“渡口”: 复航}}\n{ONE}",
    f"From: 柳垛镇\n{ONE}",
    f"时间:5月6日\n地点:渡口\n{ONE}",
    f"日期,内容\n{ONE}",
    f"标题\n内容\n{ONE}",
    f"Title, text and date\nThe ferry, the boat and the crew\n{ENGLISH}",
    f"<渡口复航>\n{ONE}",
    f"<b>渡口复航</b>\n{ONE}",
    f"<strong>{ONE}</strong>",
    f'["渡口"]{ONE}',
    f"#渡口复航#\n{ONE}",
    f"# 1号渡口\n{ONE}",
    f"#!/bin/sh\n# 渡口\n# 复航\n{ONE}",
    f"他说(“渡口”)。\n{ONE}",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_read_as_they_are(text: str) -> None:
    assert read_text(text.encode(), ReadConfig()) == Reading(text)


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{ONE}</p>\n<p>{TWO}</p>\n",
        f"<div>\n<p>{ONE}\n<p>{TWO}\n</div>",
        f"{ONE}<br>\n{TWO}<br>\n",
        f"{ONE}<br/>{TWO}<br/>",
        f"<!doctype html><body><p>{ONE}<p>{TWO}",
    ],
)
def test_markup_in_a_text_is_read_as_markup(text: str) -> None:
    page = read_text(text.encode(), ReadConfig())
    assert [line for line in page.text.split("\n") if line.strip()] == [ONE, TWO]
    assert len(page.lines) == page.text.count("\n") + 1


H, S, B = Role.HEADLINE, Role.SUBHEAD, Role.BOILERPLATE
MARKDOWN = [
    (  # the paper's name, rules between stories, numbers
        f"# 汀桐晚报 2031年5月6日\n\n## 1. 渡口复航\n\n{ONE}\n\n---\n\n## 2. 添新渡船\n\n{TWO}\n",
        [("汀桐晚报 2031年5月6日", B), ("1.", B), ("渡口复航", H), ("2.", B), ("添新渡船", H)],
    ),
    (  # Traditional, numbers in Han, the name without a date
        f"# 柳垛日報\n\n## 一、渡輪復航\n\n{ONE}\n\n## 二、添新渡輪\n\n{TWO}\n",
        [("柳垛日報", B), ("一、", B), ("渡輪復航", H), ("二、", B), ("添新渡輪", H)],
    ),
    (  # English
        f"# The Liuduo Times, May 6, 2031\n\n## Ferry is back\n\n{ENGLISH}\n\n## New boat\n\n{ENGLISH}\n",
        [("The Liuduo Times, May 6, 2031", B), ("Ferry is back", H), ("New boat", H)],
    ),
    (  # the name in plain text
        f"汀桐晚报 2031-05-06\n\n## 渡口复航\n\n{ONE}\n\n## 添新渡船\n\n{TWO}\n",
        [("汀桐晚报 2031-05-06", B), ("渡口复航", H), ("添新渡船", H)],
    ),
    (  # pages of the paper, subheads
        f"# 汀桐晚报 2031年5月6日\n\n## 要闻版\n\n### 渡口复航\n\n{ONE}\n\n#### 票价\n\n{TWO}\n\n"
        f"### 添新渡船\n\n{TWO}\n",
        [("汀桐晚报 2031年5月6日", B), ("要闻版", B), ("渡口复航", H), ("票价", S), ("添新渡船", H)],
    ),
    (  # headlines of level 1 below the name
        f"# 汀桐晚报 2031年5月6日\n\n# 渡口复航\n\n{ONE}\n\n# 添新渡船\n\n{TWO}\n",
        [("汀桐晚报 2031年5月6日", B), ("渡口复航", H), ("添新渡船", H)],
    ),
    (f"## 渡口复航\n\n{ONE}\n\n## 添新渡船\n\n{TWO}\n", [("渡口复航", H), ("添新渡船", H)]),
    (f"# 渡口复航\n\n{ONE}\n\n# 添新渡船 #\n\n{TWO}\n", [("渡口复航", H), ("添新渡船", H)]),
    # one article with its parts, and numbers that are part of a headline
    (f"# 渡口复航\n\n{ONE}\n\n## 票价\n\n{TWO}\n\n## 班次\n\n{TWO}\n", [("渡口复航", H), ("票价", S), ("班次", S)]),
    (f"# 柳垛渡口的一天\n\n## 清晨\n\n{ONE}\n\n## 傍晚\n\n{TWO}\n", [("柳垛渡口的一天", H), ("清晨", S), ("傍晚", S)]),
    (f"{ONE}\n\n## 票价\n\n{TWO}\n\n## 班次\n\n{TWO}\n", [("票价", S), ("班次", S)]),
    (
        f"# 2031年5月渡口复航\n\n## 1. 票价\n\n{ONE}\n\n## 2. 班次\n\n{TWO}\n",
        [
            ("2031年5月渡口复航", H),
            ("1. 票价", S),
            ("2. 班次", S),
        ],
    ),
    (f"## 1.5亿元修渡口\n\n{ONE}\n\n## 2. 添新渡船\n\n{TWO}\n", [("1.5亿元修渡口", H), ("2. 添新渡船", H)]),
]


@pytest.mark.parametrize(("text", "told"), MARKDOWN)
@pytest.mark.parametrize("read", [read_text, read_markdown])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_headings(text: str, told: list[tuple[str, Role]], read: object, line_break: str) -> None:
    assert is_markdown(text)
    page = read(text.replace("\n", line_break).encode(), ReadConfig())  # type: ignore[operator]
    assert [(page.text[start:end], role) for start, end, role in page.markup] == told
    letters = [[c for c in each if c.isalnum()] for each in (text, page.text)]
    assert letters[0] == letters[1]
    rows = text.split("\n")
    lines = page.lines or range(1, page.text.count("\n") + 2)
    for line, number in zip(page.text.split("\n"), lines, strict=True):
        assert line.strip("\r") in rows[number - 1]
