"""The fitted models that ship with the package: arrays only, read without pickle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from ..text.rarity import Bigrams
from .forest import Forest
from .lexicon import Lexicon
from .network import Network
from .seams import Seams

_folder: Traversable = files(__name__)


def use(folder: Path | Traversable) -> None:
    """Take the models of another folder from now on, in this process."""
    global _folder
    _folder = folder
    forget()


def folder() -> Traversable:
    """Where the models are taken from."""
    return _folder


def forget() -> None:
    """Read the models anew when they are next asked for."""
    forest.cache_clear()
    lexicon.cache_clear()
    network.cache_clear()
    seams.cache_clear()
    bigrams.cache_clear()


@contextmanager
def _file(name: str) -> Iterator[Any]:
    """An open .npz file: a mapping that reads an array when it is asked for."""
    with _folder.joinpath(f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as npz:
        yield npz


@cache
def forest(name: str) -> Forest:
    """The trees of one decision."""
    with _file(name) as arrays:
        return Forest.from_arrays(arrays)


@lru_cache(maxsize=1)
def network() -> Network:
    """What finds the headline of each line's story."""
    with _file("stories") as arrays:
        return Network.from_arrays(arrays)


@lru_cache(maxsize=1)
def seams() -> Seams:
    """How likely one text goes on in another."""
    with _file("seams") as arrays:
        return Seams.from_arrays(arrays)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The rarity of words and bigrams in news text, and word vectors."""
    with _file("lexicon") as arrays:
        return Lexicon.from_arrays(arrays)


@lru_cache(maxsize=1)
def bigrams() -> Bigrams:
    """The rarity of bigrams alone: a small part of the lexicon."""
    with _file("lexicon") as arrays:
        return Bigrams.from_file(arrays)
