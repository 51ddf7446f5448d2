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
from .chains import Chains

LEAST = 20  # least letters in common: a sentence may repeat some words of the one before it
STOPS = "。！？!?；;"
START = 12  # first letters of a passage by which candidates are found
TRIED = 20  # candidates per letter of a passage that are tried: on an ordinary page there are none for most letters


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
    chains = Chains()
    for page in batch.pages.values():
        own = [p for p in page if p.role is Role.BODY]
        forms = {p.ref: batch.letters(p) for p in own}
        same: dict[str, list[Passage]] = defaultdict(list)
        for p in own:
            same[forms[p.ref]].append(p)
        beginnings: dict[str, list[Passage]] = defaultdict(list)
        for form, some in same.items():
            if len(form) > LEAST:
                beginnings[form[:START]] += some[-2:]  # of equal ones the last counts that isn't the first itself
        for p in own:
            overlaps = [] if closed(p.text) else list(_overlaps(p, forms, beginnings))
            best = max(overlaps, key=lambda o: (o.share, o.then), default=None)
            if best and best.then not in found and chains.end(best.first) != best.then:
                found[best.then] = best
                chains.link(best.then, best.first)
    return sorted(found.values(), key=lambda o: o.first)


def _overlaps(
    first: Passage, forms: Mapping[Ref, str], beginnings: Mapping[str, Sequence[Passage]]
) -> Iterator[Overlap]:
    """The ends of a passage that are the beginning, but not the whole, of another one: of each the longest."""
    letters = forms[first.ref]
    done: set[Ref] = set()
    mine: tuple[str, Sequence[int]] | None = None
    left = TRIED * len(letters)
    for at in range(1, len(letters) - LEAST + 1):
        size = len(letters) - at
        near = beginnings.get(letters[at : at + START], ())
        left -= len(near)
        if left < 0:
            return
        for then in near:
            others = forms[then.ref]
            if then is first or then.ref in done or size >= len(others) or not others.startswith(letters[at:]):
                continue
            mine = mine or fold_map(first.text)
            own, places = mine
            if own == letters and first.text[places[at] - 1] in STOPS:  # whole sentences repeated: a pull quote
                continue
            mapped, offsets = fold_map(then.text)
            if mapped == others:  # otherwise characters compose, and offsets do not match
                done.add(then.ref)
                yield Overlap(first.ref, then.ref, then.start + offsets[size], size / len(others))
