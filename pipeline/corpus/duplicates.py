"""Near-duplicates among any texts: verified pairs, and clusters of which one text each is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ..config import DedupConfig
from ..models import Models
from .finder import Finder
from .results import Duplicates

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Duplicates", "Finder", "find_duplicates"]


def find_duplicates(
    texts: Sequence[str] | pd.Series[Any] | pa.Array | pa.ChunkedArray,
    ids: Sequence[Any] | None = None,
    *,
    sensitive: bool = False,
    config: DedupConfig | None = None,
    threads: int = 0,
    models: Models | None = None,
) -> Duplicates:
    """The near-duplicates among texts: exact and near ones; with `sensitive`, also edited, cut and joined ones.

    texts: strings, a column of a DataFrame, or an Arrow array; a missing one has no duplicates. ids: one per text, for
    the result; by default a column's index, or numbers from 0. The result is the same for any order of the texts (but
    of exact copies the first is kept) and any number of threads (0: two). models: by default those that ship. Raises
    ValueError if ids and texts differ in number or an id is repeated, TypeError for a single string.

    >>> found = find_duplicates(["渡船今早复航，票价两元。", "茶园抽出了头一轮嫩芽。", "渡船今早复航,票价两元"])
    >>> found.clusters.kept.tolist()
    [True, True, False]
    """
    strings, names = _columns(texts, ids)
    finder = Finder(config or DedupConfig(), sensitive=sensitive, threads=threads, models=models)
    finder.add(names, strings)
    return finder.find()


def _columns(texts: Any, ids: Sequence[Any] | None) -> tuple[list[str], pa.Array]:
    """Texts and ids as Arrow arrays; missing texts are empty."""
    if isinstance(texts, str):
        raise TypeError("texts is one string, which would be compared letter by letter; give a list of texts")
    if ids is None and hasattr(texts, "index") and hasattr(texts, "to_numpy"):
        ids = texts.index
    if isinstance(texts, pa.Array | pa.ChunkedArray):
        texts = texts.to_pylist()
    texts = [text if isinstance(text, str) else "" for text in texts]
    names = pa.array(range(len(texts)) if ids is None else ids)
    if len(names) != len(texts):
        raise ValueError(f"{len(names):,} ids for {len(texts):,} texts; give one a text")
    if len(names.unique()) < len(names):
        raise ValueError("an id stands twice; give each text its own")
    return texts, names
