"""The headlines of a page, by the network's scores for the whole page, and the roles that follow for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...batch import Batch
from ...config import ReattachConfig
from ...model import Passage, Ref, Role
from ...text.cues import is_junk
from ...text.forms import closed
from .texts import Flags, Floats, Outline, PageTexts

GOES_ON = 0.85  # a line that is of one story with the line before with this probability is no headline
JUNK = 60  # most letters of a line of boilerplate
BARE = 0.9  # probability from which that is so of a line without the words of boilerplate
LEADS = 0.5  # probability of heading the story of the next text from which a line is a headline
SPLIT = 0.8  # probability of heading a story from which a line is a further headline of a page that has a title
SURE = 0.05  # below this probability of belonging where it stands, a passage is surely out of place


@dataclass(frozen=True, slots=True)
class Belonging:
    """Which texts (n) are headlines (k), and which headline each belongs to.

    titles: (n,) which are headlines, in the order of the columns. chances: (n, k + 2) the probability of belonging to
    each headline, to none of them, to no story at all. above: (n,) the column of the headline that each text stands
    under, or is; -1 where there is none.
    """

    titles: Flags
    chances: Floats
    above: NDArray[np.int64]

    def stay(self, i: int) -> float:
        """The probability that text i belongs where it stands; under no headline, that of belonging to none."""
        return float(self.chances[i, self.above[i]]) if self.above[i] >= 0 else 1.0


def belonging(point: Floats, same: Floats, outline: Outline, config: ReattachConfig) -> Belonging:
    """The headlines of a page, and what belongs to them; `point` and `same` are the network's scores.

    Headlines are the texts that head their own story, and a title that came with the page. A text with the shape of a
    headline is also one if it heads the story of the next text; one without it, only if it is no sentence, and where
    another story ends before it. A sound page with a title is one article, unless another of its headlines is nearly
    certain.
    """
    n = len(outline.starts)
    own = point[np.arange(n), np.arange(n)]
    goes_on = np.array([i > 0 and same[i, i - 1] > GOES_ON for i in range(n)], dtype=bool)
    promoted = (own > config.promote) & ~goes_on & ~outline.sentences
    found = np.where(outline.by_shape, own > config.demote, promoted)
    found[:-1] |= outline.by_shape[:-1] & (point[np.arange(1, n), np.arange(n - 1)] > LEADS)
    others = found & (np.arange(n) != outline.title)
    if outline.title >= 0 and not outline.repeats and not (others & (own > SPLIT)).any():
        found[:] = False
    titles = np.asarray((outline.may_head & found) | (np.arange(n) == outline.title), dtype=bool)
    kept = np.concatenate([point[:, np.flatnonzero(titles)], point[:, -2:]], axis=1)
    chances = np.asarray(kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-6), dtype=np.float32)
    columns = np.append(np.cumsum(titles) - 1, -1)  # of each title its column; of none (-1) none
    return Belonging(titles, chances, columns[outline.headlines_above(titles)[0]])


def shows_damage(outline: Outline, stay: Sequence[float]) -> bool:
    """Is something on a page repeated, or surely out of place? Otherwise the page counts as sound, and only what is
    sure moves. `stay`: the probabilities of belonging where they stand, of the passages under headlines."""
    return outline.repeats or min(stay, default=1.0) < SURE


def leaves_below(limit: float, damaged: bool | Flags) -> float | Floats:
    """The probability of belonging where it stands below which a passage leaves: at most SURE on sound pages."""
    return np.where(damaged, limit, min(limit, SURE))


def with_roles(
    page: PageTexts, found: Belonging, passages: Sequence[Passage], config: ReattachConfig
) -> tuple[Passage, ...]:
    """The passages with final roles: headlines without text become subheads, lines that head a story headlines."""
    none = found.chances[:, -1]
    batch = Batch({page.page: passages})
    role: dict[Ref, Role] = {}
    for i, x in enumerate(page.texts):
        for p in x.copies:
            if found.titles[i] and p.role is not Role.HEADLINE:
                role[p.ref] = Role.HEADLINE
            elif none[i] > _junk_from(p, config) and not found.titles[i] and len(batch.letters(p)) <= JUNK:
                role[p.ref] = Role.BOILERPLATE
            elif not found.titles[i] and p.role is Role.HEADLINE:
                role[p.ref] = Role.BODY if closed(p.text) else Role.SUBHEAD
    return tuple(replace(p, role=role[p.ref]) if p.ref in role else p for p in passages)


def _junk_from(p: Passage, config: ReattachConfig) -> float:
    return config.junk if is_junk(p.text) else max(config.junk, BARE)


def headlines_over(page: PageTexts, titles: Flags, passages: Sequence[Passage]) -> dict[Ref, Ref | None]:
    """For each passage the headline that it stands under, or is; None where there is none."""
    at = {p.ref: x.ref for i, x in enumerate(page.texts) if titles[i] for p in x.copies}
    current = page.texts[0].ref if titles.any() and page.texts[0].passage is None else None
    over: dict[Ref, Ref | None] = {}
    for p in passages:
        current = at.get(p.ref, current)
        over[p.ref] = current
    return over
