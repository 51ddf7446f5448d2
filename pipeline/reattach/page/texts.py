"""A page as reattachment sees it: its distinct lines in reading order, and what they have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ... import models
from ...model import Page, Passage, Role
from ...models.lexicon import Lexicon
from ...models.seams import REACH, after, before, encode
from ...text import cues
from ...text.forms import closed, comparable, fold, simplified
from ...text.shape import SHAPE, shape
from ..affinity import KINDS, Bag, affinities, bag

Key = tuple[str, int]
UNITS = (Role.BODY, Role.SUBHEAD)  # the roles that are placed by what they say; others go with their neighbours
Floats = NDArray[np.float32]
MAY_HEAD = 0.01  # probability of being a headline, by the line alone, from which a line may be one
BROKEN = 8  # letters of a part of a broken paragraph, at the least
LETTERS = 70  # of a headline, at the most
COUNTS = ("letters", "characters", "commas", "spaces")  # of a line's shape, taken as logarithms
NODE_NAMES = (
    *SHAPE, "headline", "certainty", "is_headline", "is_body", "is_subhead", "is_other", "copies", "place", "to_end", "lines",
    "since_headline", "to_headline", "prev_closed", "next_closed", "prev_byline", "prev_caption", "prev_fused", "untold",
)  # fmt: skip
PAIR_NAMES = (
    *KINDS, *(f"{k}_standard" for k in KINDS), "after", "before", "next", "previous", "distance", "under", "over", "together",
    "copy_under", "copy_over", "headlines_between", "may_head", "may_head_from", "seam", "seam_back",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A distinct line of a page: the occurrence that speaks for it, and all its copies on this page.

    `passage` is None where a title came with the page and does not stand in its text.
    """

    text: str
    passage: Passage | None
    copies: tuple[Passage, ...]
    bag: Bag


@dataclass(frozen=True)
class Scene:
    """The lines (n) in reading order and their affinities (kinds, n, n).

    `beside` are the passages just before and after each line, bylines and captions among them.
    """

    page: str
    nodes: tuple[Node, ...]
    among: Floats
    beside: tuple[tuple[Passage | None, Passage | None], ...]

    @cached_property
    def heads(self) -> NDArray[np.bool_]:
        """(n,) which lines may be headlines."""
        return np.array([may_head(x) for x in self.nodes], dtype=bool)

    @cached_property
    def titles(self) -> NDArray[np.bool_]:
        """(n,) which lines are headlines by what the line alone shows."""
        return np.array([x.passage is None or x.passage.role is Role.HEADLINE for x in self.nodes], dtype=bool)


def may_head(node: Node) -> bool:
    """Could the line be a headline?"""
    p = node.passage
    if p is None or p.role is Role.HEADLINE:
        return True
    return p.headline >= MAY_HEAD and len(p.text) <= LETTERS and not {"fused", "spliced"} & {*p.flags}


def normal(text: str) -> str:
    """NFKC and Simplified: the form that cues are looked for in."""
    return simplified(unicodedata.normalize("NFKC", text))


def scene(page: Page, passages: Sequence[Passage], survivor: Mapping[Key, Key]) -> Scene:
    """The scene of one page; `survivor` maps copies to the passage kept in their stead, on any page."""
    lexicon = models.lexicon()
    groups: dict[object, list[Passage]] = {}
    for p in passages:
        if p.role in UNITS or p.role is Role.HEADLINE or (p.headline >= MAY_HEAD and p.role is not Role.BOILERPLATE):
            key: object = fold(p.text) if p.role is Role.HEADLINE else survivor.get(p.key, p.key)
            groups.setdefault(key, []).append(p)
    nodes = [_node(group, lexicon) for group in groups.values()]
    nodes.sort(key=lambda x: x.passage.start if x.passage else -1)
    title = page.meta.get("title", "")
    if fold(title) and all(fold(p.text) != fold(title) for p in passages):
        nodes.insert(0, Node(title, None, (), bag(title, lexicon)))
    seen = {p.index: k for k, p in enumerate(passages)}

    def beside(x: Node) -> tuple[Passage | None, Passage | None]:
        if x.passage is None:
            return None, None
        k = seen[x.passage.index]
        return passages[k - 1] if k else None, passages[k + 1] if k + 1 < len(passages) else None

    return Scene(page.id, tuple(nodes), affinities([x.bag for x in nodes]), tuple(beside(x) for x in nodes))


def _node(group: Sequence[Passage], lexicon: Lexicon) -> Node:
    placed = [p for p in group if p.role in UNITS] or group  # what is placed by what it says speaks for the others
    whole = max(placed, key=lambda p: (len(p.text), -p.start))
    chosen = placed[0] if fold(placed[0].text) == fold(whole.text) else whole
    return Node(chosen.text, chosen, tuple(group), bag(chosen.text, lexicon))


