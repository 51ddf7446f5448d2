"""Passages + copies + each page's decisions -> placements: where every span of every page goes, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..config import ReattachConfig
from ..model import TITLE, Action, CopyKind, Page, Passage, Placement, Role
from ..passages.lines import AROUND, gaps, truncated
from ..passages.notices import BUTTONS, RULES
from ..text.positions import line_of
from .batch.assemble import Batch, Entry, Evidence, Places, assemble
from .batch.stories import Story, gather
from .page.decide import IN_PLACE, PageVerdicts
from .page.texts import Key

__all__ = ["Evidence", "reattach"]

COPY_REASON = {
    CopyKind.EXACT: "exact copy",
    CopyKind.NEAR: "near copy",
    CopyKind.EDITED: "mistyped copy",
    CopyKind.CONTAINED: "cut-short copy",
    CopyKind.OVERLAP: "the end once more",
}


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
    articles, places = assemble(stories, evidence, batch)
    rows = list(_rows(articles, stories, places))
    for id_, page in pages.items():
        rows += _blanks(page, passages[id_])
    used, headed = {r.article for r in rows}, {r.article for r in rows if r.position == TITLE}
    # A story all of whose headlines became subheads has no title; one whose title came with the page has no headline.
    titles = {s.id: s.title if s.id in headed or not s.headlines else None for s in stories if s.id in used}
    return sorted(rows, key=lambda r: (r.page, r.start)), titles


def _rows(articles: Mapping[str, list[Entry]], stories: Sequence[Story], places: Places) -> Iterator[Placement]:
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
            if p.role is Role.BOILERPLATE and batch.origin(p) not in speaker:
                yield _row(p, Action.BOILERPLATE, score=p.certainty, reason=_why_boilerplate(p))
                continue
            yield _copy_row(p, speaker[batch.origin(p)], cluster[batch.origin(p)], batch)


def _why_boilerplate(p: Passage) -> str:
    if "recurring" in p.flags:
        return "boilerplate that recurs around the stories of many pages"
    rule = next((flag for flag in p.flags if flag == BUTTONS or flag in RULES), None)
    return f"boilerplate by rule: {rule}" if rule else "boilerplate by its shape and place"


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
    kept: dict[tuple[str, int], Passage] = {}
    with_text = set(done.values())
    for story in stories:
        for h in story.headlines:
            first = next((x for x in story.headlines if x.key not in done), h)
            kept[h.page, batch.views[h.page].headline_of[h.index]] = h if h.key in done else first
            if h.key in done:  # became a subhead
                continue
            if h is not first:
                reason = f"exact copy of the headline {first.page}:{first.line}"
                yield _row(h, Action.DUPLICATE, survivor=first.key, score=1.0, reason=reason)
            else:
                flags = () if story.id in with_text else ("no-text",)
                yield _row(h, Action.KEPT, article=story.id, position=TITLE, score=h.certainty,
                           reason="a headline by its shape and the text after it", flags=flags)  # fmt: skip
    firsts = {h.key for story in stories for h in story.headlines}
    for found in batch.passages.values():
        for p in found:
            if p.role is Role.HEADLINE and p.key not in done and p.key not in firsts:
                twin = kept[p.page, batch.views[p.page].headline_of[p.index]]
                yield _row(p, Action.DUPLICATE, survivor=twin.key, score=1.0,
                           reason=f"exact copy of the headline {twin.page}:{twin.line}")  # fmt: skip


def _placed(e: Entry, id_: str, story: Story | None, places: Places) -> Placement:
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
    if m.stray is not None:
        rival = places.titled[m.stray.runner_up] if m.stray.runner_up else None
        return _row(p, Action.MOVED, article=id_, score=m.stray.score, runner_up=rival,
                    margin=round(m.stray.score - m.stray.rival, 4), reason=m.stray.reason,
                    evidence=" ".join(m.stray.shared))  # fmt: skip
    fields = {"article": id_, "score": v.score, "runner_up": rival, "margin": round(v.score - v.rival, 4)}
    if v.target < 0:
        action = Action.KEPT if at_home else Action.MOVED
        return _row(p, action, **fields, reason=v.reason, flags=("untitled",))
    if at_home:
        doubt = ("in-doubt",) if v.doubtful else ()
        return _row(p, Action.KEPT, **fields, reason=v.reason if v.target == v.host else IN_PLACE, flags=doubt)
    reason = v.reason if v.target != v.host else "its story stands elsewhere"
    return _row(p, Action.MOVED, **fields, reason=reason, evidence=" ".join(v.shared))


def _blanks(page: Page, found: Sequence[Passage]) -> Iterator[Placement]:
    """What is no passage: white space, lines without a letter, what stands around articles; a page's rows tile it."""
    for start, end, reason in gaps(page, found):
        action = Action.BOILERPLATE if reason else Action.BLANK
        role = Role.BOILERPLATE if reason == AROUND else None
        yield Placement(page.id, start, end, line_of(page, start), role, action, reason=reason)
