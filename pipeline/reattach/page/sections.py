"""Long pages in sections: what is compared is all with all, so that cost and memory stay in line with length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...config import ReattachConfig
from ...model import Page, Passage, Role
from ..profiles import Profile
from .crossed import find_crossed, split, surely_crossed
from .decide import PageVerdicts, Verdict, decide
from .texts import Key, scene

SECTION = 240  # passages after which a section ends at the next headline: no printed page has as many
LIMIT = 900  # passages after which it ends anyway: what follows stays under its headline


def decide_page(
    page: Page, passages: Sequence[Passage], survivor: Mapping[Key, Key], config: ReattachConfig
) -> PageVerdicts:
    """The decisions of a page, section by section; nearly every page is one section."""
    parts: list[PageVerdicts] = []
    first = 0
    for own in sections(passages):
        part = page if not parts else replace(page, meta={})  # the page's own title heads the first section
        numbered = [p.numbered(k) for k, p in enumerate(own, first)]
        parts.append(_carried(_decided(part, numbered, survivor, config), own, last=parts))
        first += len(parts[-1].passages)
    return _together(page, parts) if len(parts) > 1 else parts[0] if parts else decide(scene(page, (), {}), (), config)


def _decided(
    page: Page, passages: Sequence[Passage], survivor: Mapping[Key, Key], config: ReattachConfig
) -> PageVerdicts:
    """The decisions of a section; once more, where paragraphs had swapped their tails, with these cut.

    They are looked for where something else is wrong, too: it takes time, and sound pages have none.
    """
    seen = scene(page, passages, survivor)
    view = decide(seen, passages, config)
    if not (config.move and view.damaged):
        return view
    target = {v.passage.index: v.target for v in view.verdicts}
    targets = [target.get(x.passage.index, -1) if x.passage else -1 for x in seen.nodes]
    at: dict[int, int] = {}
    continues: dict[Key, Key] = {}
    for found, _ in surely_crossed(find_crossed(seen, targets), config.crossed):
        first, then = seen.nodes[found.first].passage, seen.nodes[found.then].passage
        if first and then and len(seen.nodes[found.first].copies) == len(seen.nodes[found.then].copies) == 1:
            at |= {first.index: first.start + found.first_at, then.index: then.start + found.then_at}
            continues |= {first.key: (page.id, at[then.index]), then.key: (page.id, at[first.index])}
    if not at:
        return view
    cut = split(passages, at)
    return replace(decide(scene(page, cut, survivor), cut, config), continues=continues)


def sections(passages: Sequence[Passage]) -> list[Sequence[Passage]]:
    """The passages of a page in runs that begin with a headline, where that is possible."""
    found: list[Sequence[Passage]] = []
    start = 0
    for i, p in enumerate(passages):
        if (i - start >= SECTION and p.role is Role.HEADLINE) or i - start >= LIMIT:
            found.append(passages[start:i])
            start = i
    return [*found, passages[start:]] if start < len(passages) else found


def _carried(part: PageVerdicts, own: Sequence[Passage], last: Sequence[PageVerdicts]) -> PageVerdicts:
    """A section cut off within a story: what stands before its first headline stays under the one before (-2)."""
    if not last or own[0].role is Role.HEADLINE:
        return part
    reason = "stands under its headline, in a text too long to be weighed"
    verdicts = [
        replace(v, host=-2, target=-2, runner_up=-1, reason=reason, doubtful=True) if v.host == -1 else v
        for v in part.verdicts
    ]
    under = {i: -2 if j == -1 else j for i, j in part.headline_of.items()}
    return replace(part, verdicts=tuple(verdicts), headline_of=under)


def _together(page: Page, parts: Sequence[PageVerdicts]) -> PageVerdicts:
    """One page's decisions of its sections', headlines numbered through; -2 becomes the headline before."""
    headlines: list[tuple[str, Passage | None]] = []
    verdicts: list[Verdict] = []
    profiles: list[Profile] = []
    under: dict[int, int] = {}
    passages: list[Passage] = []
    groups = 0
    for part in parts:
        first = len(headlines)
        passages += part.passages

        def number(j: int, first: int = first) -> int:
            return first + j if j >= 0 else first - 1 if j == -2 else -1

        headlines += part.headlines
        profiles += part.profiles
        under |= {i: number(j) for i, j in part.headline_of.items()}
        verdicts += [
            replace(v, host=number(v.host), target=number(v.target), runner_up=number(v.runner_up),
                    group=v.group + groups if v.target == -1 else -1)
            for v in part.verdicts
        ]  # fmt: skip
        groups += max((v.group + 1 for v in part.verdicts), default=0)
    continues = {k: v for part in parts for k, v in part.continues.items()}
    return PageVerdicts(page.id, tuple(passages), tuple(headlines), tuple(verdicts), tuple(profiles), under,
                        any(part.damaged for part in parts), continues)  # fmt: skip
