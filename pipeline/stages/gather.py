"""All pages' decisions -> stories: reprints made one, strays sent to their pages, passages put in order."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline import models
from pipeline.config import ReattachConfig
from pipeline.model import Passage
from pipeline.similarity.affinity import affinities, bag
from pipeline.similarity.forms import fold
from pipeline.stages.decide import PageVerdicts, Profile, Verdict, runs_apart, stray_features
from pipeline.stages.order import best_place
from pipeline.stages.scene import Key

Local = tuple[str, int]  # a page and the number of a headline (>= 0) or of a run of passages set apart (< 0) on it
NEAR_PAGES = 8  # candidates that a passage set apart is compared with
COMMON = 200  # stories of a batch that a word weighs in from which it no longer helps to find one of them


@dataclass(frozen=True, slots=True)
class Member:
    """A passage of a story, as decided: `verdict` is that of its page, `key` what it is a copy of."""

    key: Key
    verdict: Verdict
    native: bool  # it stands under the story's headline on its main page
    stray: float | None = None  # probability with which it came from another page


@dataclass(slots=True)
class Story:
    """A story in the making. `headlines` are those it bears on its pages, the main page's first."""

    id: str
    title: str | None
    headlines: list[Passage] = field(default_factory=list)
    page: str = ""
    locals: list[Local] = field(default_factory=list)  # its headlines by page and number, also those not in the text
    members: list[Member] = field(default_factory=list)


def gather(views: Sequence[PageVerdicts], survivor: Mapping[Key, Key], config: ReattachConfig) -> list[Story]:
    """The stories of a batch, each with its passages in order; every distinct passage is in exactly one."""
    by_page = {v.page: v for v in views}
    root = _reprints(views, survivor)
    main = _main_pages(views, root)
    chosen = _choose(views, survivor, root, main)
    numbers = {page: _numbers(view) for page, view in by_page.items()}
    stories: dict[Local, Story] = {}
    for view in views:
        for j in range(len(view.headlines)):
            _headline_story(stories, view, j, root[view.page, j], main, numbers)
    apart: dict[Local, list[tuple[Key, Verdict]]] = defaultdict(list)
    for key, (page, verdict) in sorted(chosen.items()):
        if verdict.target >= 0:
            story = stories[root[page, verdict.target]]
            story.members.append(Member(key, verdict, _native(verdict, page, story, by_page, root)))
        else:
            apart[page, numbers[page].run_of[verdict.passage.index]].append((key, verdict))
    _place_strays(apart, stories, by_page, root, config)
    for (page, run), members in apart.items():
        id_ = f"{page}-{numbers[page].of_run[run]:02d}"
        stories[page, -run - 1] = Story(id_, None, [], page, members=[Member(k, v, True) for k, v in members])
    for story in stories.values():
        _put_in_order(story)
    return sorted(stories.values(), key=lambda s: s.id)


def _headline_story(
    stories: dict[Local, Story], view: PageVerdicts, j: int, root: Local, main: Mapping[Local, str],
    numbers: Mapping[str, _Numbers],
) -> None:  # fmt: skip
    title, passage = view.headlines[j]
    story = stories.setdefault(root, Story("", title, [], main[root]))
    story.locals.append((view.page, j))
    if view.page == main[root] and not story.id:
        story.id, story.title = f"{view.page}-{numbers[view.page].of_headline[j]:02d}", title
        story.headlines[:0] = [passage] if passage else []
    elif passage:
        story.headlines.append(passage)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of a page's stories in reading order: of headlines, and of runs of passages set apart."""

    of_headline: Mapping[int, int]
    of_run: Mapping[int, int]
    run_of: Mapping[int, int]  # number of a passage -> its run


def _numbers(view: PageVerdicts) -> _Numbers:
    """Numbers that depend on this page alone, so that an article keeps its id when other pages come or go."""
    runs = runs_apart(view.verdicts)
    starts: list[tuple[int, int, int]] = []
    for j, (_, passage) in enumerate(view.headlines):
        starts.append((passage.start if passage else -1, 0, j))
    starts += [(run[0].passage.start, 1, r) for r, run in enumerate(runs)]
    order = sorted(starts)
    return _Numbers(
        {x: n for n, (_, kind, x) in enumerate(order, 1) if kind == 0},
        {x: n for n, (_, kind, x) in enumerate(order, 1) if kind == 1},
        {v.passage.index: r for r, run in enumerate(runs) for v in run},
    )


def _reprints(views: Sequence[PageVerdicts], survivor: Mapping[Key, Key]) -> dict[Local, Local]:
    """Each page's headline -> the first page's headline of that story: same words, and half of the text in common."""
    text: dict[Local, set[Key]] = defaultdict(set)
    named: dict[str, list[Local]] = defaultdict(list)
    root: dict[Local, Local] = {}
    for view in views:
        for verdict in view.verdicts:
            if verdict.target >= 0:
                text[view.page, verdict.target].add(survivor.get(verdict.passage.key, verdict.passage.key))
        for j, (title, _) in enumerate(view.headlines):
            local = view.page, j
            root[local] = local
            for other in named[fold(title)]:
                least = min(len(text[local]), len(text[other]))
                if root[other] == other and least and len(text[local] & text[other]) >= 0.5 * least:
                    root[local] = other
                    break
            named[fold(title)].append(local)
    return root


