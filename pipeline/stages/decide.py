"""One page's decisions: which of its stories each passage belongs to, or that it belongs to none of them."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pipeline import models
from pipeline.config import BOLDNESS, ReattachConfig
from pipeline.model import Passage, Role
from pipeline.similarity.affinity import Bag
from pipeline.similarity.forms import closed, fold
from pipeline.stages.scene import UNITS, Scene, node_features, normal, pair_features, scene_hosts

Floats = NDArray[np.float32]
TOP_WORDS, TOP_GRAMS = 60, 120  # of a story's profile: its weightiest words and bigrams
TOGETHER, FAR = (
    0.5,
    0.2,
)  # probability from which passages set apart are one story; so much more where others stand between
JUNK = 60  # letters of boilerplate, at the most
IN_PLACE = "stands under its headline"
SURE = 0.05  # probability of belonging where it stands under which a passage is surely out of place
TWICE = 30  # letters of a passage that nobody prints twice on a page
BESIDE = 0.6  # the same for a passage that goes with one beside it, of the same story
GOES_ON = 0.85  # probability of being of one story with the line before from which a line is no headline
ONE_STORY = 0.7  # probability from which two lines are taken to be of one story
SHARED = 8  # words that are named as evidence
ELSEWHERE = re.compile(r"[(（【\[]?\s*[上接续承]")  # may say that it goes on from another page
STRAY = 0.02  # probability of belonging to no headline of the page from which other pages are searched


@dataclass(frozen=True, slots=True)
class Profile:
    """What a text is about, small enough to keep for a whole batch: hashes with weights of length 1, sorted."""

    words: NDArray[np.uint32]
    word_weights: Floats
    grams: NDArray[np.uint32]
    gram_weights: Floats
    rare: NDArray[np.uint32]
    vector: Floats
    rows: NDArray[np.float16]  # each text's own direction, a story's headline first


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where one distinct passage of a page goes.

    `target` is the number of a headline of the page; -1: set apart, `host` where it stands. `score` is the
    probability behind it, `runner_up` the number of the second-best headline (-1: none) and `rival` its
    probability, `alien` that of belonging to no headline of the page, `stay` that of belonging where it stands.
    `group` numbers the stories without headline that passages set apart make up. `doubtful` says that it stays although
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
    stay: float
    reason: str
    doubtful: bool
    group: int = -1
    shared: tuple[str, ...] = ()
    profile: Profile | None = None  # of passages that may belong to a story of another page
    words: tuple[str, ...] = ()  # theirs, the weightiest first


@dataclass(frozen=True, slots=True)
class PageVerdicts:
    """The decisions of one page: `headlines` are (text, passage or None), `profiles` those of their stories.

    `passages` are the page's, with the roles that the page as a whole shows.
    """

    page: str
    passages: tuple[Passage, ...]
    headlines: tuple[tuple[str, Passage | None], ...]
    verdicts: tuple[Verdict, ...]
    profiles: tuple[Profile, ...]
    headline_of: dict[int, int] = field(default_factory=dict)
    damaged: bool = False  # something stands twice, or is surely out of place
    continues: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)  # cut passage -> its rest


def decide(view: Scene, passages: Sequence[Passage], config: ReattachConfig) -> PageVerdicts:
    """Which lines are headlines, and which of them each passage belongs to: one question, asked of the whole page."""
    network = models.network()
    limit = float(network.levels[BOLDNESS.index(config.boldness), 0])
    point, same = network.scores(node_features(view), pair_features(view), view.heads)
    titles = _titles(view, point, same, config)
    heads = np.flatnonzero(titles)
    chances = _chances(point, heads)
    junk = chances[:, -1] > config.junk
    seen = _with_roles(view, titles, junk, passages)
    own = {p.index: p for p in seen}
    host, _ = scene_hosts(view, titles)
    number = {int(i): j for j, i in enumerate(heads)}
    units = [i for i, x in enumerate(view.nodes) if x.passage and not titles[i] and own[x.passage.index].role in UNITS]
    damaged = _damaged(view, [float(chances[i, h]) for i in units if (h := number.get(int(host[i]), -1)) >= 0])
    limit = limit if damaged else min(limit, SURE)
    found = [_judged(chances[i], number.get(int(host[i]), -1), limit, config) for i in units]
    hosts = [number.get(int(host[i]), -1) for i in units]
    if damaged and config.move:
        found = _together(found, hosts, [float(chances[i, h]) for i, h in zip(units, hosts, strict=True)], units, same)
    groups = _groups(units, [t for t, _ in found], same)
    targets = [t for t, _ in found]
    members = {j: [int(h), *(i for i, t in zip(units, targets, strict=True) if t == j)] for j, h in enumerate(heads)}
    verdicts: list[Verdict] = []
    for i, (target, reason), group in zip(units, found, groups, strict=True):
        at = number.get(int(host[i]), -1)
        verdict = _verdict(view, i, chances[i], at, target=target, reason=reason, group=group, config=config)
        shared = _shared(view, i, members[target], members.get(at, ())) if target not in (-1, at) else ()
        copies = tuple(own[p.index] for p in verdict.copies)
        verdict = replace(verdict, passage=own[verdict.passage.index], copies=copies, shared=shared)
        # Headlines of the same words are one line of the page, but subheads that they turn out to be are not.
        verdicts += [replace(verdict, passage=p, copies=(p,)) for p in copies] if view.titles[i] else [verdict]
    stories = [profile([view.nodes[i].bag for i in members[j]]) for j in range(len(heads))]
    headlines = tuple((x.text, own[x.passage.index] if x.passage else None) for x in (view.nodes[i] for i in heads))
    return PageVerdicts(
        view.page, seen, headlines, tuple(verdicts), tuple(stories), _under(view, titles, seen), damaged
    )


def _titles(view: Scene, point: Floats, same: Floats, config: ReattachConfig) -> NDArray[np.bool_]:
    """(n,) which lines are headlines: those that head their own story; others only where another story ends before."""
    n = len(view.nodes)
    own = point[np.arange(n), np.arange(n)]
    goes_on = np.array([i > 0 and same[i, i - 1] > GOES_ON for i in range(n)], dtype=bool)
    found = np.where(view.titles, own > config.demote, (own > config.promote) & ~goes_on)
    came_with_page = np.array([x.passage is None for x in view.nodes], dtype=bool)
    return np.asarray(view.heads & (found | came_with_page), dtype=bool)


def _with_roles(
    view: Scene, titles: NDArray[np.bool_], junk: NDArray[np.bool_], passages: Sequence[Passage]
) -> tuple[Passage, ...]:
    """The passages, headlines that head nothing made subheads, lines that head a story made headlines."""
    role: dict[int, Role] = {}
    for i, x in enumerate(view.nodes):
        for p in x.copies:
            if titles[i] and p.role is not Role.HEADLINE:
                role[p.index] = Role.HEADLINE
            elif junk[i] and not titles[i] and len(fold(p.text)) <= JUNK:
                role[p.index] = Role.BOILERPLATE
            elif not titles[i] and p.role is Role.HEADLINE:
                role[p.index] = Role.BODY if closed(p.text) else Role.SUBHEAD
    return tuple(replace(p, role=role[p.index]) if p.index in role else p for p in passages)


def _under(view: Scene, titles: NDArray[np.bool_], passages: Sequence[Passage]) -> dict[int, int]:
    """Number of each passage -> number of the headline that it stands under, or is."""
    number = {int(i): j for j, i in enumerate(np.flatnonzero(titles))}
    at = {p.index: number[i] for i, x in enumerate(view.nodes) if titles[i] for p in x.copies}
    current = 0 if titles.any() and view.nodes[0].passage is None else -1
    under = {}
    for p in passages:
        current = at.get(p.index, current)
        under[p.index] = current
    return under


def _chances(point: Floats, heads: NDArray[np.int64]) -> Floats:
    """(n, k + 2) probability that each line belongs to each headline, to none of them, to no story at all."""
    kept = np.concatenate([point[:, heads], point[:, -2:]], axis=1)
    return np.asarray(kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-6), dtype=np.float32)


def _damaged(view: Scene, stay: Sequence[float]) -> bool:
    """Does something on the page stand twice, or is it surely out of place? Else it is taken for sound, where only what
    is sure moves. `stay` are the probabilities of belonging where they stand, of the passages under headlines."""
    twice = any(len(x.copies) > 1 and len(x.text) >= TWICE for x in view.nodes)
    return twice or min(stay, default=1.0) < SURE


def _judged(chances: Floats, host: int, limit: float, config: ReattachConfig) -> tuple[int, str]:
    """The headline that a passage goes to (-1: none), and why.

    It leaves its own only where it is unlikely enough to belong there; it is set apart where it belongs to none, or to
    one of two others that are about as likely.
    """
    none = len(chances) - 2
    if host >= 0 and (chances[host] > limit or chances[host] >= chances[: none + 1].max()):
        return host, IN_PLACE
    first, *others = sorted((j for j in range(none) if j != host), key=lambda j: (-chances[j], j)) or [none]
    if first == none or chances[none] >= chances[first]:
        goal, reason = -1, "belongs to no headline of its page" if host >= 0 else "under no headline"
    elif others and chances[first] - chances[others[0]] < config.margin:
        goal, reason = -1, "belongs to another story, but which of them is unclear"
    elif host >= 0 or chances[first] > config.adopt:
        goal, reason = first, "belongs to another headline"
    else:
        goal, reason = -1, "under no headline"
    if host >= 0 and not config.move:
        return host, f"left in place on request; it {reason}"
    return goal, reason


def _together(
    found: Sequence[tuple[int, str]], hosts: Sequence[int], stay: Sequence[float], units: Sequence[int], same: Floats
) -> list[tuple[int, str]]:
    """The same with runs kept together: a passage that may well be out of place goes with one that leaves beside it, if
    they are of one story. `stay` is how likely each belongs where it stands."""
    out = list(found)
    for order in (range(1, len(out)), range(len(out) - 2, -1, -1)):
        for i in order:
            j = i - order.step
            leaves = hosts[i] == hosts[j] >= 0 and out[j][0] != hosts[j]
            if leaves and out[i][0] == hosts[i] and stay[i] < BESIDE and same[units[i], units[j]] > ONE_STORY:
                out[i] = out[j][0], "goes with what leaves beside it"
    return out


def _groups(units: Sequence[int], targets: Sequence[int], same: Floats) -> list[int]:
    """Which story each passage set apart belongs to: the one that it most likely shares, if that is likely."""
    members: list[list[int]] = []
    groups = []
    for at, (i, target) in enumerate(zip(units, targets, strict=True)):
        groups.append(-1)
        if target >= 0:
            continue
        alike = [float(np.mean(same[i, own])) for own in members]
        for g, own in enumerate(members):
            if at and own[-1] != units[at - 1]:
                alike[g] -= FAR  # what stands apart from the rest is less likely of it
        best = max(range(len(alike)), key=lambda g: alike[g], default=-1)
        if best < 0 or alike[best] < TOGETHER:
            members.append([])
            best = len(members) - 1
        members[best].append(i)
        groups[-1] = best
    return groups


def _verdict(
    view: Scene, i: int, chances: Floats, host: int, *, target: int, reason: str, group: int, config: ReattachConfig,
) -> Verdict:  # fmt: skip
    """One passage's decision with what a reader wants to know of it."""
    node = view.nodes[i]
    assert node.passage is not None
    none = len(chances) - 2
    score = float(chances[target if target >= 0 else none])
    elsewhere = bool(chances[none] > STRAY or ELSEWHERE.match(normal(node.text[:8])))
    order = sorted((j for j in range(none) if j != target), key=lambda j: (-chances[j], j))
    stay = float(chances[host]) if host >= 0 else 0.0
    return Verdict(
        passage=node.passage,
        copies=node.copies,
        host=host,
        target=target,
        score=round(score, 4),
        runner_up=order[0] if order else -1,
        rival=round(float(chances[order[0]]), 4) if order else 0.0,
        alien=round(float(chances[none]), 4),
        stay=round(stay, 4),
        reason=reason,
        doubtful=target == host >= 0 and (stay < config.doubt or reason != IN_PLACE),
        group=group,
        profile=profile([node.bag]) if elsewhere else None,
        words=_weightiest(node.bag.words)[:TOP_WORDS] if elsewhere else (),
    )


