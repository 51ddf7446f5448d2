"""Passages of a page that overlap: the end of one, broken off, is the beginning of the next, as where a page is read
in pieces that reach into one another. What they have in common is kept once, and the rest is one paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Copy, CopyKind, Passage, Role
from ..text.forms import closed, fold, fold_map

LEAST = 20  # letters in common: the next sentence may take up some words of the last one
STOPS = "。！？!?；;"
START = 12  # letters of a beginning by which it is looked for

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Passage `first` ends as `then` begins, up to offset `end` of the page; `share` of then's letters is in common."""

    first: Key
    then: Key
    end: int
    share: float

    @property
    def copy(self) -> Copy:
        """The beginning of `then`, which says nothing that `first` does not say."""
        return Copy(self.then, self.first, CopyKind.OVERLAP, round(self.share, 4))


def find_overlaps(passages: Sequence[Passage]) -> list[Overlap]:
    """The overlaps of a batch, sorted; a passage is the first of one at most, and the second of one at most.

    Only where the first breaks off within a sentence, and what is common begins within one: whole sentences, and ends
    of sentences, are repeated on purpose.
    """
    pages: dict[str, list[Passage]] = defaultdict(list)
    for p in sorted(passages, key=lambda p: p.key):
        if p.role is Role.BODY:
            pages[p.page].append(p)
    found: dict[Key, Overlap] = {}
    for own in pages.values():
        forms = {p.key: fold(p.text) for p in own}
        beginnings: dict[str, list[Passage]] = defaultdict(list)
        for p in own:
            if len(forms[p.key]) > LEAST:
                beginnings[forms[p.key][:START]].append(p)
        for p in own:
            overlaps = [] if closed(p.text) else list(_overlaps(p, forms, beginnings))
            best = max(overlaps, key=lambda o: (o.share, o.then), default=None)
            if best and best.then not in found and not _leads_to(best.first, best.then, found):
                found[best.then] = best
    return sorted(found.values(), key=lambda o: o.first)


def _leads_to(key: Key, goal: Key, found: Mapping[Key, Overlap]) -> bool:
    """Does a passage go on from another, by the overlaps found so far?"""
    while key != goal and key in found:
        key = found[key].first
    return key == goal


def _overlaps(
    first: Passage, forms: Mapping[Key, str], beginnings: Mapping[str, Sequence[Passage]]
) -> Iterator[Overlap]:
    """The ends of a passage that are the beginning of another one, and not all of it."""
    letters = forms[first.key]
    own, places = fold_map(first.text)
    for at in range(1, len(letters) - LEAST + 1):
        size = len(letters) - at
        for then in beginnings.get(letters[at : at + START], ()):
            others = forms[then.key]
            if then is first or size >= len(others) or not others.startswith(letters[at:]):
                continue
            if own == letters and first.text[places[at] - 1] in STOPS:  # whole sentences once more: a pull quote
                continue
            mapped, offsets = fold_map(then.text)
            if mapped == others:  # else characters that compose with their neighbours: no offsets to go by
                yield Overlap(first.key, then.key, then.start + offsets[size], size / len(others))
