"""Long pages in sections: all pairs of texts are compared, so sections keep cost and memory linear in length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...batch import divided
from ...config import ReattachConfig
from ...model import Cut, Evidence, Page, Passage, Ref, Role
from ...models import Models
from ...reasons import Flag, Reason
from .crossed import find_crossed, surely_crossed
from .decide import decide
from .decisions import Decision, PageDecisions
from .texts import page_texts

SECTION = 240  # passages after which a section ends at the next headline: no printed page has as many
LIMIT = 480  # passages after which it ends anyway; what follows stays under its headline (its time is cubic)


def decide_page(
    page: Page, passages: Sequence[Passage], evidence: Evidence, config: ReattachConfig, models: Models
) -> PageDecisions:
    """The decisions of a page, section by section; nearly every page is one section."""
    parts: list[PageDecisions] = []
    for own in sections(passages):
        title = page if not parts else replace(page, meta={})  # the page's own title heads the first section
        part = _decided(title, own, evidence, config, models)
        parts.append(_carried(part, own, parts[-1]) if parts else part)
    if len(parts) == 1:
        return parts[0]
    return _together(page, parts) if parts else decide(page_texts(page, (), evidence, models), (), config, models)


def _decided(
    page: Page, passages: Sequence[Passage], evidence: Evidence, config: ReattachConfig, models: Models
) -> PageDecisions:
    """The decisions of a section, made again with the paragraphs cut where some had swapped tails.

    Swapped tails are searched for only on pages with other damage: the search is slow, and sound pages have none.
    """
    texts = page_texts(page, passages, evidence, models)
    found = decide(texts, passages, config, models)
    if not (config.move and found.damaged):
        return found
    goes = {d.passage.ref: d.goes for d in found.decisions}
    stories = [goes.get(x.ref) for x in texts.texts]
    cuts: dict[Ref, Cut] = {}
    continues: dict[Ref, Ref] = {}
    for pair, _ in surely_crossed(find_crossed(texts, stories, models), config.crossed, models):
        first, then = texts.texts[pair.first], texts.texts[pair.then]
        if first.passage and then.passage and len(first.copies) == len(then.copies) == 1:
            heads = Cut(first.ref, first.ref.start + pair.first_at, Flag.SPLICED)
            tails = Cut(then.ref, then.ref.start + pair.then_at, Flag.SPLICED)
            cuts |= {first.ref: heads, then.ref: tails}
            continues |= {first.ref: Ref(page.id, tails.at), then.ref: Ref(page.id, heads.at)}
    if not cuts:
        return found
    parts = divided(passages, cuts)
    return replace(decide(page_texts(page, parts, evidence, models), parts, config, models), continues=continues)


def sections(passages: Sequence[Passage]) -> list[Sequence[Passage]]:
    """The passages of a page in runs that begin with a headline, where that is possible."""
    found: list[Sequence[Passage]] = []
    start = 0
    for i, p in enumerate(passages):
        if (i - start >= SECTION and p.role is Role.HEADLINE) or i - start >= LIMIT:
            found.append(passages[start:i])
            start = i
    return [*found, passages[start:]] if start < len(passages) else found


def _carried(part: PageDecisions, own: Sequence[Passage], before: PageDecisions) -> PageDecisions:
    """A section that begins within a story: what precedes its first headline stays with the last headline before it.

    Where no headline precedes it, all that is carried over is one story without a headline.
    """
    if own[0].role is Role.HEADLINE:
        return part
    last = before.over[before.passages[-1].ref]
    loose = [d for d in part.decisions if d.stands is None]
    known = next((d.untitled for d in before.decisions if d.reason is Reason.TOO_LONG), None)
    untitled = known or (loose[0].passage.ref if loose else None)

    def carried(d: Decision) -> Decision:
        if d.stands is not None:
            return d
        story = replace(d, stands=last, goes=last, untitled=None if last else untitled)
        return replace(story, runner_up=None, reason=Reason.TOO_LONG, in_doubt=True)

    over = {ref: last if headline is None else headline for ref, headline in part.over.items()}
    return replace(part, decisions=tuple(map(carried, part.decisions)), over=over)


def _together(page: Page, parts: Sequence[PageDecisions]) -> PageDecisions:
    """Merge the decisions of a page's sections."""
    return PageDecisions(
        page.id,
        tuple(p for part in parts for p in part.passages),
        tuple(h for part in parts for h in part.headlines),
        tuple(d for part in parts for d in part.decisions),
        {ref: headline for part in parts for ref, headline in part.over.items()},
        any(part.damaged for part in parts),
        {ref: rest for part in parts for ref, rest in part.continues.items()},
        tuple(doubt for part in parts for doubt in part.doubts),
    )
