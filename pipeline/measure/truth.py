"""The truth of made pages, by letters: whose each letter is, and whether it stands under its own headline."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..learn.made import CAPTION, CREDIT, Line, MadePage, Part
from ..model import Role
from ..text.forms import closed, fold

HEADLINE = -1.0  # the order of a headline
TAIL = 0.1  # what the second part of a divided paragraph adds to its order
GAP = "\n\n"  # between the lines of a made page
CREDIT_LENGTH = 30  # characters; what is longer is more than a credit


class Key(NamedTuple):
    """Names a paragraph of a story, or its headline."""

    story: str
    order: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a page that holds letters of one paragraph, from letter `at` on; `key` is None for boilerplate."""

    start: int
    end: int
    key: Key | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as its story should have it. `optional`: a credit or a pull quote, which the story may lack."""

    text: str
    letters: str
    role: Role
    optional: bool
    home: NDArray[np.bool_]  # which letters stand under the story's own headline, (letters,)

    @property
    def stayed(self) -> bool:
        """Does the page show its place among the other paragraphs?"""
        return bool(self.home.all()) and not self.optional and self.role is not Role.CAPTION


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it should come out: its headline, None where no page has it, and its paragraphs in order.

    `others` are headlines under which it is printed again, and may come out.
    """

    title: str | None
    paragraphs: Mapping[Key, Paragraph]
    others: frozenset[str] = frozenset()

    @property
    def names(self) -> set[str]:
        """The letters of its headlines, an empty string if it has none."""
        return {fold(title or "") for title in (self.title, *self.others)}


@dataclass(frozen=True, slots=True)
class Truth:
    """The stories by id, the pieces of each page in order, and the number of letters that are copies of others."""

    stories: Mapping[str, Story]
    pieces: Mapping[str, Sequence[Piece]]
    copied: int


def truth_of(pages: Sequence[MadePage]) -> Truth:
    """How the pages should come out."""
    texts = _texts(pages)
    letters = {key: fold(text) for key, (text, _) in texts.items()}
    home = {key: np.zeros(len(own), dtype=bool) for key, own in letters.items()}
    pieces: dict[str, list[Piece]] = {page.name: [] for page in pages}
    copied = 0
    for page in pages:
        for piece, line, under in _pieces(page, letters):
            pieces[page.name].append(piece)
            if piece.key in letters:
                size = len(fold(page.text()[piece.start : piece.end]))
                copied += size if line.copy else 0
                if under == piece.key.story:
                    home[piece.key][piece.at : piece.at + size] = True
    own: dict[str, dict[Key, Paragraph]] = defaultdict(dict)
    for key, (text, role) in sorted(texts.items()):
        quoted = any(letters[key] in said for k, said in letters.items() if k.story == key.story and k != key)
        own[key.story][key] = Paragraph(text, letters[key], role, quoted or is_credit(text, role), home[key])
    titles, all_ = _titles(pages), _headlines(pages)
    stories = {name: Story(titles.get(name), found, frozenset(all_.get(name, ()))) for name, found in own.items()}
    return Truth(stories, pieces, copied)


def is_credit(text: str, role: Role) -> bool:
    """Is a paragraph a byline or the like, which may as well be in the metadata alone?"""
    short = len(text) <= CREDIT_LENGTH and not closed(text)
    return role is Role.BYLINE or (short and bool(CREDIT.search(text) or CAPTION.search(text)))


def _titles(pages: Iterable[MadePage]) -> dict[str, str]:
    """The headlines that are on the pages or came with them; of a story printed again, that of the first print."""
    lines = [(line, part) for page in pages for line in page.lines for part in line.parts if _heads(part)]
    lines.sort(key=lambda found: not found[0].copy)
    given = {page.title_story: page.title for page in pages if page.title}
    return {story: title for story, title in ({part.story: part.text for _, part in lines} | given).items() if story}


def _headlines(pages: Iterable[MadePage]) -> dict[str | None, set[str]]:
    """All headlines under which a story is printed."""
    found: dict[str | None, set[str]] = defaultdict(set)
    for part in (part for page in pages for line in page.lines for part in line.parts if _heads(part)):
        found[part.story].add(part.text)
    return found


def _texts(pages: Iterable[MadePage]) -> dict[Key, tuple[str, Role]]:
    """Each paragraph of each story with its role, its parts put together again."""
    parts: dict[Key, list[Part]] = defaultdict(list)
    copies: dict[Key, Part] = {}
    for line in (line for page in pages for line in page.lines):
        for part in line.parts:
            if part.story and not _heads(part):
                if line.copy:
                    copies.setdefault(_key(part), part)
                else:
                    parts[_key(part)].append(part)
    whole = {key: sorted(own, key=lambda part: part.order) for key, own in parts.items()}
    whole = {key: [part] for key, part in copies.items()} | whole
    return {key: ("".join(part.text for part in own), own[0].role) for key, own in whole.items()}


def _pieces(page: MadePage, letters: Mapping[Key, str]) -> Iterator[tuple[Piece, Line, str | None]]:
    """The pieces of a page, each with its line and the story whose headline it stands under."""
    start, under = 0, page.title_story
    for line in page.lines:
        for part in line.parts:
            under = part.story if _heads(part) else under
            end = start + len(part.text)
            key = _key(part) if part.story else None
            at = _offset(part, letters[key]) if key and key in letters else 0
            yield Piece(start, end, key, at), line, under
            start = end
        start += len(GAP)


def _offset(part: Part, letters: str) -> int:
    """Where in its paragraph a part begins, in letters; a retyped copy of all of it is nowhere to the letter."""
    own = fold(part.text)
    return max(0, letters.rfind(own) if _is_tail(part) else letters.find(own))


def _heads(part: Part) -> bool:
    return part.role is Role.HEADLINE


def _is_tail(part: Part) -> bool:
    return abs(part.order - math.floor(part.order) - TAIL) < TAIL / 10


def _key(part: Part) -> Key:
    return Key(str(part.story), float(math.floor(part.order)) if _is_tail(part) else part.order)