def _shared(view: Scene, i: int, story: Sequence[int], host: Sequence[int]) -> tuple[str, ...]:
    """The rarest words, names and numbers that a line shares with its story and not with the one where it stands."""
    own = view.nodes[i].bag.words
    there = {w for j in story if j != i for w in view.nodes[j].bag.words}
    here = {w for j in host if j != i for w in view.nodes[j].bag.words}
    return _weightiest({w: own[w] for w in (own.keys() & there) - here})[:SHARED]


def _weightiest(words: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda w: (-words[w], w)))


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
    rows = np.array(vectors, dtype=np.float16)
    hashes, weights = _hashed(words, TOP_WORDS)
    gram_hashes, gram_weights = _hashed(grams, TOP_GRAMS)
    rare_hashes = np.array(sorted(word_hash(w) for w in rare), dtype=np.uint32)
    vector = (vector / (np.linalg.norm(vector) + 1e-9)).astype(np.float32)
    return Profile(hashes, weights, gram_hashes, gram_weights, rare_hashes, vector, rows)


def word_hash(word: str) -> int:
    """The number by which a word stands in profiles."""
    return zlib.crc32(word.encode())


def _hashed(weights: dict[str, float], most: int) -> tuple[NDArray[np.uint32], Floats]:
    length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
    top = sorted(weights.items(), key=lambda wx: (-wx[1], wx[0]))[:most]
    hashes = np.array([word_hash(w) for w, _ in top], dtype=np.uint32)
    values = np.array([x / length for _, x in top], dtype=np.float32)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], values[order]


def runs_apart(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Passages set apart, by the stories without headline that they make up."""
    runs: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.target < 0:
            runs.setdefault(verdict.group, []).append(verdict)
    return list(runs.values())
