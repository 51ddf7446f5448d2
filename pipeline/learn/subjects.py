"""Articles of one subject brought together, as pages of one subject have them: each is followed by one much like it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..text.forms import fold
from .made import Clean

WINDOW = 400  # articles of neighbouring days among which like ones are looked for: some weeks
BUCKETS = 2**13  # of hashed bigrams: more make no other neighbours
LETTERS = 800  # of a text, which say its subject


def by_subject(articles: Sequence[Clean]) -> list[Clean]:
    """The articles, window by window, each followed by the one most like it of those left."""
    by_day = sorted(articles, key=lambda a: (a.issue, a.id))
    return [own[i] for k in range(0, len(by_day), WINDOW) for own in [by_day[k : k + WINDOW]] for i in _chain(own)]


def _chain(articles: Sequence[Clean]) -> list[int]:
    vectors = _vectors(articles)
    alike = vectors @ vectors.T
    at, chain = 0, [0]
    for _ in range(len(articles) - 1):
        alike[:, at] = -1  # never again
        at = int(alike[at].argmax())
        chain.append(at)
    return chain


def _vectors(articles: Sequence[Clean]) -> NDArray[np.float32]:
    """Weights of each article's hashed bigrams, rare ones more, of length 1; (len(articles), BUCKETS)."""
    counts = np.stack([_counts(a) for a in articles])
    there = (counts > 0).sum(axis=0)
    weights = np.log1p(counts) * np.log((1 + len(articles)) / (1 + there)).astype(np.float32)
    length = np.linalg.norm(weights, axis=1, keepdims=True)
    found: NDArray[np.float32] = weights / np.maximum(length, 1e-6)
    return found


def _counts(article: Clean) -> NDArray[np.float32]:
    text = fold(article.title * 3 + "".join(article.paragraphs)[:LETTERS])
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    hashed = (points[:-1] * np.uint32(31337) + points[1:]) * np.uint32(2654435761) >> np.uint32(32 - 13)
    return np.bincount(hashed, minlength=BUCKETS).astype(np.float32)
