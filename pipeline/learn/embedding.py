"""Learn embeddings of words and bigrams that bring paragraphs of one story together, by contrastive learning in JAX.

Pairs of paragraphs of an article are contrasted with articles of the same days (InfoNCE, van den Oord et al. 2018, with
in-batch negatives): topics of the day carry no information, a story's own words carry much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Tokens = tuple[NDArray[np.int32], Floats]  # numbers of words and bigrams, and 1 + ln of how often each stands
Story = list[Tokens]  # headline and paragraphs
STEPS, BATCH = 2000, 384  # batches, and pairs of texts in each
DAY = 48  # consecutive articles, of neighbouring days, that are in one batch
LONGEST = 192  # most tokens of a text that are used
DROPPED = 0.25  # token dropout, so that no single word is relied on
RATE = 0.02


def learn_vectors(corpora: Sequence[Sequence[Story]], size: int, dimensions: int, steps: int = STEPS) -> Floats:
    """A vector for each token, (size, dimensions); `corpora` hold stories in order of their days."""
    import jax
    import jax.numpy as jnp
    import optax

    rng = np.random.default_rng(0)
    start = rng.normal(size=(size, dimensions)) * 4 / math.sqrt(dimensions)
    weights = {"vectors": jnp.asarray(start, dtype=jnp.float32), "heat": jnp.asarray(2.5)}
    optimizer = optax.adam(optax.warmup_cosine_decay_schedule(0.0, RATE, steps // 15 + 1, steps))
    state = optimizer.init(weights)

    def direction(vectors: Any, ids: Any, counts: Any) -> Any:
        total = (vectors[ids] * counts[:, :, None]).sum(axis=1)
        return total / jnp.sqrt((total * total).sum(axis=1, keepdims=True) + 1e-4)

    def loss(w: Any, left: Any, right: Any, same: Any) -> Any:
        alike = direction(w["vectors"], *left) @ direction(w["vectors"], *right).T * jnp.exp(w["heat"])
        alike = jnp.where(same, -1e9, alike)
        both = [jnp.diag(jax.nn.log_softmax(alike, axis=a)).mean() for a in (0, 1)]
        return -sum(both) / 2

    @jax.jit
    def step(w: Any, state: Any, left: Any, right: Any, same: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(w, left, right, same)
        change, state = optimizer.update(slope, state)
        return optax.apply_updates(w, change), state, value

    losses: list[float] = []
    pools = [[s for s in stories if len(s) >= 3] for stories in corpora]
    pools = [p for p in pools if p]
    share = np.array([len(p) for p in pools]) ** 0.8
    for n in range(steps):
        weights, state, value = step(weights, state, *_batch(pools, share / share.sum(), rng))
        losses.append(float(value))
        if (n + 1) % 500 == 0:
            print(f"vectors: step {n + 1:,}, loss {np.mean(losses[-100:]):.3f}", flush=True)
    return np.asarray(weights["vectors"], dtype=np.float32)


def _batch(pools: Sequence[Sequence[Story]], share: NDArray[Any], rng: np.random.Generator) -> tuple[Any, Any, Any]:
    """Pairs of texts of one story, left and right, and which other pairs are of the same story (BATCH, BATCH)."""
    left: list[Tokens] = []
    right: list[Tokens] = []
    owner: list[tuple[int, int]] = []
    while len(owner) < BATCH:
        pool = pools[int(rng.choice(len(pools), p=share))]
        at = int(rng.integers(0, max(1, len(pool) - DAY)))
        for k, story in enumerate(pool[at : at + DAY], at):
            first = 1 if len(story) > 3 and rng.random() < 0.8 else 0  # mostly without the headline
            i, j = rng.choice(len(story) - first, 2, replace=False) + first
            left.append(_thinned(story[i], rng))
            right.append(_thinned(story[j], rng))
            owner.append((id(pool), k))
    names = {o: n for n, o in enumerate(owner)}
    number = np.array([names[o] for o in owner[:BATCH]])
    same = (number[:, None] == number[None]) & ~np.eye(BATCH, dtype=bool)
    return _padded(left[:BATCH]), _padded(right[:BATCH]), same


def _thinned(text: Tokens, rng: np.random.Generator) -> Tokens:
    ids, counts = text
    keep = np.flatnonzero(rng.random(len(ids)) > DROPPED)
    if len(keep) > LONGEST:
        keep = rng.choice(keep, LONGEST, replace=False)
    return ids[keep], counts[keep]


def _padded(texts: Sequence[Tokens]) -> tuple[NDArray[np.int32], Floats]:
    ids = np.zeros((len(texts), LONGEST), dtype=np.int32)
    counts = np.zeros((len(texts), LONGEST), dtype=np.float32)
    for k, (own, times) in enumerate(texts):
        ids[k, : len(own)] = own
        counts[k, : len(own)] = times
    return ids, counts
