"""Stories that break off on one page and go on on another: 下转第四版 … 上接第一版."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...text.cues import COMES_FROM, GOES_TO
from ..page.decide import IN_PLACE, PageVerdicts, Verdict
from ..page.texts import Key, normal
from .elsewhere import Local, Stray

LIKE = 0.25  # cosine by meaning from which what goes on is taken for the story that broke off


def breaks_to(text: str) -> bool:
    """Does a passage say that its story goes on on another page?

    >>> breaks_to("会议还研究了其他事项。（下转第四版）"), breaks_to("比赛转第二阶段")
    (True, False)
    """
    return bool(GOES_TO.search(normal(text[-20:])))


def goes_on(text: str) -> bool:
    """Does a passage say that it goes on from another page?

    >>> goes_on("（上接第一版）会后，代表们参观了灯塔。"), goes_on("上接力赛的人")
    (True, False)
    """
    return bool(COMES_FROM.match(normal(text[:20])))


def broken_stories(views: Sequence[PageVerdicts]) -> set[Local]:
    """The headlines whose story goes on on another page."""
    return {(v.page, x.target) for v in views for x in v.verdicts if x.target >= 0 and breaks_to(x.passage.text)}


def continued_stories(views: Sequence[PageVerdicts]) -> set[Local]:
    """The headlines whose text goes on from another page."""
    return {(v.page, x.target) for v in views for x in v.verdicts if x.target >= 0 and goes_on(x.passage.text)}


def find_continued(
    chosen: Mapping[Key, tuple[str, Verdict]], views: Sequence[PageVerdicts], root: Mapping[Local, Local]
) -> dict[Key, Stray]:
    """What goes on from another page, up to the next headline, with the story most like it of those that broke off.

    `chosen` holds each distinct passage's verdict, `root` the first page's headline of each headline's story.
    """
    by_page = {v.page: v for v in views}
    stories = sorted({root[x] for x in broken_stories(views)})
    found: dict[Key, Stray] = {}
    for key, (page, verdict) in sorted(chosen.items()):
        own = (page, verdict.host)
        if not goes_on(verdict.passage.text) or verdict.profile is None or (own in root and root[own] in stories):
            continue
        here = verdict.profile.vector
        alike = {s: float(by_page[s[0]].profiles[s[1]].vector @ here) for s in stories if s[0] != page}
        best = max(alike, key=lambda s: (alike[s], s), default=None)
        if best is None or alike[best] < LIKE:
            continue
        stray = Stray(best, 1.0, None, 0.0, (), "goes on from another page")
        found |= dict.fromkeys(_with_rest(key, page, verdict, chosen), stray)
    return found


def _with_rest(first: Key, page: str, verdict: Verdict, chosen: Mapping[Key, tuple[str, Verdict]]) -> Iterator[Key]:
    """The passage that goes on, and what follows it up to the next headline and belongs to no other."""
    for key, (other, each) in chosen.items():
        after = other == page and each.host == verdict.host and each.passage.index > verdict.passage.index
        if key == first or (after and (each.target < 0 or each.reason == IN_PLACE)):
            yield key
