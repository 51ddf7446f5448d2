"""Reprints: the stories of a batch that are one and the same report, whatever their headlines say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from ...model import Ref
from ...text.forms import fold
from .continued import broken_stories, continued_stories
from .decided import Decided

COMMON = 0.5  # share of the shorter text that two stories with the same headline must share to be one
MOST = 0.75  # the same of two stories with other headlines
LETTERS = 60  # least letters that such stories share: less may be a sentence that both have
StoryOf = Mapping[Ref, Ref]  # each headline -> the first headline of its story, in page order


def reprints(decided: Decided) -> StoryOf:
    """Each headline -> the first headline of its story.

    Stories are one if they share most of the shorter one's text; half of it, or one going on where the other breaks
    off, is enough where the headline is the same.
    """
    text: dict[Ref, set[Ref]] = defaultdict(set)
    for d in decided.decisions():
        if d.goes is not None:
            text[d.goes].add(decided.evidence.origin(d.passage.ref))
    breaks, continues = broken_stories(decided), continued_stories(decided)
    named: dict[str, list[Ref]] = defaultdict(list)
    holds: dict[Ref, list[Ref]] = defaultdict(list)  # by passage, the headlines of the stories that hold it
    story_of: dict[Ref, Ref] = {}
    for ref, headline in decided.headlines.items():
        name = fold(headline.text)
        same = [other for other in named[name] if story_of[other] == other]
        alike = {story_of[other] for origin in text[ref] for other in holds[origin] if other.page != ref.page}
        found = [other for other in same if _shares(text[ref], text[other], COMMON, 1, decided)
                 or ({ref, other} & breaks and {ref, other} & continues)]  # fmt: skip
        found += [other for other in sorted(alike) if _shares(text[ref], text[other], MOST, LETTERS, decided)]
        story_of[ref] = found[0] if found else ref
        named[name].append(ref)
        for origin in text[ref]:
            holds[origin].append(ref)
    return story_of


def _shares(a: Set[Ref], b: Set[Ref], share: float, letters: int, decided: Decided) -> bool:
    """Do two texts share enough of the shorter one, in letters?"""
    sizes = [sum(len(decided.batch.letters(decided.batch.at(p))) for p in own) for own in (a & b, a, b)]
    return sizes[0] >= max(letters, share * min(sizes[1:]), 1)
