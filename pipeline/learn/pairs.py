"""Training rows of the decisions on pairs: what follows what, what is one paragraph, which page a stray came from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..config import ReattachConfig
from ..model import Passage
from ..reattach.batch import elsewhere as strays
from ..reattach.batch.assemble import AROUND, FRAGMENTS, WITHIN
from ..reattach.batch.order import FOLLOW_NAMES, JOIN_NAMES, follow_features, join_features
from ..reattach.page.crossed import CROSSED_NAMES, find_crossed
from ..reattach.page.decide import PageVerdicts, decide
from ..reattach.page.texts import UNITS, Scene, breaks_off, starts_within
from . import train
from .made import Batch
from .train import Labelled, Rows

NEAR = 4  # characters by which a cut may be wrong and still be better than none
Floats = NDArray[np.float32]


def rows(batch: Batch) -> dict[str, Rows]:
    """All rows of a batch: what follows what, what is one paragraph, which stray belongs to which other page."""
    seen = train.seen(batch)
    views = [decide(view, x.passages, ReattachConfig()) for x, view in seen]
    stray = stray_rows([x for x, _ in seen], views)
    follows = [follow_rows(x, view) for x, view in seen]
    hurt = train.seen(train.hurt(batch))
    pieces = [join_rows(x) for x, _ in hurt]
    crossed = [crossed_rows(x, view) for x, view in hurt]
    return {"follows": _together(follows), "joins": _together(pieces), "stray": stray, "crossed": _together(crossed)}


def _together(parts: Sequence[Rows]) -> Rows:
    features, labels = zip(*parts, strict=True)
    return np.concatenate(features), np.concatenate(labels)


def follow_rows(labelled: Labelled, view: Scene) -> Rows:
    """Neighbours of one true story against other pairs of it."""
    rng = random.Random(labelled.page.id)
    stories: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for i, passage in _bodies(view):
        line = labelled.truth[passage.index]
        if line.story and len(line.parts) == 1:
            stories[line.story].append((line.parts[0].order, i))
    rows, labels = [], []
    for own in stories.values():
        ranked = [i for _, i in sorted(own)]
        for at, i in enumerate(ranked):
            others = [j for j in ranked if j != i]
            then = ranked[at + 1 : at + 2]
            for j in dict.fromkeys(then + rng.sample(others, min(2, len(others)))):
                texts = view.nodes[i].text, view.nodes[j].text
                rows.append(follow_features(*texts, view.among[:, i, j]))
                labels.append(j in then)
    return _rows(rows, labels, FOLLOW_NAMES)


def _bodies(view: Scene) -> list[tuple[int, Passage]]:
    return [(i, x.passage) for i, x in enumerate(view.nodes) if x.passage and x.passage.role in UNITS]


def join_rows(labelled: Labelled) -> Rows:
    """Each fragment that breaks off with the passages that come next, of its story or of the page."""
    stories: dict[str | None, list[Passage]] = defaultdict(list)
    pieces = [p for p in labelled.passages if p.role in FRAGMENTS and not labelled.truth[p.index].copy]
    for passage in pieces:
        stories[labelled.story(passage)].append(passage)
    rows, labels = [], []
    for own in (*stories.values(), pieces):
        for at, first in enumerate(own):
            after = [(d, own[at + d]) for d in range(1, WITHIN + 1) if at + d < len(own)]
            after = [(d, p) for d, p in after if starts_within(p.text)]
            if breaks_off(first.text) and after:
                around = [p.text for p in own[max(0, at - AROUND) : at + AROUND] if p is not first]
                rows += list(join_features(first.text, [(d, p.text) for d, p in after], around))
                labels += [_one_paragraph(labelled, first, then) for _, then in after]
    return _rows(rows, labels, JOIN_NAMES)


def crossed_rows(labelled: Labelled, view: Scene) -> Rows:
    """Each pair of paragraphs that may have swapped tails: did they, and are the cuts nearly right?"""
    verdicts = decide(view, labelled.passages, ReattachConfig()).verdicts
    target = {v.passage.index: v.target for v in verdicts}
    targets = [target.get(x.passage.index, -1) if x.passage else -1 for x in view.nodes]
    rows, labels = [], []
    for found in find_crossed(view, targets):
        a, b = (labelled.truth[p.index].parts for i in (found.first, found.then) if (p := view.nodes[i].passage))
        true = len(a) == len(b) == 2 and (a[0].story, b[0].story) == (b[1].story, a[1].story)
        near = abs(len(a[0].text) - found.first_at) <= NEAR and abs(len(b[0].text) - found.then_at) <= NEAR
        rows.append(found.features)
        labels.append(true and near)
    return _rows(rows, labels, CROSSED_NAMES)


def _one_paragraph(labelled: Labelled, first: Passage, then: Passage) -> bool:
    last, start = labelled.truth[first.index].parts[-1], labelled.truth[then.index].parts[0]
    return last.story == start.story and abs(start.order - last.order - 0.1) < 1e-6


def stray_rows(batch: Sequence[Labelled], views: Sequence[PageVerdicts]) -> Rows:
    """Each passage that may be out of place with the stories of other pages that an index of words proposes."""
    by_page = {x.page.id: x for x in batch}
    profiles = {(v.page, j): p for v in views for j, p in enumerate(v.profiles)}
    index = strays.word_index(profiles)
    titles = {(v.page, j): _story_of(by_page[v.page], h) for v in views for j, (_, h) in enumerate(v.headlines)}
    rows, labels = [], []
    for view in views:
        here = {(view.page, j) for j in range(len(view.headlines))}
        for verdict in view.verdicts:
            found = strays.candidates(verdict, here, index, profiles) if verdict.profile else []
            if found:
                own = by_page[view.page].story(verdict.passage)
                rows += list(strays.stray_features(verdict, [profiles[c] for c in found], view.profiles))
                labels += [own is not None and titles.get(c) == own for c in found]
    return _rows(rows, labels, strays.STRAY_NAMES)


def _story_of(page: Labelled, headline: Passage | None) -> str | None:
    return page.story(headline) if headline else page.title_story


def _rows(rows: Sequence[object], labels: Sequence[bool], names: Sequence[str]) -> Rows:
    return np.array(rows, dtype=np.float32).reshape(-1, len(names)), np.array(labels, dtype=int)
