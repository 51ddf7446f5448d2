"""Explain one passage by the ledger: what became of it, why, and its context before and after."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model import Action
from ...reasons import in_words

QUOTED = 60  # most characters of a neighbouring passage that are shown


def explanation(ledger: Path, at: str) -> Iterator[str]:
    """Lines on what became of the passages at PAGE:LINE, or FILE:LINE, as `unsplice check` names them.

    Raises InputError where there are none.
    """
    page, _, number = at.rpartition(":")
    if not page or not re.fullmatch(r"[0-9]{1,9}", number):
        raise InputError(f"{at}: is not of the form PAGE:LINE, such as p0001:12")
    if not ledger.is_file():
        raise InputError(f"{ledger}: there is no ledger; run `unsplice run` first, or name its folder with --out")
    articles = ledger.with_name("articles.jsonl")
    rows = _rows(ledger, [page]) or _rows(ledger, _pages(articles, page))
    if not rows:
        raise InputError(f"{page}: there is no such page in {ledger}; the articles' front matter names the pages")
    found = _at(rows, int(number), at)
    written = _Written(articles, {row["page"] for row in found})
    for row in found:
        yield from _story(row, written)
        yield from _context(row, rows, written)


def _rows(ledger: Path, pages: Sequence[str]) -> list[dict[str, Any]]:
    """The ledger's rows of some pages, in order."""
    from pyarrow import parquet  # late: slow, and not needed by --help

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
                if sign in line:  # a cheap test before parsing
                    sources = json.loads(line)["metadata"]["sources"]
                    pages.update(source["page"] for source in sources if source["file"] == file)
    return sorted(pages)


def _at(rows: Sequence[dict[str, Any]], line: int, at: str) -> list[dict[str, Any]]:
    """The rows that begin on a line (blank ones only if there are no others), or the one that runs across it."""
    found = [row for row in rows if row["line"] == line]
    if not found and rows[0]["line"] < line < rows[-1]["line"]:
        found = [[row for row in rows if row["line"] < line][-1]]
    if not found:
        raise InputError(f"{at}: the page has lines {rows[0]['line']} to {rows[-1]['line']}")
    return [row for row in found if row["action"] != Action.BLANK] or found


class _Written:
    """The articles made from some pages: their titles and paragraphs, and each passage's text."""

    def __init__(self, articles: Path, pages: set[str]) -> None:
        self.paragraphs: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self.texts: dict[tuple[str, int], str] = {}
        if not articles.is_file():
            return
        with articles.open(encoding="utf-8") as lines:
            for line in lines:
                if any(json.dumps(page) in line for page in pages) and "id" in (article := json.loads(line)):
                    self._read(article)

    def _read(self, article: Mapping[str, Any]) -> None:
        self.titles[article["id"]] = article["title"] or "(no headline)"
        self.paragraphs[article["id"]] = [p["text"] for p in article["paragraphs"]]
        for paragraph in article["paragraphs"]:
            for source in paragraph["sources"]:
                self.texts[source["page"], source["start"]] = paragraph["text"]

    def name(self, article: str) -> str:
        title = self.titles.get(article)
        return f"{article} “{title}”" if title else article

    def text(self, row: Mapping[str, Any]) -> str:
        """The beginning of a row's text as written; or, if it was not, what became of it."""
        if row["position"] == -1:
            return _short(self.titles.get(row["article"], ""))
        text = self.texts.get((row["page"], row["start"]))
        return _short(text) if text else f"({row['action']})"


def _story(row: Mapping[str, Any], written: _Written) -> Iterator[str]:
    """One row of the ledger as lines of text."""
    role = f", {row['role']}" if row["role"] else ""
    yield f"{row['page']}:{row['line']}, characters {row['start']} to {row['end']}{role}"
    moved = row["action"] == Action.MOVED
    name = f"{written.name(row['article'])}{_position(row['position'])}" if row["article"] else ""
    where = f" {'to' if moved else 'in'} {name}" if name else ""
    kept = f"; the passage that was kept: {row['survivor']}" if row["survivor"] else ""
    yield f"  {row['action']}{where}{kept}"
    rival = written.name(row["runner_up"]) if row["runner_up"] else None
    lower = f" ({margin} lower)" if (margin := _figure(row["margin"])) else ""
    facts = {
        "similarity": _figure(row["similarity"]),
        "score": _figure(row["score"]),
        "runner-up": rival and f"{rival}{lower}",
    }
    if figures := ", ".join(f"{name} {value}" for name, value in facts.items() if value):
        yield f"  {figures}"
    shared = ("evidence", row["evidence"])
    if moved and row["evidence"]:
        shared = ("shared with its story alone", ", ".join(row["evidence"].split()))
    why = in_words(row["reason"], row["copy_kind"], row["survivor"] or "")
    for name, value in (("because", why), shared, ("flags", row["flags"])):
        if value is not None and len(value):
            yield f"  {name}: {value if isinstance(value, str) else ', '.join(value)}"


def _context(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], written: _Written) -> Iterator[str]:
    """The neighbours of a passage on its page, and in its article where they differ."""
    lines = [r for r in rows if r["page"] == row["page"] and r["action"] != Action.BLANK]
    k = next((k for k, r in enumerate(lines) if r["start"] == row["start"]), None)
    if k is None or not written.titles:
        return
    yield f"  text: {written.text(row)}"
    for name, near in (("before", lines[k - 1 : k] if k else []), ("after", lines[k + 1 : k + 2])):
        for r in near:
            yield f"  {name} it on the page: {written.text(r)}"
    if row["action"] == Action.MOVED and row["position"] is not None:
        own, at = written.paragraphs.get(row["article"], []), row["position"]
        for name, text in (
            ("before", own[at - 1] if 0 < at <= len(own) else ""),
            ("after", own[at + 1] if at + 1 < len(own) else ""),
        ):
            if text:
                yield f"  {name} it in the article: {_short(text)}"


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED] + "…"


def _position(position: int | None) -> str:
    if position is None:
        return ""
    return " as its headline" if position < 0 else f", paragraph {position + 1}"


def _figure(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.3f}"  # NaN is unequal to itself
