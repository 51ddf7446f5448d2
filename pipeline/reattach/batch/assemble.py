"""Stories -> articles: which occurrence speaks for each passage, what goes with it, what is one paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from ... import models
from ...model import Copy, Passage, Role
from ...text.forms import fold
from ..page.decide import PageVerdicts
from ..page.texts import UNITS, Key, breaks_off, starts_within
from .order import join_features
from .stories import Member, Story

JOIN = 0.7  # probability from which two fragments become one paragraph: a wrong join costs more than a missed one
AROUND = 12  # passages on either side in which a pull quote may stand once more
SUBHEAD = 24  # characters under which what is taken for a subhead is one, and no part of a paragraph
WITHIN = 4  # passages after the first fragment among which the second is looked for
FRAGMENTS = (Role.BODY, Role.SUBHEAD, Role.CAPTION)  # what a part of a broken paragraph may be taken for


@dataclass(frozen=True, slots=True)
class Evidence:
    """What intact copies prove: which passages are copies, and which cut passage goes on in which."""

    copies: Sequence[Copy]
    continues: Mapping[Key, Key]


@dataclass(slots=True)
class Entry:
    """One passage in its article: the occurrence that speaks for all its copies, and how it came there."""

    passage: Passage
    member: Member | None = None  # None for bylines, captions and demoted headlines, which go with their neighbours
    role: Role = Role.BODY
    tails: list[Entry] = field(default_factory=list)  # fragments that continue its paragraph


@dataclass(frozen=True)
class Batch:
    """What reattachment looks things up in."""

    passages: Mapping[str, Sequence[Passage]]
    copies: Mapping[Key, Copy]
    views: Mapping[str, PageVerdicts]
    by_key: Mapping[Key, Passage]

    def origin(self, passage: Passage) -> Key:
        """The key of the passage kept in the stead of this one, its own where it is no copy."""
        found = self.copies.get(passage.key)
        return found.survivor if found else passage.key


def assemble(stories: Sequence[Story], evidence: Evidence, batch: Batch) -> tuple[dict[str, list[Entry]], Places]:
    """The articles by id, each with its paragraphs in order, and where every passage of the batch went."""
    articles = {s.id: _entries(s, batch) for s in stories}
    places = Places(articles, stories, batch)
    _attach_the_rest(articles, places)
    _join_proven(articles, evidence.continues, places)
    for entries in articles.values():
        _join(entries)
    return articles, places


def _entries(story: Story, batch: Batch) -> list[Entry]:
    """The story's passages in order, each by the occurrence that stands in the best place and says it all."""
    entries = []
    for m in story.members:
        survivor = batch.by_key[m.key]
        text = fold(survivor.text)
        same = [p for p in m.verdict.copies if fold(p.text) == text]
        fallback = m.verdict.passage if survivor.role is Role.HEADLINE else survivor
        chosen = m.at if m.at in same else next(iter(same), fallback)
        entries.append(Entry(chosen, m, chosen.role))
    return entries


class Places:
    """Where each passage of the batch went: its article, and the entry that speaks for it."""

    def __init__(self, articles: dict[str, list[Entry]], stories: Sequence[Story], batch: Batch):
        self.batch = batch
        self.of: dict[Key, tuple[str, Entry]] = {}
        self.headline: dict[Key, str] = {h.key: s.id for s in stories for h in s.headlines}
        self.titled = {local: s.id for s in stories for local in s.locals}
        for id_, entries in articles.items():
            for e in entries:
                self.put(id_, e)

    def put(self, id_: str, entry: Entry) -> None:
        self.of[self.batch.origin(entry.passage)] = id_, entry

    def article(self, passage: Passage) -> str | None:
        """The article of a passage that has been placed, or of a headline."""
        if passage.role is Role.HEADLINE:
            return self.headline.get(passage.key)
        found = self.of.get(self.batch.origin(passage))
        return found[0] if found else None


