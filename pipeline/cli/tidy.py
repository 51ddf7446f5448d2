"""`unsplice tidy`: the typography of a text, and nothing else."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .options import ConfigFile, settings
from .terminal import CLEAN, exits, output, tell


@exits
def tidy(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text file in any encoding; - is standard input.")
    ] = "-",
    diff: Annotated[
        bool, typer.Option("--diff", help="Print only the lines that would change, with the rules applied.")
    ] = False,
    config: ConfigFile = None,
) -> int:
    """Tidy the typography of a text, line by line."""
    from ..read.text import text_blocks
    from ..tidy.files import differences, tidied

    given = settings(config)
    blocks = text_blocks(file, given.read)
    with output():
        if diff:
            tell(differences(blocks, file, given.tidy))
        else:
            sys.stdout.buffer.writelines(tidied(blocks, given.tidy))
            sys.stdout.buffer.flush()
    return CLEAN
