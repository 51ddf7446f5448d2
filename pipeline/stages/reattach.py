"""Passages + copies + each page's decisions -> placements: where every span of every page goes, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline import models
from pipeline.config import ReattachConfig
from pipeline.model import Action, Copy, CopyKind, Page, Passage, Placement, Role
from pipeline.similarity.forms import fold
from pipeline.stages.decide import PageVerdicts
from pipeline.stages.gather import Member, Story, gather
from pipeline.stages.order import breaks_off, join_features, starts_within
from pipeline.stages.passages import gaps, truncated
from pipeline.stages.scene import UNITS, Key

JOIN = 0.8  # probability from which two fragments become one paragraph: a wrong join costs more than a missed one
COPY_REASON = {CopyKind.EXACT: "exact copy", CopyKind.NEAR: "near copy", CopyKind.CONTAINED: "cut-short copy"}


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


def reattach(
    pages: Mapping[str, Page],
    passages: Mapping[str, Sequence[Passage]],
    evidence: Evidence,
    *,
    views: Sequence[PageVerdicts],
    config: ReattachConfig,
) -> tuple[list[Placement], dict[str, str | None]]:
    """The ledger's rows, sorted, and the title of each article (None: no page has its headline).

    `passages` by page, `views` the decisions of each page in the order of their ids.
    """
    by_key = {p.key: p for found in passages.values() for p in found}
    batch = Batch(passages, {c.passage: c for c in evidence.copies}, {v.page: v for v in views}, by_key)
    stories = gather(views, {c.passage: c.survivor for c in evidence.copies}, config)
    articles = {s.id: _entries(s, batch) for s in stories}
    titles = {s.id: s.title for s in stories}
    places = _Places(articles, stories, batch)
    _attach_the_rest(articles, places)
    _join_proven(articles, evidence.continues, places)
    for entries in articles.values():
        _join(entries)
    rows = list(_rows(articles, stories, places))
    for id_, page in pages.items():
        rows += _blanks(page, passages[id_])
    used = {r.article for r in rows}
    return sorted(rows, key=lambda r: (r.page, r.start)), {k: t for k, t in titles.items() if k in used}


def _entries(story: Story, batch: Batch) -> list[Entry]:
    """The story's passages in order, each by the occurrence that stands in the best place and says it all."""
    entries = []
    for m in story.members:
        survivor = batch.by_key[m.key]
        text = fold(survivor.text)
        same = [p for p in m.verdict.copies if fold(p.text) == text]
        own = {h.index for h in story.headlines if h.page == m.verdict.passage.page}
        view = batch.views[m.verdict.passage.page]
        under = [p for p in same if (j := view.headline_of[p.index]) >= 0 and _index(view, j) in own]
        chosen = next(iter(under or same), survivor)
        entries.append(Entry(chosen, m, chosen.role))
    return entries


def _index(view: PageVerdicts, headline: int) -> int:
    passage = view.headlines[headline][1]
    return passage.index if passage else -1


class _Places:
    """Where each passage of the batch went: its article, and the entry that speaks for it."""

    def __init__(self, articles: dict[str, list[Entry]], stories: Sequence[Story], batch: Batch):
        self.batch = batch
        self.of: dict[Key, tuple[str, Entry]] = {}
        self.headline: dict[Key, str] = {h.key: s.id for s in stories for h in s.headlines}
        self.titled: dict[tuple[str, int], str] = {}
        for id_, entries in articles.items():
            for e in entries:
                self.put(id_, e)
        roots = {h.key: s.id for s in stories for h in s.headlines}
        for view in batch.views.values():
            for j, (_, passage) in enumerate(view.headlines):
                if passage:
                    self.titled[view.page, j] = roots[passage.key]
                else:
                    self.titled[view.page, j] = next(s.id for s in stories if s.page == view.page and not s.headlines
                                                     and s.title == view.headlines[j][0])  # fmt: skip

    def put(self, id_: str, entry: Entry) -> None:
        self.of[self.batch.origin(entry.passage)] = id_, entry

    def article(self, passage: Passage) -> str | None:
        """The article of a passage that has been placed, or of a headline."""
        if passage.role is Role.HEADLINE:
            return self.headline.get(passage.key)
        found = self.of.get(self.batch.origin(passage))
        return found[0] if found else None


