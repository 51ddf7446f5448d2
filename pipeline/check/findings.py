"""The damage that a run found, as findings with stable codes, one line each: for continuous integration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..config import TidyConfig
from ..model import Action, Article, Page, Placement, Result
from ..text.positions import line_of
from ..tidy.rules import changes, doubts
from ..write.articles import IN_ARTICLE, SPACED

CODES: dict[str, str] = {
    "U101": "exact copy of another passage",
    "U102": "near copy of another passage, differing in a few characters",
    "U103": "cut-short copy: all that it says stands in another passage",
    "U201": "misplaced passage: it belongs to another article",
    "U202": "story without a headline of its own",
    "U203": "placement in doubt: left where it stands",
    "U301": "passage whose beginning is cut off",
    "U302": "passage whose end is cut off",
    "U303": "caption fused with a paragraph",
    "U304": "paragraph broken in two",
    "U305": "spliced paragraph: two stories run into one",
    "U401": "boilerplate that belongs to no article",
    "U501": "encoding damage: bytes that are no text",
    "U502": "text that was read in the wrong encoding and saved so",
    "U503": "encoding in doubt, or not the one that the page names",
    "U601": "typography that the tidy rules would change",
    "U602": "typography that no rule can put right",
    "U901": "page that could not be read and was set aside",
}

COPIES = {"exact copy": "U101", "near copy": "U102", "cut-short copy": "U103"}
FLAGGED = {
    "in-doubt": ("U203", "is left where it stands, though in doubt"),
    "truncated-head": ("U301", "lacks its beginning"),
    "truncated-tail": ("U302", "lacks its end"),
    "fused": ("U303", "is run together with its neighbour, a caption with a paragraph"),
    "broken": ("U304", "is part of a paragraph that is broken in two"),
    "spliced": ("U305", "is part of a paragraph in which two stories run into one"),
}
NOTED = {
    "mojibake": ("U502", "lines that were read in the wrong encoding and saved so: {value}, put right"),
    "mojibake-left": ("U502", "lines that were read in the wrong encoding and saved so: {value}, past repair"),
    "encoding-in-doubt": ("U503", "read as {page.encoding}, but it may be {value}"),
    "charset-says": ("U503", "names {value} as its encoding, but is {page.encoding}"),
}
DOUBTS = {"unpaired-quotes": "quotation marks without a partner", "private-use": "characters of one font only"}
QUOTED = 16  # characters of a passage or headline that a message quotes: enough to find it


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
    scene = _Scene(result)
    found = [
        Finding(scene.file(row.page), row.line, code, message)
        for row in result.placements
        for code, message in _judged(row, scene, config)
    ]
    found += _untitled(scene, result.articles)
    found += _damaged_bytes(scene)
    found += _encodings(scene)
    found += [
        Finding(_readable(item.source), item.record or 1, "U901", f"{item.reason}; {item.remedy}")
        for item in result.set_aside
    ]
    return sorted(set(found))


class _Scene:
    """A run's pages, rows and articles, looked up by key."""

    def __init__(self, result: Result) -> None:
        self.pages: Mapping[str, Page] = {page.id: page for page in result.pages}
        self.articles: Mapping[str, Article] = {article.id: article for article in result.articles}
        wanted = {row.survivor for row in result.placements if row.survivor is not None}
        self.targets = {(row.page, row.start): row for row in result.placements if (row.page, row.start) in wanted}

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


def _judged(row: Placement, scene: _Scene, config: TidyConfig) -> Iterator[tuple[str, str]]:
    """The code and message of each thing that is wrong with one row."""
    if row.action is Action.BLANK:
        return
    text = scene.text(row)
    said = _quoted(text)
    if row.action is Action.DUPLICATE:
        yield _copy(row, said, scene)
    elif row.action is Action.MOVED:
        yield "U201", f"{said} is misplaced: it belongs to {scene.name(row.article)}{_score(row)}"
    elif row.action is Action.BOILERPLATE:
        yield "U401", f"{said} is boilerplate{_score(row)}"
    for flag in row.flags:
        if flag in FLAGGED:
            code, fault = FLAGGED[flag]
            yield code, f"{said} {fault}" + (_doubt(row, scene) if flag == "in-doubt" else "")
    if row.action in IN_ARTICLE and (rules := changes(text, config, row.role in SPACED)):
        yield "U601", f"{said} needs tidying: " + ", ".join(f"{rule} ({count})" for rule, count in rules)
    if row.action in IN_ARTICLE and (found := doubts(text)):
        yield "U602", f"{said} has " + ", ".join(f"{count} {DOUBTS[doubt]}" for doubt, count in found)


def _copy(row: Placement, said: str, scene: _Scene) -> tuple[str, str]:
    kind = next((name for name in COPIES if row.reason.startswith(name)), None)
    if kind is None:  # a reason in other words: the similarity tells
        kind = "exact copy" if row.score == 1 else "near copy"
    target = scene.targets.get(row.survivor) if row.survivor else None
    where = f"{scene.file(target.page)}:{target.line}" if target else "a passage that was kept"
    similarity = "" if row.score is None or kind == "exact copy" else f" (similarity {row.score:.2f})"
    return COPIES[kind], f"{said} is {'an' if kind[0] == 'e' else 'a'} {kind} of {where}{similarity}"


def _doubt(row: Placement, scene: _Scene) -> str:
    rival = f"; it may belong to {scene.name(row.runner_up)}" if row.runner_up else ""
    return f"{_score(row)}{rival}"


def _untitled(scene: _Scene, articles: tuple[Article, ...]) -> Iterator[Finding]:
    """Each story without headline, at its first paragraph."""
    for article in articles:
        if article.title is None and article.paragraphs:
            first = article.paragraphs[0]
            place = first.sources[0]
            message = f"the story that begins {_quoted(first.text)} has no headline; set apart as {article.id}"
            yield Finding(scene.file(place.page), place.line, "U202", message)


def _damaged_bytes(scene: _Scene) -> Iterator[Finding]:
    """Each line with replacement characters on a page that had bytes which are no text."""
    for page in scene.pages.values():
        flag = next((flag for flag in page.flags if flag.startswith("bad-bytes")), None)
        if flag is None:
            continue
        lines = Counter(line_of(page, at) for at, c in enumerate(page.text) if c == "\ufffd")
        for line, count in lines.items():
            places = "1 place" if count == 1 else f"{count} places"
            yield Finding(scene.file(page.id), line, "U501", f"bytes that are no {page.encoding} text in {places}")
        if not lines:
            yield Finding(scene.file(page.id), page.record or 1, "U501", f"bytes that are no text ({flag})")


def _encodings(scene: _Scene) -> Iterator[Finding]:
    """What else is odd about a page's bytes, at its beginning."""
    for page in scene.pages.values():
        for flag in page.flags:
            name, _, value = flag.partition(":")
            if name in NOTED:
                code, fault = NOTED[name]
                yield Finding(scene.file(page.id), page.record or 1, code, fault.format(value=value, page=page))


def _quoted(text: str) -> str:
    """The beginning of a text in Chinese quotation marks, in one line."""
    line = " ".join(text[: 4 * QUOTED].split())
    return f"“{line[:QUOTED]}{'…' if len(line) > QUOTED or len(text) > 4 * QUOTED else ''}”"


def _score(row: Placement) -> str:
    return "" if row.score is None else f" (score {row.score:.2f})"


def _readable(name: str) -> str:
    r"""A file's name as text; bytes in it that are not UTF-8 come out as "\udcb9"."""
    return name.encode("utf-8", "backslashreplace").decode()
