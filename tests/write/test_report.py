"""The report: self-contained, escaped, every link leads somewhere, and what is left out is said."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from unsplice.model import Action, Result, SetAside
from unsplice.write.report import render, view
from unsplice.write.report.html import esc, excerpt

from tests.builders import Scene, newspaper

VOID = {"meta", "br"}


class Page(HTMLParser):
    """A parsed report; fails on elements that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.words: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def parsed(result: Result) -> Page:
    return Page("".join(render(result)))


def test_every_link_leads_to_one_place() -> None:
    page = parsed(newspaper().result())
    assert len(set(page.ids)) == len(page.ids)
    anchors = [link[1:] for link in page.links if link.startswith("#")]
    assert set(anchors) <= set(page.ids)
    # the survivor, the article, and the move under review
    assert {"r-p0001-60", "a-p0001-01", "r-p0002-20"} <= set(anchors)
    files = {link for link in page.links if not link.startswith("#")}
    assert files == {f"articles/{name}.md" for name in ("p0001-01", "p0001-02", "p0002-01", "p0002-02")}


def test_it_says_what_went_where_and_why() -> None:
    text = parsed(newspaper().result()).text
    for words in [
        "2 pages",
        "raw/p0003.txt (1,234 bytes): is a picture remove it from the inputs",
        "0.94 p0001:17 of p0001:9 in 鹭笛“桨王赛”: 一村人的龙舟情 : near copy: 1 of 17 differ",
        "moved body → 鹭笛“桨王赛”: 一村人的龙舟情 ¶6 0.91 names and words of that story",
        "or else: 旧桥改造完工 , 0.10 behind",
        "evidence: 21支船队",
        "(untitled) 另有消息说，新校舍下月启用。",
        "raw/p0002.txt · gb18030 · 5 passages · bad-bytes:2",
    ]:
        assert words in text


def test_nothing_is_loaded_from_elsewhere() -> None:
    text = "".join(render(newspaper().result()))
    page = Page(text)
    assert page.names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    assert page.attributes.isdisjoint({"src", "onclick", "onload", "action"})
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert not re.search(r"url\(|@import|https?:", text)
    assert '<html lang="zh">' in text
    assert "prefers-color-scheme: dark" in text


HOSTILE = "</style><script>alert(1)</script>\"'&amp;\x00\x1b\ud800"


def test_all_text_is_escaped() -> None:
    scene = Scene()
    scene.page("p1", source=HOSTILE, encoding=HOSTILE, flags=(HOSTILE,), meta={"url": HOSTILE})
    fields = {"reason": HOSTILE, "evidence": HOSTILE, "flags": (HOSTILE,), "runner_up": HOSTILE, "score": 0.5}
    scene.row(HOSTILE, "p1-01", -1)
    key = scene.row(HOSTILE, "p1-01", 0, action=Action.MOVED, **fields)
    scene.row(HOSTILE, action=Action.DUPLICATE, survivor=key, **fields)
    scene.set_aside.append(SetAside("p2", HOSTILE, HOSTILE, HOSTILE, 1))
    text = "".join(render(scene.result()))
    assert text.count("<script") == 0
    assert text.count("</style") == 1
    assert "&amp;amp;" in text
    text.encode()
    Page(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<a>", "&lt;a&gt;"),
        ('"', "&quot;"),
        ("'", "&#x27;"),
        ("&lt;", "&amp;lt;"),
        ("\x00\ufffe", "\ufffd\ufffd"),
        (3, "3"),
    ],
)
def test_esc(text: object, safe: str) -> None:
    assert esc(text) == safe


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("一二三四", "一二三四"),
        ("一二三四五", "一二三四…"),
        ("一\n 二", "一 二"),
        ("&&&&&", "&amp;&amp;&amp;&amp;…"),
        ("", ""),
    ],
)
def test_excerpt(text: str, short: str) -> None:
    assert excerpt(text, 4) == short


def large(pages: int) -> Result:
    """Pages of one article; on every fifth one passage is moved, ever more surely."""
    scene = Scene()
    for n in range(pages):
        scene.page(f"p{n:03}")
        key = scene.row(f"第{n}页的消息。", f"p{n:03}-01", 0)
        if n % 5 == 0:
            scene.row("移动的段落。", "p000-01", n + 1, action=Action.MOVED, score=0.5 + n / 1000, reason="moved")
        if n == pages - 1:
            scene.row("重复。", action=Action.DUPLICATE, survivor=key, score=0.99, reason="near copy")
    return scene.result()


def test_of_a_large_run_the_pages_with_the_weakest_decisions_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "ALL_PAGES", 6)
    monkeypatch.setattr(view, "WEAKEST", 2)
    page = parsed(large(50))
    shown = [name[2:] for name in page.ids if name.startswith("p-")]
    assert shown == ["p000", "p005", "p010", "p015", "p020", "p049"]
    assert (
        "Shown: 6 pages, those with the weakest decisions. Left out: 39 pages on which nothing happened and "
        "5 pages on which something did; ledger.parquet has them all."
    ) in page.text
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_a_run_of_few_pages_is_shown_whole() -> None:
    page = parsed(large(50))
    assert sum(name.startswith("p-") for name in page.ids) == 50
    assert "Left out" not in page.text


def test_of_a_large_run_idle_pages_alone_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "ALL_PAGES", 20)
    text = parsed(large(50)).text
    assert "Shown: 11 pages. Left out: 39 pages on which nothing happened; ledger.parquet has them all." in text


def test_certain_copies_need_no_review() -> None:
    result = newspaper().result()
    rows = tuple(replace(row, score=None if row.score is None else 1.0) for row in result.placements)
    text = parsed(replace(result, placements=rows)).text
    assert "Weakest" not in text


def test_an_empty_run() -> None:
    assert "0 pages" in parsed(Scene().result()).text
