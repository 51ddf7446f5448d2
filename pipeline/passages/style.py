"""The publisher's own way, learned from the pages of a group without labels: which forms recur, and as what.

A first reading gives every line a likely role (see roles.draft). What is sure there teaches the rest: a form of lines
that stands above the publisher's own opening words all over the group is a headline, one in the middle of its articles
is none. The page itself is left out of what it is judged by.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Role
from ..text.forms import closed, fold
from ..text.skeleton import skeleton

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Forms = NDArray[np.uint32]
TailFeatures = dict[int, tuple[float, ...]]  # by the form of a tail
ROLES = tuple(Role)
KINDS = ("line", "form", "opening", "opening_form", "ending", "ending_form")
OPENING, ENDING = ("opening", "opening_form"), ("ending", "ending_form")
SUMS = ("lines", *ROLES, "after_headline", "after_subhead", "before_headline")
KIND_NAMES = ("pages", "share", *SUMS[1:])
GROUP_NAMES = (
    "group_pages", "headlines", "headline_letters", "headline_spread", "headlines_closed", "subheads",
    "subhead_letters", "bylines", "captions", "boilerplate", "body_closed", "body_letters",
    "own_letters", "own_letters_spread",
)  # fmt: skip
STYLE_NAMES = (
    *(f"{k}_{n}" for k in KINDS for n in KIND_NAMES),
    *(f"next_{k}_{n}" for k in OPENING for n in ("pages", "after_headline", "after_subhead")),
    *(f"previous_{k}_{n}" for k in ENDING for n in ("pages", "before_headline")),
    *GROUP_NAMES,
)
SHORT = 40  # most letters of a line whose words, numbers masked, may recur
LETTERS, SIGNS = 4, 8  # of an opening or ending: letters, and signs of its form
NO_FORM = np.uint32(0)


class Lines(NamedTuple):
    """The lines (n) of a page as style counts them: hashes of their forms (n, kinds), letters, whether closed."""

    forms: Forms
    letters: Halves
    closed: NDArray[np.bool_]


def lines_of(texts: Sequence[str]) -> Lines:
    """The lines of a page; NO_FORM stands where a line has no form of a kind."""
    folded = [fold(t) for t in texts]
    forms = [_forms(t, f) for t, f in zip(texts, folded, strict=True)]
    return Lines(
        np.array(forms, dtype=np.uint32).reshape(-1, len(KINDS)),
        np.log1p([len(f) for f in folded]).astype(np.float16),
        np.array([closed(t) for t in texts], dtype=bool),
    )


def _forms(text: str, folded: str) -> list[int]:
    form = skeleton(text)
    end = form if len(text) <= SHORT else skeleton(text[-2 * SIGNS :])
    words = "".join("0" if c.isdigit() else c for c in folded)
    found = (
        words if len(folded) <= SHORT else "", form if len(folded) <= 2 * SHORT else "", words[:LETTERS], form[:SIGNS],
        words[-LETTERS:] + text[-1:], end[-SIGNS:],
    )  # fmt: skip
    return [zlib.crc32(f"{kind} {x}".encode()) if x else 0 for kind, x in enumerate(found)]


class Style:
    """What the pages of a group have in common: the roles that the first reading gives to the forms of their lines."""

    def __init__(self, pages: Sequence[tuple[Lines, Halves]]):
        """`pages`: of each page its lines and the probabilities of their roles (n, roles)."""
        self.pages = len(pages)
        keys = [np.unique(lines.forms) for lines, _ in pages]
        self._keys, on_pages = np.unique(np.concatenate([*keys, np.zeros(0, np.uint32)]), return_counts=True)
        self._on_pages = on_pages.astype(np.float32)
        self._sums = np.zeros((len(self._keys), len(SUMS)), dtype=np.float32)
        self._group = np.zeros(len(_TOTALS), dtype=np.float64)
        for lines, chances in pages:
            at, sums = self._own(lines, chances)
            self._sums[at] += sums
            self._group += _totals(lines, chances)

    def _own(self, lines: Lines, chances: Halves) -> tuple[NDArray[np.int64], Floats]:
        """A page's own forms, by their place in the table, and their sums."""
        keys, inverse = np.unique(lines.forms, return_inverse=True)
        inverse = inverse.reshape(lines.forms.shape)
        values = _values(chances)
        sums = np.zeros((len(keys), len(SUMS)), dtype=np.float32)
        for kind in range(len(KINDS)):
            np.add.at(sums, inverse[:, kind], values)
        return np.searchsorted(self._keys, keys), sums

    def features(self, lines: Lines, chances: Halves) -> Floats:
        """The features STYLE_NAMES of the lines of a page of the group, (n, features): by the other pages."""
        at, own = self._own(lines, chances)
        sums = np.maximum(self._sums[at] - own, 0)
        pages = self._on_pages[at] - 1
        pages[self._keys[at] == NO_FORM] = 0
        count = np.maximum(sums[:, :1], 1e-6)
        rows = np.column_stack([np.log1p(pages), pages / max(1, self.pages - 1), sums[:, 1:] / count])
        rows[pages <= 0] = 0
        by_key = np.searchsorted(self._keys[at], lines.forms)
        each = {kind: rows[by_key[:, k]] for k, kind in enumerate(KINDS)}
        columns = [each[kind] for kind in KINDS]
        columns += [
            _moved(each[k][:, [_AT[n] for n in ("pages", "after_headline", "after_subhead")]], 1) for k in OPENING
        ]
        columns += [_moved(each[k][:, [_AT[n] for n in ("pages", "before_headline")]], -1) for k in ENDING]
        columns.append(self._habits(lines, chances))
        return np.hstack(columns).astype(np.float32)

    def _habits(self, lines: Lines, chances: Halves) -> Floats:
        """The features GROUP_NAMES: numbers and lengths of headlines and the like on the other pages."""
        others = self.pages - 1
        out = np.zeros((len(lines.letters), len(GROUP_NAMES)), dtype=np.float32)
        if not others:
            return out
        total = dict(zip(_TOTALS, self._group - _totals(lines, chances), strict=True))

        def mean(name: str, of: str) -> float:
            return float(total[name] / max(total[of], 1e-3))

        letters = mean("headline_letters", "headline")
        spread = max(mean("headline_squares", "headline") - letters**2, 0.0) ** 0.5
        habits = [
            np.log1p(others), total["headline"] / others, letters, spread, mean("headline_closed", "headline"),
            total["subhead"] / others, mean("subhead_letters", "subhead"), total["byline"] / others,
            total["caption"] / others, total["boilerplate"] / others, mean("body_closed", "body"),
            mean("body_letters", "body"),
        ]  # fmt: skip
        out[:, : len(habits)] = habits
        own = lines.letters.astype(np.float32) - letters
        out[:, -2:] = np.column_stack([own, own / (spread + 0.1)])
        return out


