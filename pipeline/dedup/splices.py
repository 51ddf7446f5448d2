"""Paragraphs that swapped tails in mid-sentence, found by an intact copy: where they were cut, what continues what.

Where a text X stands whole, and Y begins as X does and goes on otherwise, and Z on Y's page ends as X does from
there on, then Y's tail and Z's head were one paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .. import models
from ..model import Passage, Role
from ..text.forms import bigrams, fold, fold_map, simplified
from .beginnings import shared_beginnings

Key = tuple[str, int]
LEAST = 10  # letters that head and tail must share with the intact copy: fewer may be a stock phrase
REST = 8  # letters that must be left of each spliced paragraph beside what the copy explains
SURER = 3.0  # ln of odds (20 to 1) by which one pair must read better, where either may be the crossed one


@dataclass(frozen=True, slots=True)
class Splice:
    """Passage `first` up to `first_end` goes on in passage `then` from `then_start`; offsets into the page."""

    first: Key
    first_end: int
    then: Key
    then_start: int


def find_splices(passages: Sequence[Passage]) -> list[Splice]:
    """The splices of a batch that an intact copy proves, sorted; each passage is cut once at most."""
    holders: dict[str, list[Passage]] = defaultdict(list)
    for p in sorted(passages, key=lambda p: p.key):
        if p.role is Role.BODY:
            holders[fold(p.text)].append(p)
    forms = sorted(f for f in holders if len(f) >= LEAST + REST)
    backwards = sorted(f[::-1] for f in forms)
    cut: set[Key] = set()
    whole: set[str] = set()
    found = []
    for intact, spliced, length in _beginnings(forms):
        rest = intact[length:]
        if len(rest) < LEAST or len(spliced) - length < REST or (intact in whole and spliced in whole):
            continue
        for y in holders[spliced]:
            partners = [
                z
                for form in _ending(rest, backwards)
                if form not in (intact, spliced) and len(form) - len(rest) >= REST
                for z in holders[form]
                if z.page == y.page
            ]
            if len(partners) != 1:
                continue
            ending = fold(partners[0].text)
            other = ending[: -len(rest)] + spliced[length:]
            if other in holders and not _surely_crossed((intact, other), (spliced, ending), length, len(rest)):
                continue
            splice = _splice(partners[0], len(rest), y, length)
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
    """The texts that end with `rest`, by the sorted list of all texts reversed."""
    start = rest[::-1]
    at = bisect_left(backwards, start)
    while at < len(backwards) and backwards[at].startswith(start):
        yield backwards[at][::-1]
        at += 1


def _surely_crossed(whole: tuple[str, str], crossed: tuple[str, str], length: int, rest: int) -> bool:
    """Do two texts read better at the cut than the two that stand somewhere with their tails swapped?

    Both pairs stand whole, and each could be the other one crossed: the letters that meet at the cuts decide.
    """

    def odd(pair: tuple[str, str]) -> float:
        cuts = (length, len(crossed[1]) - rest)
        meet = [bigrams(simplified(text[at - 1 : at + 1])) for text, at in zip(pair, cuts, strict=True)]
        return float(sum(models.lexicon().bigram_weights(keys).sum() for keys in meet))

    return odd(crossed) - odd(whole) > SURER


def _splice(z: Passage, rest: int, y: Passage, length: int) -> Splice | None:
    """The cut of the paragraphs z (its last `rest` letters go) and y (its first `length` letters go)."""
    letters_z, in_z = fold_map(z.text)
    letters_y, in_y = fold_map(y.text)
    if (letters_z, letters_y) != (fold(z.text), fold(y.text)):  # characters that compose: no offsets to go by
        return None
    tail, then = in_z[len(in_z) - rest], in_y[length]
    inside = z.text[tail - 1].isalpha() and y.text[then - 1].isalpha()
    # Where the letters before both cuts are the same, the cuts may lie before them, perhaps at a sign that would stray.
    k = 1
    while inside and k < length and letters_y[length - k] == letters_z[len(in_z) - rest - k]:
        inside = z.text[in_z[len(in_z) - rest - k] - 1].isalpha() and y.text[in_y[length - k] - 1].isalpha()
        k += 1
    return Splice(z.key, z.start + tail, y.key, y.start + then) if inside else None


def cuts(splices: Sequence[Splice]) -> dict[Key, int]:
    """Where each spliced passage is cut: offsets into the page."""
    return {s.first: s.first_end for s in splices} | {s.then: s.then_start for s in splices}


def cut(passages: Mapping[str, Sequence[Passage]], at: Mapping[Key, int]) -> dict[str, tuple[Passage, ...]]:
    """The pages' passages with those in `at` cut in two, numbered anew."""
    out = {}
    for page, found in passages.items():
        if not any(p.key in at for p in found):
            out[page] = tuple(found)
            continue
        parts = [part for p in found for part in (p.split(at[p.key], "spliced") if p.key in at else (p,))]
        out[page] = tuple(p.numbered(i) for i, p in enumerate(parts))
    return out


def continuations(splices: Sequence[Splice]) -> dict[Key, Key]:
    """Which cut passage goes on in which, by their keys after `cut`."""
    return {s.first: (s.then[0], s.then_start) for s in splices}
