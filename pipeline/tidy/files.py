"""Tidying of a text file: lines in, lines out, or the lines that would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..config import TidyConfig
from ..errors import InputError
from .rules import changes, doubts, tidy

BLOCK = 2**18  # bytes that are read and tidied together: enough that the work around lines doesn't count
BOM = b"\xef\xbb\xbf"


def tidied(source: BinaryIO, name: str, config: TidyConfig) -> Iterator[bytes]:
    """The file, tidied, block by block. Raises InputError for what is not UTF-8."""
    for _, block in _blocks(source, name):
        yield tidy(block, config).encode()


def differences(source: BinaryIO, name: str, config: TidyConfig) -> Iterator[str]:
    """For each line that would change: where it is, the rules with their counts, the line before and after.

    What can only be pointed at, such as a quotation mark without a partner, is told behind a question mark.
    """
    for first, block in _blocks(source, name):
        lines = zip(block.split("\n"), tidy(block, config).split("\n"), strict=True)
        for number, (before, after) in enumerate(lines, first):
            told = [f"{rule} ({count})" for rule, count in changes(before, config)] if after != before else []
            asked = [f"{doubt}? ({count})" for doubt, count in doubts(after)]
            if told or asked:
                yield f"{name}:{number}: {', '.join(told + asked)}"
            if told:
                yield from (f"- {before.rstrip(chr(13))}", f"+ {after.rstrip(chr(13))}")


def _blocks(source: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """Some lines at a time, with the number of the first (from 1)."""
    number = 1
    while lines := source.readlines(BLOCK):
        if number == 1:
            lines[0] = lines[0].removeprefix(BOM)
        try:
            yield number, b"".join(lines).decode("utf-8")
        except UnicodeDecodeError as error:
            at = number + error.object[: error.start].count(b"\n")
            raise InputError(f"{name}:{at}: is not UTF-8; convert it first, with iconv for one") from error
        number += len(lines)
