"""Passages that several stories share on purpose: a standard sentence, a player's figures. Each story keeps its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from ...batch import Batch
from ...model import Copy, Evidence, Passage, Ref
from ...reasons import CopyKind
from ...text.forms import fold
from ..page.decisions import Decision
from .decided import Decided

HOME = 0.6  # probability of belonging where it stands from which a passage is at home there
SOUND = 0.25  # the same on a page without other damage


def without_shared(decided: Decided, story_of: Mapping[Ref, Ref]) -> Evidence:
    """The evidence without the copies that do no harm: those at home in a story of their own on another page.

    An accident puts a passage where it does not belong, or prints its whole story again. `story_of` maps each headline
    to the first headline of its story.
    """
    evidence = decided.evidence
    by_origin: dict[Ref, list[Decision]] = defaultdict(list)
    for d in decided.decisions():
        by_origin[evidence.origin(d.passage.ref)].append(d)
    freed: dict[Ref, Copy | None] = {}  # by copy, what it is a copy of now; None: of nothing
    for origin, found in by_origin.items():
        stories = {_story(d, story_of) for d in found if d.stays}
        names = Counter(fold(decided.headlines[story].text) for story in stories if story in decided.headlines)
        home = {d.passage.ref for d in found if _home(d, names, decided)}
        own = {
            _story(d, story_of): decided.batch.at(origin)
            for d in found
            if d.passage.page == origin.page and d.passage.ref in home
        }
        for d in found:
            if own and d.passage.page != origin.page and d.passage.ref in home:
                first = own.setdefault(_story(d, story_of), d.passage)
                for p in d.copies if first.ref != origin else ():
                    freed[p.ref] = as_copy(p, first, decided.batch) if p.ref != first.ref else None
    freed |= dict.fromkeys(_beside(freed, decided, story_of))
    copies = (freed.get(copy.passage, copy) for copy in evidence.copies)
    return replace(evidence, copies=tuple(copy for copy in copies if copy))


def _beside(freed: Collection[Ref], decided: Decided, story_of: Mapping[Ref, Ref]) -> Iterator[Ref]:
    """Bylines and captions next to a passage that is no copy any more, which are copies of another story's."""
    batch, placed = decided.batch, {p.ref for d in decided.decisions() for p in d.copies}
    for copy in decided.evidence.copies:
        p, survivor = batch.at(copy.passage), batch.at(copy.survivor)
        near = (batch.beside(p.ref, step) for step in (-1, 1))
        if p.ref not in placed and any(other and other.ref in freed for other in near):
            one, other = (story_of.get(headline) if headline else None for headline in map(decided.over, (p, survivor)))
            if one != other:
                yield p.ref


def _home(d: Decision, names: Mapping[str, int], decided: Decided) -> bool:
    """Is a passage at home where it stands? It is wherever two versions, stories with one headline, both have it."""
    headline = decided.headlines.get(d.goes) if d.goes else None
    least = HOME if decided.pages[d.passage.page].damaged else SOUND
    return d.stays and (d.stay >= least or (headline is not None and names[fold(headline.text)] > 1))


def _story(d: Decision, story_of: Mapping[Ref, Ref]) -> Ref:
    assert d.goes is not None
    return story_of[d.goes]


def as_copy(p: Passage, survivor: Passage, batch: Batch) -> Copy:
    """A passage as a copy of another one."""
    a, b = batch.letters(p), batch.letters(survivor)
    kind = CopyKind.EXACT if a == b else CopyKind.EDITED
    return Copy(p.ref, survivor.ref, kind, round(Levenshtein.normalized_similarity(a, b), 4))
