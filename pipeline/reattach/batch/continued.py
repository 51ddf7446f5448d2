"""Stories that are continued on another page: 下转第四版 … 上接第一版."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ...model import Ref
from ...reasons import Reason
from ...text.cues import COMES_FROM, GOES_TO
from ...text.sentences import normal
from ..page.decisions import Decision
from .decided import Decided
from .elsewhere import Elsewhere

LIKE = 0.25  # least cosine by meaning of a continuation and the story that broke off


def breaks_to(text: str) -> bool:
    """Does a passage say that its story is continued on another page?

    >>> breaks_to("会议还研究了其他事项。（下转第四版）"), breaks_to("比赛转第二阶段")
    (True, False)
    """
    return bool(GOES_TO.search(normal(text[-20:])))


def goes_on(text: str) -> bool:
    """Does a passage say that it is continued from another page?

    >>> goes_on("（上接第一版）会后，代表们参观了灯塔。"), goes_on("上接力赛的人")
    (True, False)
    """
    return bool(COMES_FROM.match(normal(text[:20])))


def broken_stories(decided: Decided) -> set[Ref]:
    """The headlines whose story is continued on another page."""
    return {d.goes for d in decided.decisions() if d.goes and breaks_to(d.passage.text)}


def continued_stories(decided: Decided) -> set[Ref]:
    """The headlines whose text is continued from another page."""
    return {d.goes for d in decided.decisions() if d.goes and goes_on(d.passage.text)}


def find_continued(
    chosen: Mapping[Ref, Decision], story_of: Mapping[Ref, Ref], decided: Decided
) -> dict[Ref, Elsewhere]:
    """Assign each continuation, up to the next headline, to the most similar story of its group that broke off.

    `chosen` holds each distinct passage's decision, `story_of` the first page's headline of each headline's story.
    """
    broken: dict[str, set[Ref]] = defaultdict(set)  # by group
    for headline in broken_stories(decided):
        broken[decided.group(headline.page)].add(story_of[headline])
    found: dict[Ref, Elsewhere] = {}
    for ref, d in sorted(chosen.items()):
        stories = sorted(broken[decided.group(d.passage.page)])
        broken_here = d.stands is not None and story_of[d.stands] in stories
        if not goes_on(d.passage.text) or d.profile is None or broken_here:
            continue
        others = [story for story in stories if story.page != d.passage.page]
        alike = {story: float(decided.headlines[story].profile.vector @ d.profile.vector) for story in others}
        best = max(alike, key=lambda story: (alike[story], story), default=None)
        if best is None or alike[best] < LIKE:
            continue
        there = Elsewhere(best, 1.0, None, 0.0, (), Reason.CONTINUED)
        found |= dict.fromkeys(_with_rest(ref, d, chosen), there)
    return found


def _with_rest(first: Ref, begins: Decision, chosen: Mapping[Ref, Decision]) -> Iterator[Ref]:
    """The first passage of a continuation, and what follows up to the next headline and has no headline of its own."""
    for ref, d in chosen.items():
        after = d.passage.page == begins.passage.page and d.stands == begins.stands
        after = after and d.passage.start > begins.passage.start
        if ref == first or (after and (d.goes is None or d.stays)):
            yield ref
