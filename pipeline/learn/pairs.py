"""Training rows of the decisions on pairs: what follows what, what is one paragraph, which page a stray came from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.learn.train import Labelled, Rows
from pipeline.model import Passage, Role
from pipeline.stages import gather
from pipeline.stages.decide import STRAY_NAMES, PageVerdicts, stray_features
from pipeline.stages.order import FOLLOW_NAMES, JOIN_NAMES, breaks_off, follow_features, join_features, starts_within
from pipeline.stages.scene import Scene

Floats = NDArray[np.float32]


def follow_rows(labelled: Labelled, view: Scene) -> Rows:
    """Neighbours of one true story against other pairs of it."""
    rng = random.Random(labelled.page.id)
    stories: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for i, unit in enumerate(view.units):
        line = labelled.truth[unit.passage.index]
        if line.story and len(line.parts) == 1:
            stories[line.story].append((line.parts[0].order, i))
    rows, labels = [], []
    for own in stories.values():
        ranked = [i for _, i in sorted(own)]
        for at, i in enumerate(ranked):
            others = [j for j in ranked if j != i]
            then = ranked[at + 1 : at + 2]
            for j in dict.fromkeys(then + rng.sample(others, min(2, len(others)))):
                texts = view.units[i].passage.text, view.units[j].passage.text
                rows.append(follow_features(*texts, view.among[:, i, j]))
                labels.append(j in then)
    return _rows(rows, labels, FOLLOW_NAMES)


def join_rows(labelled: Labelled, view: Scene) -> Rows:
    """Each fragment that breaks off with the two passages that would come next, of its story or of the page."""
    stories: dict[str | None, list[Passage]] = defaultdict(list)
    for unit in view.units:
        if unit.passage.role is Role.BODY:
            stories[labelled.story(unit.passage)].append(unit.passage)
    rows, labels = [], []
    for own in (*stories.values(), [u.passage for u in view.units if u.passage.role is Role.BODY]):
        for at, first in enumerate(own):
            if not breaks_off(first.text):
                continue
            after = [(d, own[at + d]) for d in (1, 2) if at + d < len(own) and starts_within(own[at + d].text)]
            for d, then in after:
                rows.append(join_features(first.text, then.text, d, len(after)))
                labels.append(_one_paragraph(labelled, first, then))
    return _rows(rows, labels, JOIN_NAMES)


def _one_paragraph(labelled: Labelled, first: Passage, then: Passage) -> bool:
    last, start = labelled.truth[first.index].parts[-1], labelled.truth[then.index].parts[0]
    return last.story == start.story and abs(start.order - last.order - 0.1) < 1e-6


def stray_rows(batch: Sequence[Labelled], views: Sequence[PageVerdicts]) -> list[Rows]:
    """Each passage set apart with the stories of other pages that an index of words proposes."""
    by_page = {x.page.id: x for x in batch}
    profiles = {(v.page, j): p for v in views for j, p in enumerate(v.profiles)}
    index = gather.word_index(profiles)
    titles = {
        (v.page, j): by_page[v.page].story(h) for v in views for j, (_, h) in enumerate(v.headlines) if h is not None
    }
    out = []
    for view in views:
        for verdict in view.verdicts:
            if verdict.target < 0:
                found = gather.candidates(verdict, view.page, index, profiles)
                own = by_page[view.page].story(verdict.passage)
                if found:
                    rows = stray_features(verdict, [profiles[c] for c in found])
                    out.append((rows, np.array([own is not None and titles.get(c) == own for c in found], dtype=int)))
    return out


def _rows(rows: Sequence[object], labels: Sequence[bool], names: Sequence[str]) -> Rows:
    return np.array(rows, dtype=np.float32).reshape(-1, len(names)), np.array(labels, dtype=int)


__all__ = ["FOLLOW_NAMES", "JOIN_NAMES", "STRAY_NAMES", "follow_rows", "join_rows", "stray_rows"]
