"""The summary of a deduplication."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import SetAside


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster: the id of its representative, and its number of documents."""

    representative: str
    documents: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a deduplication, counted in documents; `pairs` counts the pairs of each kind."""

    documents: int
    kept: int
    removed: int
    clusters: int
    texts: int
    pairs: dict[str, int]
    largest: tuple[Cluster, ...]
    crowded: int
    spilled: bool
    set_aside: int
    first_set_aside: tuple[SetAside, ...]
