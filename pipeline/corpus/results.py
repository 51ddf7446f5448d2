"""The result of a search as tables: every pair with kind and similarity, and the representative of each document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..search.kinds import Kind, Pairs
from .arrow import flags, numbers, strings

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.int64]
SPREAD = 16  # most pairs of documents listed for one pair of texts; beyond, only their first documents
KINDS = [kind.name.lower() for kind in Kind]


@dataclass(frozen=True)
class Duplicates:
    """The near-duplicates among some documents.

    pair_table: a, b (ids; a says less, or stands later), kind, similarity; sorted by kind and the documents' order.
    cluster_table: one row per document, in order: id, cluster (from 1; null for a document without duplicates),
    representative (an id), kept. `kept` is its last column. `texts` counts the distinct texts; `crowded`, how often one
    was in a crowd of similar texts, where each is compared only with its neighbours. `floors` are the least
    similarities of the kinds of copies.
    """

    pair_table: pa.Table
    cluster_table: pa.Table
    kept: NDArray[np.bool_]
    texts: int
    crowded: int
    floors: Mapping[str, float]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The pairs as a DataFrame."""
        frame: pd.DataFrame = self.pair_table.to_pandas()
        return frame

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """The clusters as a DataFrame."""
        frame: pd.DataFrame = self.cluster_table.to_pandas()
        return frame

    def weakest(self, count: int = 30) -> pd.DataFrame:
        """The accepted copies closest to the threshold of their kind, for review."""
        copies = self.pairs[self.pairs.kind.isin(list(self.floors))]
        floor = copies.kind.astype(str).map(dict(self.floors)).astype(float)
        margin = (copies.similarity - floor) / (1 - floor).clip(lower=1e-9)
        return copies.loc[margin.sort_values(kind="stable").index[:count]]


@dataclass(frozen=True)
class Occurrences:
    """The documents of each distinct text: documents sorted by text, and the offset of each text."""

    documents: Numbers
    starts: Numbers

    @classmethod
    def of(cls, text_of: Numbers, texts: int) -> Occurrences:
        starts = np.concatenate(([0], np.cumsum(np.bincount(text_of, minlength=texts))))
        return cls(np.argsort(text_of, kind="stable"), starts)

    @property
    def counts(self) -> Numbers:
        return np.diff(self.starts)

    @property
    def first(self) -> Numbers:
        """The first document of each text."""
        return self.documents[self.starts[:-1]] if len(self.documents) else np.zeros(0, np.int64)

    def own(self, text: int) -> Numbers:
        """The documents with a text."""
        return self.documents[self.starts[text] : self.starts[text + 1]]


class Rows(NamedTuple):
    """Pairs of documents by their numbers, (rows,) each; kind is a Kind."""

    a: Numbers
    b: Numbers
    kind: NDArray[np.int8]
    similarity: NDArray[np.float32]

    def where(self, use: NDArray[np.bool_] | Numbers) -> Rows:
        """A subset of the rows."""
        return Rows(self.a[use], self.b[use], self.kind[use], self.similarity[use])


NO_ROWS = Rows(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int8), np.zeros(0, np.float32))


def pair_rows(pairs: Pairs, where: Occurrences) -> Rows:
    """The pairs of documents, sorted by kind and number: exact copies, and documents of similar texts.

    Each pair of texts is listed for all documents with them, up to SPREAD rows; beyond that, for the first ones.
    """
    counts = where.counts
    several = np.flatnonzero(counts > 1)
    few = counts[several] * (counts[several] - 1) // 2 <= SPREAD
    rows = [_to_first(several[~few], where)]
    for own in map(where.own, several[few].tolist()):
        later, earlier = np.tril_indices(len(own), -1)
        rows.append(_rows(own[later], own[earlier], Kind.EXACT, 1.0))
    spread = (counts[pairs.a] * counts[pairs.b] > 1) & (counts[pairs.a] * counts[pairs.b] <= SPREAD)
    plain = np.flatnonzero(~spread)
    first = where.first
    rows.append(Rows(first[pairs.a[plain]], first[pairs.b[plain]], pairs.kind[plain], pairs.similarity[plain]))
    for k in np.flatnonzero(spread).tolist():
        a, b = where.own(pairs.a[k]), where.own(pairs.b[k])
        rows.append(_rows(np.repeat(a, len(b)), np.tile(b, len(a)), pairs.kind[k], pairs.similarity[k]))
    found = Rows(*(np.concatenate(column) for column in zip(*rows, strict=True)))
    return found.where(np.lexsort((found.b, found.a, found.kind)))


def _rows(a: Numbers, b: Numbers, kind: int, similarity: float) -> Rows:
    return Rows(a, b, np.full(len(a), kind, np.int8), np.full(len(a), similarity, np.float32))


def _to_first(texts: Numbers, where: Occurrences) -> Rows:
    """Every later document with one of the texts, paired with the first one."""
    marked = np.zeros(len(where.counts), np.bool_)
    marked[texts] = True
    text_of = np.repeat(np.arange(len(where.counts)), where.counts)
    later = np.flatnonzero(marked[text_of])
    later = later[where.starts[text_of[later]] != later]
    return _rows(where.documents[later], where.first[text_of[later]], Kind.EXACT, 1.0)


def pair_table(rows: Rows, ids: pa.Array) -> pa.Table:
    """Rows of document numbers as a table of ids."""
    kinds = pa.DictionaryArray.from_arrays(numbers(rows.kind), strings(KINDS).cast(pa.string()))
    columns = [ids.take(numbers(rows.a)), ids.take(numbers(rows.b)), kinds, numbers(rows.similarity)]
    return pa.Table.from_arrays(columns, names=["a", "b", "kind", "similarity"])


def cluster_table(kept_of: Numbers, first: int, ids: pa.Array) -> pa.Table:
    """One row for each document from number `first` on: `kept_of` is the number of its representative.

    Clusters are numbered in the order of their first documents.
    """
    own = kept_of[first:]
    heads, position, inverse, count = np.unique(own, return_index=True, return_inverse=True, return_counts=True)
    alone = (count == 1) & (heads >= first)
    number = np.zeros(len(heads), np.int64)
    shared = np.flatnonzero(~alone)
    number[shared[np.argsort(position[shared], kind="stable")]] = np.arange(1, len(shared) + 1)
    cluster = number[inverse]
    kept = own == np.arange(first, first + len(own))
    columns = [ids.slice(first), numbers(cluster, cluster > 0), ids.take(numbers(own)), flags(kept)]
    return pa.Table.from_arrays(columns, names=["id", "cluster", "representative", "kept"])
