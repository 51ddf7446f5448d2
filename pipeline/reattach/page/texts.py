"""The distinct texts of a page in reading order, each with its copies there, and how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...batch import Batch
from ...model import BEFORE_TEXT, Evidence, Page, Passage, Ref, Role
from ...models import Models
from ...models.lexicon import Lexicon
from ...reasons import Flag
from ...text.forms import fold
from ..affinity import Bag, affinities, bag

PLACED = (Role.BODY, Role.SUBHEAD)  # roles that are placed by their content; the others go with their neighbours
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
MAY_HEAD = 0.01  # least probability of being a headline, by the line alone, of a candidate
LETTERS = 70  # most characters of a headline
TWICE = 30  # characters from which a passage is not printed twice on a page on purpose
PARTS = {Flag.FUSED, Flag.SPLICED, Flag.OVERLAPPING}  # a part cut off from another passage is no headline


@dataclass(frozen=True, slots=True)
class Text:
    """A distinct passage of a page: the occurrence that represents it, and all its copies on this page.

    `passage` is None for a title that came with the page and is not in its text.
    """

    ref: Ref
    text: str
    passage: Passage | None
    copies: tuple[Passage, ...]
    bag: Bag

    @property
    def may_head(self) -> bool:
        """Could it be a headline?"""
        p = self.passage
        if p is None or p.role is Role.HEADLINE:
            return True
        return p.headline >= MAY_HEAD and len(p.text) <= LETTERS and not PARTS & {*p.flags}


@dataclass(frozen=True, slots=True)
class Outline:
    """The texts (n) of a page relative to its headlines.

    starts: offsets of all occurrences of each text, the representative one first. may_head: (n,) candidates for
    headlines. by_shape: (n,) headlines by the line alone. sentences: (n,) texts that end with a full stop. repeats:
    something longer than a stock phrase stands on the page more than once. title: the text that came as the page's
    title, -1 where there is none.
    """

    starts: tuple[tuple[int, ...], ...]
    may_head: Flags
    by_shape: Flags
    sentences: Flags
    repeats: bool
    title: int = -1

    def headlines_above(self, titles: Flags) -> tuple[NDArray[np.int64], list[frozenset[int]]]:
        """The headline above each text (n,), and those above all its occurrences; -1 where there is none.

        titles: (n,) which texts are headlines; these stand under themselves.
        """
        places = sorted((start, i) for i, own in enumerate(self.starts) if titles[i] for start in own)
        starts = np.array([start for start, _ in places])

        def above(start: int) -> int:
            k = int(np.searchsorted(starts, start, side="right")) - 1
            return places[k][1] if k >= 0 else -1

        first = [i if titles[i] else above(own[0]) for i, own in enumerate(self.starts)]
        each = [frozenset({i}) if titles[i] else frozenset(map(above, own)) for i, own in enumerate(self.starts)]
        return np.array(first, dtype=np.int64), each


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The texts (n) of a page in reading order, their affinities (kinds, n, n), and their outline.

    `beside` are the passages just before and after each, bylines and captions among them. `single`: the markup names
    the page's only headline.
    """

    page: str
    texts: tuple[Text, ...]
    affinities: Floats
    beside: tuple[tuple[Passage | None, Passage | None], ...]
    outline: Outline
    single: bool = False


def page_texts(page: Page, passages: Sequence[Passage], evidence: Evidence, models: Models) -> PageTexts:
    """The distinct texts of a page: copies form one text, whether their survivor is on this page or another."""
    batch = Batch({page.id: passages})
    groups: dict[Ref | str, list[Passage]] = {}
    for p in passages:
        if p.role in PLACED or p.role is Role.HEADLINE or (p.headline >= MAY_HEAD and p.role is not Role.BOILERPLATE):
            key = batch.letters(p) if p.role is Role.HEADLINE else evidence.origin(p.ref)
            groups.setdefault(key, []).append(p)
    texts = sorted((_text(group, batch, models.lexicon) for group in groups.values()), key=lambda x: x.ref)
    title = page.meta.get("title", "")
    if (letters := fold(title)) and all(batch.letters(p) != letters for p in passages):
        texts.insert(0, Text(Ref(page.id, BEFORE_TEXT), title, None, (), bag(title, models.lexicon)))
    beside = tuple((batch.beside(x.ref, -1), batch.beside(x.ref, 1)) if x.passage else (None, None) for x in texts)
    outline = _outline(texts, _title(texts, letters))
    return PageTexts(page.id, tuple(texts), affinities([x.bag for x in texts]), beside, outline, page.single)


def _title(texts: Sequence[Text], letters: str) -> int:
    """The first text that has the letters of the page's title; -1 where there is none."""
    return next((i for i, x in enumerate(texts) if letters and fold(x.text) == letters), -1)


def _outline(texts: Sequence[Text], title: int) -> Outline:
    starts = [(x.ref.start, *(p.start for p in x.copies if p.start != x.ref.start)) for x in texts]
    by_shape = [x.passage is None or x.passage.role is Role.HEADLINE for x in texts]
    repeats = any(len(x.copies) > 1 and len(x.text) >= TWICE for x in texts)
    may_head = np.array([x.may_head for x in texts], dtype=bool)
    sentences = np.array([x.text.endswith(("。", ".")) for x in texts], dtype=bool)
    return Outline(tuple(starts), may_head, np.array(by_shape, dtype=bool), sentences, repeats, title)


def _text(group: Sequence[Passage], batch: Batch, lexicon: Lexicon) -> Text:
    placed = [p for p in group if p.role in PLACED] or group  # copies that are placed by content represent the others
    whole = max(placed, key=lambda p: (len(p.text), -p.start))
    chosen = placed[0] if batch.letters(placed[0]) == batch.letters(whole) else whole
    return Text(chosen.ref, chosen.text, chosen, tuple(group), bag(chosen.text, lexicon))
