"""The fitted models that ship with the package: arrays only, read without pickle."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.similarity.forest import Forest
from pipeline.similarity.lexicon import Lexicon

_folder: Traversable = files(__name__)


def use(folder: Path) -> None:
    """Take the models of another folder from now on, in this process."""
    global _folder
    _folder = folder
    forget()


def forget() -> None:
    """Read the models anew when they are next asked for."""
    forest.cache_clear()
    lexicon.cache_clear()


def _arrays(name: str) -> dict[str, NDArray[Any]]:
    with _folder.joinpath(f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as npz:
        return {key: npz[key] for key in npz.files}


@cache
def forest(name: str) -> Forest:
    """The trees of one decision."""
    return Forest.from_arrays(_arrays(name))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The rarity of words and bigrams in news text, and word vectors."""
    return Lexicon.from_arrays(_arrays("lexicon"))
