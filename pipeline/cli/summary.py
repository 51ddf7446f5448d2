"""Summaries of a run and of a deduplication, as lines to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import WriteConfig
from ..model import Action, Result, SetAside

if TYPE_CHECKING:
    from ..collection.update import Updated
    from ..corpus.summary import Summary as Deduplicated

_LARGEST = 5  # clusters that are listed
_GONE = 5  # sources that are gone that are listed; `unsplice status` has them all
_MOST = 20  # files set aside that are listed; the ledger has them all
_FATES = {
    Action.KEPT: "kept in place",
    Action.MOVED: "moved to its article",
    Action.DUPLICATE: "dropped: duplicate",
    Action.BOILERPLATE: "dropped: boilerplate",
    Action.BLANK: "dropped: white space",
    Action.QUARANTINED: "set aside: unreadable",
}


def summary(result: Result, out: Path, config: WriteConfig) -> Iterator[str]:
    """Lines: pages and articles, what became of every character, what was set aside, and where the results are."""
    untitled = sum(article.title is None for article in result.articles)
    titles = f", {untitled:,} of them without a headline" if untitled else ""
    yield f"{_count(len(result.pages), 'page')} -> {_count(len(result.articles), 'article')}{titles}"
    sizes: Counter[Action] = Counter()
    for row in result.placements:
        sizes[row.action] += row.end - row.start
    total = sum(sizes.values()) or 1
    for action, fate in _FATES.items():
        if sizes[action]:
            yield f"  {fate:<24} {sizes[action]:>12,} characters {sizes[action] / total:>7.1%}"
    if result.unfamiliar:
        yield f"{unfamiliar(result)}; `unsplice eval` measures this on clean articles of the same kind"
    yield from set_aside(result.set_aside)
    articles = out / ("articles" if config.ending else f"articles.{config.format}")
    yield f"articles: {articles}    report: {out / 'report.html'}"


def changes(done: Updated) -> Iterator[str]:
    """A line: what became of the sources of a collection."""
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged, "taken out": len(done.removed)}
    told = [f"{count:,} {what}" for what, count in counts.items() if count]
    yield f"sources: {', '.join(told) or 'none'}"


def kept(done: Updated, out: Path) -> Iterator[str]:
    """Lines about what stays although its source is gone or an article was edited, and what to do about it."""
    if done.gone:
        verb = "is" if len(done.gone) == 1 else "are"
        remedy = "--prune takes them out"
        yield f"gone: {_first(done.gone)} {verb} no longer there to read; the articles stay ({remedy})"
    if done.old:
        yield f"gone: {_first(done.old)} could not be read again by this version: used as an older one read it"
    for name, other in sorted(done.edited.items()):
        yield f"edited: {out / name} was not as the last run wrote it; it is now {out / other}"


def _first(names: Sequence[str]) -> str:
    """Some names, and how many there are more."""
    more = f" and {len(names) - _GONE:,} more" if len(names) > _GONE else ""
    return ", ".join(names[:_GONE]) + more


def unfamiliar(result: Result) -> str:
    """Which pages are unlike what the models learned from."""
    number, first = len(result.unfamiliar), result.unfamiliar[0]
    which = first if number == 1 else f"{first} and {_count(number - 1, 'other page')}"
    return f"unfamiliar: {which}: unlike what the models learned from; only what is surely misplaced was moved"


def deduplicated(found: Deduplicated, out: Path) -> Iterator[str]:
    """Lines: documents kept and removed, pairs of each kind, the largest clusters, and where the results are."""
    share = f" ({found.removed / found.documents:.1%})" if found.documents else ""
    yield (
        f"{_count(found.documents, 'document')}: {found.kept:,} kept, {found.removed:,} removed{share} "
        f"in {_count(found.clusters, 'cluster')}, {found.set_aside:,} set aside"
    )
    for kind, count in found.pairs.items():
        yield f"  {kind:<10} {_count(count, 'pair'):>16}"
    for cluster in found.largest[:_LARGEST]:
        yield f"  {cluster.documents:,} documents like {cluster.representative}"
    if found.crowded:
        yield f"  large groups: {found.crowded:,} comparisons were limited to the nearest neighbours"
    yield f"results: {out}    report, weakest pairs first: {out / 'report.html'}"


def set_aside(items: Sequence[SetAside], total: int = 0) -> Iterator[str]:
    """Lines about what could not be read: which, why, and what to do; `items` are all, or the first of `total`."""
    for item in items[:_MOST]:
        record = f":{item.record}" if item.record is not None else ""
        yield f"set aside: {item.source}{record}: {item.reason.rstrip('.')}. {item.remedy}"
    if (more := max(total, len(items)) - _MOST) > 0:
        yield f"set aside: and {more:,} more" + ("" if total else "; the ledger lists all of them as quarantined")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
