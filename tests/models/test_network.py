"""The network over the lines of a page: probabilities, whatever it is filled up with and whatever order it is in."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from unsplice.models import load
from unsplice.models.network import Network, forward, initial
from unsplice.reattach.page.features import PAIR_NAMES, TEXT_NAMES

RNG = np.random.default_rng(7)
NODES, PAIRS = tuple("abcde"), tuple("uvw")
SMALL = Network(initial(5, 3, RNG, blocks=2, width=(16, 8, 4)), NODES, PAIRS)


def page(lines: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(lines)
    heads = rng.random(lines) < 0.5
    return rng.normal(size=(lines, 5)).astype(np.float32), rng.normal(size=(lines, lines, 3)).astype(np.float32), heads


@pytest.mark.parametrize("lines", [1, 2, 7, 30])
def test_scores_are_probabilities(lines: int) -> None:
    node, pair, heads = page(lines)
    point, same = SMALL.scores(node, pair, heads)
    assert point.shape == (lines, lines + 2)
    assert same.shape == (lines, lines)
    assert point.sum(axis=1) == pytest.approx(np.ones(lines), abs=1e-5)
    assert (point[:, :-2][:, ~heads] < 1e-6).all(), "what cannot be a headline heads nothing"
    assert same == pytest.approx(same.T, abs=1e-6)
    assert ((same >= 0) & (same <= 1)).all()


def test_a_page_without_lines() -> None:
    point, same = SMALL.scores(*page(0))
    assert point.shape == (0, 2)
    assert same.shape == (0, 0)


@pytest.mark.parametrize("lines", [1, 5, 12])
def test_lines_that_fill_up_a_page_change_nothing(lines: int) -> None:
    node, pair, heads = page(lines)
    size = lines + 6
    wide = np.zeros((size, 5), dtype=np.float32)
    wide[:lines] = node
    square = np.zeros((size, size, 3), dtype=np.float32)
    square[:lines, :lines] = pair
    mask = (np.arange(size) < lines).astype(np.float32)
    may = np.zeros(size, dtype=np.float32)
    may[:lines] = heads
    point, same = forward(SMALL.weights, wide, square, mask, may, np)
    alone, together = forward(SMALL.weights, node, pair, mask[:lines], may[:lines], np)
    assert point[:lines, :lines] == pytest.approx(alone[:, :lines], abs=1e-3)
    assert point[:lines, -2:] == pytest.approx(alone[:, -2:], abs=1e-3)
    assert same[:lines, :lines] == pytest.approx(together, abs=1e-3)


def test_the_order_of_lines_tells_only_by_their_features() -> None:
    node, pair, heads = page(9)
    order = np.random.default_rng(1).permutation(9)
    point, same = SMALL.scores(node, pair, heads)
    turned, mixed = SMALL.scores(node[order], pair[np.ix_(order, order)], heads[order])
    assert turned[:, :9] == pytest.approx(point[np.ix_(order, order)], abs=1e-4)
    assert turned[:, 9:] == pytest.approx(point[order][:, 9:], abs=1e-4)
    assert mixed == pytest.approx(same[np.ix_(order, order)], abs=1e-4)


def test_jax_says_what_numpy_says() -> None:
    jnp = pytest.importorskip("jax.numpy", reason="JAX is needed to learn only")
    node, pair, heads = page(11)
    mask, may = np.ones(11, dtype=np.float32), heads.astype(np.float32)
    ours, theirs = (forward(SMALL.weights, node, pair, mask, may, xp) for xp in (np, jnp))
    for one, other in zip(ours, theirs, strict=True):
        assert np.abs(np.asarray(other) - one).max() < 1e-3 * max(1.0, np.abs(one[one > -1000]).max())


def test_arrays_make_the_same_network_again() -> None:
    stream = BytesIO()
    np.savez_compressed(stream, **SMALL.arrays())
    stream.seek(0)
    with np.load(stream, allow_pickle=False) as npz:
        again = Network.from_arrays({key: npz[key] for key in npz.files})
    assert (again.nodes, again.pairs) == (NODES, PAIRS)
    assert again.weights.keys() == SMALL.weights.keys()
    for name, weight in again.weights.items():
        assert np.abs(weight - SMALL.weights[name]).max() < 2e-3


def test_the_one_that_ships_fits_its_stage() -> None:
    network = load().network
    assert network.nodes == TEXT_NAMES
    assert network.pairs == PAIR_NAMES
    assert all(np.isfinite(w).all() for w in network.weights.values())
    stay, stray = network.levels[:, 0], network.levels[:, 1]
    assert (np.diff(stay) >= 0).all(), "who is bolder moves what is likelier to belong where it stands"
    assert (np.diff(stray) <= 0).all()
    assert ((network.levels > 0) & (network.levels < 1)).all()
