"""A page as reattachment sees it: its headlines, the distinct passages under them, and what they have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline import models
from pipeline.model import Page, Passage, Role
from pipeline.similarity.affinity import Bag, affinities, bag
from pipeline.similarity.forms import fold, simplified
from pipeline.similarity.lexicon import Lexicon

Key = tuple[str, int]
UNITS = (Role.BODY, Role.SUBHEAD)  # the roles that are placed by what they say; others go with their neighbours
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline of a page; `passage` is None where the title came with the page and not in its text."""

    text: str
    passage: Passage | None
    bag: Bag


@dataclass(frozen=True, slots=True)
class Unit:
    """A distinct body passage of a page: the occurrence that speaks for it, and all its copies on this page.

    `hosts` are the headlines (numbers in Scene.headlines, -1 for none) that its occurrences stand under;
    `host` is that of `passage`.
    """

    passage: Passage
    copies: tuple[Passage, ...]
    host: int
    hosts: frozenset[int]
    bag: Bag


@dataclass(frozen=True)
class Scene:
    """Headlines (k), units (n) in reading order, affinities (4, n, n) among units and (4, n, k) with headlines."""

    page: str
    headlines: tuple[Headline, ...]
    units: tuple[Unit, ...]
    among: Floats
    with_headlines: Floats
    headline_of: Mapping[int, int]  # number of a passage -> the headline that it stands under, or is

    def host_mask(self) -> Floats:
        """(n, k): 1 where a unit's occurrence stands under the headline."""
        mask = np.zeros((len(self.units), len(self.headlines)), dtype=np.float32)
        for i, unit in enumerate(self.units):
            if unit.host >= 0:
                mask[i, unit.host] = 1
        return mask


def normal(text: str) -> str:
    """NFKC and Simplified: the form that cues are looked for in."""
    return simplified(unicodedata.normalize("NFKC", text))


def scene(page: Page, passages: Sequence[Passage], survivor: Mapping[Key, Key]) -> Scene:
    """The scene of one page; `survivor` maps copies to the passage kept in their stead, on any page."""
    lexicon = models.lexicon()
    headlines: list[Headline] = []
    number: dict[str, int] = {}
    headline_of: dict[int, int] = {}
    title = page.meta.get("title", "")
    if fold(title) and all(fold(p.text) != fold(title) for p in passages):
        headlines.append(Headline(title, None, bag(title, lexicon)))
        number[fold(title)] = 0
    current = len(headlines) - 1
    groups: dict[Key, list[Passage]] = {}
    for p in passages:
        if p.role is Role.HEADLINE:
            form = fold(p.text)
            if form not in number:
                number[form] = len(headlines)
                headlines.append(Headline(p.text, p, bag(p.text, lexicon)))
            current = number[form]
        headline_of[p.index] = current
        if p.role in UNITS:
            groups.setdefault(survivor.get(p.key, p.key), []).append(p)
    units = [_unit(key, group, headline_of, lexicon) for key, group in groups.items()]
    units.sort(key=lambda u: u.passage.start)
    alike = affinities([u.bag for u in units] + [h.bag for h in headlines])
    n = len(units)
    return Scene(page.id, tuple(headlines), tuple(units), alike[:, :n, :n], alike[:, :n, n:], headline_of)


def _unit(key: Key, group: Sequence[Passage], headline_of: Mapping[int, int], lexicon: Lexicon) -> Unit:
    chosen = next((p for p in group if p.key == key), max(group, key=lambda p: (len(p.text), -p.start)))
    hosts = frozenset(headline_of[p.index] for p in group)
    return Unit(chosen, tuple(group), headline_of[chosen.index], hosts, bag(chosen.text, lexicon))
