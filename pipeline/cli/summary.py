"""What a run tells its user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import WriteConfig
from ..model import Action, Result, SetAside

if TYPE_CHECKING:
    from ..corpus.summary import Summary as Deduplicated

_LARGEST = 5  # clusters that are named on the terminal
_MOST = 20  # files set aside that are listed; the ledger has them all
_FATES = {
    Action.KEPT: "kept where it stood",
    Action.MOVED: "moved to its own article",
    Action.DUPLICATE: "dropped: says nothing new",
    Action.BOILERPLATE: "dropped: boilerplate",
    Action.BLANK: "dropped: white space",
    Action.QUARANTINED: "set aside, unread",
}


def summary(result: Result, out: Path, config: WriteConfig) -> Iterator[str]:
    """Lines: pages and articles, the fate of every character, what was set aside, where to look."""
    untitled = sum(article.title is None for article in result.articles)
    titles = f", {untitled:,} of them without a headline" if untitled else ""
    yield f"{_count(len(result.pages), 'page')} -> {_count(len(result.articles), 'article')}{titles}"
    sizes: Counter[Action] = Counter()
    for row in result.placements:
        sizes[row.action] += row.end - row.start
    total = sum(sizes.values()) or 1
    for action, fate in _FATES.items():
        if sizes[action]:
            yield f"  {fate:<28} {sizes[action]:>12,} characters {sizes[action] / total:>7.1%}"
    yield from set_aside(result.set_aside)
    articles = out / ("articles" if config.ending else f"articles.{config.format}")
    yield f"articles: {articles}    what went where, and why: {out / 'report.html'}"


def deduplicated(found: Deduplicated, out: Path) -> Iterator[str]:
    """Lines: how much of a corpus stays, how its texts were alike, the largest clusters, where to look."""
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
        yield f"  crowds: {found.crowded:,} times a text was compared with its neighbours in a crowd only"
    yield f"results: {out}    the weakest pairs to look at: {out / 'report.html'}"


def set_aside(items: Sequence[SetAside], total: int = 0) -> Iterator[str]:
    """Lines about what could not be read: which, why, and what to do; `items` are all, or the first of `total`."""
    for item in items[:_MOST]:
        record = f":{item.record}" if item.record is not None else ""
        yield f"set aside: {item.source}{record}: {item.reason.rstrip('.')}. {item.remedy}"
    if (more := max(total, len(items)) - _MOST) > 0:
        yield f"set aside: and {more:,} more" + ("" if total else "; the ledger lists them as quarantined")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
