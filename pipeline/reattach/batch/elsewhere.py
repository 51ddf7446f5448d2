"""Passages whose story is on another page of their group, found by an index of the words of its stories."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from ...config import Boldness, ReattachConfig
from ...model import Ref
from ...models import Models
from ...reasons import Reason
from ...text.forms import fold
from ..page.decide import SHARED, limits
from ..page.decisions import Decision, Headline
from ..profiles import Profile, word_hash
from .decided import Decided

Floats = NDArray[np.float32]
Index = Mapping[int, Sequence[tuple[Ref, float]]]
Profiles = Mapping[Ref, Profile]  # of stories, by their headlines
FOUND, NEAR = 40, 8  # stories that the index proposes for a passage, and those of them that are scored
VERSION = 80  # similarity, of 100, of two texts that are versions of one: what says the same is a copy already
COMMON = 200  # a word that is prominent in more stories than this no longer helps to find one
LIKENESS = ("words", "bigrams", "meaning", "rare", "best", "top3", "headline")
ELSEWHERE_NAMES = (
    "rank", *LIKENESS, "total", "lead_over_next", *(f"{k}_margin" for k in LIKENESS), *(f"{k}_over_host" for k in LIKENESS),
    *(f"{k}_over_page" for k in LIKENESS), "letters", "size", "alien", "stay", "rival", "candidates",
)  # fmt: skip


def likeness(a: Profile, b: Profile) -> list[float]:
    """The features LIKENESS of a passage and a story: cosines by words, bigrams and meaning; rare words in common;
    cosines by meaning with the story's most similar passage, its three most similar ones, and its headline."""

    def dot(x: NDArray[np.uint32], xw: Floats, y: NDArray[np.uint32], yw: Floats) -> float:
        _, i, j = np.intersect1d(x, y, assume_unique=False, return_indices=True)
        return float(xw[i] @ yw[j])

    each = np.sort(b.rows[1:].astype(np.float32) @ a.vector)[::-1]
    return [
        dot(a.words, a.word_weights, b.words, b.word_weights),
        dot(a.grams, a.gram_weights, b.grams, b.gram_weights),
        float(a.vector @ b.vector),
        float(len(np.intersect1d(a.rare, b.rare))),
        float(each[0]) if len(each) else 0.0,
        float(each[:3].mean()) if len(each) else 0.0,
        float(b.rows[0].astype(np.float32) @ a.vector),
    ]


