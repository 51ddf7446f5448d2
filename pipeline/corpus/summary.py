"""What a deduplication came to."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import SetAside


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster: the id of what stands for it, and how many documents it has."""

    representative: str
    documents: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a deduplication came to, in documents; `pairs` counts the pairs of each kind."""

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
