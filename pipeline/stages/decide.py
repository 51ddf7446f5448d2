"""One page's decisions: which of its stories each passage belongs to, or that it belongs to none of them."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline import models
from pipeline.config import ReattachConfig
from pipeline.model import Passage
from pipeline.similarity import cues
from pipeline.similarity.affinity import Bag
from pipeline.similarity.forest import Forest, log_odds
from pipeline.similarity.forms import fold
from pipeline.stages.belonging import pair_features, stranger_features, stranger_second
from pipeline.stages.scene import Scene, normal

Floats = NDArray[np.float32]
APART = 0.04  # cosine by words under which a passage with a lead begins a story of its own
TOP_WORDS, TOP_GRAMS = 60, 120  # of a story's profile: its weightiest words and bigrams


@dataclass(frozen=True, slots=True)
class Profile:
    """What a text is about, small enough to keep for a whole batch: hashes with weights of length 1, sorted."""

    words: NDArray[np.uint32]
    word_weights: Floats
    grams: NDArray[np.uint32]
    gram_weights: Floats
    rare: NDArray[np.uint32]
    vector: Floats


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where one distinct passage of a page goes.

    `target` is the number of a headline of the page; -1: set apart, `host` where it stands. `score` is the
    probability behind it, `runner_up` the number of the second-best headline (-1: none) and `rival` its
    probability, `alien` that of belonging to no headline of the page. `doubtful` says that it stays although
    something speaks against it. `shared` names words that it shares with the target and not with the host.
    """

    passage: Passage
    copies: tuple[Passage, ...]
    host: int
    target: int
    score: float
    runner_up: int
    rival: float
    alien: float
    reason: str
    doubtful: bool
    shared: tuple[str, ...] = ()
    profile: Profile | None = None  # of passages set apart, for the search on other pages


@dataclass(frozen=True, slots=True)
class PageVerdicts:
    """The decisions of one page: `headlines` are (text, passage or None), `profiles` those of their stories."""

    page: str
    headlines: tuple[tuple[str, Passage | None], ...]
    verdicts: tuple[Verdict, ...]
    profiles: tuple[Profile, ...]
    headline_of: dict[int, int] = field(default_factory=dict)


def decide(view: Scene, config: ReattachConfig) -> PageVerdicts:
    """Scores every passage with every story of its page in two passes, and moves what is certain."""
    n, k = len(view.units), len(view.headlines)
    chances = np.zeros((n, k), dtype=np.float32)
    alien = np.ones(n, dtype=np.float32)
    if n and k:
        chances = story_chances(view)
        first = stranger_features(view, chances)
        alien = models.forest("stranger1").predict(first)
        alien = models.forest("stranger2").predict(stranger_second(view, first, alien))
    apart = _set_apart(alien, [u.host for u in view.units], config)
    verdicts = [_verdict(view, i, chances[i], float(alien[i]), apart=apart[i], config=config) for i in range(n)]
    titles = tuple((h.text, h.passage) for h in view.headlines)
    profiles = tuple(_story_profile(view, verdicts, j) for j in range(k))
    return PageVerdicts(view.page, titles, tuple(verdicts), profiles, dict(view.headline_of))


def story_chances(view: Scene) -> Floats:
    """Probability (n, k) that each unit belongs to each headline's story, by the second pass."""
    first = pair_chances(view, models.forest("belongs1"))
    return second_chances(view, first, models.forest("belongs2"))


def pair_chances(view: Scene, forest: Forest) -> Floats:
    """The first pass: a story is what stands under its headline."""
    return _by_pair(forest, pair_features(view))


def second_chances(view: Scene, chances: Floats, forest: Forest) -> Floats:
    """The second pass: a story is what the first gave it."""
    return _by_pair(forest, pair_features(view, story_weights(chances), chances))


def _by_pair(forest: Forest, features: Floats) -> Floats:
    n, k, f = features.shape
    return forest.predict(features.reshape(n * k, f)).reshape(n, k) if n * k else np.zeros((n, k), dtype=np.float32)


def story_weights(chances: Floats) -> Floats:
    """How far each unit counts as part of each story in the second pass: shares of its probabilities."""
    return np.asarray(chances / np.maximum(chances.sum(axis=1, keepdims=True), 0.5), dtype=np.float32)


