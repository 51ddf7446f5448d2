"""Passages of a page that overlap: the end of one, broken off, is the beginning of the next, as where a page is read
in pieces that reach into one another. What they have in common is kept once, and the rest is one paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Copy, CopyKind, Passage, Role
from pipeline.similarity.forms import closed, fold, fold_map

LEAST = 20  # letters in common: the next sentence may take up some words of the last one
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

    Only where the first breaks off within a sentence: where it ends one, its end is repeated on purpose.
    """
    pages: dict[str, list[Passage]] = defaultdict(list)
    for p in sorted(passages, key=lambda p: p.key):
        if p.role is Role.BODY:
            pages[p.page].append(p)
    found: dict[Key, Overlap] = {}
    for own in pages.values():
        forms = [fold(p.text) for p in own]
        for i, p in enumerate(own):
            if closed(p.text):
                continue
            overlaps = [o for j, q in enumerate(own) if j != i and (o := _overlap(p, forms[i], q, forms[j]))]
            best = max(overlaps, key=lambda o: (o.share, o.then), default=None)
            if best and best.then not in found:
                found[best.then] = best
    return sorted(found.values(), key=lambda o: o.first)


def _overlap(first: Passage, letters: str, then: Passage, others: str) -> Overlap | None:
    """The longest end of one passage that is the beginning of another, and not all of it."""
    at = letters.find(others[:START])
    while at >= 0:
        size = len(letters) - at
        if at > 0 and LEAST <= size < len(others) and others.startswith(letters[at:]):
            mapped, offsets = fold_map(then.text)
            return (
                Overlap(first.key, then.key, then.start + offsets[size], size / len(others))
                if mapped == others
                else None
            )
        at = letters.find(others[:START], at + 1)
    return None
