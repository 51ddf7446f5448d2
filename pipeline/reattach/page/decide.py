"""One page's decisions: which of its stories each passage belongs to, or that it belongs to none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ... import models
from ...config import BOLDNESS, ReattachConfig
from ...model import Passage
from ..profiles import TOP_WORDS, Profile, profile
from .headlines import belonging, titled, under_headlines, with_roles
from .texts import UNITS, Node, Scene, node_features, normal, pair_features, scene_hosts

Floats = NDArray[np.float32]
Goal = tuple[int, str]  # number of the headline that a passage goes to (-1: none), and why
TOGETHER = 0.5  # probability from which passages set apart are one story
FAR = 0.2  # so much more where others stand between them
IN_PLACE = "stands under its headline"
SURE = 0.05  # probability of belonging where it stands under which a passage is surely out of place
TWICE = 30  # letters of a passage that nobody prints twice on a page
BESIDE = 0.6  # the same for a passage that goes with one beside it, of the same story
ONE_STORY = 0.7  # probability from which two lines are taken to be of one story
SHARED = 8  # words that are named as evidence
ELSEWHERE = re.compile(r"[(（【\[]?\s*[上接续承]")  # may say that it goes on from another page
STRAY = 0.02  # probability of belonging to no headline of the page from which other pages are searched


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


def limits(config: ReattachConfig) -> tuple[float, float]:
    """How sure is sure enough: the probability of belonging where it stands under which a passage leaves, and that of
    belonging to a story of another page from which it goes there."""
    stay, stray = models.network().levels[BOLDNESS.index(config.boldness)]
    return float(stay), float(stray)


def decide(view: Scene, passages: Sequence[Passage], config: ReattachConfig) -> PageVerdicts:
    """Which lines are headlines, and which of them each passage belongs to: one question, asked of the whole page."""
    point, same = models.network().scores(node_features(view), pair_features(view), view.heads)
    came_with_page = np.array([x.passage is None for x in view.nodes], dtype=bool)
    titles = titled(point, same, view.heads, view.titles, config) | came_with_page
    heads = np.flatnonzero(titles)
    chances = belonging(point, titles)
    seen = with_roles(view, titles, chances[:, -1] > config.junk, passages)
    own = {p.index: p for p in seen}
    units = [i for i, x in enumerate(view.nodes) if x.passage and not titles[i] and own[x.passage.index].role in UNITS]
    under, number = scene_hosts(view, titles)[0], {int(i): j for j, i in enumerate(heads)}
    hosts = [number.get(int(under[i]), -1) for i in units]
    found, damaged = _placed(view, units, hosts, (chances, same), config)
    targets = [target for target, _ in found]
    groups = _groups(units, targets, same)
    members = {j: [int(h), *(i for i, t in zip(units, targets, strict=True) if t == j)] for j, h in enumerate(heads)}
    verdicts: list[Verdict] = []
    for i, host, (target, reason), group in zip(units, hosts, found, groups, strict=True):
        verdict = _verdict(view.nodes[i], chances[i], (host, target), reason, config)
        shared = _shared(view, i, members[target], members.get(host, ())) if target not in (-1, host) else ()
        copies = tuple(own[p.index] for p in verdict.copies)
        passage = own[verdict.passage.index]
        verdict = replace(verdict, passage=passage, copies=copies, group=group, shared=shared)
        # Headlines of the same words are one line of the page, but subheads that they turn out to be are not.
        verdicts += [replace(verdict, passage=p, copies=(p,)) for p in copies] if view.titles[i] else [verdict]
    stories = [profile([view.nodes[i].bag for i in members[j]]) for j in range(len(heads))]
    headlines = tuple((x.text, own[x.passage.index] if x.passage else None) for x in (view.nodes[i] for i in heads))
    return PageVerdicts(
        view.page, seen, headlines, tuple(verdicts), tuple(stories), under_headlines(view, titles, seen), damaged
    )


def _placed(
    view: Scene, units: Sequence[int], hosts: Sequence[int], scores: tuple[Floats, Floats], config: ReattachConfig
) -> tuple[list[Goal], bool]:
    """Where each unit goes, and whether the page shows damage; where it shows none, only what is sure moves.

    `scores` are the probabilities of belonging to each headline, and of two lines being of one story.
    """
    chances, same = scores
    stay = [float(chances[i, host]) if host >= 0 else 1.0 for i, host in zip(units, hosts, strict=True)]
    damaged = _damaged(view, stay)
    limit = limits(config)[0] if damaged else min(limits(config)[0], SURE)
    found = [_judged(chances[i], host, limit, config) for i, host in zip(units, hosts, strict=True)]
    if damaged and config.move:
        found = _together(found, hosts, stay, units, same)
    return found, damaged


def _damaged(view: Scene, stay: Sequence[float]) -> bool:
    """Does something on the page stand twice, or is it surely out of place? Else it is taken for sound, where only what
    is sure moves. `stay` are the probabilities of belonging where they stand, of the passages under headlines."""
    twice = any(len(x.copies) > 1 and len(x.text) >= TWICE for x in view.nodes)
    return twice or min(stay, default=1.0) < SURE


def _judged(chances: Floats, host: int, limit: float, config: ReattachConfig) -> Goal:
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
    found: Sequence[Goal], hosts: Sequence[int], stay: Sequence[float], units: Sequence[int], same: Floats
) -> list[Goal]:
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


def _verdict(node: Node, chances: Floats, places: tuple[int, int], reason: str, config: ReattachConfig) -> Verdict:
    """One passage's decision with what a reader wants to know of it; `places` are its host and its target."""
    host, target = places
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


def runs_apart(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Passages set apart, by the stories without headline that they make up."""
    runs: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.target < 0:
            runs.setdefault(verdict.group, []).append(verdict)
    return list(runs.values())
