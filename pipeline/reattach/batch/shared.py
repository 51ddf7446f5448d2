"""Passages that several stories share on purpose: a standard sentence, a player's figures. Each story keeps its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...model import Copy, Evidence, Ref
from ..page.decisions import Decision, PageDecisions

HOME = 0.6  # probability of belonging where it stands from which a passage is at home there


def without_shared(decisions: Sequence[PageDecisions], story_of: Mapping[Ref, Ref], evidence: Evidence) -> Evidence:
    """The evidence without the copies that do no harm: those at home in a story of their own on another page.

    An accident puts a passage where it does not belong, or prints its whole story again. `story_of` tells which
    headlines are of one story.
    """
    by_origin: dict[Ref, list[Decision]] = defaultdict(list)
    for page in decisions:
        for d in page.decisions:
            by_origin[evidence.origin(d.passage.ref)].append(d)
    apart: dict[Ref, Copy | None] = {}
    for origin, found in by_origin.items():
        stories = {story_of[d.goes] for d in found if d.passage.page == origin.page and d.goes is not None and _home(d)}
        for d in found:
            if stories and d.passage.page != origin.page and d.goes is not None and _home(d):
                story = story_of[d.goes]
                if story not in stories:
                    stories.add(story)
                    apart |= _of_its_own(d, evidence)
    if not apart:
        return evidence
    copies = (apart.get(copy.passage, copy) for copy in evidence.copies)
    return replace(evidence, copies=tuple(copy for copy in copies if copy))


def _home(d: Decision) -> bool:
    return d.stays and d.stay >= HOME


def _of_its_own(d: Decision, evidence: Evidence) -> dict[Ref, Copy | None]:
    """By copy what becomes of it: the passage is none any more, and its copies on the page are copies of it."""
    found: dict[Ref, Copy | None] = {d.passage.ref: None}
    for p in d.copies:
        copy = evidence.copy_of.get(p.ref)
        if copy and p.ref != d.passage.ref:
            found[p.ref] = replace(copy, survivor=d.passage.ref)
    return found
