"""Collect documents batch by batch, and find the near-duplicates among them within a memory budget."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..config import DedupConfig
from ..models import Models, load
from ..search.cluster import COPIES, representatives
from ..search.column import column
from ..search.kinds import Kind, Thresholds
from ..search.search import Texts, search
from ..search.store import Store
from .arrow import numbers
from .index import Index, write_index
from .results import KINDS, NO_ROWS, Duplicates, Occurrences, cluster_table, pair_rows, pair_table

SHOWN = 30  # pairs of a kind listed for review: as many as one reads in one sitting
Progress = Callable[[str, int, int], None]
MEMORY = 4 << 30  # bytes: the default budget
SHARE = 16  # a 16th of the budget each for texts, for keys, and for waiting pairs: the rest is for columns
BATCH = 1 << 16  # texts folded at a time


class Example(NamedTuple):
    """A pair of documents for review: ids, kind, similarity, and their comparison forms."""

    a: str
    b: str
    kind: str
    similarity: float
    a_text: str
    b_text: str


class Examples(NamedTuple):
    """Examples for review: the weakest copies, the closest variants, and (documents, id, text) of large clusters."""

    weakest: list[Example]
    variants: list[Example]
    clusters: list[tuple[int, str, str]]
    all_clusters: int
    kinds: dict[str, int]


class Finder:
    """Collects documents with `add`, then finds near-duplicates among them; `known` are those of earlier runs.

    With `short_stay`, documents of fewer letters than `config.least` are always kept: short lines of a text may recur.
    """

    def __init__(
        self,
        config: DedupConfig,
        *,
        sensitive: bool = False,
        threads: int = 0,
        memory: int = MEMORY,
        short_stay: bool = False,
        models: Models | None = None,
    ):
        self.models = models or load()
        self.limits = Thresholds(**asdict(config), sensitive=sensitive)
        self.threads = threads or min(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
        self.memory = memory
        self.short_stay = short_stay
        self.store = Store(memory // SHARE)
        self.known = 0
        self._ids: list[pa.Array] = []
        self._text_of = [np.zeros(0, np.int64)]
        self._rows, self._kept_of = NO_ROWS, np.zeros(0, np.int64)

    def know(self, index: Index) -> None:
        """Add what an earlier run kept; before any `add`. Documents already in another earlier run are skipped."""
        assert not self.documents or self.documents == self.known
        before = self.store.count
        text_of = self.store.add(index.column)
        numbered, new = np.unique(text_of, return_index=True)  # short lines may be repeated there
        new = new[numbered >= before]
        self._ids.append(index.ids.take(numbers(new)))
        self._text_of.append(text_of[new])
        self.known = self.store.count

    def add(self, ids: pa.Array, texts: Sequence[str]) -> None:
        """Add documents: ids, all of one type, and as many texts."""
        self._ids.append(ids)
        for start in range(0, len(texts), BATCH):
            self._text_of.append(self.store.add(column(texts[start : start + BATCH])))

    @property
    def floors(self) -> dict[Kind, float]:
        """The least similarity of a copy of each kind, as given with pairs."""
        limits = self.limits
        return {Kind.NEAR: limits.near, Kind.EDITED: limits.edited, Kind.CONTAINED: limits.part}

    @property
    def documents(self) -> int:
        """The number of documents, including those of earlier runs."""
        return sum(map(len, self._ids))

    def find(self, progress: Progress | None = None) -> Duplicates:
        """Find all near-duplicates; the clusters are those of the added documents."""
        ids, text_of = self._joined()
        letters, rank = self.store.letters, self.store.hashes[:, 0].copy()
        texts = Texts(self.store.column(), letters, rank, self.store.count - self.known)
        found = search(
            texts,
            self.limits,
            self.models.bigrams,
            threads=self.threads,
            room=max(1 << 22, self.memory // SHARE),
            progress=progress,
        )
        where = Occurrences.of(text_of, self.store.count)
        kept, _ = representatives(texts.column, found.pairs, self.models.bigrams, where.counts, rank, self.known)
        first = where.first
        kept_of = first[kept[text_of]]
        rows = pair_rows(found.pairs, where)
        exempt = letters[text_of] < (self.limits.least if self.short_stay else 1)  # without letters: no duplicates
        if exempt.any():
            kept_of = np.where(exempt, np.arange(len(kept_of)), kept_of)
            rows = rows.where(~exempt[rows.a])
        self._rows, self._kept_of = rows, kept_of
        kept_here = kept_of[self.known :] == np.arange(self.known, len(kept_of))
        return Duplicates(
            pair_table(rows, ids),
            cluster_table(kept_of, self.known, ids),
            kept_here,
            self.store.count - self.known,
            found.crowded,
            {KINDS[kind]: floor for kind, floor in self.floors.items()},
        )

    def examples(self, largest: int) -> Examples:
        """Examples for a reviewer, after `find`."""
        ids, text_of = self._joined()
        texts, rows = self.store.column(), self._rows

        def text(document: int) -> str:
            return texts.text(int(text_of[document]))

        def some(order: NDArray[np.int64]) -> list[Example]:
            return [
                Example(str(ids[a]), str(ids[b]), KINDS[kind], similarity, text(a), text(b))
                for a, b, kind, similarity in zip(*(c[order[:SHOWN]].tolist() for c in rows), strict=True)
            ]

        copies = np.flatnonzero(np.isin(rows.kind, COPIES))
        floor = np.array([self.floors.get(kind, 0.0) for kind in Kind])[rows.kind[copies]]
        margin = (rows.similarity[copies] - floor) / np.maximum(1 - floor, 1e-9)
        variants = np.flatnonzero(rows.kind == Kind.VARIANT)
        heads, sizes = np.unique(self._kept_of[self.known :], return_counts=True)
        by_size = [k for k in np.lexsort((heads, -sizes))[:largest].tolist() if sizes[k] > 1]
        return Examples(
            some(copies[np.argsort(margin, kind="stable")]),
            some(variants[np.argsort(-rows.similarity[variants], kind="stable")]),
            [(int(sizes[k]), str(ids[heads[k]]), text(heads[k])) for k in by_size],
            int(((sizes > 1) | (heads < self.known)).sum()),
            {KINDS[kind]: count for kind, count in enumerate(np.bincount(rows.kind).tolist()) if count},
        )

    def save_index(self, found: Duplicates, path: Path) -> None:
        """Write the index for later runs: the documents that were kept, in their order."""
        kept = np.flatnonzero(found.kept) + self.known
        ids, text_of = self._joined()
        write_index(path, ids.take(numbers(kept)), self.store.column(), text_of[kept])

    def _joined(self) -> tuple[pa.Array, NDArray[np.int64]]:
        """The ids of all documents, and the text of each by its number."""
        ids = pa.chunked_array(self._ids).combine_chunks() if self._ids else pa.array([], pa.string())
        return ids, np.concatenate(self._text_of)
