"""The decisions of all pages -> placements: where every span of every page goes, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from ..config import ReattachConfig
from ..model import TITLE, Action, Evidence, Page, Passage, Placement, Ref, Reprint, Role
from ..models import Models
from ..reasons import NOTICES, CopyKind, Flag, Reason
from ..text.forms import closed, fold
from ..text.positions import line_of
from .batch.assemble import Occurrence, Places, assemble
from .batch.decided import Decided
from .batch.elsewhere import Elsewhere
from .batch.shared import without_shared
from .batch.stories import Story, find_stories
from .batch.versions import Versions, with_repeated, without_versions
from .page.decisions import Decision, PageDecisions

LONG = 30  # letters from which a paragraph without a final full stop has lost its end
PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))


class Placed(NamedTuple):
    """The ledger's rows, sorted; for each article its title (None: no page has its headline), and where else its story
    is printed; the survivors of copies, sorted: a row's `cluster` is the place of one among them, from 1."""

    rows: list[Placement]
    titles: dict[str, str | None]
    reprinted: dict[str, tuple[Reprint, ...]]
    survivors: tuple[Ref, ...]


def place(
    pages: Mapping[str, Page],
    decisions: Sequence[PageDecisions],
    evidence: Evidence,
    config: ReattachConfig,
    models: Models,
    cautious: Collection[str] = (),
    groups: Mapping[str, str] = MappingProxyType({}),
) -> Placed:
    """Where everything goes. `pages` are by id; from the `cautious` ones only what is surely misplaced goes to another
    page. `groups` holds the group of each page: what has no copies is looked for there."""
    first = Decided.of(decisions, evidence, groups)
    versions = Versions.of(first, config.reprints)
    first = Decided.of(decisions, with_repeated(first, versions), groups)
    own = Decided.of(decisions, without_versions(first, versions), groups)
    decided = Decided.of(decisions, without_shared(own, versions.story_of), groups)
    stories = find_stories(decided, versions, config, models, cautious)
    places = assemble(stories, decided, models)
    rows = list(_rows(stories, places))
    rows += [row for page in pages.values() for row in _gaps(page, decided.batch.pages[page.id])]
    used, headed = {r.article for r in rows}, {r.article for r in rows if r.position == TITLE}
    # A story all of whose headlines became subheads has no title; one whose title came with the page has no headline.
    titles = {s.id: s.title if s.id in headed or not s.headlines else None for s in stories if s.id in used}
    names: dict[Ref, list[Ref]] = defaultdict(list)
    for ref, report in versions.report_of.items():
        names[report].append(ref)
    printed = {s.id: names[versions.report_of[s.names[0]]] for s in stories if s.id in used and s.names}
    reprinted = {s.id: _reprinted(s, printed[s.id], decided) for s in stories if s.id in printed}
    reprinted = {id_: found for id_, found in reprinted.items() if found}
    return Placed(sorted(rows, key=lambda row: row.ref), titles, reprinted, survivors(decided.evidence))


def survivors(evidence: Evidence) -> tuple[Ref, ...]:
    """The survivors of copies, sorted."""
    return tuple(sorted({copy.survivor for copy in evidence.copies}))


def _reprinted(story: Story, names: Sequence[Ref], decided: Decided) -> tuple[Reprint, ...]:
    """The other pages that print a story, with the headline that it bears there; `names` are all its headlines."""
    headlines = {ref.page: decided.headlines[ref].text for ref in sorted(names, reverse=True)}
    return tuple(Reprint(page, headlines[page]) for page in sorted(headlines) if page != story.page)


