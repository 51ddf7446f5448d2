"""`unsplice status`: what a collection holds, and what has become of its sources."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .options import ConfigFile, ModelsDir, Out, Wait, settings
from .terminal import CLEAN, complain, exits, tell


@exits
def status(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATHS", help="Also look for what is new in these files and folders.")
    ] = None,
    out: Out = Path("cleaned"),
    config: ConfigFile = None,
    models: ModelsDir = None,
    wait: Wait = False,
) -> int:
    """Show what the output folder holds, and what has changed since.

    Lists the sources that are new, changed, or gone. Writes nothing, but completes a run that was interrupted while it
    put its results in place. Stale is what another version, other models or other settings decided: the next run
    decides it again.
    """
    from ..collection.status import status as found
    from ..models import SHIPPED, load

    if not out.is_dir():
        tell([f"{out}: there is no such folder; `unsplice run` makes it"])
        return CLEAN
    stdin = sys.stdin.buffer.read() if "-" in (paths or ()) else None
    tell(found(out, paths or [], settings(config), load(models or SHIPPED), stdin, complain if wait else None))
    return CLEAN
