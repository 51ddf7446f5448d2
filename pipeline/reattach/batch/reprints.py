"""Reprints: the stories of a batch that are one and the same report, whatever their headlines say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from ...model import Ref
from ...text.forms import fold
from .continued import broken_stories, continued_stories
from .decided import Decided

COMMON = 0.5  # least share of the shorter text, in letters, that two stories with the same headline share
MOST = 0.75  # the same of two stories with different headlines
LETTERS = 60  # least letters that such stories share: fewer may be a sentence that both have
MANY = 50  # stories that hold a passage, from which it says nothing: a standard sentence
StoryOf = Mapping[Ref, Ref]  # each headline -> the first headline of its story, in page order


def reprints(decided: Decided) -> StoryOf:
    """Each headline -> the first headline of its story.

    Two stories are the same report if they share most of the shorter one's letters. If they have the same headline,
    half of its letters are enough, or that one goes on where the other breaks off.
    """
    text: dict[Ref, set[Ref]] = defaultdict(set)
    for d in decided.decisions():
        if d.goes is not None:
            text[d.goes].add(decided.evidence.origin(d.passage.ref))
    letters = {origin: len(decided.batch.letters(decided.batch.at(origin))) for own in text.values() for origin in own}
    breaks, continues = broken_stories(decided), continued_stories(decided)
    parts: dict[tuple[str, str], list[Ref]] = defaultdict(
        list
    )  # by group and headline, stories that break off or go on
    holders: dict[Ref, list[Ref]] = defaultdict(list)  # by passage, the stories that hold it
    size: dict[Ref, int] = {}
    story_of: dict[Ref, Ref] = {}
    for ref, headline in decided.headlines.items():
        name, size[ref] = fold(headline.text), sum(letters[origin] for origin in text[ref])
        shared: Counter[Ref] = Counter()
        for origin in text[ref]:
            for other in holders[origin][:MANY]:
                shared[other] += letters[origin]
        found = {
            other
            for other in parts[decided.group(ref.page), name]
            if {ref, other} & breaks and {ref, other} & continues
        }
        for other, common in shared.items():
            same = fold(decided.headlines[other].text) == name
            least = max(1, COMMON * min(size[ref], size[other])) if same else _least(size[ref], size[other])
            if common >= least and (same or other.page != ref.page):
                found.add(other)
        story_of[ref] = story_of[min(found)] if found else ref
        if ref in breaks or ref in continues:
            parts[decided.group(ref.page), name].append(ref)
        for origin in text[ref]:
            holders[origin].append(ref)
    return story_of


def _least(size: int, other: int) -> float:
    """Letters that two stories with different headlines must share to be one."""
    return max(LETTERS, MOST * min(size, other))
