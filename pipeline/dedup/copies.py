"""Passages -> copies: exact, near, mistyped, cut short; each is verified and has a survivor that says all it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from ..batch import Batch
from ..config import DedupConfig
from ..model import Copy, Passage, Ref, Role
from ..models import Models
from ..reasons import CopyKind
from ..search.cluster import representatives
from ..search.column import Column, column
from ..search.edits import differences, variants
from ..search.kinds import Kind, Pairs, Thresholds
from ..search.search import Texts, search
from ..search.store import Store
from ..text.rarity import Bigrams
from .chains import Chains
from .repetition import is_piece, meant

COMPARED = (Role.BODY, Role.SUBHEAD, Role.CAPTION)
LONG_RUN = 8  # letters in a row that only one of two texts has: too many for a typing error
KINDS = {Kind.NEAR: CopyKind.NEAR, Kind.EDITED: CopyKind.EDITED, Kind.CONTAINED: CopyKind.CONTAINED}


def find_copies(batch: Batch, config: DedupConfig, models: Models, known: Sequence[Copy] = ()) -> list[Copy]:
    """The copies among the passages of a batch, sorted, with those that are `known`; a survivor is no copy itself.

    The survivor of exact copies is the first passage with that text; which occurrence is used is decided later.
    """
    compared = [p for p in batch if p.role in COMPARED]
    store = Store()
    text_of = store.add(column([p.text for p in compared]))
    holders: list[list[Passage]] = [[] for _ in range(store.count)]
    for passage, text in zip(compared, text_of.tolist(), strict=True):
        holders[text].append(passage)
    best: dict[Ref, Copy] = {}
    for own, letters in zip(holders, store.letters.tolist(), strict=True):
        if letters >= config.least:
            best |= {p.ref: Copy(p.ref, own[0].ref, CopyKind.EXACT, 1.0) for p in own[1:]}
    best |= _alike(store, holders, config, models)  # the copies of a text that is itself a copy point to its survivor
    for ref in meant(best.values(), batch):
        del best[ref]
    for copy in known:
        best.pop(copy.passage, None)
    chains = _chains(best.values())
    for copy in known:
        if chains.end(copy.survivor) != copy.passage:
            best[copy.passage] = copy
            chains.link(copy.passage, copy.survivor)
    _extend_runs(best, batch)
    chains = _chains(best.values())  # a short line's survivor may itself have become a copy
    return [replace(best[ref], survivor=chains.end(ref)) for ref in sorted(best)]


def _alike(store: Store, holders: Sequence[Sequence[Passage]], config: DedupConfig, models: Models) -> dict[Ref, Copy]:
    """The copies of passages with other letters, by the passages that hold them."""
    rarity = models.bigrams
    texts = Texts(store.column(), store.letters, store.hashes[:, 0].copy(), store.count)
    found = search(texts, Thresholds(**asdict(config), part=0, sensitive=True), rarity).pairs
    found = found.where(_are_copies(found, texts.column, holders, rarity))
    counts = np.array([len(own) for own in holders], np.int64)
    kept, by = representatives(texts.column, found, rarity, counts, texts.rank)
    return {
        p.ref: Copy(p.ref, holders[kept[text]][0].ref, KINDS[Kind(found.kind[by[text]])], similarity)
        for text in np.flatnonzero(by >= 0).tolist()
        for similarity in [_similarity(found, by[text], texts.column)]
        for p in holders[text]
    }


def _similarity(pairs: Pairs, number: int, texts: Column) -> float:
    """The similarity of each pair by the measure of its kind; of a contained text, how much of it the other holds."""
    similarity = float(pairs.similarity[number])
    if pairs.kind[number] == Kind.CONTAINED:
        piece, whole = texts.letters(np.array([pairs.a[number], pairs.b[number]]))
        similarity = LCSseq.similarity(piece, whole) / len(piece)
    return round(similarity, 4)


def _are_copies(
    pairs: Pairs, texts: Column, holders: Sequence[Sequence[Passage]], rarity: Bigrams
) -> NDArray[np.bool_]:
    """The pairs whose shorter text says nothing new: nothing of a page may be lost."""
    copies = np.isin(pairs.kind, list(KINDS))
    whole = pairs.kind == Kind.CONTAINED
    some = np.flatnonzero(whole)
    for k in some[np.argsort(pairs.b[some], kind="stable")].tolist():  # one after another those within one text
        copies[k] = is_piece(holders[pairs.a[k]][0].text, holders[pairs.b[k]][0].text, int(pairs.at[k]))
    some = np.flatnonzero(copies & ~whole)
    copies[some] = same_texts(texts.letters(pairs.a[some]), texts.letters(pairs.b[some]), rarity)
    return copies


def same_texts(a: Sequence[str], b: Sequence[str], rarity: Bigrams) -> NDArray[np.bool_]:
    """Which pairs of folded texts say the same but for typing errors, (pairs,).

    Not where values, names or whole phrases differ; but one may say more than the other.
    """
    found = differences(a, b, rarity)
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


def _chains(copies: Iterable[Copy]) -> Chains:
    """From each copy to its survivor, which may be a copy itself."""
    chains = Chains()
    for copy in copies:
        chains.link(copy.passage, copy.survivor)
    return chains


def _extend_runs(copies: dict[Ref, Copy], batch: Batch) -> None:
    """Add short lines that are next to a copy in the way the same line is next to its survivor.

    A subhead, byline or caption may recur; it is a copy only where it belongs to a run of passages that is one.
    """
    clusters: dict[Ref, list[Passage]] = defaultdict(list)
    for p in batch:
        found = copies.get(p.ref)
        clusters[found.survivor if found else p.ref].append(p)
    for ref in sorted(clusters):
        for step in (-1, 1):
            first: dict[str, Passage] = {}
            for p in clusters[ref]:
                other = batch.beside(p.ref, step)
                if not other or other.ref in copies or other.role in (Role.HEADLINE, Role.BOILERPLATE):
                    continue
                kept = first.setdefault(batch.letters(other), other)
                if kept is not other:
                    copies[other.ref] = Copy(other.ref, kept.ref, CopyKind.EXACT, 1.0)
