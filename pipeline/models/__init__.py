"""The fitted models as one value: plain arrays, read without pickle, each on first use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..text.rarity import Bigrams
from ..text.usage import Usage
from .card import Card, read_card
from .forest import Forest
from .lexicon import Lexicon
from .network import Network
from .seams import Seams

__all__ = ["SHIPPED", "Models", "load", "unchecked"]

T = TypeVar("T")
SHIPPED = Path(__file__).parent


class Models:
    """The models of a folder. Cheap to hand to another process: it goes as the folder's name, and is read there.

    Without a card, as while the models of the folder are being learned, nothing is checked.
    """

    def __init__(self, folder: Path, card: Card | None = None):
        self.folder = folder
        self.card = card
        self._usage: Usage | None = None
        self._known: dict[str, Any] = {}  # what has been read, shared with the models of groups

    def __reduce__(self) -> tuple[Any, ...]:
        return (load if self.card else unchecked), (self.folder,)

    def _arrays(self, name: str) -> Mapping[str, NDArray[Any]]:
        """The arrays of one file. Raises ModelError where it can't be read or is not the one that the card lists."""
        path = self.folder / f"{name}.npz"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror}); learn the models again") from error
        if self.card:
            self.card.check(path, content)
        found: Mapping[str, NDArray[Any]] = np.load(BytesIO(content), allow_pickle=False)
        return found

    def _once(self, make: Callable[[Mapping[str, NDArray[Any]]], T], name: str) -> T:
        """What a file holds, made of its arrays on first use."""
        key = f"{make.__qualname__} {name}"
        if key not in self._known:
            self._known[key] = make(self._arrays(name))
        found: T = self._known[key]
        return found

    def forest(self, name: str) -> Forest:
        """The forest of one decision."""
        return self._once(Forest.from_arrays, name)

    @property
    def network(self) -> Network:
        """The network that finds the headline of each line's story."""
        return self._once(Network.from_arrays, "stories")

    @property
    def seams(self) -> Seams:
        """The model of how well one text continues another."""
        return self._once(Seams.from_arrays, "seams")

    @cached_property
    def lexicon(self) -> Lexicon:
        """The rarity of words and bigrams in news text, and word vectors; within the group, if it is that of one."""
        found = self._once(Lexicon.from_arrays, "lexicon")
        return found.within(self._usage) if self._usage else found

    def within(self, usage: Usage) -> Models:
        """The models with the lexicon of a group of pages; for use within one process, as it is lost on the way."""
        other = Models(self.folder, self.card)
        other._known, other._usage = self._known, usage
        return other

    @property
    def bigrams(self) -> Bigrams:
        """The rarity of bigrams alone, a small part of the lexicon."""
        return self._once(Bigrams.from_file, "lexicon")


@lru_cache(maxsize=1)
def unchecked(folder: Path) -> Models:
    """The models of a folder that has no card yet, because they are being learned."""
    return Models(folder)


def load(folder: str | PathLike[str] = SHIPPED) -> Models:
    """The models of a folder, by default those that ship. Raises ModelError for a card that is not of this format."""
    return _loaded(Path(folder))


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Models:
    return Models(folder, read_card(folder))