def node_features(scene: Scene) -> Floats:
    """What each line shows by itself and by its place, (n, len(NODE_NAMES))."""
    n = len(scene.nodes)
    rows = np.zeros((n, len(NODE_NAMES)), dtype=np.float32)
    titles = np.flatnonzero(scene.titles)
    for i, (x, (prev, then)) in enumerate(zip(scene.nodes, scene.beside, strict=True)):
        p = x.passage
        text = normal(x.text)
        role = p.role if p else Role.HEADLINE
        since, ahead = titles[titles < i], titles[titles > i]
        chance = min(max(p.headline, 1e-4), 1 - 1e-4) if p else 0.5
        rows[i] = [
            *shape(text, fold(text)), np.log(chance / (1 - chance)) / 4, p.certainty if p else 1.0,
            role is Role.HEADLINE, role is Role.BODY, role is Role.SUBHEAD, role not in (Role.HEADLINE, *UNITS),
            np.log(max(1, len(x.copies))), i / n, (n - 1 - i) / n, np.log(n) / 3,
            np.log1p(i - since[-1]) if len(since) else -1, np.log1p(ahead[0] - i) if len(ahead) else -1,
            _ends(prev), _ends(then), _is(prev, Role.BYLINE), _is(prev, Role.CAPTION),
            bool(prev and "fused" in prev.flags), p is None,
        ]  # fmt: skip
    for name in COUNTS:
        rows[:, SHAPE.index(name)] = np.log1p(rows[:, SHAPE.index(name)]) / 3
    return rows


def _ends(p: Passage | None) -> float:
    return 1.0 if p is None or p.text[-1:] in "。！？”!?.…" else 0.0


def _is(p: Passage | None, role: Role) -> bool:
    return p is not None and p.role is role


def pair_features(scene: Scene) -> Floats:
    """What each two lines have in common, and how they stand to one another, (n, n, len(PAIR_NAMES))."""
    n = len(scene.nodes)
    out = np.zeros((n, n, len(PAIR_NAMES)), dtype=np.float32)
    off = ~np.eye(n, dtype=bool)
    for k, values in enumerate(scene.among):
        out[:, :, k] = values * off
        spread = values[off].std() if n > 2 else 1.0
        out[:, :, len(KINDS) + k] = off * (values - (values[off].mean() if n > 2 else 0.0)) / (spread + 1e-3)
    step = np.arange(n)[None, :] - np.arange(n)[:, None]
    host, hosts = scene_hosts(scene)
    under = np.zeros((n, n), dtype=np.float32)
    copied = np.zeros((n, n), dtype=np.float32)
    for i in range(n):
        if host[i] >= 0:
            under[i, host[i]] = 1
        copied[i, [j for j in hosts[i] if j >= 0]] = 1
    before = np.cumsum(scene.titles)
    between = np.abs(before[None, :] - before[:, None])
    heads = scene.heads.astype(np.float32)
    columns = [
        step > 0, step < 0, step == 1, step == -1, np.log1p(np.abs(step)) / 2, under, under.T, host[:, None] == host[None, :],
        copied, copied.T, np.log1p(between) / 2, np.repeat(heads[None], n, axis=0), np.repeat(heads[:, None], n, axis=1),
    ]  # fmt: skip
    seam = _seams(scene)
    columns += [seam, seam.T]
    for k, column in enumerate(columns, 2 * len(KINDS)):
        out[:, :, k] = column
    return out


def _seams(scene: Scene) -> Floats:
    """How well each line that begins within a sentence goes on where one breaks off, (n, n); 0 for the others."""
    n = len(scene.nodes)
    texts = [comparable(x.text) for x in scene.nodes]
    out = np.zeros((n, n), dtype=np.float32)
    first = [i for i, t in enumerate(texts) if len(t) >= BROKEN and breaks_off(t)]
    then = [j for j, t in enumerate(texts) if len(t) >= BROKEN and starts_within(t)]
    if first and then:
        left = np.concatenate(
            [before(encode(t[-REACH:]), np.array([min(len(t), REACH)])) for t in (texts[i] for i in first)]
        )
        right = np.concatenate([after(encode(t[:REACH]), np.array([0])) for t in (texts[j] for j in then)])
        out[np.ix_(first, then)] = np.clip(models.seams().scores(left, right) / 5, -2, 3) + 2.5
    return out


def breaks_off(text: str) -> bool:
    """Does a passage end within a sentence, on a letter?"""
    return bool(text) and not closed(text) and text[-1].isalpha() and len(fold(text)) >= BROKEN


def starts_within(text: str) -> bool:
    """Could a passage begin within a sentence: on a letter, and no list's item?"""
    return bool(text) and text[0].isalpha() and not cues.LISTED.match(normal(text))


def scene_hosts(
    scene: Scene, titles: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int64], list[frozenset[int]]]:
    """The headline that each line stands under (n,), and those that all its occurrences stand under; -1 for none.

    `titles` (n,) says which lines are headlines: by default those that are by what the line alone shows. A headline
    stands under itself.
    """
    titles = scene.titles if titles is None else titles
    places = [
        (-1 if p is None else p.start, i) for i, x in enumerate(scene.nodes) if titles[i] for p in (x.copies or (None,))
    ]
    places.sort()
    starts = np.array([s for s, _ in places])

    def above(p: Passage) -> int:
        k = int(np.searchsorted(starts, p.start, side="right")) - 1
        return places[k][1] if k >= 0 else -1

    host = np.array(
        [i if titles[i] or x.passage is None else above(x.passage) for i, x in enumerate(scene.nodes)], dtype=np.int64
    )
    return host, [
        frozenset({i}) if titles[i] else frozenset(above(p) for p in x.copies) for i, x in enumerate(scene.nodes)
    ]
