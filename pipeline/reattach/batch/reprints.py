"""Reprints: the stories of a batch that are one and the same report, whatever their headlines say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Set

from rapidfuzz import fuzz

from ...model import Ref
from ...text.forms import fold
from .continued import broken_stories, continued_stories
from .decided import Decided

COMMON = 0.5  # least share of the shorter text, in letters, that two stories with the same headline share
MOST = 0.75  # the same of two stories with different headlines
LETTERS = 60  # least letters that such stories share: fewer may be a sentence that both have
MANY = 50  # stories that hold a passage, from which it says nothing: a standard sentence
LONG = 20  # letters from which a passage is no stock phrase
# Similarity, of 100, of two passages without their numbers from which they are versions; and if half of these differ.
VERSION, LOOSE = 95, 80
NUMBER = re.compile(r"\d+")
StoryOf = Mapping[Ref, Ref]  # each headline -> the first headline of its story, in page order


def reprints(decided: Decided, *, continued: bool = False) -> StoryOf:
    """Each headline -> the first headline of its story.

    Two stories are the same report if they share most of the shorter one's letters. If they have the same headline,
    half of its letters are enough, or that one goes on where the other breaks off; if `continued`, only that counts.
    They are not if a passage of one is a version of one of the other: this year's notice is not last year's.
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
        for origin in () if continued else text[ref]:
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
            if (
                common >= least
                and (same or other.page != ref.page)
                and not _are_versions(text[ref], text[other], decided)
            ):
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


def _are_versions(own: Set[Ref], other: Set[Ref], decided: Decided) -> bool:
    """Do two stories, given as the passages that they hold, have one in two versions: alike, and no copies?"""
    batch = decided.batch
    mine, theirs = ([batch.letters(batch.at(ref)) for ref in sorted(refs)] for refs in (own - other, other - own))
    return any(is_version(one, then) for one in mine for then in theirs if min(len(one), len(then)) >= LONG)


def is_version(one: str, other: str) -> bool:
    """Does a passage say the same as another, with other numbers? Both are folded, and no copies.

    >>> is_version("图书馆上午九点开门5月6日起每次借书5册", "图书馆上午九点开门7月1日起每次借书8册")
    True
    """
    numbers = [Counter(NUMBER.findall(text)) for text in (one, other)]
    changed = (numbers[0] - numbers[1]).total()
    words = [NUMBER.sub("", text) for text in (one, other)]
    return changed > 0 and fuzz.ratio(*words, score_cutoff=LOOSE if 2 * changed >= numbers[0].total() else VERSION) > 0
