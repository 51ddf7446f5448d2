"""Paragraphs that swapped tails in mid-sentence, proven by an intact copy: where they were cut, what continues what.

If X is an intact text, Y begins as X does but continues differently, and Z on Y's page ends with the rest of X, then
the tail of Y and the head of Z were one paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..batch import Batch
from ..model import Cut, Passage, Ref, Role
from ..reasons import Flag
from ..text.forms import bigrams, fold_map, simplified
from ..text.rarity import Bigrams
from .beginnings import shared_beginnings

LEAST = 10  # letters that head and tail must share with the intact copy: fewer may be a stock phrase
REST = 8  # least letters of each spliced paragraph that the copy does not explain
ENDINGS = 100  # texts with the same end that are looked at: more have it in common, and are no accident
SURER = 3.0  # log-odds (20 to 1) by which one pair must read better where either may be the crossed one


@dataclass(frozen=True, slots=True)
class Splice:
    """Passage `first` up to `first_end` is continued by `then` from `then_start`; offsets into the page."""

    first: Ref
    first_end: int
    then: Ref
    then_start: int

    @property
    def cuts(self) -> tuple[Cut, Cut]:
        """The cuts of both passages."""
        return Cut(self.first, self.first_end, Flag.SPLICED), Cut(self.then, self.then_start, Flag.SPLICED)


def find_splices(batch: Batch, rarity: Bigrams) -> list[Splice]:
    """The splices of a batch that an intact copy proves, sorted; each passage is cut at most once."""
    holders: dict[str, list[Passage]] = defaultdict(list)
    on_page: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for p in batch:
        if p.role is Role.BODY:
            holders[batch.letters(p)].append(p)
            on_page[batch.letters(p), p.page].append(p)
    forms = sorted(f for f in holders if len(f) >= LEAST + REST)
    backwards = sorted(f[::-1] for f in forms)
    cut: set[Ref] = set()
    whole: set[str] = set()
    found = []
    for intact, spliced, length in _beginnings(forms):
        rest = intact[length:]
        if len(rest) < LEAST or len(spliced) - length < REST or (intact in whole and spliced in whole):
            continue
        for y in holders[spliced]:
            partners = [
                z
                for form in islice(_ending(rest, backwards), ENDINGS)
                if form not in (intact, spliced) and len(form) - len(rest) >= REST
                for z in on_page.get((form, y.page), ())
            ]
            if len(partners) != 1:
                continue
            ending = batch.letters(partners[0])
            other = ending[: -len(rest)] + spliced[length:]
            if other in holders and not _surely_crossed(
                (intact, other), (spliced, ending), (length, len(rest)), rarity
            ):
                continue
            splice = _splice((partners[0], len(rest)), (y, length), batch)
            if splice and not {splice.first, splice.then} & cut and spliced not in whole:
                cut |= {splice.first, splice.then}
                whole.add(intact)
                found.append(splice)
    return sorted(found, key=lambda s: s.first)


def _beginnings(forms: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Pairs of texts that begin alike, either of which may be the intact one."""
    for a, b, length in shared_beginnings(forms, LEAST):
        yield forms[a], forms[b], length
        yield forms[b], forms[a], length


def _ending(rest: str, backwards: Sequence[str]) -> Iterator[str]:
    """The texts that end with `rest`; `backwards` is the sorted list of all texts, each reversed."""
    start = rest[::-1]
    at = bisect_left(backwards, start)
    while at < len(backwards) and backwards[at].startswith(start):
        yield backwards[at][::-1]
        at += 1


def _surely_crossed(whole: tuple[str, str], crossed: tuple[str, str], sizes: tuple[int, int], rarity: Bigrams) -> bool:
    """Do two texts read better at the cut than the same two with their tails swapped?

    Both pairs occur, and either could be the crossed one: the letters that meet at the cuts decide. `sizes` are the
    letters of the first text before its cut, and of the second text's tail.
    """

    def odd(pair: tuple[str, str]) -> float:
        cuts = (sizes[0], len(crossed[1]) - sizes[1])
        meet = [bigrams(simplified(text[at - 1 : at + 1])) for text, at in zip(pair, cuts, strict=True)]
        return float(sum(rarity.bigram_weights(keys).sum() for keys in meet))

    return odd(crossed) - odd(whole) > SURER


def _splice(ending: tuple[Passage, int], beginning: tuple[Passage, int], batch: Batch) -> Splice | None:
    """The splice of two paragraphs, given the number of letters to cut off: the last of one, the first of the other."""
    (z, rest), (y, length) = ending, beginning
    letters_z, in_z = fold_map(z.text)
    letters_y, in_y = fold_map(y.text)
    if (letters_z, letters_y) != (batch.letters(z), batch.letters(y)):  # characters compose: offsets do not match
        return None
    tail, then = in_z[len(in_z) - rest], in_y[length]
    inside = z.text[tail - 1].isalpha() and y.text[then - 1].isalpha()
    # Where the letters before both cuts are the same, the cuts may lie before them, at a mark that would be misplaced.
    k = 1
    while inside and k < length and letters_y[length - k] == letters_z[len(in_z) - rest - k]:
        inside = z.text[in_z[len(in_z) - rest - k] - 1].isalpha() and y.text[in_y[length - k] - 1].isalpha()
        k += 1
    return Splice(z.ref, z.start + tail, y.ref, y.start + then) if inside else None
