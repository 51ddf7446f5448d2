"""Stories -> articles: which occurrence represents each passage, what goes with it, what is one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from ...model import Passage, Ref, Role
from ...models import Models
from ...reasons import Flag
from ..page.texts import PLACED
from .decided import Decided
from .order import AROUND, fragments, join_features
from .stories import Piece, Story

JOINED = 4000  # last characters of what has been joined that are looked at again: hard-wrapped text is one paragraph
JOIN = 0.7  # probability from which two fragments become one paragraph: a wrong join costs more than a missed one
SOUND = 0.9  # the same where no other damage shows on the page: some publishers close few of their paragraphs


@dataclass(slots=True, eq=False)
class Occurrence:
    """One passage in its article: the occurrence that represents all its copies, and how it came there.

    `piece` is None for bylines, captions and demoted headlines, which go with their neighbours. `rest` are the
    fragments that continue its paragraph.
    """

    passage: Passage
    piece: Piece | None = None
    role: Role = Role.BODY
    rest: list[Occurrence] = field(default_factory=list)

    @property
    def paragraph(self) -> tuple[Occurrence, ...]:
        """The fragments of its paragraph in order, itself first."""
        return (self, *self.rest)

    @property
    def text(self) -> str:
        """The text of its paragraph."""
        return "".join(x.passage.text for x in self.paragraph)


Articles = dict[str, list[Occurrence]]  # by id, paragraphs in order


class Places:
    """Where each passage of the batch went: its article, and the occurrence that represents it."""

    def __init__(self, articles: Articles, stories: Sequence[Story], decided: Decided):
        self.decided = decided
        self.articles = articles
        self.headline: dict[Ref, str] = {h.ref: s.id for s in stories for h in s.headlines}
        self.story: dict[Ref, str] = {name: s.id for s in stories for name in s.names}
        self._of: dict[Ref, tuple[str, Occurrence]] = {}
        for id_, occurrences in articles.items():
            for x in occurrences:
                self._note(id_, x)

    def _note(self, id_: str, x: Occurrence) -> None:
        self._of[self.decided.evidence.origin(x.passage.ref)] = id_, x

    def __contains__(self, p: Passage) -> bool:
        return self.decided.evidence.origin(p.ref) in self._of

    def of(self, ref: Ref) -> tuple[str, Occurrence] | None:
        """The article of a passage that has been placed, and the occurrence that speaks for it."""
        return self._of.get(self.decided.evidence.origin(ref))

    def article(self, p: Passage | None) -> str | None:
        """The article of a passage that has been placed, or of a headline."""
        if p is None:
            return None
        if p.role is Role.HEADLINE:
            return self.headline.get(p.ref)
        found = self.of(p.ref)
        return found[0] if found else None

    def after(self, p: Passage | None, id_: str) -> int | None:
        """The index in an article just after the paragraph of a passage; 0 after its headline."""
        if p is None:
            return None
        if p.role is Role.HEADLINE:
            return 0
        found = self.of(p.ref)
        own = self.articles.get(id_, [])
        return next((k + 1 for k, x in enumerate(own) if found and x is found[1]), None)

    def insert(self, x: Occurrence, id_: str, at: int) -> None:
        """Insert a passage into an article."""
        self.articles.setdefault(id_, []).insert(at, x)
        self._note(id_, x)


def assemble(stories: Sequence[Story], decided: Decided, models: Models) -> Places:
    """The articles, each with its paragraphs in order, and where every passage of the batch went."""
    places = Places({s.id: _occurrences(s, decided) for s in stories}, stories, decided)
    _attach_the_rest(places)
    _join_proven(places)
    for occurrences in places.articles.values():
        _join(occurrences, decided, models)
    return places


def _occurrences(story: Story, decided: Decided) -> list[Occurrence]:
    """The story's passages in order, each represented by a complete occurrence in the best position."""
    found = []
    for piece in story.pieces:
        survivor = decided.batch.at(piece.origin)
        letters = decided.batch.letters(survivor)
        same = [p for p in piece.decision.copies if decided.batch.letters(p) == letters]
        fallback = piece.decision.passage if survivor.role is Role.HEADLINE else survivor
        chosen = piece.at if piece.at in same else next(iter(same), fallback)
        found.append(Occurrence(chosen, piece, chosen.role))
    return found