def _rows(stories: Sequence[Story], places: Places) -> Iterator[Placement]:
    """The placements of all passages: those in articles, then headlines, copies and boilerplate."""
    decided = places.decided
    clusters = {ref: n for n, ref in enumerate(survivors(decided.evidence), 1)}
    by_id = {story.id: story for story in stories}
    done: dict[Ref, str] = {}
    speaker: dict[Ref, Passage] = {}
    for id_, occurrences in places.articles.items():
        before: Passage | None = None
        for position, first in enumerate(occurrences):
            odd: tuple[Flag, ...] = truncated(before, first.text) if first.role is Role.BODY else ()
            odd += (Flag.BROKEN,) if first.rest else ()
            for part, x in enumerate(first.paragraph):
                origin = decided.evidence.origin(x.passage.ref)
                done[x.passage.ref], speaker[origin] = id_, x.passage
                row = _placed(x, id_, by_id.get(id_), places)
                flags = tuple(sorted({*row.flags, *x.passage.flags, *odd}))
                yield replace(row, position=position, part=part, cluster=clusters.get(origin), flags=flags)
            before = first.passage
    yield from _headline_rows(stories, done, decided)
    for p in decided.batch:
        origin = decided.evidence.origin(p.ref)
        if p.ref in done or p.role is Role.HEADLINE:
            continue
        if p.role is Role.BOILERPLATE and origin not in speaker:
            yield replace(_row(p, Action.BOILERPLATE, _why_boilerplate(p)), flags=p.flags)
        else:
            yield _copy_row(p, speaker[origin].ref, clusters[origin], decided)


def truncated(before: Passage | None, text: str) -> tuple[Flag, ...]:
    """Flags of a body paragraph whose head or tail is missing: its quotes or brackets don't pair, or it doesn't end.

    `before` is the passage that it follows in its article; one that ends with a colon explains an open beginning.
    """
    found: list[Flag] = []
    opened = any(text.find(c) >= 0 and not 0 <= text.find(o) < text.find(c) for o, c in PAIRS)
    if opened and not (before and before.text.count("“") > before.text.count("”")):
        found.append(Flag.TRUNCATED_HEAD)
    if not closed(text) and len(fold(text)) >= LONG:
        found.append(Flag.TRUNCATED_TAIL)
    return tuple(found)


def _why_boilerplate(p: Passage) -> Reason:
    if Flag.RECURRING in p.flags:
        return Reason.RECURRING
    return Reason.NOTICE if any(flag in NOTICES for flag in p.flags) else Reason.SHAPE


def _row(p: Passage, action: Action, reason: Reason) -> Placement:
    return Placement(p.page, p.start, p.end, p.line, p.role, action, certainty=p.certainty, reason=reason)


def _copy_row(p: Passage, kept: Ref, cluster: int, decided: Decided) -> Placement:
    """A copy, and its similarity to its survivor; `kept` is the occurrence of that text that was written."""
    copy = decided.evidence.copy_of.get(p.ref)
    kind, similarity = (copy.kind, copy.similarity) if copy else (CopyKind.EXACT, 1.0)
    row = _row(p, Action.DUPLICATE, Reason.COPY)
    return replace(row, cluster=cluster, survivor=kept, copy_kind=kind, similarity=similarity)


def _headline_rows(stories: Sequence[Story], done: Mapping[Ref, str], decided: Decided) -> Iterator[Placement]:
    """Headlines: the first of a story is its title, the others are copies of it."""
    kept: dict[Ref, Ref] = {}  # the first headline with these words on its page -> the one that is written
    with_text = set(done.values())
    for story in stories:
        for h in story.headlines:
            first = next((x for x in story.headlines if x.ref not in done), h)
            kept[h.ref] = h.ref if h.ref in done else first.ref
            if h.ref in done:  # became a subhead
                continue
            if h is first:
                row = replace(_row(h, Action.KEPT, Reason.HEADLINE), article=story.id, position=TITLE)
                yield row if story.id in with_text else replace(row, flags=(Flag.NO_TEXT,))
            else:
                yield _copy_of_headline(h, first)
    for p in decided.batch:
        if p.role is Role.HEADLINE and p.ref not in done and p.ref not in kept:
            over = decided.over(p)
            assert over is not None  # a headline stands under itself, or under the first with the same words
            yield _copy_of_headline(p, decided.batch.at(kept[over]))


