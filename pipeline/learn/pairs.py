"""Training rows of the models of pairs: order, parts of a paragraph, swapped tails, passages of other pages."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from ..config import ReattachConfig
from ..model import Passage
from ..models import Models
from ..reattach.batch import elsewhere
from ..reattach.batch.order import AROUND, FOLLOW_NAMES, JOIN_NAMES, PARTS, follow_features, fragments, join_features
from ..reattach.page.crossed import CROSSED_NAMES, find_crossed
from ..reattach.page.decide import decide
from ..reattach.page.decisions import PageDecisions
from ..reattach.page.texts import PLACED, PageTexts
from . import train
from .made import Batch
from .train import Labelled, Rows

NEAR = 4  # characters by which a cut may be off and still be better than none


def rows(batch: Batch, models: Models) -> dict[str, Rows]:
    """The training rows of all models of pairs, of one batch."""
    seen = train.seen(batch, models)
    decisions = [decide(texts, x.passages, ReattachConfig(), models) for x, texts in seen]
    stray = elsewhere_rows([x for x, _ in seen], decisions)
    follows = [follow_rows(x, texts) for x, texts in seen]
    hurt = train.seen(train.hurt(batch), models)
    pieces = [join_rows(x, models) for x, _ in hurt]
    crossed = [crossed_rows(x, texts, models) for x, texts in hurt]
    return {"follows": _together(follows), "joins": _together(pieces), "stray": stray, "crossed": _together(crossed)}


def _together(parts: Sequence[Rows]) -> Rows:
    features, labels = zip(*parts, strict=True)
    return np.concatenate(features), np.concatenate(labels)


def follow_rows(labelled: Labelled, page: PageTexts) -> Rows:
    """Neighbours in a true story (label 1) against its other pairs (0)."""
    rng = random.Random(labelled.page.id)
    stories: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for i, x in enumerate(page.texts):
        if x.passage and x.passage.role in PLACED:
            line = labelled.truth[x.ref]
            if line.story and len(line.parts) == 1:
                stories[line.story].append((line.parts[0].order, i))
    rows, labels = [], []
    for own in stories.values():
        ranked = [i for _, i in sorted(own)]
        for at, i in enumerate(ranked):
            others = [j for j in ranked if j != i]
            then = ranked[at + 1 : at + 2]
            for j in dict.fromkeys(then + rng.sample(others, min(2, len(others)))):
                texts = page.texts[i].text, page.texts[j].text
                rows.append(follow_features(*texts, page.affinities[:, i, j]))
                labels.append(j in then)
    return _rows(rows, labels, FOLLOW_NAMES)


def join_rows(labelled: Labelled, models: Models) -> Rows:
    """Each fragment that breaks off, paired with the next passages of its story or of the page."""
    stories: dict[str | None, list[Passage]] = defaultdict(list)
    pieces = [p for p in labelled.passages if p.role in PARTS and not labelled.truth[p.ref].copy]
    for passage in pieces:
        stories[labelled.story(passage)].append(passage)
    rows, labels = [], []
    for own in (*stories.values(), pieces):
        for at, first in enumerate(own):
            start = max(0, at - AROUND)
            near = [(p.role, p.text) for p in own[start : at + AROUND]]
            if found := fragments(near, at - start, first.text):
                rows += list(join_features(found, models))
                labels += [_one_paragraph(labelled, first, own[at + distance]) for distance, _ in found.after]
    return _rows(rows, labels, JOIN_NAMES)


def _one_paragraph(labelled: Labelled, first: Passage, then: Passage) -> bool:
    last, start = labelled.truth[first.ref].parts[-1], labelled.truth[then.ref].parts[0]
    return last.story == start.story and abs(start.order - last.order - 0.1) < 1e-6


def crossed_rows(labelled: Labelled, page: PageTexts, models: Models) -> Rows:
    """Each candidate pair of paragraphs with swapped tails: did they swap, and are the cuts nearly right?"""
    goes = {d.passage.ref: d.goes for d in decide(page, labelled.passages, ReattachConfig(), models).decisions}
    rows, labels = [], []
    for found in find_crossed(page, [goes.get(x.ref) for x in page.texts], models):
        a, b = (labelled.truth[page.texts[i].ref].parts for i in (found.first, found.then))
        true = len(a) == len(b) == 2 and (a[0].story, b[0].story) == (b[1].story, a[1].story)
        near = abs(len(a[0].text) - found.first_at) <= NEAR and abs(len(b[0].text) - found.then_at) <= NEAR
        rows.append(found.features)
        labels.append(true and near)
    return _rows(rows, labels, CROSSED_NAMES)


def elsewhere_rows(batch: Sequence[Labelled], decisions: Sequence[PageDecisions]) -> Rows:
    """Each passage that may be out of place, paired with candidate stories of other pages from the index of words."""
    by_page = {x.page.id: x for x in batch}
    headlines = [h for page in decisions for h in page.headlines]
    profiles = {h.ref: h.profile for h in headlines}
    story = {h.ref: by_page[h.ref.page].story(h.passage) for h in headlines}
    index = elsewhere.word_index(profiles)
    rows: list[Iterable[float]] = []
    labels: list[bool] = []
    for page in decisions:
        here = {h.ref for h in page.headlines}
        for d in page.decisions:
            found = elsewhere.candidates(d, here, index, profiles) if d.profile else []
            if found:
                own = by_page[page.page].story(d.passage)
                rows += list(elsewhere.elsewhere_features(d, [profiles[ref] for ref in found], page.headlines))
                labels += [own is not None and story[ref] == own for ref in found]
    return _rows(rows, labels, elsewhere.ELSEWHERE_NAMES)


def _rows(rows: Sequence[object], labels: Sequence[bool], names: Sequence[str]) -> Rows:
    return np.array(rows, dtype=np.float32).reshape(-1, len(names)), np.array(labels, dtype=int)