_AT = {name: k for k, name in enumerate(KIND_NAMES)}
_TOTALS = (
    *ROLES, "headline_letters", "headline_squares", "headline_closed", "subhead_letters", "body_closed", "body_letters",
)  # fmt: skip


def _values(chances: Halves) -> Floats:
    """(n, SUMS) of each line: itself, its roles, and the headlines just before and after it."""
    chance = chances.astype(np.float32)
    head, small = (chance[:, ROLES.index(role)] for role in (Role.HEADLINE, Role.SUBHEAD))
    n = len(chance)
    return np.column_stack([np.ones(n), chance, _moved(head, -1), _moved(small, -1), _moved(head, 1)]).astype(
        np.float32
    )


def _totals(lines: Lines, chances: Halves) -> NDArray[np.float64]:
    chance, letters = chances.astype(np.float64), lines.letters.astype(np.float64)
    head, small, body = (chance[:, ROLES.index(role)] for role in (Role.HEADLINE, Role.SUBHEAD, Role.BODY))
    more = (
        head * letters,
        head * letters**2,
        head * lines.closed,
        small * letters,
        body * lines.closed,
        body * letters,
    )
    return np.concatenate([chance.sum(axis=0), [x.sum() for x in more]])


def _moved(values: Floats, by: int) -> Floats:
    """Each row's neighbour `by` (1 or -1) rows on; 0 where there is none."""
    out = np.zeros_like(values)
    if len(values) > 1:
        if by > 0:
            out[:-1] = values[1:]
        else:
            out[1:] = values[:-1]
    return out


class Tails(NamedTuple):
    """The forms, as hashes, of the ends that may be fused to a page's paragraphs, and of the page's short lines."""

    fused: frozenset[int]
    alone: frozenset[int]


TAIL_NAMES = ("fused_pages", "fused_share", "alone_pages", "alone_share")


class TailUse:
    """On how many pages of a group lines of a form end paragraphs, and on how many they stand alone."""

    def __init__(self, pages: Iterable[Tails]):
        each = list(pages)
        self.pages = len(each)
        self._fused = Counter(form for page in each for form in page.fused)
        self._alone = Counter(form for page in each for form in page.alone)

    def of(self, page: Tails) -> TailFeatures:
        """The features TAIL_NAMES of each form that ends a paragraph of a page, by the group's other pages."""
        others = max(1, self.pages - 1)
        found: TailFeatures = {}
        for form in page.fused:
            fused, alone = self._fused[form] - 1, self._alone[form] - (form in page.alone)
            found[form] = float(np.log1p(fused)), fused / others, float(np.log1p(alone)), alone / others
        return found
