"""Explain passages by the ledger: what became of them, why, and their context before and after."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model import Action
from ...reasons import in_words
from .compared import compared, likest

IN_ARTICLE = (Action.KEPT, Action.MOVED)
QUOTED = 60  # most characters of a neighbouring passage that are shown
LINES = re.compile(r"(.+):([0-9]{1,9})(?:-([0-9]{1,9}))?", re.DOTALL)
ENDINGS = (".md", ".txt", ".json")  # of an article's own file
LINED = (".md", ".txt")  # of one that has a paragraph per line

Row = dict[str, Any]
Original = Callable[[str, int], str | None]  # the text of a page, by its file and line; None if it can't be read


def explanation(
    ledger: Path, at: str, *, ids: Sequence[str] = (), original: Original = lambda file, line: None
) -> Iterator[str]:
    """Lines on what became of the passages at PAGE:LINE or PAGE:FIRST-LAST, or on all of an article.

    A page is named by its id or its file, an article by its id or its own file, which may have lines, too. `ids` are
    those that a page may have by its file's name, the likeliest first. `original` reads a page again. Raises InputError
    for what isn't there.
    """
    if not ledger.is_file():
        raise InputError(f"{ledger}: there is no ledger; run `unsplice run` first, or name its folder with --out")
    articles = ledger.with_name("articles.jsonl")
    lines = LINES.fullmatch(at)
    if lines is None:
        yield from _article(ledger, articles, at)
        return
    page, first, last = lines[1], int(lines[2]), int(lines[3] or lines[2])
    rows = _rows(ledger, "page", [page]) or _rows(ledger, "page", _pages(articles, page))
    rows = rows or next(filter(None, (_rows(ledger, "page", [each]) for each in ids)), [])
    if not rows and (file := _own_file(ledger, page)):
        yield from _article(ledger, articles, page, _positions(file, first, last))
        return
    if not rows:
        raise InputError(f"{page}: there is no such page in {ledger}; the articles' front matter names the pages")
    found = _between(rows, first, last, at)
    written = _Written(articles, {row["page"] for row in found})
    for row in found:
        yield from _story(row, written)
        yield from _copy(row, rows, ledger, written, original)
        if first == last:
            yield from _context(row, rows, written)
        elif written.titles:
            yield f"  text: {written.text(row)}"


def _own_file(ledger: Path, name: str) -> Path | None:
    """The file of an article that lines may be named of; None if there is none."""
    file = ledger.with_name("articles") / os.path.basename(name)
    return file if file.suffix in LINED and file.is_file() else None


def _positions(file: Path, first: int, last: int) -> set[int]:
    """The paragraphs on some lines of an article's own file; its title, or front matter, is -1."""
    lines = file.read_text(encoding="utf-8").split("\n")
    head = lines.index("---", 1) if file.suffix == ".md" else 0
    if first > len(lines):
        raise InputError(f"{file}:{first}: the file has {len(lines)} lines")
    numbered = [(-1, k) for k in range(head + 1)]
    numbered += list(enumerate(k for k in range(head + 1, len(lines)) if lines[k]))
    return {position for position, k in numbered if first <= k + 1 <= last}


def _article(ledger: Path, articles: Path, at: str, positions: Collection[int] | None = None) -> Iterator[str]:
    """What an article, or some of its paragraphs, was made of, in its order."""
    name = os.path.basename(at)
    stem, ending = os.path.splitext(name)
    named = [at, *([stem] if ending in ENDINGS else [])]
    rows = next(filter(None, (_rows(ledger, "article", [each]) for each in named)), [])
    if not rows:
        raise InputError(
            f"{at}: is not of the form PAGE:LINE or PAGE:FIRST-LAST, such as p0001:12, and no article in {ledger}"
        )
    written = _Written(articles, {row["page"] for row in rows})
    yield written.name(rows[0]["article"])
    for row in sorted(rows, key=lambda row: (row["position"], row["page"], row["start"])):
        if positions is not None and row["position"] not in positions:
            continue
        yield from _story(row, written)
        yield f"  text: {written.text(row)}"


def _rows(ledger: Path, column: str, values: Sequence[str]) -> list[Row]:
    """The ledger's rows of some pages or articles, in order."""
    from pyarrow import parquet  # late: slow, and not needed by --help

    if not values:  # a filter by an empty list has no type
        return []
    rows: list[Row] = parquet.read_table(ledger, filters=[(column, "in", list(values))]).to_pylist()
    return sorted(rows, key=lambda row: (row["line"], row["page"], row["start"]))


def _pages(articles: Path, file: str) -> list[str]:
    """The pages that were read from a file, according to the articles; one, but for a file of records.

    The file may be named in any way: as it was for the run, by another path, or by the end of its path if no other file
    ends so.
    """
    found: dict[str, set[str]] = {}
    if articles.is_file():
        sign = json.dumps(os.path.basename(file), ensure_ascii=False)[1:-1]
        with articles.open(encoding="utf-8") as lines:
            for line in lines:
                if sign in line:  # a cheap test before parsing
                    for source in json.loads(line)["metadata"]["sources"]:
                        found.setdefault(source["file"], set()).add(source["page"])
    full = os.path.abspath(file)
    same = [name for name in found if name == file or os.path.abspath(name) == full]
    same = same or [name for name in found if f"/{name}".endswith(f"/{os.path.normpath(file)}")]
    return sorted(found[same[0]]) if len(same) == 1 else []


def _between(rows: Sequence[Row], first: int, last: int, at: str) -> list[Row]:
    """The rows that begin on some lines (blank ones only if there are no others), or the one that runs across them."""
    found = [row for row in rows if first <= row["line"] <= last]
    if not found and rows[0]["line"] < first <= last < rows[-1]["line"]:
        found = [[row for row in rows if row["line"] < first][-1]]
    if not found:
        raise InputError(f"{at}: the page has lines {rows[0]['line']} to {rows[-1]['line']}")
    return [row for row in found if row["action"] != Action.BLANK] or found


class _Written:
    """The articles made from some pages: their titles and paragraphs, and each passage's text."""

    def __init__(self, articles: Path, pages: set[str]) -> None:
        self.paragraphs: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self.files: dict[str, str] = {}
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
        self.files |= {source["page"]: source["file"] for source in article["metadata"]["sources"]}
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


def _copy(row: Row, rows: Sequence[Row], ledger: Path, written: _Written, original: Original) -> Iterator[str]:
    """The text of a copy and that of the passage that was kept, marked where they differ."""
    page, _, line = (row["survivor"] or "").rpartition(":")
    if not page:
        return
    others = rows if page == row["page"] else _rows(ledger, "page", [page])
    own = _original(row, rows, written, original)
    kept = [r for r in others if r["page"] == page and r["line"] == int(line) and r["action"] in IN_ARTICLE]
    texts = [text for r in kept if (text := _original(r, others, written, original))]
    if own is None or not texts:
        yield "  its text: (the page cannot be read again, or has changed)"
        return
    mine, other = compared(own, likest(own, texts))
    yield f"  its text: {mine}"
    yield f"  was kept: {other}"


def _original(row: Row, rows: Sequence[Row], written: _Written, original: Original) -> str | None:
    """The text of a row on its page, read again; None where that isn't as it was."""
    file = written.files.get(row["page"])
    text = original(file, row["line"]) if file is not None and row["action"] != Action.BLANK else None
    if text is None or len(text) != max(r["end"] for r in rows if r["page"] == row["page"]):
        return None
    return text[row["start"] : row["end"]].strip()


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