def _attach_the_rest(articles: dict[str, list[Entry]], places: _Places) -> None:
    """Bylines and captions go with the passages beside them; a headline over nothing becomes a subhead or stays alone."""
    batch = places.batch
    for page in batch.passages:
        found = [p for p in batch.passages[page] if p.role is not Role.BOILERPLATE]
        for i, p in enumerate(found):
            before, after = found[i - 1] if i else None, found[i + 1] if i + 1 < len(found) else None
            if p.role is Role.HEADLINE:
                _demote(p, before, after, articles=articles, places=places)
            elif p.role not in UNITS and p.key not in batch.copies:
                _attach(p, before, after, articles=articles, places=places)


def _attach(
    p: Passage, before: Passage | None, after: Passage | None, *, articles: dict[str, list[Entry]], places: _Places
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
        at = max((k + 1 for k, e in enumerate(entries) if e.passage.key < p.key and e.passage.page == p.page), default=0)
    entries.insert(at, entry)
    places.put(goal, entry)


def _after(entries: Sequence[Entry], passage: Passage | None, places: _Places) -> int | None:
    """The place after the entry that speaks for a passage; 0 after the article's headline."""
    if passage is None:
        return None
    if passage.role is Role.HEADLINE:
        return 0
    _, entry = places.of[places.batch.origin(passage)]
    return next((k + 1 for k, e in enumerate(entries) if e is entry), None)


def _demote(
    p: Passage, before: Passage | None, after: Passage | None, *, articles: dict[str, list[Entry]], places: _Places
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


def _join_proven(articles: Mapping[str, list[Entry]], continues: Mapping[Key, Key], places: _Places) -> None:
    """Puts tails that were swapped back where an intact copy proves that they belong."""
    for first, then in sorted(continues.items()):
        if first in places.batch.copies or then in places.batch.copies:
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
        if first.role is Role.BODY and breaks_off(text):
            after = [(d, entries[i + d]) for d in (1, 2) if i + d < len(entries)]
            after = [(d, e) for d, e in after if e.role is Role.BODY and starts_within(e.passage.text)]
            rows = [join_features(text, e.passage.text, d, len(after)) for d, e in after]
            chances = [float(models.forest("joins").predict(r[None, :])[0]) for r in rows]
            if chances and max(chances) > JOIN:
                distance, tail = after[chances.index(max(chances))]
                first.tails.append(tail)
                del entries[i + distance]
                continue
        i += 1


def _rows(articles: Mapping[str, list[Entry]], stories: Sequence[Story], places: _Places) -> Iterator[Placement]:
    """The placements of all passages: those in articles, then headlines, copies and boilerplate."""
    batch = places.batch
    done: dict[Key, str] = {}
    shown = {s.id: s for s in stories}
    cluster = {key: n for n, key in enumerate(sorted({c.survivor for c in batch.copies.values()}), 1)}
    speaker: dict[Key, Passage] = {}
    for id_, entries in articles.items():
        before: Passage | None = None
        for position, entry in enumerate(entries):
            text = "".join(e.passage.text for e in (entry, *entry.tails))
            cut = truncated(before, text) if entry.role is Role.BODY else ()
            for part, e in enumerate((entry, *entry.tails)):
                origin = batch.origin(e.passage)
                done[e.passage.key] = id_
                speaker[origin] = e.passage
                flags = (*e.passage.flags, *cut, *(("broken",) if entry.tails else ()))
                row = _placed(e, id_, shown.get(id_), places)
                yield replace(row, position=position, part=part, cluster=cluster.get(origin),
                              flags=tuple(sorted({*row.flags, *flags})))  # fmt: skip
            before = entry.passage
    yield from _headline_rows(stories, done, batch)
    for found in batch.passages.values():
        for p in found:
            if p.key in done or p.role is Role.HEADLINE:
                continue
            if p.role is Role.BOILERPLATE and p.key not in batch.copies:
                yield _row(p, Action.BOILERPLATE, score=p.certainty, reason="boilerplate by its shape and place")
                continue
            yield _copy_row(p, speaker[batch.origin(p)], cluster[batch.origin(p)], batch)


def _row(p: Passage, action: Action, **fields: object) -> Placement:
    return Placement(p.page, p.start, p.end, p.line, p.role, action, **fields)  # type: ignore[arg-type]


def _copy_row(p: Passage, kept: Passage, cluster: int, batch: Batch) -> Placement:
    """A copy, and how like the kept passage it is; the survivor of its text may itself yield to a copy of it."""
    copy = batch.copies.get(p.key)
    kind, similarity = (copy.kind, copy.similarity) if copy else (CopyKind.EXACT, 1.0)
    reason = f"{COPY_REASON[kind]} of {kept.page}:{kept.line}"
    return _row(p, Action.DUPLICATE, cluster=cluster, survivor=kept.key, score=similarity, reason=reason)


def _headline_rows(stories: Sequence[Story], done: Mapping[Key, str], batch: Batch) -> Iterator[Placement]:
    """Headlines: the first of a story is its title, the others are copies of it."""
    kept: dict[tuple[str, str], Passage] = {}
    for story in stories:
        for n, h in enumerate(story.headlines):
            if h.key in done:  # became a subhead
                continue
            kept[h.page, fold(h.text)] = h
            if n:
                yield _row(h, Action.DUPLICATE, survivor=story.headlines[0].key, score=1.0,
                           reason=f"exact copy of the headline {story.headlines[0].page}:{story.headlines[0].line}")  # fmt: skip
            else:
                flags = () if any(r == story.id for r in done.values()) else ("no-text",)
                yield _row(h, Action.KEPT, article=story.id, position=-1, score=h.certainty,
                           reason="a headline by its shape and the text after it", flags=flags)  # fmt: skip
    first = {h.key: story.headlines[0] for story in stories for h in story.headlines}
    for found in batch.passages.values():
        for p in found:
            if p.role is Role.HEADLINE and p.key not in done and p.key not in first:
                twin = first[kept[p.page, fold(p.text)].key]
                yield _row(p, Action.DUPLICATE, survivor=twin.key, score=1.0,
                           reason=f"exact copy of the headline {twin.page}:{twin.line}")  # fmt: skip


def _placed(e: Entry, id_: str, story: Story | None, places: _Places) -> Placement:
    """A passage in its article: whether it stood there or was moved, by what score, past which rival."""
    p, m = e.passage, e.member
    view = places.batch.views[p.page]
    under = view.headline_of[p.index]
    headlines = {h.key for h in story.headlines} if story else set()
    passage = view.headlines[under][1] if under >= 0 else None
    at_home = bool(passage and passage.key in headlines) or (under < 0 and m is not None and m.verdict.target < 0)
    at_home = at_home or bool(under >= 0 and passage is None and story and story.title == view.headlines[under][0])
    if m is None:
        action = Action.KEPT if at_home or not headlines else Action.MOVED
        reason = "a headline by its shape, but it stands within one story" if p.role is Role.HEADLINE \
            else "goes with the passage beside it"  # fmt: skip
        return replace(_row(p, action, article=id_, score=p.certainty, reason=reason), role=e.role)
    v = m.verdict
    rival = places.titled[v.passage.page, v.runner_up] if v.runner_up >= 0 else None
    score = m.stray if m.stray is not None else v.score
    fields = {"article": id_, "score": score, "runner_up": rival, "margin": round(score - v.rival, 4)}
    if m.stray is not None:
        reason = "belongs to a story of another page"
        return _row(p, Action.MOVED, **fields, reason=reason)
    if v.target < 0:
        action = Action.KEPT if at_home else Action.MOVED
        reason = "under no headline" if action is Action.KEPT else "belongs to no headline of its page"
        return _row(p, action, **fields, reason=reason, flags=("untitled",))
    if at_home:
        doubt = ("in-doubt",) if v.alien > 0.25 or v.rival > v.score else ()
        return _row(p, Action.KEPT, **fields, reason="stands under its headline", flags=doubt)
    return _row(p, Action.MOVED, **fields, reason="belongs to another headline", evidence=" ".join(v.shared))


def _blanks(page: Page, found: Sequence[Passage]) -> Iterator[Placement]:
    """White space and lines without a letter: rows too, so that a page's rows give its text back."""
    line, seen = 1, 0
    for start, end in gaps(page, found):
        line += page.text.count("\n", seen, start)
        seen = start
        space = not page.text[start:end].strip()
        yield Placement(page.id, start, end, page.record or line, None, Action.BLANK if space else Action.BOILERPLATE,
                        reason="" if space else "no letter or digit")  # fmt: skip


