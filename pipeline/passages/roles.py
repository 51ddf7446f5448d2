"""Roles of the lines of a page, by features of their shape, their neighbours, and the words they share with them.

They are read twice: by the page alone, and then with what the publisher's other pages show (see style). Blank lines are
no evidence: scrapers leave them anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import add

import numpy as np

from ..models import Models
from ..models.forest import log_odds
from ..text.forms import bigrams, fold, normalized, simplified
from ..text.rarity import Bigrams
from ..text.shape import SHAPE as LINE_SHAPE
from ..text.shape import shape as line_shape
from .style import ROLES, STYLE_NAMES, Floats, Halves

MOST = 60_000  # of a feature: the halves that keep it end at 65,504
BLOCK = 240  # lines compared with one another: longer pages go block by block, so that the cost is linear
CELLS = 2**23  # lines times bigrams of a block: some ten matrices of this size are held, 32 MiB each
SHAPE = (*LINE_SHAPE, "rarity")
NEAR = ("letters", "closed", "lead", "dateline", "byline", "junk", "quotes")
OVERLAP = (
    "next",
    "next3",
    "prev",
    "prev3",
    "others",
    "after",
    "before",
    "next3_prev3",
    "seam",
    "seam_wide",
    "seam_far",
)
PLACE = ("line", "to_end", "same", "since_short", "to_short")
DRAFT_NAMES = SHAPE + tuple(f"{n}{d:+d}" for d in (-2, -1, 1, 2) for n in NEAR) + OVERLAP + PLACE
NAMES = (*DRAFT_NAMES, *(f"draft_{role}{d}" for d in ("", "-1", "+1") for role in ROLES), *STYLE_NAMES)


def draft(texts: Sequence[str], models: Models) -> tuple[Halves, Halves]:
    """The first reading of the lines of a page: their features (n, len(DRAFT_NAMES)), and the roles' probabilities."""
    forest = models.forest("draft")
    blocks = [rows for i in range(0, len(texts), BLOCK) for rows in _in_blocks(texts[i : i + BLOCK], models.lexicon)]
    if not blocks:
        return np.zeros((0, len(DRAFT_NAMES)), dtype=np.float16), np.zeros((0, len(ROLES)), dtype=np.float16)
    chances = np.concatenate([forest.predict(rows) for rows in blocks])
    return np.minimum(np.concatenate(blocks), MOST).astype(np.float16), chances.astype(np.float16)


def second_features(first: Halves, chances: Halves, style: Floats) -> Floats:
    """Features (n, len(NAMES)) of the second reading: those of the first, what it found, and the publisher's style."""
    odds = np.asarray(log_odds(chances.astype(np.float32)), dtype=np.float32)
    return np.hstack([first.astype(np.float32), odds, shifted(odds, -1), shifted(odds, 1), style])


def role_probabilities(rows: Floats, models: Models) -> Floats:
    """Probability of each role of ROLES for each line, (n, roles), by the features of the second reading."""
    return models.forest("roles").predict(rows) if len(rows) else np.zeros((0, len(ROLES)), dtype=np.float32)


def _in_blocks(texts: Sequence[str], rarity: Bigrams) -> Iterator[Floats]:
    """The features of some lines; where lines and bigrams make too large a matrix, half by half."""
    if len(texts) > 1 and len(texts) * sum(map(len, texts)) > CELLS and len(texts) * _bigrams(texts) > CELLS:
        half = len(texts) // 2
        yield from _in_blocks(texts[:half], rarity)
        yield from _in_blocks(texts[half:], rarity)
    else:
        yield role_features(texts, rarity)


def _bigrams(texts: Sequence[str]) -> int:
    """The number of bigrams of the lines, as they stand."""
    return len(set().union(*(map(add, text, text[1:]) for text in texts)))


