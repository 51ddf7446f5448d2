"""Passages by hand: pages out of lines, with offsets and numbers counted for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unsplice.model import Passage, Role

Lines = Sequence[str | tuple[Role, str]]


def batch(pages: Mapping[str, Lines]) -> list[Passage]:
    """The passages of a few pages; a line is body text where no role is given with it."""
    return [passage for page, lines in pages.items() for passage in page_of(page, lines)]


def page_of(page: str, lines: Lines) -> list[Passage]:
    found: list[Passage] = []
    for line in lines:
        role, text = (Role.BODY, line) if isinstance(line, str) else line
        start = found[-1].end + 2 if found else 0
        found.append(Passage(page, len(found), start, start + len(text), 2 * len(found) + 1, text, role))
    return found
