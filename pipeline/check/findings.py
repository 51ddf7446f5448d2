"""The damage that a run found, as findings with stable codes, one line each, for continuous integration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..config import TidyConfig
from ..model import Action, Article, Page, Placement, Result
from ..reasons import WORDS, CopyKind, Flag, Reason, in_words
from ..text.positions import line_of
from ..tidy.rules import changes, doubts
from ..write.articles import IN_ARTICLE, SPACED
from .codes import COPIES, FLAGGED, NOTED, UNREAD

QUOTED = 16  # most characters of a passage or headline in a message: enough to find it


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One piece of damage, in one line of a file."""

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.message}"


def findings(result: Result, config: TidyConfig) -> list[Finding]:
    """What is wrong with the pages of a run, sorted by file, line, code and message."""
    run = _Run(result)
    found = [
        Finding(run.file(row.page), row.line, code, message)
        for row in result.placements
        for code, message in _judged(row, run, config)
    ]
    found += _untitled(run, result.articles)
    found += _damaged_bytes(run)
    found += _encodings(run)
    found += [
        Finding(_readable(item.source), item.record or 1, UNREAD, f"{item.reason}. {item.remedy}")
        for item in result.set_aside
    ]
    return sorted(set(found))


class _Run:
    """A run's pages, rows and articles, looked up by key."""

    def __init__(self, result: Result) -> None:
        self.pages: Mapping[str, Page] = {page.id: page for page in result.pages}
        self.articles: Mapping[str, Article] = {article.id: article for article in result.articles}
        wanted = {row.survivor for row in result.placements if row.survivor is not None}
        self.kept = {row.ref: row for row in result.placements if row.ref in wanted}

    def file(self, page: str) -> str:
        return _readable(self.pages[page].source)

    def text(self, row: Placement) -> str:
        return self.pages[row.page].text[row.start : row.end]

    def name(self, article: str | None) -> str:
        """An article's headline, quoted, and its id."""
        found = self.articles.get(article or "")
        if found is None:
            return str(article)
        return f"{_quoted(found.title)} ({found.id})" if found.title else f"a story without headline ({found.id})"


def _judged(row: Placement, run: _Run, config: TidyConfig) -> Iterator[tuple[str, str]]:
    """The code and message of each thing that is wrong with one row."""
    if row.action is Action.BLANK:
        return
    text = run.text(row)
    said = _quoted(text)
    if row.action is Action.DUPLICATE:
        yield _copy(row, said, run)
    elif row.action is Action.MOVED:
        yield "U201", f"{said} is misplaced: it belongs to {run.name(row.article)}{_score(row)}"
    elif row.action is Action.BOILERPLATE:
        lost = Flag.UNPLACED in row.flags
        yield ("U402", f"{said} has no place in the markup") if lost else ("U401", f"{said} is boilerplate")
    for flag in row.flags if row.action is not Action.BOILERPLATE else ():
        if flag in FLAGGED:
            code, fault = FLAGGED[flag]
            yield code, f"{said} {fault}" + (_doubt(row, run) if flag is Flag.IN_DOUBT else "")
    if row.action in IN_ARTICLE and (rules := changes(text, config, row.role in SPACED)):
        yield "U601", f"{said} needs tidying: " + ", ".join(f"{rule} ({count})" for rule, count in rules)
    if row.action in IN_ARTICLE and (found := doubts(text)):
        yield "U602", f"{said} has " + ", ".join(f"{count} {WORDS[doubt]}" for doubt, count in found)


def _copy(row: Placement, said: str, run: _Run) -> tuple[str, str]:
    kind = row.copy_kind or CopyKind.EXACT
    kept = run.kept.get(row.survivor) if row.survivor else None
    where = f"{run.file(kept.page)}:{kept.line}" if kept else "a passage that was kept"
    similarity = "" if row.similarity in (None, 1) else f" (similarity {row.similarity:.2f})"
    if kind is CopyKind.OVERLAP:
        return COPIES[kind], f"{said} {in_words(Reason.COPY, kind, where)}"
    article = "an" if kind is CopyKind.EXACT else "a"
    return COPIES[kind], f"{said} is {article} {WORDS[kind]} of {where}{similarity}"


def _doubt(row: Placement, run: _Run) -> str:
    rival = f"; it may belong to {run.name(row.runner_up)}" if row.runner_up else ""
    return f"{_score(row)}{rival}"


def _untitled(run: _Run, articles: tuple[Article, ...]) -> Iterator[Finding]:
    """Each story without headline, at its first paragraph."""
    for article in articles:
        if article.title is None and article.paragraphs:
            first = article.paragraphs[0]
            place = first.sources[0]
            message = f"the story that begins {_quoted(first.text)} has no headline; kept as {article.id}"
            yield Finding(run.file(place.page), place.line, "U202", message)


def _damaged_bytes(run: _Run) -> Iterator[Finding]:
    """Each line with replacement characters, on pages with undecodable bytes."""
    for page in run.pages.values():
        flag = next((flag for flag in page.flags if flag.startswith("bad-bytes")), None)
        if flag is None:
            continue
        lines = Counter(line_of(page, at) for at, c in enumerate(page.text) if c == "\ufffd")
        for line, count in lines.items():
            places = "1 place" if count == 1 else f"{count} places"
            yield Finding(run.file(page.id), line, "U501", f"bytes that are no {page.encoding} text in {places}")
        if not lines:
            yield Finding(run.file(page.id), page.record or 1, "U501", f"bytes that are no text ({flag})")


def _encodings(run: _Run) -> Iterator[Finding]:
    """Other problems with the bytes of pages, each reported at the page's first line."""
    for page in run.pages.values():
        for flag in page.flags:
            name, _, value = flag.partition(":")
            if name in NOTED:
                code, fault = NOTED[name]
                yield Finding(run.file(page.id), page.record or 1, code, fault.format(value=value, page=page))


def _quoted(text: str) -> str:
    """The beginning of a text on one line, in Chinese quotation marks."""
    line = " ".join(text[: 4 * QUOTED].split())
    return f"“{line[:QUOTED]}{'…' if len(line) > QUOTED or len(text) > 4 * QUOTED else ''}”"


def _score(row: Placement) -> str:
    return "" if row.score is None else f" (score {row.score:.2f})"


def _readable(name: str) -> str:
    r"""A file's name as text; bytes in it that are not UTF-8 come out as "\udcb9"."""
    return name.encode("utf-8", "backslashreplace").decode()
