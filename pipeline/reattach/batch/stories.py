"""The decisions of all pages -> stories: reprints merged, misplaced passages moved between pages, all in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from ...config import ReattachConfig
from ...model import Passage, Ref, Role
from ...models import Models
from ..affinity import Bags, affinities
from ..page.decisions import Decision
from .continued import find_continued, goes_on
from .decided import Decided
from .elsewhere import Elsewhere, find_elsewhere
from .occurrence import settled
from .order import best_place
from .reprints import StoryOf
from .versions import Versions

LONG = 400  # passages of a story, and of a block, that are compared each with each to place the block


@dataclass(frozen=True, slots=True)
class Piece:
    """A distinct passage of a story, as decided.

    `origin` is the passage it is a copy of, or itself; `at` the occurrence that determines its position. `in_place`: it
    stands under the story's headline on the main page; `elsewhere`: the decision that brought it from another page.
    """

    origin: Ref
    decision: Decision
    at: Passage
    in_place: bool
    elsewhere: Elsewhere | None = None


@dataclass(slots=True)
class Story:
    """A story before it is written. `headlines` are its headlines on its pages, the main page's first; `names` are the
    Refs of all of them, including titles that are not in the text."""

    id: str
    title: str | None
    page: str
    headlines: list[Passage] = field(default_factory=list)
    names: list[Ref] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def find_stories(
    decided: Decided, versions: Versions, config: ReattachConfig, models: Models, cautious: Collection[str] = ()
) -> list[Story]:
    """The stories of a batch, each with its passages in order; every distinct passage is in exactly one.

    `cautious` are the pages from which only what is surely misplaced goes to another page.
    """
    story_of = versions.story_of
    main = _main_pages(decided, story_of)
    chosen = _choose(decided, story_of, main)
    numbers = _numbers(decided)
    stories = _titled(decided, story_of, main, numbers)
    away = find_elsewhere(chosen, versions.report_of, decided, config, models, cautious)
    if config.move:
        away |= find_continued(chosen, story_of, decided)
    places: dict[Ref, dict[Ref, list[Passage]]] = defaultdict(dict)
    for origin, d in sorted(chosen.items()):
        if origin in away:
            stories[away[origin].story].pieces.append(Piece(origin, d, d.passage, False, away[origin]))
        elif d.goes is not None:
            story = stories[story_of[d.goes]]
            story.pieces.append(Piece(origin, d, d.passage, False))
            if d.passage.page == story.page and (own := in_place(d, decided, story_of)):
                places[story_of[d.goes]][origin] = own
        elif d.untitled is not None:
            untitled = Story(f"{d.untitled.page}-{numbers[d.untitled]:02d}", None, d.untitled.page)
            stories.setdefault(d.untitled, untitled).pieces.append(Piece(origin, d, d.passage, True))
    reprinted = {ref for ref, story in story_of.items() if ref.page != main[story]}
    for name, story in stories.items():
        bags = Bags(models.lexicon)
        at = settled(places[name], decided.batch, bags, models) if name in places else {}
        pieces = [replace(x, at=at[x.origin], in_place=True) if x.origin in at else x for x in story.pieces]
        story.pieces = _in_order(pieces, reprinted, decided, bags, models)
    return sorted(stories.values(), key=lambda s: s.id)


def _titled(
    decided: Decided, story_of: StoryOf, main: Mapping[Ref, str], numbers: Mapping[Ref, int]
) -> dict[Ref, Story]:
    """The stories that have a headline, without their passages."""
    stories: dict[Ref, Story] = {}
    for ref, headline in decided.headlines.items():
        page = main[story_of[ref]]
        story = stories.setdefault(story_of[ref], Story("", headline.text, page))
        story.names.append(ref)
        if ref.page == page and not story.id:
            story.id, story.title = f"{page}-{numbers[ref]:02d}", headline.text
            story.headlines[:0] = [headline.passage] if headline.passage else []
        elif headline.passage:
            story.headlines.append(headline.passage)
    return stories


def _numbers(decided: Decided) -> dict[Ref, int]:
    """The numbers of a page's stories in reading order, stories without a headline included.

    They depend on the page alone, so that an article keeps its id when other pages come or go.
    """
    numbers: dict[Ref, int] = {}
    for page in decided.pages.values():
        names = {h.ref for h in page.headlines} | {d.untitled for d in page.decisions if d.untitled is not None}
        numbers |= {ref: n for n, ref in enumerate(sorted(names), 1)}
    return numbers


def _main_pages(decided: Decided, story_of: StoryOf) -> dict[Ref, str]:
    """The page that holds most of each story under its headline; the first of several."""
    votes: dict[Ref, Counter[str]] = {story: Counter() for story in story_of.values()}
    for ref in decided.headlines:
        votes[story_of[ref]][ref.page] += 0
    for d in decided.decisions():
        if d.goes is not None:
            votes[story_of[d.goes]][d.passage.page] += 1 + d.stays
    return {story: min(count, key=lambda page: (-count[page], page)) for story, count in votes.items()}


def _choose(decided: Decided, story_of: StoryOf, main: Mapping[Ref, str]) -> dict[Ref, Decision]:
    """For each distinct passage the decision that counts: that of the surest story, there of the main page."""
    found: dict[Ref, list[Decision]] = defaultdict(list)
    for d in decided.decisions():
        found[decided.evidence.origin(d.passage.ref)].append(d)
    chosen = {}
    for origin, all_ in found.items():
        best = min(all_, key=lambda d: (d.goes is None, -d.score, d.passage.page))
        if len(all_) > 1 and best.goes is not None:
            story = story_of[best.goes]
            same = [d for d in all_ if d.goes is not None and story_of[d.goes] == story]
            best = min(same, key=lambda d: (d.passage.page != main[story], -d.score, d.passage.page))
        chosen[origin] = best
    return chosen


def in_place(d: Decision, decided: Decided, story_of: StoryOf) -> list[Passage]:
    """The occurrences of a passage under headlines of its own story, in reading order."""
    assert d.goes is not None
    over = ((p, decided.over(p)) for p in d.copies)
    return [p for p, headline in over if headline and story_of[headline] == story_of[d.goes]]


def _in_order(
    pieces: Sequence[Piece], reprinted: Set[Ref], decided: Decided, bags: Bags, models: Models
) -> list[Piece]:
    """Passages under the headline in the order found; the others in runs, each where it fits best.

    `reprinted` are the headlines of stories that another page has more of: what only they have keeps its place there.
    """
    batch = decided.batch
    ordered = sorted(pieces, key=lambda x: x.at.ref)
    sequence = [x for x in ordered if x.in_place]
    blocks: list[list[Piece]] = []
    for x in (x for x in ordered if not x.in_place):
        if blocks and batch.beside(blocks[-1][-1].at.ref, 1) == x.at:
            blocks[-1].append(x)
        else:
            blocks.append([x])
    for block in blocks:
        late = goes_on(block[0].at.text)  # continued from another page, which holds what goes before it
        at = len(sequence) if late or not sequence else None
        if at is None and block[0].decision.stays and block[0].decision.goes in reprinted:
            at = _after_its_like(block[0].at, sequence, decided)
        at = _place(block, sequence, bags, models) if at is None else at
        sequence = sequence[:at] + block + sequence[at:]
    return sequence


def _after_its_like(p: Passage, sequence: Sequence[Piece], decided: Decided) -> int | None:
    """The index behind the survivor of the passage before `p`; 0 below a headline, None if it is not there."""
    before = decided.batch.beside(p.ref, -1)
    while before and before.role in (Role.BYLINE, Role.CAPTION, Role.BOILERPLATE):
        before = decided.batch.beside(before.ref, -1)
    if before is None or before.role is Role.HEADLINE:
        return 0
    origin = decided.evidence.origin(before.ref)
    return next((k for k, x in enumerate(sequence, 1) if x.origin == origin), None)


def _place(block: Sequence[Piece], sequence: Sequence[Piece], bags: Bags, models: Models) -> int:
    """The index in the sequence at which a block is inserted; in a very long one, near where it stands on its page."""
    stands = bisect_left(sequence, block[0].at.ref, key=lambda x: x.at.ref) if len(sequence) > LONG else 0
    first = max(0, min(stands - LONG // 2, len(sequence) - LONG))
    near, block = sequence[first : first + LONG], block[:LONG]
    texts = [x.decision.passage.text for x in (*near, *block)]
    alike = affinities(list(map(bags.of, texts)))
    n = len(near)
    return first + best_place(texts[n:], texts[:n], alike, models) + 1