def _attach_the_rest(articles: dict[str, list[Entry]], places: Places) -> None:
    """Bylines and captions go with what stands beside them; a headline over nothing may become a subhead.

    Copies come last, and only where nothing else speaks for their text, such as a line taken for a headline.
    """
    batch = places.batch
    for copies, page in product((False, True), batch.passages):
        found = [p for p in batch.passages[page] if p.role is not Role.BOILERPLATE]
        for i, p in enumerate(found):
            before, after = found[i - 1] if i else None, found[i + 1] if i + 1 < len(found) else None
            if p.role is Role.HEADLINE and not copies:
                _demote(p, before, after, articles=articles, places=places)
            elif p.role not in UNITS and (p.key in batch.copies) is copies and batch.origin(p) not in places.of:
                _attach(p, before, after, articles=articles, places=places)


def _attach(
    p: Passage, before: Passage | None, after: Passage | None, *, articles: dict[str, list[Entry]], places: Places
) -> None:
    view = places.batch.views[p.page]
    under = view.headline_of[p.index]
    host = places.titled[p.page, under] if under >= 0 else None
    left = places.article(before) if before else None
    right = places.article(after) if after and after.role is not Role.HEADLINE else None
    goal = left if "fused" in p.flags or left == right else host if host else (left or right)
    goal = goal or host or right or f"{p.page}-00"
    entry = Entry(p, None, p.role)
    entries = articles.setdefault(goal, [])
    at = _after(entries, before, places) if left == goal else None
    if at is None and right == goal and after:
        at = _after(entries, after, places)
        at = at - 1 if at is not None else None
    if at is None:
        at = max(
            (k + 1 for k, e in enumerate(entries) if e.passage.key < p.key and e.passage.page == p.page), default=0
        )
    entries.insert(at, entry)
    places.put(goal, entry)


def _after(entries: Sequence[Entry], passage: Passage | None, places: Places) -> int | None:
    """The place after the entry that speaks for a passage; 0 after the article's headline."""
    if passage is None:
        return None
    if passage.role is Role.HEADLINE:
        return 0
    _, entry = places.of[places.batch.origin(passage)]
    return next((k + 1 for k, e in enumerate(entries) if e is entry), None)


def _demote(
    p: Passage, before: Passage | None, after: Passage | None, *, articles: dict[str, list[Entry]], places: Places
) -> None:
    """A headline none of whose text is under it, with one story before and after it, is a subhead of that story."""
    id_ = places.headline.get(p.key)
    left, right = places.article(before) if before else None, places.article(after) if after else None
    if id_ is None or articles.get(id_) or left is None or left != right or left == id_:
        return
    entry = Entry(p, None, Role.SUBHEAD)
    at = _after(articles[left], before, places)
    articles[left].insert(at if at is not None else len(articles[left]), entry)
    places.put(left, entry)
    del places.headline[p.key]


def _join_proven(articles: Mapping[str, list[Entry]], continues: Mapping[Key, Key], places: Places) -> None:
    """Puts tails that were swapped back where an intact copy proves that they belong."""
    for first, then in sorted(continues.items()):
        if first in places.batch.copies or then in places.batch.copies or not {first, then} <= places.of.keys():
            continue
        head, (home, tail) = places.of[first][1], places.of[then]
        if not tail.tails and tail in articles[home]:
            articles[home].remove(tail)
            head.tails.append(tail)


def _join(entries: list[Entry]) -> None:
    """Puts the two parts of a paragraph that was broken in mid-sentence together again, where that is certain."""
    i = 0
    while i < len(entries):
        first = entries[i]
        text = "".join(e.passage.text for e in (first, *first.tails))
        if first.role in FRAGMENTS and breaks_off(text) and (first.role is Role.BODY or len(text) >= SUBHEAD):
            after = [(d, entries[i + d]) for d in range(1, WITHIN + 1) if i + d < len(entries)]
            after = [(d, e) for d, e in after if e.role in FRAGMENTS and starts_within(e.passage.text)]
            if after:
                around = [e.passage.text for e in entries[max(0, i - AROUND) : i + AROUND] if e is not first]
                rows = join_features(text, [(d, e.passage.text) for d, e in after], around)
                chances = models.forest("joins").predict(rows)
                best = int(chances.argmax())
                if chances[best] > JOIN:
                    distance, tail = after[best]
                    first.tails += [tail, *tail.tails]
                    tail.tails = []
                    if first.role is not tail.role:
                        first.role = Role.BODY
                    del entries[i + distance]
                    continue
        i += 1
