"""A small network over the lines of a page: which line heads the story of each, and which lines are of one story.

Relational attention with triangle updates of pairs (two pairs with a common third line inform the pair of the others),
after the pair representation of AlphaFold 2 (Jumper et al., Nature 2021, supplement 1.6). Its input is relations
(similarities, positions), not text, so that it carries over to publishers that it has not seen.

`forward` runs on NumPy and, for fitting, on JAX: `xp` is either's module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HEADS, FAR = 4, -1e4


@dataclass(frozen=True)
class Network:
    """Fitted weights by name, the names of the features of lines and of pairs, and the thresholds of each boldness.

    levels: (boldness, 2) the probability of belonging where it stands below which a passage leaves, and that of belonging
    to a story of another page from which it goes there.
    """

    weights: Mapping[str, Any]
    nodes: tuple[str, ...]
    pairs: tuple[str, ...]
    levels: Floats = field(default_factory=lambda: np.full((3, 2), 0.5, dtype=np.float32))

    def scores(self, node: Floats, pair: Floats, heads: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Probabilities (n, n + 2) that line j heads the story of line i, and (n, n) that two are of one story.

        The last two columns: that no line of the page heads its story, and that it belongs to no story at all.

        node: (n, features), pair: (n, n, features), heads: (n,) which lines may be headlines.
        """
        if not len(node):
            return np.zeros((0, 2), dtype=np.float32), np.zeros((0, 0), dtype=np.float32)
        mask = np.ones(len(node), dtype=np.float32)
        point, same = forward(self.weights, node, pair, mask, heads.astype(np.float32), np)
        exponent = np.exp(point - point.max(axis=1, keepdims=True))
        return exponent / exponent.sum(axis=1, keepdims=True), 1 / (1 + np.exp(-same))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The network as plain arrays for an .npz file, the inverse of `from_arrays`."""
        named = {"nodes": np.array(self.nodes), "pairs": np.array(self.pairs), "levels": self.levels}
        return {k: np.asarray(v, dtype=np.float16) for k, v in self.weights.items()} | named

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Network:
        """The network of an .npz file."""
        weights = {k: arrays[k].astype(np.float32) for k in arrays if k not in ("nodes", "pairs", "levels")}
        nodes, pairs = (tuple(str(x) for x in arrays[k]) for k in ("nodes", "pairs"))
        return cls(weights, nodes, pairs, arrays["levels"])


def initial(
    nodes: int, pairs: int, rng: np.random.Generator, *, blocks: int = 3, width: tuple[int, int, int] = (48, 24, 12)
) -> dict[str, Floats]:
    """Initial weights, for the numbers of features of a line and of a pair; `width`: of line, pair and product."""
    d, c, t = width

    def full(a: int, b: int, scale: float = 1.0) -> Floats:
        return (rng.normal(size=(a, b)) * scale / np.sqrt(a)).astype(np.float32)

    def zero(b: int) -> Floats:
        return np.zeros(b, dtype=np.float32)

    w = {
        "node_in": full(nodes, d),
        "node_bias": zero(d),
        "node_mix": full(d, d),
        "pair_in": full(pairs, c),
        "pair_bias": zero(c),
    }
    w |= {"pair_from": full(d, c), "pair_to": full(d, c), "pair_mix": full(c, c)}
    for b in range(blocks):
        w |= {
            f"{b}.bias": full(c, HEADS), f"{b}.query": full(d, d), f"{b}.key": full(d, d), f"{b}.value": full(d, d),
            f"{b}.out": full(d + HEADS * c, d, 0.5), f"{b}.wide": full(d, 2 * d), f"{b}.wide_bias": zero(2 * d), f"{b}.narrow": full(2 * d, d, 0.5),
            f"{b}.left": full(c, t), f"{b}.right": full(c, t), f"{b}.left_gate": full(c, t), f"{b}.right_gate": full(c, t),
            f"{b}.pair": full(c, 2 * c), f"{b}.turned": full(c, 2 * c), f"{b}.product": full(t, 2 * c), f"{b}.from": full(d, 2 * c),
            f"{b}.to": full(d, 2 * c), f"{b}.pair_bias": zero(2 * c), f"{b}.pair_out": full(2 * c, c, 0.5),
        }  # fmt: skip
    w |= {
        "point": full(c, 1),
        "point_head": full(d, 1),
        "none": full(d, 2),
        "none_bias": zero(2),
        "same": full(c, 1),
        "same_bias": zero(1),
    }
    return w


def forward(w: Mapping[str, Any], node: Any, pair: Any, mask: Any, heads: Any, xp: Any) -> tuple[Any, Any]:
    """Logits (n, n + 2) of the headline that each line belongs to, and (n, n) of one story.

    mask: (n,) 1 where there is a line, heads: (n,) 1 where it may be a headline.
    """
    h = _relu(node @ w["node_in"] + w["node_bias"]) @ w["node_mix"]
    z = pair @ w["pair_in"] + (h @ w["pair_from"])[:, None] + (h @ w["pair_to"])[None] + w["pair_bias"]
    z = _relu(z) @ w["pair_mix"]
    both = mask[:, None] * mask[None]
    hidden = (1 - mask) * FAR
    b = 0
    while f"{b}.bias" in w:
        h = h + _attend(w, f"{b}.", _norm(h, xp), _norm(z, xp), hidden, xp)
        x = _relu(_norm(h, xp) @ w[f"{b}.wide"] + w[f"{b}.wide_bias"])
        h = h + x @ w[f"{b}.narrow"]
        z = z + _pairs(w, f"{b}.", _norm(h, xp), _norm(z, xp), both[:, :, None], xp)
        b += 1
    h, z = _norm(h, xp), _norm(z, xp)
    point = (z @ w["point"])[:, :, 0] + (h @ w["point_head"])[:, 0][None] + ((1 - mask) + (1 - heads))[None] * FAR
    none = h @ w["none"] + w["none_bias"]
    same = (z @ w["same"])[:, :, 0] + w["same_bias"][0]
    return xp.concatenate([point, none], axis=1), (same + same.T) / 2


def _attend(w: Mapping[str, Any], at: str, h: Any, z: Any, hidden: Any, xp: Any) -> Any:
    """The attention update of each line, (n, d): the values of the others, and the features of its pairs with them."""
    n, d = h.shape
    size = d // HEADS
    query, key, value = (
        (h @ w[f"{at}{x}"]).reshape(n, HEADS, size).transpose(1, 0, 2) for x in ("query", "key", "value")
    )
    score = query @ key.transpose(0, 2, 1) / size**0.5 + (z @ w[f"{at}bias"]).transpose(2, 0, 1) + hidden[None, None]
    score = xp.exp(score - score.max(axis=2, keepdims=True))
    share = score / score.sum(axis=2, keepdims=True)  # (heads, n, n)
    own = (share @ value).transpose(1, 0, 2).reshape(n, d)
    common = (share.transpose(1, 0, 2) @ z).reshape(n, -1)  # (n, heads, c)
    return xp.concatenate([own, common], axis=1) @ w[f"{at}out"]


def _pairs(w: Mapping[str, Any], at: str, h: Any, z: Any, both: Any, xp: Any) -> Any:
    """The update of each pair, (n, n, c): from its two lines, its transpose, and over every third line."""
    left = ((z @ w[f"{at}left"]) * _gate(z @ w[f"{at}left_gate"], xp) * both).transpose(2, 0, 1)
    right = ((z @ w[f"{at}right"]) * _gate(z @ w[f"{at}right_gate"], xp) * both).transpose(2, 1, 0)
    product = (left @ right).transpose(1, 2, 0) / (both.sum() ** 0.25 + 1e-6)
    x = z @ w[f"{at}pair"] + z.transpose(1, 0, 2) @ w[f"{at}turned"] + product @ w[f"{at}product"]
    x = x + (h @ w[f"{at}from"])[:, None] + (h @ w[f"{at}to"])[None] + w[f"{at}pair_bias"]
    return _relu(x) @ w[f"{at}pair_out"]


def _relu(x: Any) -> Any:
    return x * (x > 0)


def _gate(x: Any, xp: Any) -> Any:
    return 1 / (1 + xp.exp(-x))


def _norm(x: Any, xp: Any) -> Any:
    """Normalise to mean 0 and variance 1 over the last axis."""
    x = x - x.mean(axis=-1, keepdims=True)
    return x / xp.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-5)