def elsewhere_features(d: Decision, stories: Sequence[Profile], own: Sequence[Headline]) -> Floats:
    """Features (stories, f) of whether a passage belongs to stories of other pages; `own` are those of its page."""
    assert d.profile is not None
    rows = np.array([likeness(d.profile, story) for story in stories], dtype=np.float32)
    here = np.array([likeness(d.profile, h.profile) for h in own], dtype=np.float32).reshape(-1, len(LIKENESS))
    none = np.zeros(len(LIKENESS), dtype=np.float32)
    above = next((here[k] for k, h in enumerate(own) if h.ref == d.stands), none)
    page = here.max(axis=0) if len(here) else none
    total = rows[:, 0] + rows[:, 1] + rows[:, 2] + 0.05 * rows[:, 3] + rows[:, 4]
    rank = np.argsort(np.argsort(-total, kind="stable"), kind="stable")
    out = []
    for i, row in enumerate(rows):
        others = np.delete(rows, i, axis=0)
        best = others.max(axis=0) if len(others) else none
        lead = total[i] - (np.delete(total, i).max() if len(others) else 0.0)
        letters, size = len(fold(d.passage.text)), len(stories[i].rows) - 1
        out.append([rank[i], *row, total[i], lead, *(row - best), *(row - above), *(row - page), letters, size,
                    d.elsewhere, d.stay, d.runner_up_score, len(rows)])  # fmt: skip
    return np.array(out, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The story of another page that a passage goes to (named by its first headline) and the probability; the runner-up
    and its probability; the words that the passage shares with its new story and not with the old one."""

    story: Ref
    score: float
    runner_up: Ref | None
    runner_up_score: float
    shared: tuple[str, ...]
    reason: Reason = Reason.OTHER_PAGE


def find_elsewhere(
    chosen: Mapping[Ref, Decision],
    story_of: Mapping[Ref, Ref],
    decided: Decided,
    config: ReattachConfig,
    models: Models,
    cautious: Collection[str] = (),
) -> dict[Ref, Elsewhere]:
    """The passages that belong to a story of another page of their group.

    `chosen` holds each distinct passage's decision, `story_of` the first page's headline of each headline's story;
    `cautious` are the pages that only what is surely misplaced leaves.
    """
    if not config.move:
        return {}
    stories: dict[str, set[Ref]] = defaultdict(set)
    for headline, story in story_of.items():
        stories[decided.group(headline.page)].add(story)
    profiles = {group: {s: decided.headlines[s].profile for s in sorted(own)} for group, own in stories.items()}
    indices = {group: word_index(own) for group, own in profiles.items()}
    usual, sure = (limits(each, models).elsewhere for each in (config, replace(config, boldness=Boldness.CAUTIOUS)))
    named: dict[str, set[Ref]] = defaultdict(set)
    for headline, story in story_of.items():
        named[fold(decided.headlines[headline].text)].add(story)
    texts: dict[Ref, list[str]] = defaultdict(list)
    for origin, d in chosen.items():
        if d.goes is not None:
            texts[story_of[d.goes]].append(decided.batch.letters(decided.batch.at(origin)))
    found = {}
    for ref, d in sorted(chosen.items()):
        own, group = decided.pages[d.passage.page].headlines, decided.group(d.passage.page)
        if d.profile is None or group not in profiles:
            continue
        taboo = {story_of[h.ref] for h in own} | namesakes(d, named, decided)
        near = candidates(d, taboo, indices[group], profiles[group])
        if not near:
            continue
        alike = [profiles[group][story] for story in near]
        chances = models.forest("stray").predict(elsewhere_features(d, alike, own))
        first, *others = sorted(range(len(near)), key=lambda c: (-chances[c], c))
        second = float(chances[others[0]]) if others else 0.0
        limit = sure if d.passage.page in cautious else usual
        clear = chances[first] > limit and chances[first] - second >= config.margin
        if clear and not _has_version(texts[near[first]], decided.batch.letters(d.passage)):
            shared = _shared(d, alike[first], decided)
            runner_up = near[others[0]] if others else None
            found[ref] = Elsewhere(near[first], round(float(chances[first]), 4), runner_up, round(second, 4), shared)
    return found


def namesakes(d: Decision, named: Mapping[str, Set[Ref]], decided: Decided) -> Set[Ref]:
    """The stories with the headline that a passage stands under: those that are not its own are other versions of it."""
    return named[fold(decided.headlines[d.stands].text)] if d.stands else frozenset()


def _has_version(story: Iterable[str], letters: str) -> bool:
    """Does a story hold another version of a passage? Then the passage belongs to another story, however alike."""
    return any(fuzz.ratio(letters, own, score_cutoff=VERSION) for own in story)


def _shared(d: Decision, story: Profile, decided: Decided) -> tuple[str, ...]:
    here = decided.headlines[d.stands].profile.words.tolist() if d.stands else ()
    there = set(story.words.tolist()) - set(here)
    return tuple(w for w in d.words if word_hash(w) in there)[:SHARED]


def word_index(profiles: Profiles) -> Index:
    """Hash of a word -> the stories in which it is prominent, with its weight; words of many stories are left out."""
    index: dict[int, list[tuple[Ref, float]]] = defaultdict(list)
    for story, p in sorted(profiles.items()):
        for word, weight in zip(p.words.tolist(), p.word_weights.tolist(), strict=True):
            index[word].append((story, weight))
    return {word: stories for word, stories in index.items() if len(stories) <= COMMON}


def candidates(d: Decision, own: Collection[Ref], index: Index, profiles: Profiles) -> list[Ref]:
    """The stories of other pages most similar to a passage, among those that share its weightiest words."""
    passage = d.profile
    assert passage is not None
    score: dict[Ref, float] = defaultdict(float)
    for word, weight in zip(passage.words.tolist(), passage.word_weights.tolist(), strict=True):
        stories = index.get(word, ())
        for story, other in stories:
            if story not in own:
                score[story] += weight * other * math.log(1 + len(profiles) / len(stories))
    proposed = sorted(score, key=lambda story: (-score[story], story))[:FOUND]

    def alike(story: Ref) -> float:
        return score[story] / 4 + float((profiles[story].rows.astype(np.float32) @ passage.vector).max())

    return sorted(proposed, key=lambda story: (-alike(story), story))[:NEAR]
