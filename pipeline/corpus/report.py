"""The report of a deduplication: counts, the weakest pairs that were accepted, the largest clusters, variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..write.report.html import badge, esc, number, page
from .finder import Example, Examples

if TYPE_CHECKING:
    from .summary import Summary

SHOWN = 400  # most characters of a text
ABOUT = {
    "exact": "the same letters",
    "near": "Jaccard similarity of 5-character shingles",
    "edited": "letters that stay when one is typed into the other",
    "contained": "one lies in the other; the share that it makes up",
    "overlap": "the end of one begins the other; both stay",
    "variant": "alike, but numbers, names or words differ; both stay",
}


def render(summary: Summary, examples: Examples) -> Iterator[str]:
    """The page in pieces; it loads nothing from elsewhere."""
    yield page("unsplice: what is alike")
    yield '<header>\n<h1>unsplice <small>what is alike, and what was kept</small></h1>\n<div class="tiles">\n'
    for count, words in (
        (summary.documents, "documents"),
        (summary.kept, "kept"),
        (summary.removed, f"removed ({_share(summary.removed, summary.documents)})"),
        (summary.clusters, "clusters"),
        (summary.set_aside, "records set aside"),
    ):
        yield f'<div class="tile"><b>{count:,}</b> {words}</div>\n'
    yield "</div>\n"
    yield _kinds(summary)
    if summary.crowded:
        yield (
            f'<p class="notice">{number(summary.crowded, "time")} a text stood in a crowd: so many were alike there '
            "that each was compared with the first and its neighbours, not with every other.</p>\n"
        )
    yield "</header>\n<main>\n"
    yield from _pairs(
        "weakest", "Weakest copies", "accepted, those nearest to the limit of their kind first", examples.weakest
    )
    yield from _pairs("variants", "Variants", "alike, and both kept; the most alike first", examples.variants)
    yield from _clusters(examples)
    yield "</main>\n</body>\n</html>\n"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0 %"


def _kinds(summary: Summary) -> str:
    rows = "".join(
        f"<tr><td>{badge(kind)}</td><td>{count:,}</td><td>{ABOUT[kind]}</td></tr>\n"
        for kind, count in summary.pairs.items()
    )
    head = "<tr><th>kind</th><th>pairs</th><th>measure</th></tr>"
    return f'<table class="counts kinds">\n<thead>{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n'


def _pairs(anchor: str, title: str, about: str, pairs: Sequence[Example]) -> Iterator[str]:
    if not pairs:
        return
    yield f'<section id="{anchor}">\n<h2>{title} <small>{about}; texts as compared</small></h2>\n<ol class="review">\n'
    for pair in pairs:
        own, other = _marked(pair.a_text[:SHOWN], pair.b_text[:SHOWN])
        yield (
            f'<li>{badge(pair.kind)} <span class="score">{pair.similarity:.2f}</span> {esc(pair.a)} ~ {esc(pair.b)}'
            f'<br><q>{own}</q><br><q class="kept">{other}</q></li>\n'
        )
    yield "</ol>\n</section>\n"


def _marked(a: str, b: str) -> tuple[str, str]:
    """Both texts, with the parts that the other lacks highlighted."""
    left, right = [], []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = tag == "equal"
        left.append(esc(a[a1:a2]) if same or a1 == a2 else f"<del>{esc(a[a1:a2])}</del>")
        right.append(esc(b[b1:b2]) if same or b1 == b2 else f"<ins>{esc(b[b1:b2])}</ins>")
    return "".join(left), "".join(right)


def _clusters(examples: Examples) -> Iterator[str]:
    if not examples.clusters:
        return
    yield '<section id="clusters">\n<h2>Largest clusters</h2>\n<ol class="review">\n'
    for size, name, text in examples.clusters:
        yield f"<li><b>{size:,}</b> documents, {esc(name)} kept<br><q>{esc(text[:SHOWN])}</q></li>\n"
    yield "</ol>\n</section>\n"
