"""A batch with what has been decided on each of its pages: what the decisions about stories look things up in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...batch import Batch
from ...model import Evidence, Passage, Ref
from ..page.decisions import Decision, Headline, PageDecisions


@dataclass(frozen=True, slots=True)
class Decided:
    """The passages of all pages with the roles that the pages show, the evidence, and the decisions by page."""

    batch: Batch
    evidence: Evidence
    pages: Mapping[str, PageDecisions]
    headlines: Mapping[Ref, Headline]

    @classmethod
    def of(cls, pages: Sequence[PageDecisions], evidence: Evidence) -> Decided:
        """Of the decisions of all pages, and the evidence that they were made on."""
        pages = sorted(pages, key=lambda page: page.page)
        batch = Batch({page.page: page.passages for page in pages})
        continues = {ref: rest for page in pages for ref, rest in page.continues.items()}
        known = Evidence(evidence.copies, {**evidence.continues, **continues})
        headlines = {h.ref: h for page in pages for h in page.headlines}
        return cls(batch, known, {page.page: page for page in pages}, headlines)

    def over(self, p: Passage) -> Ref | None:
        """The headline that a passage stands under, or is."""
        return self.pages[p.page].over[p.ref]

    def decisions(self) -> Iterator[Decision]:
        """All decisions, page by page."""
        return (d for page in self.pages.values() for d in page.decisions)
