"""Tidy a text in pieces: the tidied lines, or the lines that would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..config import TidyConfig
from .rules import changes, doubts, tidy

Numbered = tuple[int, str]  # the 1-based number of the first line, and lines with their breaks


def tidied(blocks: Iterable[Numbered], config: TidyConfig) -> Iterator[bytes]:
    """The text, tidied, block by block, in UTF-8."""
    for _, block in blocks:
        yield tidy(block, config).encode()


def differences(blocks: Iterable[Numbered], name: str, config: TidyConfig) -> Iterator[str]:
    """For each line that would change: its number, the rules with their counts, the line before and after.

    What no rule can mend, such as a quotation mark without a partner, is listed with a question mark.
    """
    for first, block in blocks:
        lines = zip(block.split("\n"), tidy(block, config).split("\n"), strict=True)
        for number, (before, after) in enumerate(lines, first):
            changed = [f"{rule} ({count})" for rule, count in changes(before, config)] if after != before else []
            asked = [f"{doubt}? ({count})" for doubt, count in doubts(after)]
            if changed or asked:
                yield f"{name}:{number}: {', '.join(changed + asked)}"
            if changed:
                yield from (f"- {before.rstrip(chr(13))}", f"+ {after.rstrip(chr(13))}")
