"""What a run tells its user: the summary, and the story of one passage out of the ledger."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.model import Action, Result, SetAside

if TYPE_CHECKING:
    from pipeline.corpus.dedup import Summary as Deduplicated

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


def summary(result: Result, out: Path) -> Iterator[str]:
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
    yield from told(result.set_aside)
    yield f"articles: {out / 'articles'}    what went where, and why: {out / 'report.html'}"


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


def told(items: Sequence[SetAside]) -> Iterator[str]:
    """Lines about the files that could not be read: which, why, and what to do."""
    for item in items[:_MOST]:
        record = f":{item.record}" if item.record is not None else ""
        yield f"set aside: {item.source}{record}: {item.reason.rstrip('.')}. {item.remedy}"
    if len(items) > _MOST:
        yield f"set aside: and {len(items) - _MOST:,} more; the ledger lists them as quarantined"


def explanation(ledger: Path, at: str) -> Iterator[str]:
    """Lines on what became of the passages at PAGE:LINE, or FILE:LINE, as `unsplice check` names them.

    Raises InputError where there are none.
    """
    page, _, number = at.rpartition(":")
    if not page or not re.fullmatch(r"[0-9]{1,9}", number):
        raise InputError(f"{at}: is not of the form PAGE:LINE, such as p0001:12")
    if not ledger.is_file():
        raise InputError(f"{ledger}: there is no ledger; run `unsplice run` first, or name its folder with --out")
    rows = _rows(ledger, [page]) or _rows(ledger, _pages(ledger.with_name("articles.jsonl"), page))
    if not rows:
        raise InputError(f"{page}: there is no such page in {ledger}; the articles' front matter names the pages")
    for row in _at(rows, int(number), at):
        yield from _story(row)


def _rows(ledger: Path, pages: Sequence[str]) -> list[dict[str, Any]]:
    """The ledger's rows of some pages, in order."""
    from pyarrow import parquet  # late: --help need not wait for it

    if not pages:  # a filter by an empty list has no type
        return []
    rows: list[dict[str, Any]] = parquet.read_table(ledger, filters=[("page", "in", list(pages))]).to_pylist()
    return sorted(rows, key=lambda row: (row["line"], row["page"], row["start"]))


def _pages(articles: Path, file: str) -> list[str]:
    """The pages that were read from a file, according to the articles; one, but for a file of records."""
    pages: set[str] = set()
    sign = json.dumps(file, ensure_ascii=False)
    if articles.is_file():
        with articles.open(encoding="utf-8") as lines:
            for line in lines:
                if sign in line:  # before the slower parsing
                    sources = json.loads(line)["metadata"]["sources"]
                    pages.update(source["page"] for source in sources if source["file"] == file)
    return sorted(pages)


def _at(rows: Sequence[dict[str, Any]], line: int, at: str) -> list[dict[str, Any]]:
    """The rows that begin on a line, white space only where there is nothing else; or the one that runs across it."""
    found = [row for row in rows if row["line"] == line]
    if not found and rows[0]["line"] < line < rows[-1]["line"]:
        found = [[row for row in rows if row["line"] < line][-1]]
    if not found:
        raise InputError(f"{at}: the page has lines {rows[0]['line']} to {rows[-1]['line']}")
    return [row for row in found if row["action"] != Action.BLANK] or found


def _story(row: Mapping[str, Any]) -> Iterator[str]:
    """One row of the ledger, told in lines."""
    role = f", {row['role']}" if row["role"] else ""
    yield f"{row['page']}:{row['line']}, characters {row['start']} to {row['end']}{role}"
    where = f" in {row['article']}{_position(row['position'])}" if row["article"] else ""
    kept = f"; the copy that was kept: {row['survivor']}" if row["survivor"] else ""
    yield f"  {row['action']}{where}{kept}"
    facts = {"score": _figure(row["score"]), "runner-up": row["runner_up"], "margin": _figure(row["margin"])}
    if figures := ", ".join(f"{name} {value}" for name, value in facts.items() if value):
        yield f"  {figures}"
    for name, value in (("because", row["reason"]), ("evidence", row["evidence"]), ("flags", row["flags"])):
        if value is not None and len(value):
            yield f"  {name}: {value if isinstance(value, str) else ', '.join(value)}"


def _position(position: int | None) -> str:
    if position is None:
        return ""
    return " as its headline" if position < 0 else f", paragraph {position + 1}"


def _figure(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.3f}"  # NaN is unequal to itself


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
