"""The nouns of unsplice: pages, passages, copies, placements, articles. Frozen, and import nothing local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """What a passage is."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    CAPTION = "caption"
    BODY = "body"
    BOILERPLATE = "boilerplate"


class Action(StrEnum):
    """What became of a span of a page."""

    KEPT = "kept"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    BOILERPLATE = "boilerplate"
    BLANK = "blank"
    QUARANTINED = "quarantined"


class CopyKind(StrEnum):
    """How one passage is a copy of another."""

    EXACT = "exact"
    NEAR = "near"
    EDITED = "edited"
    CONTAINED = "contained"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Page:
    """One scraped file, or one record of a file that holds many, decoded.

    `id` is plain ASCII and stable when other pages come or go. `source` names the file as the user gave it, and a
    member of a zip behind it. `record` is the 1-based line of a JSONL record, or row of a table (None for a file that
    is one page): every line number of such a page is that line. `meta` holds what came with the page (title, url,
    date). `flags` says what was wrong with its bytes, such as "bad-bytes:2". Of a page that was markup, `text` holds a
    line for each that a reader sees, `lines` the line of the file that each came from, and `markup` what the markup
    says that spans of the text are: (start, end, role) in order; boilerplate is all that stands around the articles.
    """

    id: str
    source: str
    text: str
    encoding: str
    record: int | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    markup: tuple[tuple[int, int, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file or record that could not be read as a page: what it is, why, and what to do about it."""

    id: str
    source: str
    reason: str
    remedy: str
    size: int
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a page's text between line breaks, or a part of one where it was split.

    `start` and `end` are character offsets into the decoded page, white space at the ends left out;
    `text == page.text[start:end]`. `line` is 1-based in the source file. `index` counts a page's passages.
    `certainty` is the probability of the role, `headline` that of being a headline.
    """

    page: str
    index: int
    start: int
    end: int
    line: int
    text: str
    role: Role
    certainty: float = 1.0
    flags: tuple[str, ...] = ()
    headline: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        """(page, start): unique in a batch, and sorts in reading order."""
        return self.page, self.start

    def split(self, at: int, flag: str) -> tuple[Passage, Passage]:
        """The passage in two parts, cut at an offset into its page; both bear the flag."""
        head = replace(self, end=at, text=self.text[: at - self.start], flags=(*self.flags, flag))
        return head, replace(head, start=at, end=self.end, text=self.text[at - self.start :])

    def numbered(self, index: int) -> Passage:
        """The same passage as the page's number `index`."""
        return replace(self, index=index)


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified near-duplicate: `passage` says nothing that `survivor` does not say, too.

    Both are (page, start) keys. `similarity` is 1 for exact copies, the Jaccard similarity of shingles for
    near ones, the share of letters that stay for edited ones, and the share of the longer text for contained ones.
    """

    passage: tuple[str, int]
    survivor: tuple[str, int]
    kind: CopyKind
    similarity: float


TITLE = -1  # the position of an article's headline among its paragraphs


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one span of a page goes, and why: one row of the ledger.

    `article` and `position` (0-based paragraph, TITLE for the headline) are None where the span is in no article.
    `part` orders the spans of one paragraph. `survivor` is the (page, start) of the passage kept in the stead
    of a duplicate, `cluster` the number of its cluster. `score` is the probability behind the decision,
    `runner_up` the second-best article with its probability in `margin`'s terms (score minus runner-up's).
    """

    page: str
    start: int
    end: int
    line: int
    role: Role | None
    action: Action
    article: str | None = None
    position: int | None = None
    part: int = 0
    cluster: int | None = None
    survivor: tuple[str, int] | None = None
    score: float | None = None
    runner_up: str | None = None
    margin: float | None = None
    reason: str = ""
    evidence: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a page's text that a paragraph was made of; `line` and `last_line` are 1-based."""

    page: str
    start: int
    end: int
    line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article, as it is written out."""

    role: Role
    text: str
    sources: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A story as it comes out. `title` is None where no page has its headline.

    `meta` holds the fields that `write.metadata.FIELDS` lists: text, or a list of names.
    """

    id: str
    title: str | None
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[Span, ...]
    flags: tuple[str, ...] = ()
    meta: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found: the pages it read, what it set aside, the account, and the articles.

    `placements` are sorted by (page, start); those of one page tile its text from 0 to its end.
    """

    pages: tuple[Page, ...]
    set_aside: tuple[SetAside, ...]
    placements: tuple[Placement, ...]
    articles: tuple[Article, ...]
