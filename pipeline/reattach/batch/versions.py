"""The versions of a report that is printed more than once: one story together, or each a story of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ...config import Reprints
from ...model import Evidence, Passage, Ref
from .decided import Decided
from .reprints import StoryOf, reprints
from .shared import as_copy


@dataclass(frozen=True, slots=True)
class Versions:
    """Which headlines head one story, and which one report: its versions, if they are kept, are several stories."""

    story_of: StoryOf
    report_of: StoryOf

    @classmethod
    def of(cls, decided: Decided, kept: Reprints) -> Versions:
        """The stories and the reports of a batch."""
        report_of = reprints(decided)
        return cls(reprints(decided, continued=True) if kept is Reprints.KEEP else report_of, report_of)


def with_repeated(decided: Decided, versions: Versions) -> Evidence:
    """The evidence with what one page of a story repeats of another to the letter: even a line meant to be repeated."""
    copies, first = dict(decided.evidence.copy_of), dict[tuple[Ref, str], Passage]()
    for d in decided.decisions():
        story = versions.story_of[d.goes] if d.goes else None
        kept = first.setdefault((story, decided.batch.letters(d.passage)), d.passage) if story else d.passage
        if kept.page != d.passage.page and {kept.ref, d.passage.ref}.isdisjoint(copies):
            copies |= {p.ref: as_copy(p, kept, decided.batch) for p in d.copies}
    last = {ref: copies.get(copy.survivor, copy).survivor for ref, copy in copies.items()}
    return replace(decided.evidence, copies=tuple(replace(copies[ref], survivor=last[ref]) for ref in sorted(copies)))


def without_versions(decided: Decided, versions: Versions) -> Evidence:
    """The evidence without what makes the passages of one version copies of another's: each keeps its own."""
    evidence, version_of = decided.evidence, _version_of(decided, versions)
    clusters: dict[Ref, list[Passage]] = defaultdict(list)
    for p in decided.batch:
        clusters[evidence.origin(p.ref)].append(p)
    copies = dict(evidence.copy_of)
    for origin, own in clusters.items():
        if len({version_of.get(p.ref) for p in own} - {None}) > 1:
            roots = _roots(origin, own, version_of, decided)
            for p, root in ((p, roots[version_of.get(p.ref)]) for p in own):
                known = copies.pop(p.ref, None)
                if p != root:
                    same = known is not None and known.survivor == root.ref
                    copies[p.ref] = known if known and same else as_copy(p, root, decided.batch)
    return replace(evidence, copies=tuple(copies[ref] for ref in sorted(copies)))


def _version_of(decided: Decided, versions: Versions) -> dict[Ref, Ref]:
    """The story of each passage that is part of a report of several stories."""
    headlines: dict[Ref, Ref | None] = {p.ref: decided.over(p) for p in decided.batch}
    headlines |= {p.ref: d.goes for d in decided.decisions() for p in d.copies}
    stories = Counter(versions.report_of[story] for story in set(versions.story_of.values()))
    return {
        ref: versions.story_of[headline]
        for ref, headline in headlines.items()
        if headline and stories[versions.report_of[headline]] > 1
    }


def _roots(
    origin: Ref, passages: Iterable[Passage], version_of: Mapping[Ref, Ref], decided: Decided
) -> dict[Ref | None, Passage]:
    """The passage of each version that says all that its other copies there say; by None, that says all of all."""
    batch = decided.batch
    by_version: dict[Ref | None, list[Passage]] = defaultdict(list)
    for p in passages:
        by_version[version_of.get(p.ref)].append(p)

    def fullest(some: Iterable[Passage]) -> Passage:
        survives = origin if origin in version_of else None
        return max(some, key=lambda p: (p.ref == survives, len(batch.letters(p)), p.ref in version_of))

    roots: dict[Ref | None, Passage] = {name: fullest(own) for name, own in by_version.items() if name}
    return roots | {None: fullest((*roots.values(), batch.at(origin)))}
