"""Fit the network over the lines of a page, with JAX, on pages where the truth of each line is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.network import Network, forward, initial
from ..reattach.affinity import KINDS
from ..reattach.page.texts import Outline

Floats = NDArray[np.float32]
SIZES = (12, 24, 36, 48, 64, 88)  # lines to which pages are padded, so that few shapes are compiled
CELLS = 40_000  # pairs of lines in one step
EPOCHS = 2  # on the pages of each round
UNKNOWN, BLUR = 0.1, 0.15  # share of pages on which a kind of similarity is hidden; noise of the others
RATE, DECAY, SAME = 3e-3, 0.15, 0.3  # of AdamW; weight of the loss "same story" beside "which headline"


@dataclass(frozen=True, slots=True)
class Example:
    """A page's features as input of the network, and the truth.

    target: (n,) the line that heads the story of each; n where none does, n + 1 for lines of no story;
    story: (n,) numbers, -1 for lines of none;
    weight: (n,) of each line in the loss.
    """

    node: NDArray[np.float16]
    pair: NDArray[np.float16]
    outline: Outline
    target: NDArray[np.int16]
    story: NDArray[np.int16]
    weight: NDArray[np.float16]


def fit_network(
    rounds: Iterable[Sequence[Example]],
    count: int,
    held_out: Sequence[Example],
    names: tuple[tuple[str, ...], tuple[str, ...]],
    tell: Callable[[str], None],
) -> Network:
    """The network fitted on rounds of new examples, of which there are `count`, all of about the same size.

    Its losses on `held_out` are reported after each epoch.
    """
    import jax
    import jax.numpy as jnp
    import optax

    rng = np.random.default_rng(0)
    weights = {k: jnp.asarray(v) for k, v in initial(len(names[0]), len(names[1]), rng).items()}
    following = iter(rounds)
    first = next(following)
    steps = count * EPOCHS * sum(1 for _ in _batches(first, np.random.default_rng(1)))
    schedule = optax.warmup_cosine_decay_schedule(0.0, RATE, steps // 20 + 1, steps)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=DECAY))
    state = optimizer.init(weights)
    every = jax.vmap(partial(forward, xp=jnp), in_axes=(None, 0, 0, 0, 0))

    def losses(w: Any, batch: Any) -> tuple[Any, Any]:
        node, pair, heads, target, story, weight = batch
        mask = (target >= 0).astype(jnp.float32)
        point, same = every(w, node, pair, mask, heads)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(point, axis=2), jnp.maximum(target, 0)[:, :, None], axis=2)[
            :, :, 0
        ]
        first = -(chosen * weight * mask).sum() / (weight * mask).sum()
        truth = ((story[:, :, None] == story[:, None]) & (story[:, :, None] >= 0)).astype(jnp.float32)
        both = (
            mask[:, :, None] * mask[:, None] * weight[:, :, None] * weight[:, None] * (1 - jnp.eye(mask.shape[1])[None])
        )
        second = (
            -(both * (truth * jax.nn.log_sigmoid(same) + (1 - truth) * jax.nn.log_sigmoid(-same))).sum() / both.sum()
        )
        return first + SAME * second, (first, second)

    @jax.jit
    def step(w: Any, state: Any, batch: Any) -> Any:
        (_, found), slope = jax.value_and_grad(losses, has_aux=True)(w, batch)
        change, state = optimizer.update(slope, state, w)
        return optax.apply_updates(w, change), state, found

    measure = jax.jit(losses)
    for done, examples in enumerate(chain([first], following)):
        for epoch in range(done * EPOCHS + 1, (done + 1) * EPOCHS + 1):
            seen = []
            for batch in _batches(examples, rng):
                _blur(batch[1], rng)
                weights, state, found = step(weights, state, batch)
                seen.append(found)
            unseen = [measure(weights, batch)[1] for batch in _batches(held_out, np.random.default_rng(2))]
            own, held = (np.mean(np.array(x, dtype=float), axis=0) for x in (seen, unseen))
            tell(f"stories: epoch {epoch}, loss {own[0]:.4f} {own[1]:.4f}, held out {held[0]:.4f} {held[1]:.4f}")
    return Network({k: np.asarray(v) for k, v in weights.items()}, *names)


def _batches(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Batches of pages of similar length, padded to it, in random order."""
    groups: list[tuple[int, NDArray[np.int64]]] = []
    lengths = np.array([len(x.node) for x in examples])
    for low, size in zip((0, *SIZES[:-1]), SIZES, strict=True):
        own = rng.permutation(np.flatnonzero((lengths > low) & (lengths <= size)))
        count = max(1, CELLS // size**2)
        groups += [(size, own[i : i + count]) for i in range(0, len(own), count)]
    for k in rng.permutation(len(groups)):
        size, chosen = groups[k]
        yield _filled([examples[i] for i in chosen], size, max(1, CELLS // size**2))


def _blur(pair: Floats, rng: np.random.Generator) -> None:
    """Perturb similarities in place: each kind is hidden on some pages, and all get noise.

    As there are more pages than articles, the network would otherwise memorise the similarities of passages.
    """
    kinds = len(KINDS)
    for page in pair:
        for kind in np.flatnonzero(rng.random(kinds) < UNKNOWN):
            page[:, :, [kind, kinds + kind]] = 0
    noise = rng.normal(size=(*pair.shape[:3], kinds)).astype(np.float32) * BLUR
    pair[..., :kinds] *= 1 + noise
    pair[..., kinds : 2 * kinds] *= 1 + noise


def _filled(pages: Sequence[Example], size: int, count: int) -> tuple[Any, ...]:
    """The pages, and empty ones up to `count`, each padded to `size` lines; targets of padding are -1."""
    node = np.zeros((count, size, pages[0].node.shape[1]), dtype=np.float32)
    pair = np.zeros((count, size, size, pages[0].pair.shape[2]), dtype=np.float32)
    heads, weight = (np.zeros((count, size), dtype=np.float32) for _ in range(2))
    target, story = (np.full((count, size), -1, dtype=np.int32) for _ in range(2))
    for k, x in enumerate(pages):
        n = len(x.node)
        node[k, :n], pair[k, :n, :n], heads[k, :n], weight[k, :n] = x.node, x.pair, x.outline.may_head, x.weight
        target[k, :n], story[k, :n] = np.where(x.target >= n, x.target - n + size, x.target), x.story
    return node, pair, heads, target, story, weight
