"""The units of a text that are compared as documents: paragraphs, lines, or the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby

NEWLINE = re.compile(r"\r\n|\r|\n")
# Blank lines with the break before them, or at the beginning of a text; "\r\n" is one break.
BLANK = re.compile(r"(?:\A|\r\n|\r(?!\n)|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n|\Z))+")


class Unit(StrEnum):
    """The unit that counts as one document."""

    DOCUMENT = "document"
    PARAGRAPH = "paragraph"
    LINE = "line"

    @property
    def glue(self) -> str:
        """The separator of units that are joined again."""
        return "\n\n" if self is Unit.PARAGRAPH else "\n"


def divided(text: str, unit: Unit) -> list[str]:
    """The units of a text that aren't blank: runs of lines between blank lines, or all lines."""
    if unit is Unit.DOCUMENT:
        return [text]
    parts = (BLANK if unit is Unit.PARAGRAPH else NEWLINE).split(text)
    return [part for part in parts if part.strip()]


def numbered(lines: Iterable[str], unit: Unit) -> Iterator[tuple[int, str]]:
    r"""The paragraphs or lines of a text given line by line, each with its "\n".

    Each unit comes with the 1-based number of its first line.
    """
    for blank, run in groupby(enumerate(lines, 1), key=lambda line: not line[1].strip()):
        if blank:
            continue
        if unit is Unit.LINE:
            yield from ((number, line.removesuffix("\n")) for number, line in run)
        else:
            first, line = next(run)
            yield first, "".join([line, *(line for _, line in run)]).removesuffix("\n")
