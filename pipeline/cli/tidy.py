"""`unsplice tidy`: typography alone."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import Annotated

import typer

from .options import ConfigFile, settings
from .terminal import CLEAN, exits, output, tell


@exits
def tidy(
    file: Annotated[str, typer.Argument(metavar="FILE", help="UTF-8 text; - is standard input.")] = "-",
    diff: Annotated[bool, typer.Option("--diff", help="Show the lines that would change, and by which rules.")] = False,
    config: ConfigFile = None,
) -> int:
    """Tidy the typography of a text, line by line."""
    from ..tidy.files import differences, tidied

    rules = settings(config).tidy
    with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as source, output():
        if diff:
            tell(differences(source, file, rules))
        else:
            sys.stdout.buffer.writelines(tidied(source, file, rules))
            sys.stdout.buffer.flush()
    return CLEAN
