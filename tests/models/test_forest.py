"""Trees as plain arrays say what LightGBM says, survive being saved, and the models that ship fit their stages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.models import SHIPPED, forest, load
from unsplice.models.forest import Floats, Forest, log_odds
from unsplice.passages import fused, roles
from unsplice.reattach.batch import elsewhere, order
from unsplice.reattach.page import crossed

NAMES = {
    "stray": elsewhere.ELSEWHERE_NAMES,
    "crossed": crossed.CROSSED_NAMES,
    "follows": order.FOLLOW_NAMES,
    "joins": order.JOIN_NAMES,
    "fused": fused.FUSED_NAMES,
    "draft": roles.DRAFT_NAMES,
    "roles": roles.NAMES,
}
FILES = sorted(SHIPPED.glob("*.npz"))


def stump() -> Forest:
    """Two trees of one class: beyond 0.5, and beyond 2 in the other feature."""
    return Forest(
        feature=np.array([0, 0, 0, 1, 0, 0], dtype=np.int16),
        threshold=np.array([0.5, np.inf, np.inf, 2, np.inf, np.inf], dtype=np.float32),
        child=np.array([1, 1, 2, 4, 4, 5], dtype=np.int32),
        value=np.array([0, -1, 1, 0, -0.5, 0.5], dtype=np.float32),
        roots=np.array([0, 3], dtype=np.int32),
        depth=1,
        classes=1,
        names=("letters", "commas"),
    )


@pytest.mark.parametrize(
    ("row", "odds"),
    [((0, 0), -1.5), ((1, 0), 0.5), ((0, 3), -0.5), ((1, 3), 1.5), ((0.5, 2), -1.5), ((-1e30, 1e30), -0.5)],
)
def test_what_lies_beyond_a_threshold_goes_right(row: tuple[float, float], odds: float) -> None:
    found = stump().predict(np.array([row], dtype=np.float32))
    assert found == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-6)


@pytest.mark.parametrize("width", [0, 1, 3])
def test_rows_of_another_width_are_refused(width: int) -> None:
    with pytest.raises(ValueError, match=f"{width} features where the model was fitted on 2"):
        stump().predict(np.zeros((4, width), dtype=np.float32))


def test_no_rows() -> None:
    assert stump().predict(np.zeros((0, 2), dtype=np.float32)).shape == (0,)


def random_rows(count: int, seed: int) -> Floats:
    """Features as the stages make them: counts, shares, switches, and -1 where there is nothing."""
    rng = np.random.default_rng(seed)
    columns = [rng.integers(-1, 60, count), rng.random(count), rng.random(count) < 0.3, rng.normal(0, 50, count)]
    return np.column_stack(columns).astype(np.float32)


@pytest.mark.parametrize("classes", [1, 4])
def test_predictions_are_those_of_lightgbm(classes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    from unsplice.learn import boosting

    fitted = []
    train = lightgbm.train
    monkeypatch.setattr(lightgbm, "train", lambda *given: fitted.append(train(*given)) or fitted[-1])
    rows = random_rows(1500, seed=1)
    score = rows[:, 0] / 30 + rows[:, 1] + rows[:, 2] * (rows[:, 3] > 0)
    labels = np.digitize(score, np.quantile(score, np.arange(1, max(2, classes)) / max(2, classes)))
    trees = boosting.fit(rows, labels, ("count", "share", "switch", "number"), classes=classes, rounds=25)
    for unknown in (rows, random_rows(1200, seed=2)):
        expected = fitted[0].predict(unknown)
        found = trees.predict(unknown)
        assert found.shape == expected.shape
        assert found.dtype == np.float32
        assert np.abs(found - expected).max() < 1e-5
    assert np.std(expected) > 0.1


@pytest.mark.parametrize("block", [1, 7, 100])
def test_rows_in_blocks_are_rows_at_once(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(3).normal(1, 2, (50, 2)).astype(np.float32)
    whole = stump().predict(rows)
    monkeypatch.setattr(forest, "BLOCK", block)
    assert stump().predict(rows).tolist() == whole.tolist()


def saved(forest: Forest) -> Forest:
    stream = BytesIO()
    np.savez_compressed(stream, **forest.arrays())
    stream.seek(0)
    with np.load(stream, allow_pickle=False) as npz:
        return Forest.from_arrays({key: npz[key] for key in npz.files})


def same(a: Forest, b: Forest) -> bool:
    x, y = a.arrays(), b.arrays()
    return x.keys() == y.keys() and all(np.array_equal(x[k], y[k]) and x[k].dtype == y[k].dtype for k in x)


def test_arrays_make_the_same_forest_again() -> None:
    assert same(saved(stump()), stump())
    assert saved(stump()).names == ("letters", "commas")


@given(st.floats(0, 1))
def test_log_odds_are_held_and_turned_back(p: float) -> None:
    odds = float(log_odds(p))
    assert abs(odds) < 14
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(p, abs=2e-6)
    assert float(log_odds(1 - p)) == pytest.approx(-odds, abs=1e-6)


def test_every_model_has_a_stage_and_every_stage_its_model() -> None:
    assert {path.stem for path in FILES} == {*NAMES, "lexicon", "seams", "stories"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_models_are_arrays_without_pickle(path: Path) -> None:
    with np.load(path, allow_pickle=False) as npz:
        assert all(npz[key].dtype != object for key in npz.files)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_model_was_fitted_on_the_features_of_its_stage(name: str) -> None:
    trees = load().forest(name)
    assert trees.names == tuple(NAMES[name])
    assert len(set(trees.names)) == len(trees.names)
    assert same(saved(trees), trees)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_trees_are_whole(name: str) -> None:
    """Children stand after their parents or are leaves; every path ends in a leaf; one tree in turn for each class."""
    trees = load().forest(name)
    nodes = np.arange(len(trees.child))
    leaf = trees.child == nodes
    assert np.isinf(trees.threshold[leaf]).all()
    assert np.isfinite(trees.threshold[~leaf]).all()
    assert (trees.child[~leaf] > nodes[~leaf]).all()
    assert (trees.child[~leaf] + 1 < len(nodes)).all()
    assert (trees.feature < len(trees.names)).all()
    assert len(trees.roots) % trees.classes == 0
    level = np.zeros(len(nodes), dtype=int)
    for node in np.flatnonzero(~leaf):
        level[trees.child[node] : trees.child[node] + 2] = level[node] + 1
    assert level.max() == trees.depth
    assert trees.classes == (len(roles.ROLES) if name in ("draft", "roles") else 1)
