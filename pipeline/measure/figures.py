"""The figures of one level of damage, and their means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

FEW = 150  # letters; a share of fewer says nothing


@dataclass(frozen=True, slots=True)
class Shares:
    """What the program makes of pages, as shares; None where the pages hold too little to tell.

    perfect: stories that come out with the right title, all their text and nothing else, each paragraph whole, and
    those that never left it in order. titles: stories with the right title, or none where no page has it. disturbed:
    of the text that stood in its own story, what no longer does. restored: of the text that stood elsewhere, what is
    now in its own story. lost: of all text, what is in no article. repeated: of the text of copies, what is still
    there. foreign: of the text of the articles, what is another story's or none's. surplus: articles that are no
    story's, per story.
    """

    perfect: float | None = None
    titles: float | None = None
    disturbed: float | None = None
    restored: float | None = None
    lost: float | None = None
    repeated: float | None = None
    foreign: float | None = None
    surplus: float | None = None


NAMES = tuple(field.name for field in fields(Shares))


@dataclass(frozen=True, slots=True)
class Changed:
    """A story that did not come out perfect: its id and headline as given, and what happened, in words."""

    id: str
    title: str | None
    happened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the program makes of the pages of one level of damage."""

    pages: int
    stories: int
    shares: Shares
    changed: tuple[Changed, ...]  # in the order of their pages


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the program makes of pages of one publisher's articles, by level of damage: clean, light, heavy."""

    name: str
    articles: int
    levels: Mapping[str, Figures]


def share(part: float, whole: float, least: int = 1) -> float | None:
    """A share, or None where there is too little to tell."""
    return round(float(part / whole), 4) if whole >= least else None


def mean(evaluations: Sequence[Evaluation], level: str) -> Shares:
    """The mean of each share over the publishers of which it is known."""
    found = [[getattr(each.levels[level].shares, name) for each in evaluations] for name in NAMES]
    known = [[value for value in values if value is not None] for values in found]
    return Shares(*(share(sum(values), len(values)) for values in known))
