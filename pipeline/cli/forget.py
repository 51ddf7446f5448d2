"""`unsplice forget`: take sources out of a collection."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import ConfigFile, ModelsDir, Out, Wait, Workers, settings
from .terminal import CLEAN, complain, exits, progress, tell


@exits
def forget(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="Files as `unsplice status` names them, or their folders.")
    ],
    out: Out = Path("cleaned"),
    workers: Workers = 0,
    config: ConfigFile = None,
    models: ModelsDir = None,
    wait: Wait = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no summary.")] = False,
) -> int:
    """Take sources and their articles out of the output folder.

    What stays is as if they had never been added. The files themselves are left alone.
    Give the same settings as to `unsplice run`.
    """
    from ..collection.update import Options, update
    from ..models import SHIPPED, load
    from ..write.outbox import Outbox
    from .summary import changes, kept, summary

    chosen = settings(config)
    with Outbox(out, complain if wait else None) as box, progress(quiet=quiet) as advance:
        options = Options(forget=tuple(sources), workers=workers, progress=advance)
        done = update(box, [], chosen, load(models or SHIPPED), options)
    if not quiet:
        tell([*changes(done), *kept(done, out), *summary(done.result, out, chosen.write)])
    return CLEAN
