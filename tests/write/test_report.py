"""The report: self-contained, escaped, every link leads somewhere, and what is left out is said."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from unsplice.model import Action, Result, SetAside
from unsplice.reasons import CopyKind, Reason
from unsplice.run import clean
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
        "raw/p0003.txt (1,234 bytes): binary Leave it out.",
        "0.94 p0001:17 of p0001:9 in 鹭笛“桨王赛”: 一村人的龙舟情 : near copy",
        "moved body → 鹭笛“桨王赛”: 一村人的龙舟情 ¶6 0.91 belongs to another headline",
        "runner-up: 旧桥改造完工 (0.10 lower)",
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
    fields = {"evidence": HOSTILE, "flags": (HOSTILE,), "runner_up": HOSTILE, "score": 0.5}
    scene.row(HOSTILE, "p1-01", -1)
    key = scene.row(HOSTILE, "p1-01", 0, action=Action.MOVED, **fields)
    copy = {"reason": Reason.COPY, "copy_kind": CopyKind.NEAR, "similarity": 0.5}
    scene.row(HOSTILE, action=Action.DUPLICATE, survivor=key, **copy, **fields)
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
            moved = {"action": Action.MOVED, "score": 0.5 + n / 1000, "reason": Reason.OTHER_HEADLINE}
            scene.row("移动的段落。", "p000-01", n + 1, **moved)
        if n == pages - 1:
            copy = {"reason": Reason.COPY, "copy_kind": CopyKind.NEAR, "similarity": 0.99}
            scene.row("重复。", action=Action.DUPLICATE, survivor=key, **copy)
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
    rows = tuple(replace(row, score=row.score and 1.0, similarity=row.similarity and 1.0) for row in result.placements)
    text = parsed(replace(result, placements=rows)).text
    assert "Weakest" not in text


def test_copies_are_reviewed_by_similarity() -> None:
    """The least similar first; a piece all of which stands in the survivor is certain, however short it is."""
    scene = Scene()
    scene.page("p1")
    key = scene.row("旧桥改造工程昨日完工，桥面加宽了一米。", "p1-01", 0)
    kinds = [
        (CopyKind.NEAR, 0.94), (CopyKind.CONTAINED, 1.0), (CopyKind.EDITED, 0.91), (CopyKind.EXACT, 1.0),
        (CopyKind.CONTAINED, 0.96), (CopyKind.OVERLAP, 1.0),
    ]  # fmt: skip
    for kind, similarity in kinds:
        copy = {"action": Action.DUPLICATE, "reason": Reason.COPY, "survivor": key, "certainty": 0.3}
        scene.row("旧桥改造工程", copy_kind=kind, similarity=similarity, **copy)
    copies = view.choose(scene.result(), "md").copies
    assert [(row.copy_kind, row.similarity) for row in copies] == [
        (CopyKind.EDITED, 0.91),
        (CopyKind.NEAR, 0.94),
        (CopyKind.CONTAINED, 0.96),
    ]


PARK = "青篱区昨日开放了六处口袋公园。公园里装了长椅和饮水机，夜里也亮着灯，附近的孩子放学后常来玩耍。"


def test_an_exact_piece_is_no_weak_copy() -> None:
    lines = ["青篱区开放六处口袋公园", PARK, "园林工人每周修剪两次草坪，社区还请来志愿者照看花圃。", PARK[:22]]
    result = clean(["-"], stdin="\n\n".join(lines).encode())
    (copy,) = [row for row in result.placements if row.action is Action.DUPLICATE]
    assert (copy.copy_kind, copy.similarity) == (CopyKind.CONTAINED, 1.0)
    assert view.choose(result, "md").copies == ()
    assert "Weakest copies" not in parsed(result).text


def test_an_empty_run() -> None:
    assert "0 pages" in parsed(Scene().result()).text
