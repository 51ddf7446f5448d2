"""Long pages in sections: what is compared is all with all, so that cost and memory stay in line with length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.config import ReattachConfig
from pipeline.model import Page, Passage, Role
from pipeline.stages.decide import PageVerdicts, Profile, Verdict, decide
from pipeline.stages.scene import Key, scene

SECTION = 240  # passages after which a section ends at the next headline: no printed page has as many
LIMIT = 900  # passages after which it ends anyway: what follows stays under its headline


def decide_page(
    page: Page, passages: Sequence[Passage], survivor: Mapping[Key, Key], config: ReattachConfig
) -> PageVerdicts:
    """The decisions of a page, section by section; nearly every page is one section."""
    parts: list[PageVerdicts] = []
    for own in sections(passages):
        part = page if not parts else replace(page, meta={})  # the page's own title heads the first section
        parts.append(_carried(decide(scene(part, own, survivor), config), own, last=parts))
    return _together(page, parts) if len(parts) > 1 else parts[0] if parts else decide(scene(page, (), {}), config)


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
    for part in parts:
        first = len(headlines)

        def number(j: int, first: int = first) -> int:
            return first + j if j >= 0 else first - 1 if j == -2 else -1

        headlines += part.headlines
        profiles += part.profiles
        under |= {i: number(j) for i, j in part.headline_of.items()}
        verdicts += [
            replace(v, host=number(v.host), target=number(v.target), runner_up=number(v.runner_up))
            for v in part.verdicts
        ]
    return PageVerdicts(page.id, tuple(headlines), tuple(verdicts), tuple(profiles), under)
