"""`unsplice check`: one line per finding, and nothing written."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import ConfigFile, Date, Id, ModelsDir, Paths, Text, Title, Workers, settings
from .run import cleaned
from .terminal import CLEAN, FAILED, FINDINGS, complain, exits, tell


@exits
def check(
    paths: Paths = None,
    show: Annotated[bool, typer.Option("--list", help="List all codes with their meanings, and exit.")] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Report only these codes or prefixes: U1,U203.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Do not report these codes or prefixes: U6.")
    ] = None,
    workers: Workers = 0,
    text: Text = None,
    id_field: Id = None,
    title: Title = None,
    date: Date = None,
    config: ConfigFile = None,
    models: ModelsDir = None,
) -> int:
    """Find damage in pages; write nothing.

    Prints one finding per line. The exit code is 1 if there are any, and 2 if a file could not be read.
    """
    from ..check.codes import CODES, UNREAD
    from ..check.findings import findings
    from ..check.selection import chosen
    from ..models import SHIPPED, load

    if show:
        tell(f"{code}  {meaning}" for code, meaning in sorted(CODES.items()))
        return CLEAN
    # A page that was not read was not checked: this is reported whatever is selected, unless it is ignored by its code.
    wanted = chosen(CODES, select=[*select, UNREAD] if select else (), ignore=ignore or ())
    given = settings(config, read={"text": text, "id": id_field, "title": title, "date": date})
    result = cleaned(paths or ["raw"], given, load(models or SHIPPED), workers=workers, quiet=False)
    found = [each for each in findings(result, given.tidy) if each.code in wanted]
    tell(str(each) for each in found)
    complain(f"findings: {len(found):,}; pages: {len(result.pages):,}")
    if not result.pages or any(each.code == UNREAD for each in found):
        return FAILED
    return FINDINGS if found else CLEAN
