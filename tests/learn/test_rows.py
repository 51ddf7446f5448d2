"""Rows that the models are fitted on: as wide as each has names, with both labels, and what ships agrees with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pytest
from unsplice.learn import pairs, train
from unsplice.learn.damage import make_pages
from unsplice.learn.network import Example
from unsplice.learn.train import Rows
from unsplice.models import load
from unsplice.passages.fused import FUSED_NAMES
from unsplice.passages.roles import DRAFT_NAMES, NAMES
from unsplice.passages.style import ROLES
from unsplice.reattach.batch.elsewhere import ELSEWHERE_NAMES
from unsplice.reattach.batch.order import FOLLOW_NAMES, JOIN_NAMES
from unsplice.reattach.page.crossed import CROSSED_NAMES
from unsplice.reattach.page.features import PAIR_NAMES, TEXT_NAMES
from unsplice.reattach.page.texts import PLACED

from tests.pages import damaged, longer

FORESTS = {
    "fused": FUSED_NAMES, "draft": DRAFT_NAMES, "roles": NAMES, "follows": FOLLOW_NAMES, "joins": JOIN_NAMES,
    "stray": ELSEWHERE_NAMES, "crossed": CROSSED_NAMES,
}  # fmt: skip


@lru_cache(maxsize=1)
def rows() -> dict[str, Rows]:
    """The rows of all models but the network, made of heavily damaged pages."""
    batches = [damaged(3, 9, 3.0), *(make_pages(list(longer().values()), 2, seed, 3.0) for seed in range(8))]
    models = load()
    of_lines = {"fused": train.fused_rows, "draft": train.draft_rows, "roles": train.role_rows}
    found = {name: [make(batch, models) for batch in batches] for name, make in of_lines.items()}
    for batch in batches:
        for name, own in pairs.rows(batch, models).items():
            found.setdefault(name, []).append(own)
    return {name: joined(parts) for name, parts in found.items()}


def joined(parts: Sequence[Rows]) -> Rows:
    features, labels = zip(*parts, strict=True)
    return np.concatenate(features), np.concatenate(labels)


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    return tuple(x for seed in (0, 1) for x in train.examples(damaged(seed, 9, 3.0), load()))


def test_every_forest_has_its_rows() -> None:
    assert rows().keys() == FORESTS.keys()


@pytest.mark.parametrize("name", FORESTS)
def test_rows_are_as_wide_as_there_are_names(name: str) -> None:
    features, labels = rows()[name]
    assert features.shape == (len(labels), len(FORESTS[name]))
    assert np.isfinite(features).all()
    assert load().forest(name).names == FORESTS[name]
    assert set(labels.tolist()) == set(range(len(ROLES) if name in ("draft", "roles") else 2)), "each label occurs"


@pytest.mark.parametrize("name", ["fused", "joins", "stray", "crossed"])
def test_what_ships_tells_the_labels_apart(name: str) -> None:
    """On stories that it was not fitted on: what is so is likelier than what isn't in nine of ten pairs of rows.

    What follows what can't be told on these: their paragraphs, written to be short, stand in nearly any order.
    """
    features, labels = rows()[name]
    chances = load().forest(name).predict(features)
    true, false = chances[labels == 1], chances[labels == 0]
    assert (true[:, None] > false[None]).mean() > 0.9


def test_what_follows_what_is_what_stands_next_in_a_story() -> None:
    """On undamaged pages: of a story's n passages, n - 1 pairs follow one another."""
    for labelled, page in train.seen(damaged(3, 4, 0.0), load()):
        stories = Counter(labelled.story(p) for p in labelled.passages if p.role in PLACED)
        assert stories
        assert pairs.follow_rows(labelled, page)[1].sum() == stories.total() - len(stories)


def test_what_ships_tells_roles_apart() -> None:
    features, labels = rows()["roles"]
    assert (load().forest("roles").predict(features).argmax(axis=1) == labels).mean() > 0.9


def test_examples_say_which_line_heads_each() -> None:
    assert len(examples()) >= 8
    for x in examples():
        n = len(x.node)
        assert x.node.shape == (n, len(TEXT_NAMES))
        assert x.pair.shape == (n, n, len(PAIR_NAMES))
        assert x.outline.may_head.shape == x.target.shape == x.story.shape == x.weight.shape == (n,)
        assert ((x.target >= 0) & (x.target <= n + 1)).all()
        assert ((x.weight > 0) & (x.weight <= 1)).all()
        headed = x.target < n
        assert x.outline.may_head[x.target[headed]].all(), "what heads a story may be a headline"
        assert (x.story[x.target[headed]] == x.story[headed]).all(), "and is of that story"
        assert ((x.target == n + 1) == (x.story == -1)).all(), "what is of no story is headed by nothing"
    ends = {"headed" if t < len(x.node) else t - len(x.node) for x in examples() for t in x.target.tolist()}
    assert ends == {"headed", 0, 1}, "of a story with headline, of one without, of none"


def test_the_network_that_ships_finds_most_of_them() -> None:
    hits = []
    for x in examples():
        features = x.node.astype(np.float32), x.pair.astype(np.float32)
        point, _ = load().network.scores(*features, x.outline.may_head)
        hits.append((point.argmax(axis=1) == x.target)[x.weight == 1])
    assert np.concatenate(hits).mean() > 0.8
