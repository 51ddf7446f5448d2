"""Fits every model that ships, in the order in which they build on one another.

What a later decision sees are the earlier ones' mistakes: each half of the articles is read with models fitted on
the other half, then the model that ships is fitted on both.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.config import DedupConfig
from pipeline.learn.boosting import fit
from pipeline.learn.damage import make_pages
from pipeline.learn.made import Batch, Clean, Line, MadePage
from pipeline.model import Page, Passage, Role
from pipeline.similarity import cues
from pipeline.similarity.forest import Forest
from pipeline.stages import belonging, roles
from pipeline.stages import passages as reading
from pipeline.stages.decide import story_weights
from pipeline.stages.dedup import find_copies
from pipeline.stages.scene import Scene, scene

Floats = NDArray[np.float32]
Rows = tuple[Floats, NDArray[Any]]  # features and labels
DAMAGES = ((0.0, 0.3), (0.4, 0.25), (1.0, 0.45))  # how badly, and the share of the pages
GAP = "\n\n"


@dataclass(frozen=True)
class Labelled:
    """A made page as the program reads it, and the truth of each passage."""

    page: Page
    passages: tuple[Passage, ...]
    truth: tuple[Line, ...]  # beside the passages

    def story(self, passage: Passage) -> str | None:
        """The true story of a passage; of a passage of two parts, that of the part that holds more."""
        line = self.truth[passage.index]
        return max(line.parts, key=lambda p: len(p.text)).story


def halves(articles: Sequence[Clean]) -> tuple[list[Clean], list[Clean]]:
    """Two halves of the articles that share no day: by a hash of the day, or of the id where there is none."""
    parts: tuple[list[Clean], list[Clean]] = ([], [])
    for a in articles:
        key = a.issue.split("/")[0] or a.id
        parts[zlib.crc32(key.encode()) % 2].append(a)
    return parts


def made(corpora: Mapping[str, Sequence[Clean]], sizes: Mapping[str, int], seed: int) -> list[Batch]:
    """Damaged pages of each corpus, some of them clean, some hard."""
    return [
        make_pages(list(corpora[name]), max(4, int(sizes[name] * share)), seed + k, damage)
        for name in corpora
        for k, (damage, share) in enumerate(DAMAGES)
    ]


def role_rows(page: MadePage) -> Rows:
    texts = page.text().split(GAP)
    return roles.role_features(texts), np.array([roles.ROLES.index(x.role) for x in page.lines])


def fused_rows(page: MadePage) -> Rows:
    texts, rows, labels = page.text().split(GAP), [], []
    for i, (text, line) in enumerate(zip(texts, page.lines, strict=True)):
        match = cues.TAIL.match(text)
        if match and len(match[1]) >= reading.LEAST_HEAD:
            around = texts[max(0, i - 12) : i] + texts[i + 1 : i + 13]
            rows.append(reading.fused_features(match[1], match[2], match[3], around))
            caption = line.parts[-1] if len(line.parts) == 2 and line.parts[1].role is Role.CAPTION else None
            labels.append(caption is not None and len(caption.text.strip()) == len(match[3].strip()))
    return np.array(rows, dtype=np.float32).reshape(-1, len(reading.FUSED_NAMES)), np.array(labels, dtype=int)


def label(page: MadePage, forest: Forest) -> Labelled:
    """Reads a made page with the given roles, and finds the truth of each passage by its line."""
    text = page.text()
    read = Page(page.name, page.name, text, "utf-8")
    found = reading.passages(read, forest)
    starts = np.cumsum([0, *(len(t) + len(GAP) for t in text.split(GAP))])
    truth = []
    for p in found:
        number = int(np.searchsorted(starts, p.start, side="right")) - 1
        line = page.lines[number]
        if len(line.parts) == 2 and p.start >= starts[number] + len(line.parts[0].text):
            line = Line(line.parts[1:], line.copy)
        elif len(line.parts) == 2 and p.end <= starts[number] + len(line.parts[0].text):
            line = Line(line.parts[:1], line.copy)
        truth.append(line)
    return Labelled(read, found, tuple(truth))


def scenes(batch: Sequence[Labelled], pool: ProcessPoolExecutor) -> list[Scene]:
    """The scenes of a batch, its copies found as a run finds them."""
    copies = find_copies([p for x in batch for p in x.passages], DedupConfig())
    survivor = {c.passage: c.survivor for c in copies}
    own = [{p.key: survivor[p.key] for p in x.passages if p.key in survivor} for x in batch]
    return list(pool.map(scene, [x.page for x in batch], [x.passages for x in batch], own, chunksize=16))


def truth_of(labelled: Labelled, view: Scene) -> Rows:
    """(n, k) 1 where a unit belongs to a headline's story, and (n,) 1 where it belongs to none of them."""
    stories = [
        None if h.passage is None or labelled.truth[h.passage.index].role is not Role.HEADLINE
        else labelled.story(h.passage)
        for h in view.headlines
    ]  # fmt: skip
    own = [labelled.story(u.passage) for u in view.units]
    pairs = np.array([[s is not None and s == story for s in stories] for story in own], dtype=np.float32)
    pairs = pairs.reshape(len(own), len(stories))
    return pairs, (pairs.sum(axis=1) == 0).astype(int)


def fit_halves(data: Sequence[Sequence[Rows]], names: Sequence[str], **options: int) -> tuple[list[Forest], Forest]:
    """A forest fitted on each half, and one on both, of (rows, labels)."""

    def one(parts: Iterable[Rows]) -> Forest:
        rows, labels = zip(*parts, strict=True)
        return fit(np.concatenate(rows), np.concatenate(labels), names, **options)

    return [one(half) for half in data], one([x for half in data for x in half])


def belonging_rows(labelled: Labelled, view: Scene, chances: Floats | None = None) -> Rows:
    """Every passage with every headline of its page; with `chances`, as the second pass sees them."""
    pairs, _ = truth_of(labelled, view)
    weights = None if chances is None else story_weights(chances)
    features = belonging.pair_features(view, weights, chances)
    return features.reshape(-1, features.shape[-1]), pairs.reshape(-1).astype(int)


def stranger_rows(labelled: Labelled, view: Scene, chances: Floats) -> Rows:
    """Every passage of a page that has a headline: does it belong to none?"""
    if not view.units or not view.headlines:
        return np.zeros((0, len(belonging.STRANGER_NAMES)), dtype=np.float32), np.zeros(0, dtype=int)
    return belonging.stranger_features(view, chances), truth_of(labelled, view)[1]


def stranger_second_rows(view: Scene, first: Rows, forest: Forest) -> Rows:
    """The same at the second look, after the first by `forest`."""
    rows, labels = first
    if not len(rows):
        return np.zeros((0, len(belonging.STRANGER2_NAMES)), dtype=np.float32), labels
    return belonging.stranger_second(view, rows, forest.predict(rows)), labels
