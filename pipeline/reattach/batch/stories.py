"""All pages' decisions -> stories: reprints made one, strays sent to their pages, passages put in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ... import models
from ...config import ReattachConfig
from ...model import Passage
from ...text.forms import fold
from ..affinity import affinities, bag
from ..page.decide import PageVerdicts, Verdict, runs_apart
from ..page.texts import Key
from .continued import broken_stories, continued_stories, find_continued, goes_on
from .elsewhere import Local, Stray, find_strays
from .occurrence import settled
from .order import best_place


@dataclass(frozen=True, slots=True)
class Member:
    """A passage of a story, as decided: `verdict` is that of its page, `key` what it is a copy of."""

    key: Key
    verdict: Verdict
    at: Passage  # the occurrence that tells its place
    native: bool  # it stands under the story's headline on its main page
    stray: Stray | None = None  # how it came from another page


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
    places: dict[Local, dict[Key, list[Passage]]] = defaultdict(dict)
    strays = find_strays(chosen, by_page, root, config)
    if config.move:
        strays |= find_continued(chosen, views, root)
    for key, (page, verdict) in sorted(chosen.items()):
        if key in strays:
            stories[strays[key].goal].members.append(Member(key, verdict, verdict.passage, False, strays[key]))
        elif verdict.target >= 0:
            story = stories[root[page, verdict.target]]
            story.members.append(Member(key, verdict, verdict.passage, False))
            if page == story.page and (own := native_occurrences(verdict, by_page[page], root)):
                places[root[page, verdict.target]][key] = own
        else:
            apart[page, numbers[page].run_of[verdict.passage.index]].append((key, verdict))
    for (page, run), members in apart.items():
        id_ = f"{page}-{numbers[page].of_run[run]:02d}"
        stories[page, -run - 1] = Story(
            id_, None, [], page, members=[Member(k, v, v.passage, True) for k, v in members]
        )
    for local, found in places.items():
        story = stories[local]
        at = settled(found)
        story.members = [replace(m, at=at[m.key], native=True) if m.key in at else m for m in story.members]
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
    """Each page's headline -> the first page's headline of that story: same words, and half of the text in common, or
    one the continuation of the other."""
    text: dict[Local, set[Key]] = defaultdict(set)
    named: dict[str, list[Local]] = defaultdict(list)
    root: dict[Local, Local] = {}
    breaks, goes_on = broken_stories(views), continued_stories(views)
    for view in views:
        for verdict in view.verdicts:
            if verdict.target >= 0:
                text[view.page, verdict.target].add(survivor.get(verdict.passage.key, verdict.passage.key))
        for j, (title, _) in enumerate(view.headlines):
            local = view.page, j
            root[local] = local
            for other in named[fold(title)]:
                least = min(len(text[local]), len(text[other]))
                common = least and len(text[local] & text[other]) >= 0.5 * least
                parts = {local, other} & breaks and {local, other} & goes_on
                if root[other] == other and (common or parts):
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


def native_occurrences(verdict: Verdict, view: PageVerdicts, root: Mapping[Local, Local]) -> list[Passage]:
    """The occurrences of a passage under a headline of the story that it goes to, in reading order."""
    goal = root[view.page, verdict.target]
    under = ((p, view.headline_of[p.index]) for p in verdict.copies)
    return [p for p, j in under if j >= 0 and root[view.page, j] == goal]


def _put_in_order(story: Story) -> None:
    """Passages under the headline in the order found; the others in runs, each where it follows best."""

    members = sorted(story.members, key=lambda m: m.at.key)
    native, added = [m for m in members if m.native], [m for m in members if not m.native]
    blocks: list[list[Member]] = []
    for m in added:
        last = blocks[-1][-1].at if blocks else None
        here = m.at
        if last and last.page == here.page and last.index + 1 == here.index:
            blocks[-1].append(m)
        else:
            blocks.append([m])
    sequence = native
    for block in blocks:
        late = goes_on(block[0].at.text)  # from another page: what went before stands there
        at = len(sequence) if late or not sequence else _place(block, sequence)
        sequence = sequence[:at] + block + sequence[at:]
    story.members = sequence


def _place(block: Sequence[Member], sequence: Sequence[Member]) -> int:
    """Before which member of the sequence a block goes."""
    texts = [m.verdict.passage.text for m in (*sequence, *block)]
    lexicon = models.lexicon()
    alike = affinities([bag(t, lexicon) for t in texts])
    n = len(sequence)
    return best_place(texts[n:], texts[:n], alike) + 1
