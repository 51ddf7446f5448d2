"""Overlapping passages of a page: the end of one, broken off, is repeated at the beginning of the next.

This happens where a page is scanned in overlapping pieces. The common part is kept once, and the rest is one paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..batch import Batch
from ..model import Copy, Passage, Ref, Role
from ..reasons import CopyKind
from ..text.forms import closed, fold_map

LEAST = 20  # least letters in common: a sentence may repeat some words of the one before it
STOPS = "。！？!?；;"
START = 12  # first letters of a passage by which candidates are found


@dataclass(frozen=True, slots=True)
class Overlap:
    """The end of `first` is the beginning of `then`, up to offset `end` of the page: a `share` of its letters."""

    first: Ref
    then: Ref
    end: int
    share: float

    @property
    def copy(self) -> Copy:
        """The beginning of `then` as a copy: all of it is at the end of `first`."""
        return Copy(self.then, self.first, CopyKind.OVERLAP, 1.0)


def find_overlaps(batch: Batch) -> list[Overlap]:
    """The overlaps of a batch, sorted; a passage is the first of at most one, and the second of at most one.

    The first must break off within a sentence, and the common part begin within one: whole sentences, and ends of
    sentences, are repeated on purpose.
    """
    found: dict[Ref, Overlap] = {}
    for page in batch.pages.values():
        own = [p for p in page if p.role is Role.BODY]
        forms = {p.ref: batch.letters(p) for p in own}
        beginnings: dict[str, list[Passage]] = defaultdict(list)
        for p in own:
            if len(forms[p.ref]) > LEAST:
                beginnings[forms[p.ref][:START]].append(p)
        for p in own:
            overlaps = [] if closed(p.text) else list(_overlaps(p, forms, beginnings))
            best = max(overlaps, key=lambda o: (o.share, o.then), default=None)
            if best and best.then not in found and not _leads_to(best.first, best.then, found):
                found[best.then] = best
    return sorted(found.values(), key=lambda o: o.first)


def _leads_to(key: Ref, goal: Ref, found: Mapping[Ref, Overlap]) -> bool:
    """Does a passage continue another, directly or not, by the overlaps found so far?"""
    while key != goal and key in found:
        key = found[key].first
    return key == goal


def _overlaps(
    first: Passage, forms: Mapping[Ref, str], beginnings: Mapping[str, Sequence[Passage]]
) -> Iterator[Overlap]:
    """The ends of a passage that are the beginning, but not the whole, of another one."""
    letters = forms[first.ref]
    own, places = fold_map(first.text)
    for at in range(1, len(letters) - LEAST + 1):
        size = len(letters) - at
        for then in beginnings.get(letters[at : at + START], ()):
            others = forms[then.ref]
            if then is first or size >= len(others) or not others.startswith(letters[at:]):
                continue
            if own == letters and first.text[places[at] - 1] in STOPS:  # whole sentences repeated: a pull quote
                continue
            mapped, offsets = fold_map(then.text)
            if mapped == others:  # otherwise characters compose, and offsets do not match
                yield Overlap(first.ref, then.ref, then.start + offsets[size], size / len(others))
