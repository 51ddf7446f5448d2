"""Read a text of any size in blocks, in any encoding and packing: a file, or standard input as it comes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import cast

from ..config import ReadConfig
from ..errors import InputError
from .containers import Bytes, whole
from .decode import NotAPage, damage, mend
from .lines import Lines
from .set_aside import failed, told
from .sources import find_sources

BLOCK = 2**18  # bytes that are handed on together, so that who reads the first lines needn't wait for long
TEXTS = ("", ".txt", ".md")  # endings of what is text from its first line to its last


def text_blocks(name: str, config: ReadConfig) -> Iterator[tuple[int, str]]:
    """Whole lines of a text file, or of "-", and the number of the first, from 1; U+FFFD for what can't be decoded.

    Raises InputError for what can't be read, is no text, or is too damaged.
    """
    source, *more = find_sources([name])
    if more or source.ending not in TEXTS:
        raise InputError(
            f"{name}: is no text; name a file that ends in {' or '.join(TEXTS[1:])}, or give its text to -"
        )
    try:
        with sys.stdin.buffer if source.path is None else whole(source, config).open() as file:
            lines = Lines(cast(Bytes, file), config, BLOCK)
            for block in lines.blocks():
                text, bad = mend(lines.text(block))
                if reason := damage(text, bad, config.max_bad_share):
                    raise NotAPage(f"{reason} as {lines.encoding}")
                yield block.first, text
    except (OSError, NotAPage) as error:
        raise InputError(told(failed(source, error, 0))) from error