def _set_apart(alien: Floats, hosts: Sequence[int], config: ReattachConfig) -> list[bool]:
    """Which passages belong to no headline: those that surely don't, and those less sure that stand beside them."""
    apart = [h < 0 or p > config.stranger for h, p in zip(hosts, alien, strict=True)]
    for order in (range(1, len(apart)), range(len(apart) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            if apart[i + step] and hosts[i] == hosts[i + step] and alien[i] > config.beside:
                apart[i] = True
    return apart


def _verdict(view: Scene, i: int, chances: Floats, alien: float, *, apart: bool, config: ReattachConfig) -> Verdict:
    """In place, moved or set apart; in doubt in place."""
    unit = view.units[i]
    host = unit.host
    order = sorted(range(len(chances)), key=lambda j: (-chances[j], j != host, j))
    target, score = host, float(chances[host]) if host >= 0 else 0.0
    reason = "stands under its headline"
    if apart:
        target, score = -1, alien
        reason = "under no headline" if host < 0 else "belongs to no headline of its page"
        if host >= 0 and alien <= config.stranger:
            reason = "goes with what is set apart beside it"
    elif order and order[0] != host and log_odds(float(chances[order[0]])) - log_odds(score) > config.move:
        target, score = order[0], float(chances[order[0]])
        reason = "belongs to another headline"
    rivals = [j for j in order if j != target]
    return Verdict(
        passage=unit.passage,
        copies=unit.copies,
        host=host,
        target=target,
        score=round(score, 4),
        runner_up=rivals[0] if rivals else -1,
        rival=round(float(chances[rivals[0]]), 4) if rivals else 0.0,
        alien=round(alien, 4),
        reason=reason,
        doubtful=target == host >= 0 and (alien > config.doubt or order[0] != host),
        shared=_shared(view, i, target) if target not in (host, -1) else (),
        profile=profile([unit.bag]) if target == -1 else None,
    )


def _shared(view: Scene, i: int, target: int) -> tuple[str, ...]:
    """The rarest words that unit `i` shares with the story of a headline and not with the one that it stands under."""
    unit = view.units[i]
    stories: dict[int, set[str]] = {target: set(view.headlines[target].bag.words), unit.host: set()}
    for j, other in enumerate(view.units):
        if j != i and other.host in stories:
            stories[other.host] |= set(other.bag.words)
    only = (set(unit.bag.words) & stories[target]) - stories[unit.host]
    return tuple(sorted(only, key=lambda w: (-unit.bag.words[w], w))[:6])


def _story_profile(view: Scene, verdicts: Iterable[Verdict], j: int) -> Profile:
    own = [view.units[i].bag for i, v in enumerate(verdicts) if v.target == j]
    return profile([view.headlines[j].bag, *own])


def profile(bags: Iterable[Bag]) -> Profile:
    """The sum of some bags, cut to its weightiest words and bigrams."""
    words: dict[str, float] = {}
    grams: dict[str, float] = {}
    rare: set[str] = set()
    vectors = []
    for b in bags:
        for w, x in b.words.items():
            words[w] = words.get(w, 0.0) + x
        for g, x in b.grams.items():
            grams[g] = grams.get(g, 0.0) + x
        rare |= set(sorted(b.rare, key=lambda w: (-b.rare[w], w))[:24])
        vectors.append(b.vector)
    vector = np.sum(vectors, axis=0)
    hashes, weights = _hashed(words, TOP_WORDS)
    gram_hashes, gram_weights = _hashed(grams, TOP_GRAMS)
    rare_hashes = np.array(sorted(zlib.crc32(w.encode()) for w in rare), dtype=np.uint32)
    vector = (vector / (np.linalg.norm(vector) + 1e-9)).astype(np.float32)
    return Profile(hashes, weights, gram_hashes, gram_weights, rare_hashes, vector)


def _hashed(weights: dict[str, float], most: int) -> tuple[NDArray[np.uint32], Floats]:
    length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
    top = sorted(weights.items(), key=lambda wx: (-wx[1], wx[0]))[:most]
    hashes = np.array([zlib.crc32(w.encode()) for w, _ in top], dtype=np.uint32)
    values = np.array([x / length for _, x in top], dtype=np.float32)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], values[order]


def runs_apart(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Passages set apart that stand together and hang together: pieces of stories without a headline."""
    runs: list[list[Verdict]] = []
    previous: Verdict | None = None
    for verdict in verdicts:
        if verdict.target < 0:
            together = previous is not None and previous.target < 0 and previous.host == verdict.host
            if together and previous and not _begins(previous, verdict):
                runs[-1].append(verdict)
            else:
                runs.append([verdict])
        previous = verdict
    return runs


def _begins(previous: Verdict, verdict: Verdict) -> bool:
    """Does a passage set apart begin another story than the one set apart before it?"""
    assert previous.profile is not None
    assert verdict.profile is not None
    lead = cues.LEAD.match(normal(verdict.passage.text))
    return bool(lead) and likeness(previous.profile, verdict.profile)[0] < APART


STRAY_NAMES = ("rank", "words", "bigrams", "meaning", "rare", "total", "lead_over_next", *(
    f"{k}_margin" for k in ("words", "bigrams", "meaning", "rare")), "letters", "size", "alien", "candidates")  # fmt: skip


def likeness(a: Profile, b: Profile) -> list[float]:
    """Cosines by words, bigrams and meaning, and the number of rare words in common."""

    def dot(x: NDArray[np.uint32], xw: Floats, y: NDArray[np.uint32], yw: Floats) -> float:
        _, i, j = np.intersect1d(x, y, assume_unique=False, return_indices=True)
        return float(xw[i] @ yw[j])

    return [
        dot(a.words, a.word_weights, b.words, b.word_weights),
        dot(a.grams, a.gram_weights, b.grams, b.gram_weights),
        float(a.vector @ b.vector),
        float(len(np.intersect1d(a.rare, b.rare))),
    ]


def stray_features(verdict: Verdict, candidates: list[Profile]) -> Floats:
    """Features (candidates, f) of whether a passage set apart belongs to stories of other pages."""
    assert verdict.profile is not None
    rows = np.array([likeness(verdict.profile, c) for c in candidates], dtype=np.float32)
    total = rows[:, 0] + rows[:, 1] + 0.3 * rows[:, 2] + 0.05 * rows[:, 3]
    rank = np.argsort(np.argsort(-total, kind="stable"), kind="stable")
    out = []
    for i, row in enumerate(rows):
        others = np.delete(rows, i, axis=0)
        best = others.max(axis=0) if len(others) else np.zeros(4)
        lead = total[i] - (np.delete(total, i).max() if len(others) else 0.0)
        letters = len(fold(verdict.passage.text))
        size = len(candidates[i].words)
        out.append([rank[i], *row, total[i], lead, *(row - best), letters, size, verdict.alien, len(rows)])
    return np.array(out, dtype=np.float32)
