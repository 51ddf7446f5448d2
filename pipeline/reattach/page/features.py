"""The input of the network: features of each text of a page, and of each pair of texts."""

from __future__ import annotations

import numpy as np

from ...model import Passage, Role
from ...models.seams import REACH, Seams, after, before, encode
from ...reasons import Flag
from ...text.forms import comparable, fold
from ...text.sentences import BROKEN, breaks_off, normal, starts_within
from ...text.shape import SHAPE, shape
from ..affinity import KINDS
from .texts import PLACED, Floats, PageTexts

COUNTS = ("letters", "characters", "commas", "spaces")  # of a line's shape, taken as logarithms
TEXT_NAMES = (
    *SHAPE, "headline", "certainty", "is_headline", "is_body", "is_subhead", "is_other", "copies", "place", "to_end", "lines",
    "since_headline", "to_headline", "prev_closed", "next_closed", "prev_byline", "prev_caption", "prev_fused", "untold",
)  # fmt: skip
PAIR_NAMES = (
    *KINDS, *(f"{k}_standard" for k in KINDS), "after", "before", "next", "previous", "distance", "under", "over", "together",
    "copy_under", "copy_over", "headlines_between", "may_head", "may_head_from", "seam", "seam_back",
)  # fmt: skip


def text_features(page: PageTexts) -> Floats:
    """Features of each text by itself and by its position, (n, len(TEXT_NAMES))."""
    n = len(page.texts)
    rows = np.zeros((n, len(TEXT_NAMES)), dtype=np.float32)
    titles = np.flatnonzero(page.outline.by_shape)
    for i, (x, (prev, then)) in enumerate(zip(page.texts, page.beside, strict=True)):
        p = x.passage
        text = normal(x.text)
        role = p.role if p else Role.HEADLINE
        since, ahead = titles[titles < i], titles[titles > i]
        chance = min(max(p.headline, 1e-4), 1 - 1e-4) if p else 0.5
        rows[i] = [
            *shape(text, fold(text)), np.log(chance / (1 - chance)) / 4, p.certainty if p else 1.0,
            role is Role.HEADLINE, role is Role.BODY, role is Role.SUBHEAD, role not in (Role.HEADLINE, *PLACED),
            np.log(max(1, len(x.copies))), i / n, (n - 1 - i) / n, np.log(n) / 3,
            np.log1p(i - since[-1]) if len(since) else -1, np.log1p(ahead[0] - i) if len(ahead) else -1,
            _ends(prev), _ends(then), _is(prev, Role.BYLINE), _is(prev, Role.CAPTION),
            bool(prev and Flag.FUSED in prev.flags), p is None,
        ]  # fmt: skip
    for name in COUNTS:
        rows[:, SHAPE.index(name)] = np.log1p(rows[:, SHAPE.index(name)]) / 3
    return rows


def _ends(p: Passage | None) -> float:
    return 1.0 if p is None or p.text[-1:] in "。！？”!?.…" else 0.0


def _is(p: Passage | None, role: Role) -> bool:
    return p is not None and p.role is role


def pair_features(page: PageTexts, seams: Seams) -> Floats:
    """Features of each pair: similarity and relative position, (n, n, len(PAIR_NAMES))."""
    n = len(page.texts)
    out = np.zeros((n, n, len(PAIR_NAMES)), dtype=np.float32)
    off = ~np.eye(n, dtype=bool)
    for k, values in enumerate(page.affinities):
        out[:, :, k] = values * off
        spread = values[off].std() if n > 2 else 1.0
        out[:, :, len(KINDS) + k] = off * (values - (values[off].mean() if n > 2 else 0.0)) / (spread + 1e-3)
    step = np.arange(n)[None, :] - np.arange(n)[:, None]
    above, all_above = page.outline.headlines_above(page.outline.by_shape)
    under = np.zeros((n, n), dtype=np.float32)
    copied = np.zeros((n, n), dtype=np.float32)
    for i in range(n):
        if above[i] >= 0:
            under[i, above[i]] = 1
        copied[i, [j for j in all_above[i] if j >= 0]] = 1
    counted = np.cumsum(page.outline.by_shape)
    between = np.abs(counted[None, :] - counted[:, None])
    heads = page.outline.may_head.astype(np.float32)
    columns = [
        step > 0, step < 0, step == 1, step == -1, np.log1p(np.abs(step)) / 2, under, under.T, above[:, None] == above[None, :],
        copied, copied.T, np.log1p(between) / 2, np.repeat(heads[None], n, axis=0), np.repeat(heads[:, None], n, axis=1),
    ]  # fmt: skip
    seam = _seams(page, seams)
    columns += [seam, seam.T]
    for k, column in enumerate(columns, 2 * len(KINDS)):
        out[:, :, k] = column
    return out


def _seams(page: PageTexts, seams: Seams) -> Floats:
    """How well each text that begins within a sentence continues each that breaks off, (n, n); 0 for the others."""
    n = len(page.texts)
    texts = [comparable(x.text) for x in page.texts]
    out = np.zeros((n, n), dtype=np.float32)
    first = [i for i, t in enumerate(texts) if len(t) >= BROKEN and breaks_off(t)]
    then = [j for j, t in enumerate(texts) if len(t) >= BROKEN and starts_within(t)]
    if first and then:
        ends, starts = [texts[i][-REACH:] for i in first], [texts[j][:REACH] for j in then]
        left = np.concatenate([before(encode(t), np.array([len(t)])) for t in ends])
        right = np.concatenate([after(encode(t), np.array([0])) for t in starts])
        out[np.ix_(first, then)] = np.clip(seams.scores(left, right) / 5, -2, 3) + 2.5
    return out
