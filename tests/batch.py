"""Passages by hand: pages out of lines, with offsets and numbers counted for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unsplice.batch import Batch
from unsplice.model import Passage, Role

Lines = Sequence[str | tuple[Role, str]]


def batch(pages: Mapping[str, Lines]) -> Batch:
    """The passages of a few pages; a line is body text where no role is given with it."""
    return Batch({page: page_of(page, lines) for page, lines in pages.items()})


def page_of(page: str, lines: Lines) -> list[Passage]:
    found: list[Passage] = []
    for line in lines:
        role, text = (Role.BODY, line) if isinstance(line, str) else line
        start = found[-1].end + 2 if found else 0
        found.append(Passage(page, start, start + len(text), 2 * len(found) + 1, text, role))
    return found