def _copy_of_headline(p: Passage, kept: Passage) -> Placement:
    """A headline whose story bears another occurrence of it, or another headline."""
    if fold(p.text) == fold(kept.text):
        row = _row(p, Action.DUPLICATE, Reason.COPY_OF_HEADLINE)
        return replace(row, survivor=kept.ref, copy_kind=CopyKind.EXACT, similarity=1.0)
    return replace(_row(p, Action.DUPLICATE, Reason.OTHER_HEADLINE_OF_STORY), survivor=kept.ref)


def _placed(x: Occurrence, id_: str, story: Story | None, places: Places) -> Placement:
    """The row of a passage in its article: kept or moved, with score and runner-up."""
    p, piece = x.passage, x.piece
    if piece is None:
        home = _is_home(x, story, places) or not (story and story.headlines)
        row = _row(
            p, Action.KEPT if home else Action.MOVED, Reason.DEMOTED if p.role is Role.HEADLINE else Reason.BESIDE
        )
        return replace(row, article=id_, role=x.role)
    d, there = piece.decision, piece.elsewhere
    final = there or d
    row = replace(_row(p, Action.MOVED, final.reason), article=id_)
    if final.reason is not Reason.TOO_LONG:  # there nothing was weighed
        row = replace(row, score=final.score, **_rival(final, id_, places))
    if there:
        return replace(row, evidence=" ".join(there.shared))
    home = _is_home(x, story, places)
    if d.goes is None:
        return replace(row, action=Action.KEPT if home else Action.MOVED, flags=(Flag.UNTITLED,))
    if home:
        doubt = (Flag.IN_DOUBT,) if d.in_doubt else ()
        return replace(row, action=Action.KEPT, reason=d.reason if d.stays else Reason.IN_PLACE, flags=doubt)
    return replace(row, reason=Reason.STORY_ELSEWHERE if d.stays else d.reason, evidence=" ".join(d.shared))


def _rival(decision: Decision | Elsewhere, id_: str, places: Places) -> dict[str, Any]:
    """The second likeliest article, where it is another one, and how much lower its probability is."""
    rival = places.story[decision.runner_up] if decision.runner_up else None
    if rival in (None, id_):
        return {}
    return {"runner_up": rival, "margin": round(decision.score - decision.runner_up_score, 4)}


def _is_home(x: Occurrence, story: Story | None, places: Places) -> bool:
    """Does a passage stand under a headline of its story, or under none, as it has none?"""
    over = places.decided.over(x.passage)
    if over is None:
        return x.piece is not None and x.piece.decision.goes is None
    headline = places.decided.headlines[over]
    if headline.passage is None:
        return story is not None and story.title == headline.text
    return story is not None and headline.passage.ref in {h.ref for h in story.headlines}


def _gaps(page: Page, passages: Sequence[Passage]) -> Iterator[Placement]:
    """Rows for what is no passage: white space, lines without a letter, what is outside the articles."""
    around = [(start, end) for start, end, role in page.markup if role is Role.BOILERPLATE]
    covered = sorted([*((p.start, p.end) for p in passages), *around])
    edges = [0, *(x for span in covered for x in span), len(page.text)]
    for start, end in list(pairwise(edges))[::2]:
        if start < end:
            odd = bool(page.text[start:end].strip())
            yield Placement(
                page.id, start, end, line_of(page, start), None, Action.BOILERPLATE if odd else Action.BLANK,
                reason=Reason.NO_LETTER if odd else None,
            )  # fmt: skip
    for start, end in around:
        if start < end:
            line = line_of(page, start)
            flags = (Flag.UNPLACED,) if page.unplaced is not None and start >= page.unplaced else ()
            yield Placement(
                page.id, start, end, line, Role.BOILERPLATE, Action.BOILERPLATE, reason=Reason.AROUND, flags=flags
            )