def _attach_the_rest(places: Places) -> None:
    """Place bylines and captions with their neighbours; a headline without text may become a subhead.

    Copies come last, and only where their survivor was not placed, such as a line taken for a headline.
    """
    copy_of = places.decided.evidence.copy_of
    for copies, own in product((False, True), places.decided.batch.pages.values()):
        found = [p for p in own if p.role is not Role.BOILERPLATE]
        for before, p, after in zip([None, *found], found, [*found[1:], None], strict=False):
            if p.role is Role.HEADLINE and not copies:
                _demote(p, before, after, places)
            elif p.role not in PLACED and (p.ref in copy_of) is copies and p not in places:
                _attach(p, before, after, places)


def _attach(p: Passage, before: Passage | None, after: Passage | None, places: Places) -> None:
    """Put a passage into the story of both its neighbours if that is one story, else into that of its headline."""
    over = places.decided.over(p)
    own = places.story[over] if over else None
    left = places.article(before)
    right = places.article(after) if after and after.role is not Role.HEADLINE else None
    goal = left if Flag.FUSED in p.flags or left == right else own or left or right
    goal = goal or own or right or f"{p.page}-00"
    at = places.after(before, goal) if left == goal else None
    if at is None and right == goal and after and (behind := places.after(after, goal)) is not None:
        at = behind - 1
    if at is None:
        others = enumerate(places.articles.get(goal, ()), 1)
        at = max((k for k, x in others if x.passage.page == p.page and x.passage.start < p.start), default=0)
    places.insert(Occurrence(p, None, p.role), goal, at)


def _demote(p: Passage, before: Passage | None, after: Passage | None, places: Places) -> None:
    """Make a headline without text of its own a subhead if the same story stands before and after it."""
    own, left, right = places.headline.get(p.ref), places.article(before), places.article(after)
    if own is None or places.articles.get(own) or left is None or left != right or left == own:
        return
    at = places.after(before, left)
    places.insert(Occurrence(p, None, Role.SUBHEAD), left, len(places.articles[left]) if at is None else at)
    del places.headline[p.ref]


def _join_proven(places: Places) -> None:
    """Put swapped tails back where an intact copy proves that they belong."""
    evidence = places.decided.evidence
    for first, then in sorted(evidence.continues.items()):
        head, tail = places.of(first), places.of(then)
        if first in evidence.copy_of or then in evidence.copy_of or not head or not tail:
            continue
        own = places.articles[tail[0]]
        if not tail[1].rest and tail[1] in own:
            own.remove(tail[1])
            head[1].rest.append(tail[1])


def _join(occurrences: list[Occurrence], decided: Decided, models: Models) -> None:
    """Join the two parts of a paragraph that was broken in mid-sentence, where that is certain."""
    i, text = 0, ""
    while i < len(occurrences):
        first, start = occurrences[i], max(0, i - AROUND)
        text = text or first.text
        near = [(x.role, x.passage.text) for x in occurrences[start : i + AROUND]]
        found = fragments(near, i - start, text)
        chances = models.forest("joins").predict(join_features(found, models)) if found else None
        least = JOIN if decided.pages[first.passage.page].damaged else SOUND
        if found is None or chances is None or chances.max() <= least:
            i, text = i + 1, ""
            continue
        tail = occurrences.pop(i + found.after[int(chances.argmax())][0])
        text = (text + tail.text)[-JOINED:]
        first.rest += tail.paragraph
        tail.rest = []
        if first.role is not tail.role:
            first.role = Role.BODY