def _main_pages(views: Sequence[PageVerdicts], root: Mapping[Local, Local]) -> dict[Local, str]:
    """The page on which most of each story stands under its headline, or the first."""
    votes: dict[Local, Counter[str]] = {r: Counter() for r in root.values()}
    for view in views:
        for j in range(len(view.headlines)):
            votes[root[view.page, j]][view.page] += 0
        for v in view.verdicts:
            if v.target >= 0:
                votes[root[view.page, v.target]][view.page] += 1 + (v.target == v.host)
    return {r: min(count, key=lambda page: (-count[page], page)) for r, count in votes.items()}


def _choose(
    views: Sequence[PageVerdicts], survivor: Mapping[Key, Key], root: Mapping[Local, Local], main: Mapping[Local, str]
) -> dict[Key, tuple[str, Verdict]]:
    """Of each distinct passage, the page and verdict that count: the surest story, and there the main page."""
    found: dict[Key, list[tuple[str, Verdict]]] = defaultdict(list)
    for view in views:
        for verdict in view.verdicts:
            key = verdict.passage.key
            found[survivor.get(key, key)].append((view.page, verdict))
    chosen = {}
    for key, places in found.items():
        best = min(places, key=lambda pv: (pv[1].target < 0, -pv[1].score, pv[0]))
        if len(places) > 1 and best[1].target >= 0:
            story = root[best[0], best[1].target]
            same = [pv for pv in places if pv[1].target >= 0 and root[pv[0], pv[1].target] == story]
            best = min(same, key=lambda pv: (pv[0] != main[story], -pv[1].score, pv[0]))
        chosen[key] = best
    return chosen


def _native(
    verdict: Verdict, page: str, story: Story, by_page: Mapping[str, PageVerdicts], root: Mapping[Local, Local]
) -> bool:
    """Does an occurrence of the passage stand under the story's own headline, on the story's main page?"""
    return page == story.page and native_occurrence(verdict, by_page[page], root) is not None


def native_occurrence(verdict: Verdict, view: PageVerdicts, root: Mapping[Local, Local]) -> Passage | None:
    """The first occurrence of a passage under a headline of the story that it goes to."""
    goal = root[view.page, verdict.target]
    for p in verdict.copies:
        under = view.headline_of[p.index]
        if under >= 0 and root[view.page, under] == goal:
            return p
    return None


def _place_strays(
    apart: dict[Local, list[tuple[Key, Verdict]]], stories: Mapping[Local, Story], by_page: Mapping[str, PageVerdicts],
    root: Mapping[Local, Local], config: ReattachConfig,
) -> None:  # fmt: skip
    """Sends passages set apart to stories of other pages, by an index of the stories' words; edits `apart`."""
    profiles = {local: by_page[local[0]].profiles[local[1]] for local in stories}
    index = word_index(profiles)
    for local in list(apart):
        kept = []
        for key, verdict in apart[local]:
            near = candidates(verdict, local[0], index, profiles)
            chances = models.forest("stray").predict(stray_features(verdict, [profiles[c] for c in near])) \
                if near else np.zeros(0)  # fmt: skip
            if len(chances) and chances.max() > config.stray:
                stories[near[int(chances.argmax())]].members.append(
                    Member(key, verdict, False, round(float(chances.max()), 4)))  # fmt: skip
            else:
                kept.append((key, verdict))
        apart[local] = kept
        if not kept:
            del apart[local]


def word_index(profiles: Mapping[Local, Profile]) -> dict[int, list[tuple[Local, float]]]:
    """Hash of a word -> the stories that it weighs in, with its weight; words of many stories tell nothing."""
    index: dict[int, list[tuple[Local, float]]] = defaultdict(list)
    for local, p in sorted(profiles.items()):
        for word, weight in zip(p.words.tolist(), p.word_weights.tolist(), strict=True):
            index[word].append((local, weight))
    return {word: stories for word, stories in index.items() if len(stories) <= COMMON}


def candidates(
    verdict: Verdict, page: str, index: Mapping[int, list[tuple[Local, float]]], profiles: Mapping[Local, Profile]
) -> list[Local]:
    """The stories of other pages that share the weightiest words with a passage set apart."""
    assert verdict.profile is not None
    score: dict[Local, float] = defaultdict(float)
    for word, weight in zip(verdict.profile.words.tolist(), verdict.profile.word_weights.tolist(), strict=True):
        stories = index.get(word, ())
        for local, other in stories:
            if local[0] != page:
                score[local] += weight * other * math.log(1 + len(profiles) / len(stories))
    return sorted(score, key=lambda c: (-score[c], c))[:NEAR_PAGES]


def _put_in_order(story: Story) -> None:
    """Passages under the headline in the order found; the others in runs, each where it follows best."""

    def start(m: Member) -> tuple[str, int]:
        return m.verdict.passage.key

    native = sorted((m for m in story.members if m.native), key=start)
    added = sorted((m for m in story.members if not m.native), key=start)
    blocks: list[list[Member]] = []
    for m in added:
        last = blocks[-1][-1].verdict.passage if blocks else None
        here = m.verdict.passage
        if last and last.page == here.page and last.index + 1 == here.index:
            blocks[-1].append(m)
        else:
            blocks.append([m])
    sequence = native
    for block in blocks:
        at = _place(block, sequence) if sequence else 0
        sequence = sequence[:at] + block + sequence[at:]
    story.members = sequence


def _place(block: Sequence[Member], sequence: Sequence[Member]) -> int:
    """Before which member of the sequence a block goes."""
    texts = [m.verdict.passage.text for m in (*sequence, *block)]
    lexicon = models.lexicon()
    alike = affinities([bag(t, lexicon) for t in texts])
    n = len(sequence)
    return best_place(texts[n:], texts[:n], alike) + 1
