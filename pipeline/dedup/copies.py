"""Passages -> copies: exact, near, mistyped, cut short; each verified, and bound to the passage that says it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from .. import models
from ..config import DedupConfig
from ..model import Copy, CopyKind, Passage, Role
from ..search.cluster import representatives
from ..search.column import Column, column
from ..search.edits import differences, variants
from ..search.kinds import Kind, Pairs, Thresholds
from ..search.search import Texts, search
from ..search.store import Store
from ..text.forms import fold
from .repetition import is_piece, meant

COMPARED = (Role.BODY, Role.SUBHEAD, Role.CAPTION)
LONG_RUN = 8  # letters that only one of two texts has in one place: more than a slip of the pen
KINDS = {Kind.NEAR: CopyKind.NEAR, Kind.EDITED: CopyKind.EDITED, Kind.CONTAINED: CopyKind.CONTAINED}

Key = tuple[str, int]


def find_copies(passages: Sequence[Passage], config: DedupConfig, known: Sequence[Copy] = ()) -> list[Copy]:
    """The copies among the passages of a batch, sorted, with those that are `known`; a survivor is no copy itself.

    Exact copies point to the first passage with that text; whose context is best is for `reattach` to say.
    """
    compared = sorted((p for p in passages if p.role in COMPARED), key=lambda p: p.key)
    store = Store()
    text_of = store.add(column([p.text for p in compared]))
    holders: list[list[Passage]] = [[] for _ in range(store.count)]
    for passage, text in zip(compared, text_of.tolist(), strict=True):
        holders[text].append(passage)
    best: dict[Key, Copy] = {}
    for own, letters in zip(holders, store.letters.tolist(), strict=True):
        if letters >= config.least:
            best |= {p.key: Copy(p.key, own[0].key, CopyKind.EXACT, 1.0) for p in own[1:]}
    best |= _alike(store, holders, config)  # a text that lost its cluster points to the survivor, not to its first
    for key in meant(best.values(), passages):
        del best[key]
    for copy in known:
        best.pop(copy.passage, None)
        if _last(best, copy.survivor) != copy.passage:
            best[copy.passage] = copy
    _extend_runs(best, passages)
    return [replace(best[key], survivor=_last(best, key)) for key in sorted(best)]


def _alike(store: Store, holders: Sequence[Sequence[Passage]], config: DedupConfig) -> dict[Key, Copy]:
    """The copies of passages with other letters, by the passages that hold them."""
    texts = Texts(store.column(), store.letters, store.hashes[:, 0].copy(), store.count)
    found = search(texts, Thresholds(**asdict(config), part=0, sensitive=True), models.bigrams()).pairs
    found = found.where(_are_copies(found, texts.column, holders))
    counts = np.array([len(own) for own in holders], np.int64)
    kept, by = representatives(texts.column, found, models.bigrams(), counts, texts.rank)
    return {
        p.key: Copy(p.key, holders[kept[text]][0].key, KINDS[Kind(found.kind[by[text]])], _share(found, by[text]))
        for text in np.flatnonzero(by >= 0).tolist()
        for p in holders[text]
    }


def _share(pairs: Pairs, number: int) -> float:
    return round(float(pairs.similarity[number]), 4)


def _are_copies(pairs: Pairs, texts: Column, holders: Sequence[Sequence[Passage]]) -> NDArray[np.bool_]:
    """Which pairs say the same, as far as the shorter text goes: of a page, nothing may be lost."""
    copies = np.isin(pairs.kind, list(KINDS))
    whole = pairs.kind == Kind.CONTAINED
    for k in np.flatnonzero(whole).tolist():
        copies[k] = is_piece(holders[pairs.a[k]][0].text, holders[pairs.b[k]][0].text, int(pairs.at[k]))
    some = np.flatnonzero(copies & ~whole)
    copies[some] = same_texts(texts.letters(pairs.a[some]), texts.letters(pairs.b[some]))
    return copies


def same_texts(a: Sequence[str], b: Sequence[str]) -> NDArray[np.bool_]:
    """Do the texts of each pair (folded) say the same but for typing errors? (pairs,)

    Not where values, names or whole phrases differ; but one may say more than the other.
    """
    found = differences(a, b, models.bigrams())
    content = (
        found.numbers
        + found.words
        + found.plain_words
        + found.names
        + found.letters
        + np.where(found.slips, 0, found.digits)
    )
    own = (found.longest >= LONG_RUN).all(axis=1) | (found.rivals >= LONG_RUN)
    same: NDArray[np.bool_] = ~variants(found) & ~own & ((content == 0) | (content < found.slips))
    return same


def _last(copies: Mapping[Key, Copy], key: Key) -> Key:
    """The survivor at the end of a chain: short lines point to an earlier one, which may be a copy by then."""
    while key in copies:
        key = copies[key].survivor
    return key


def _extend_runs(copies: dict[Key, Copy], passages: Sequence[Passage]) -> None:
    """Adds short lines that stand beside a copy as the same line stands beside what it is a copy of.

    A subhead, byline or caption recurs by right; it is a copy where the run of passages that it is part of is.
    """
    at = {(p.page, p.index): p for p in passages}
    clusters: dict[Key, list[Passage]] = defaultdict(list)
    for p in sorted(passages, key=lambda p: p.key):
        found = copies.get(p.key)
        clusters[found.survivor if found else p.key].append(p)
    for key in sorted(clusters):
        for step in (-1, 1):
            first: dict[str, Passage] = {}
            for p in clusters[key]:
                other = at.get((p.page, p.index + step))
                if not other or other.key in copies or other.role in (Role.HEADLINE, Role.BOILERPLATE):
                    continue
                kept = first.setdefault(fold(other.text), other)
                if kept is not other:
                    copies[other.key] = Copy(other.key, kept.key, CopyKind.EXACT, 1.0)
