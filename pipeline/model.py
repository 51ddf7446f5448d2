"""The data model: pages, passages, copies, evidence, placements, articles. All are immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .reasons import CopyKind, Flag, Reason


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


class Ref(NamedTuple):
    """Names a span everywhere: its page, and the offset at which it starts there. Sorts in reading order.

    A headline that came with its page and is not in the text starts at BEFORE_TEXT.
    """

    page: str
    start: int


BEFORE_TEXT = -1


@dataclass(frozen=True, slots=True)
class Page:
    """One scraped file, or one record of a file that holds many, decoded.

    `id` is plain ASCII and stable when other pages come or go. `source` names the file as the user gave it, and a
    member of a zip behind it. `record` is the 1-based line of a JSONL record, or row of a table (None for a file that
    is one page): every line number of such a page is that line. `meta` holds what came with the page (title, url,
    date). `flags` says what was wrong with its bytes, such as "bad-bytes:2". For a page of markup, `text` holds the
    lines that a reader sees, `lines` the line of the file that each came from, and `markup` the roles that the markup
    gives to spans of the text: (start, end, role) in order; boilerplate is whatever is outside the articles. `single`:
    the markup names one headline, and no other line of the page is one. From the offset `unplaced` on the text is what
    the file holds outside of its tags and the parser gave no place.
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
    single: bool = False
    unplaced: int | None = None


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

    `start` and `end` are character offsets into the decoded page, without white space at the ends;
    `text == page.text[start:end]`. `line` is 1-based in the source file. `certainty` is the probability of the role,
    `headline` that of being a headline.
    """

    page: str
    start: int
    end: int
    line: int
    text: str
    role: Role
    certainty: float = 1.0
    flags: tuple[Flag, ...] = ()
    headline: float = 0.0

    @property
    def ref(self) -> Ref:
        return Ref(self.page, self.start)


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified duplicate: `passage` says nothing that `survivor` does not say.

    `similarity` depends on the kind: 1 for exact copies and overlaps, the Jaccard similarity of shingles for near ones,
    1 - edits / letters for edited ones, and the share of letters that are in the survivor for contained ones.
    """

    passage: Ref
    survivor: Ref
    kind: CopyKind
    similarity: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage to be cut in two at an offset into its page, and the cause, with which both parts are flagged."""

    passage: Ref
    at: int
    cause: Flag


@dataclass(frozen=True)
class Evidence:
    """What intact copies prove: which passages are copies, and which passage continues which cut one."""

    copies: tuple[Copy, ...] = ()
    continues: Mapping[Ref, Ref] = field(default_factory=dict)

    @cached_property
    def copy_of(self) -> dict[Ref, Copy]:
        """The copies, by their passage."""
        return {copy.passage: copy for copy in self.copies}

    def origin(self, ref: Ref) -> Ref:
        """The survivor of a copy; of any other passage, itself."""
        copy = self.copy_of.get(ref)
        return copy.survivor if copy else ref


TITLE = -1  # the position of an article's headline among its paragraphs


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one span of a page goes, and why: one row of the ledger.

    `article` and `position` (0-based paragraph, TITLE for the headline) are None where the span is in no article.
    `part` orders the spans of one paragraph. For a duplicate, `survivor` is the passage that is kept instead, and
    `copy_kind` and `similarity` say how it is a copy; `cluster` numbers groups of copies. `certainty` is the
    probability of the role, `score` that of the decision where the span goes; `runner_up` is the second likeliest
    article, and `margin` how much lower its probability is. `evidence` holds words that the span shares with its
    article alone; for a file that could not be read, what is wrong and what to do.
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
    survivor: Ref | None = None
    copy_kind: CopyKind | None = None
    similarity: float | None = None
    certainty: float | None = None
    score: float | None = None
    runner_up: str | None = None
    margin: float | None = None
    reason: Reason | None = None
    evidence: str = ""
    flags: tuple[Flag, ...] = ()

    @property
    def ref(self) -> Ref:
        return Ref(self.page, self.start)


class Reprint(NamedTuple):
    """Another page that prints an article's story, and the headline that it bears there."""

    page: str
    headline: str


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a page's text that a paragraph was made from; `line` and `last_line` are 1-based."""

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
    """A story as written. `title` is None where no page has its headline.

    `meta` holds the fields that `write.metadata.FIELDS` lists: text, or a list of names.
    """

    id: str
    title: str | None
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[Span, ...]
    flags: tuple[Flag, ...] = ()
    meta: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a run: the pages it read, what it set aside, the ledger's rows, and the articles.

    `placements` are sorted by (page, start); those of one page tile its text from 0 to its end. `unfamiliar` names the
    pages that are unlike those that the models learned from, by id, and were handled cautiously.
    """

    pages: tuple[Page, ...]
    set_aside: tuple[SetAside, ...]
    placements: tuple[Placement, ...]
    articles: tuple[Article, ...]
    unfamiliar: tuple[str, ...] = ()
