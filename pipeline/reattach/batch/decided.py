"""A batch together with the decisions about each of its pages: the lookup table for decisions about stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ...batch import Batch
from ...model import Evidence, Passage, Ref
from ..page.decisions import Decision, Headline, PageDecisions


@dataclass(frozen=True, slots=True)
class Decided:
    """The passages of all pages with their final roles, the evidence, and the decisions by page.

    `groups` holds the group of each page: stories that are alike are looked for there. Pages that have none are one.
    """

    batch: Batch
    evidence: Evidence
    pages: Mapping[str, PageDecisions]
    headlines: Mapping[Ref, Headline]
    groups: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, pages: Sequence[PageDecisions], evidence: Evidence, groups: Mapping[str, str] = MappingProxyType({})
    ) -> Decided:
        """Combine the decisions of all pages with the evidence that they were based on."""
        pages = sorted(pages, key=lambda page: page.page)
        batch = Batch({page.page: page.passages for page in pages})
        continues = {ref: rest for page in pages for ref, rest in page.continues.items()}
        known = Evidence(evidence.copies, {**evidence.continues, **continues})
        headlines = {h.ref: h for page in pages for h in page.headlines}
        return cls(batch, known, {page.page: page for page in pages}, headlines, groups)

    def group(self, page: str) -> str:
        """The group of a page."""
        return self.groups.get(page, "")

    def over(self, p: Passage) -> Ref | None:
        """The headline that a passage stands under; of a headline, itself."""
        return self.pages[p.page].over[p.ref]

    def decisions(self) -> Iterator[Decision]:
        """All decisions, page by page."""
        return (d for page in self.pages.values() for d in page.decisions)
