"""The parts of a text that count as documents of their own: paragraphs, lines, or the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby

NEWLINE = re.compile(r"\r\n|\r|\n")
# Blank lines, with the break before them, or those that a text begins with; "\r\n" must not count as two breaks.
BLANK = re.compile(r"(?:\A|\r\n|\r(?!\n)|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n|\Z))+")


class Unit(StrEnum):
    """What counts as one document."""

    DOCUMENT = "document"
    PARAGRAPH = "paragraph"
    LINE = "line"

    @property
    def glue(self) -> str:
        """What stands between two units that are put together again."""
        return "\n\n" if self is Unit.PARAGRAPH else "\n"


def divided(text: str, unit: Unit) -> list[str]:
    """The units of a text that aren't blank: runs of lines between blank lines, or all lines."""
    if unit is Unit.DOCUMENT:
        return [text]
    parts = (BLANK if unit is Unit.PARAGRAPH else NEWLINE).split(text)
    return [part for part in parts if part.strip()]


def numbered(lines: Iterable[str], unit: Unit) -> Iterator[tuple[int, str]]:
    r"""The paragraphs or lines of a text of which the lines come one by one, each with its "\n".

    With each unit comes the number (from 1) of the line on which it begins.
    """
    for blank, run in groupby(enumerate(lines, 1), key=lambda line: not line[1].strip()):
        if blank:
            continue
        if unit is Unit.LINE:
            yield from ((number, line.removesuffix("\n")) for number, line in run)
        else:
            first, line = next(run)
            yield first, "".join([line, *(line for _, line in run)]).removesuffix("\n")
