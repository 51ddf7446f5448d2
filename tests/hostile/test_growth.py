"""What once took quadratic time or more, each by the function that took it: four times the input, at most ten times the
CPU time. (Four times would be linear; sixteen, quadratic.)"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from unsplice.config import ReadConfig
from unsplice.dedup.overlaps import find_overlaps
from unsplice.dedup.repetition import meant
from unsplice.limits import cpu_seconds
from unsplice.model import Copy, Ref
from unsplice.read.headings import heading
from unsplice.read.html import read_html
from unsplice.read.ids import unused_id
from unsplice.read.markdown import read_markdown
from unsplice.read.markup.about import document_title
from unsplice.read.markup.blocks import blocks
from unsplice.read.markup.furniture import settled
from unsplice.read.markup.headlines import signed_headings
from unsplice.read.markup.scan import scan
from unsplice.read.markup.tree import parse
from unsplice.reasons import CopyKind
from unsplice.search.column import column
from unsplice.search.runs import shared_runs
from unsplice.search.store import Store
from unsplice.text.cues import JUNK
from unsplice.text.forms import fold_map, normalized
from unsplice.tidy.rules import tidy
from unsplice.write.metadata.mentions import find_mentions

from ..batch import batch
from .kinds import HAN, SENTENCE, filled, prose

LEAST = 0.002  # CPU seconds below which a measurement says nothing


class Case(NamedTuple):
    """A function of what is made of a size, and the smaller of two sizes."""

    run: Callable[[Any], object]
    make: Callable[[int], Any]
    size: int


def document(body: str) -> Any:
    return parse(f"<html><body>{body}</body></html>")


def copies_of_one_line(n: int) -> tuple[list[Copy], Any]:
    pages = batch({"p": [SENTENCE] * n})
    refs = [p.ref for p in pages]
    return [Copy(ref, refs[0], CopyKind.EXACT, 1.0) for ref in refs[1:]], pages


def identical_runs(n: int) -> Any:
    """Distinct texts that all hold one run of letters."""
    store = Store()
    store.add(column([prose(20, 1) + prose(20, k + 2, HAN) for k in range(n)]))
    return store.column(), store.hashes[:, 0].copy()


def overlapping(text: str) -> list[str]:
    """Lines each of which begins as the one before it ends."""
    return [text[at : at + 60] for at in range(0, len(text) - 60, 35)]


def take_ids(n: int) -> None:
    taken: dict[str, int] = {}
    assert len({unused_id("a", "a.zip/a.txt", taken) for _ in range(n)}) == n


CASES = {
    "marks on one letter": Case(normalized, lambda n: "灯" + "\u0301\u0323" * n, 5000),
    "digits": Case(JUNK.search, lambda n: "1" * n, 4000),
    "letters by letters": Case(fold_map.__wrapped__, lambda n: "灯塔，" * n, 20_000),
    "lines of one letter": Case(find_overlaps, lambda n: batch({"p": ["哈" * (n + k) for k in range(20)]}), 150),
    "lines that overlap": Case(find_overlaps, lambda n: batch({"p": overlapping(prose(35 * n, 3, HAN))}), 300),
    "one line as a run of copies": Case(lambda x: meant(*x), copies_of_one_line, 1000),
    "texts that share one run": Case(lambda x: shared_runs(*x, 0.3), identical_runs, 1000),
    "a heading with spaces": Case(heading, lambda n: f"# a{' ' * n}b", 4000),
    "full-width digits": Case(tidy, lambda n: "１，" * n, 4000),
    "spaced letters": Case(lambda t: tidy(t, headline=True), lambda n: "灯 塔\u3000" * n, 1000),
    "spaced full stops": Case(tidy, lambda n: "灯. 塔. " * n, 2000),
    "marks behind spaces": Case(tidy, lambda n: "灯 ,塔 ." * n, 2000),
    "opening quotes": Case(tidy, lambda n: "“灯”“" * n, 2000),
    "members of one name": Case(take_ids, lambda n: n, 500),
    "open titles": Case(scan, lambda n: "<title><a " * n + "</title>", 2000),
    "open frames": Case(scan, lambda n: "<iframe>" * n + "</iframe>", 4000),
    "attributes": Case(
        lambda s: [parse(d.markup) for d in scan(s).documents],
        lambda n: f"<p {' '.join(f'a{k}=1' for k in range(n))}>{SENTENCE}</p>",
        4000,
    ),
    "comments of e-paper systems": Case(read_html, lambda n: f"<p>{SENTENCE}</p>" + "<!--enpproperty " * n + "-", 2000),
    "elements of e-paper systems": Case(
        read_html, lambda n: f"<p>{SENTENCE}</p><founder-title>{' ' * n}x<founder-date>", 400
    ),
    "nested furniture": Case(
        lambda root: settled(blocks(root)), lambda n: document(f"<div class=nav>{SENTENCE}" * n), 300
    ),
    "signed headings": Case(
        lambda root: signed_headings(blocks(root)),
        lambda n: document(f"<div><h2>灯塔</h2><p>记者张三</p><p>{SENTENCE}</p></div>" * n),
        200,
    ),
}  # fmt: skip


def seconds(case: Case, size: int) -> float:
    """CPU seconds, the best of three."""
    best = float("inf")
    for _ in range(3):
        given = case.make(size)
        start = time.thread_time()
        case.run(given)
        best = min(best, time.thread_time() - start)
    return best


@pytest.mark.parametrize("name", CASES)
def test_cost_is_a_line_in_size(name: str) -> None:
    case = CASES[name]
    seconds(case, case.size // 4)  # kernels are compiled, and tables made
    assert seconds(case, 4 * case.size) <= 10 * max(LEAST, seconds(case, case.size))


MERGED = "\n".join(
    ["---", "a0: &a0 {x: 1}", *(f"a{k}: &a{k} {{<<: [*a{k - 1},*a{k - 1}]}}" for k in range(1, 40)), "---", SENTENCE]
)
ENDLESS = {
    "correspondents": lambda: find_mentions("记者 " + "驻" * 150),
    "correspondents of ranks": lambda: find_mentions("作者:" + "驻首席高级" * 30 + "x"),
    "brackets at the end": lambda: [find_mentions(SENTENCE + "(记者张三)" * 60) for _ in range(20)],
    "merged maps": lambda: read_markdown(MERGED.encode(), ReadConfig()),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS)
def test_what_took_exponential_time_ends(name: str) -> None:
    with cpu_seconds(5):
        ENDLESS[name]()


def test_only_one_place_stands_before_a_reporter() -> None:
    assert find_mentions("（本报驻京首席记者 张三）灯塔亮了。").people == {"reporter": ["张三"]}


def test_a_long_title_is_cut() -> None:
    assert len(document_title(document("<title>" + filled("灯_", 9000) + "</title>"))) == 1000


def test_the_marks_of_ordinary_text_are_normalized_at_once() -> None:
    text = "e\u0301" * 2000 + "灯\u0323\u0301" * 2000
    assert normalized(text) == "é" * 2000 + "灯\u0323\u0301" * 2000


def test_the_end_of_a_chain_of_overlaps_is_no_beginning_of_it() -> None:
    """Each of two lines ends as the other begins: only one of them continues the other."""
    a, b = prose(30, 11, HAN), prose(30, 12, HAN)
    (found,) = find_overlaps(batch({"p": [a + b[:25], b[:25] + a[:25]]}))
    assert (found.first, found.then) == (Ref("p", 0), Ref("p", 57))
