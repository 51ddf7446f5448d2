"""The fitted models that ship with the package: arrays only, read without pickle."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.similarity.forest import Forest
from pipeline.similarity.lexicon import Lexicon


def _arrays(name: str) -> dict[str, NDArray[Any]]:
    with files(__name__).joinpath(f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as npz:
        return {key: npz[key] for key in npz.files}


@lru_cache(maxsize=None)
def forest(name: str) -> Forest:
    """The trees of one decision."""
    return Forest.from_arrays(_arrays(name))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The rarity of words and bigrams in news text, and word vectors."""
    return Lexicon.from_arrays(_arrays("lexicon"))