def role_features(texts: Sequence[str], rarity: Bigrams) -> Floats:
    """Features (lines, len(DRAFT_NAMES)) of the lines of one page, without blank ones."""
    normal = [simplified(normalized(t.strip())) for t in texts]
    folded = [fold(t) for t in normal]
    weight, has = _incidence(folded, rarity)
    shape = np.array([line_shape(t, f) for t, f in zip(normal, folded, strict=True)], dtype=np.float32)
    shape = np.column_stack([shape, (has @ weight) / np.maximum(has.sum(axis=1), 1)])
    columns = [SHAPE.index(n) for n in NEAR]
    near = [shifted(shape[:, columns], d) for d in (-2, -1, 1, 2)]
    return np.hstack([shape, *near, _overlaps(weight, has), _places(folded)]).astype(np.float32)


def _incidence(folded: Sequence[str], rarity: Bigrams) -> tuple[Floats, Floats]:
    """The rarity of each bigram of the page (v,), and which line has it (lines, v)."""
    grams = [bigrams(f) if len(f) > 1 else np.zeros(0, dtype=np.uint64) for f in folded]
    keys, inverse = np.unique(np.concatenate(grams), return_inverse=True)
    has = np.zeros((len(folded), len(keys)), dtype=np.float32)
    has[np.repeat(np.arange(len(folded)), [len(g) for g in grams]), inverse] = 1
    return rarity.bigram_weights(keys), has


def shifted(values: Floats, by: int) -> Floats:
    """Each row's neighbour `by` rows on; -1 where there is none."""
    out = np.full_like(values, -1)
    if 0 < by < len(values):
        out[:-by] = values[by:]
    elif 0 < -by < len(values):
        out[-by:] = values[:by]
    return out


def _window(has: Floats, first: int, last: int) -> Floats:
    """Which bigrams occur in the lines i+first .. i+last, for each line i."""
    out = np.zeros_like(has)
    for d in range(first, last + 1):
        np.maximum(out, np.maximum(shifted(has, d), 0), out=out)
    return out


def _overlaps(weight: Floats, has: Floats) -> Floats:
    """How much of a line, by rarity, recurs in its neighbours; and how similar the text before and after it is."""
    heavy = has * weight
    own = np.maximum(heavy.sum(axis=1), 1e-6)
    after = np.zeros_like(has)
    before = np.zeros_like(has)
    for i in range(1, len(has)):
        np.maximum(before[i - 1], has[i - 1], out=before[i])
        np.maximum(after[-i], has[-i], out=after[-i - 1])

    def cover(where: Floats) -> Floats:
        return np.asarray((heavy * where).sum(axis=1) / own, dtype=np.float32)

    def alike(a: Floats, b: Floats) -> Floats:
        squares = weight * weight
        return np.asarray((a * b) @ squares / np.sqrt((a @ squares) * (b @ squares) + 1e-6), dtype=np.float32)

    next3, prev3 = _window(has, 1, 3), _window(has, -3, -1)
    columns = [
        cover(_window(has, 1, 1)), cover(next3), cover(_window(has, -1, -1)), cover(prev3), cover(np.maximum(after, before)),
        cover(after), cover(before), cover(next3) - cover(prev3), alike(_window(has, -1, -1), _window(has, 1, 1)),
        alike(prev3, next3), alike(_window(has, -6, -1), _window(has, 1, 6)),
    ]  # fmt: skip
    return np.column_stack(columns)


def _places(folded: Sequence[str]) -> Floats:
    """A line's position, its number of occurrences on the page, and its distance to other short lines."""
    count = len(folded)
    times = Counter(folded)
    short = [i for i, f in enumerate(folded) if len(f) <= 40]
    since = [i - max(chain([-9], (j for j in short if j < i))) for i in range(count)]
    ahead = [min(chain([count + 9], (j for j in short if j > i))) - i for i in range(count)]
    rows = [[i, count - i, times[f], since[i], ahead[i]] for i, f in enumerate(folded)]
    return np.array(rows, dtype=np.float32)
