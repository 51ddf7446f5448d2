"""`unsplice run`: clean pages and write the results."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..config import Format
from .options import BoldnessOption, ConfigFile, Date, Id, ModelsDir, Out, Paths, Text, Title, Wait, Workers, settings
from .terminal import CLEAN, FAILED, complain, exits, progress, tell

if TYPE_CHECKING:
    from ..config import Config
    from ..model import Result
    from ..models import Models


@exits
def run(
    paths: Paths = None,
    out: Out = Path("cleaned"),
    workers: Workers = 0,
    text: Text = None,
    id_field: Id = None,
    title: Title = None,
    date: Date = None,
    config: ConfigFile = None,
    models: ModelsDir = None,
    boldness: BoldnessOption = None,
    flag_only: Annotated[
        bool, typer.Option("--flag-only", help="Move nothing; only flag what would be moved.")
    ] = False,
    no_tidy: Annotated[bool, typer.Option("--no-tidy", help="Keep the typography as it is.")] = False,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", help="Format of the articles; jsonl and parquet write one file for all of them.  [default: md]"
        ),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out the articles of sources that are gone; otherwise they stay.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Start anew: drop what the folder holds of sources that aren't given.")
    ] = False,
    wait: Wait = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print no summary, only what could not be read.")
    ] = False,
    stamp: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A record of the last run; if nothing has changed since then, do nothing."),
    ] = None,
) -> int:
    """Clean pages: write articles, and a ledger of every character.

    Pages are added to those whose articles the output folder holds, or replace older versions of themselves.
    """
    from ..write import stamp as outputs
    from ..write.outbox import check_out

    given = paths or ["raw"]
    chosen = settings(
        config,
        read={"text": text, "id": id_field, "title": title, "date": date},
        reattach={"boldness": boldness, "move": False if flag_only else None},
        tidy={"enabled": False if no_tidy else None},
        write={"format": form},
    )
    check_out(out, [Path(path) for path in given if path != "-"])
    before = "" if stamp is None or "-" in given else outputs.fingerprint(given, chosen, models)
    if before and stamp is not None and not (prune or replace) and outputs.same(stamp, out, before):
        tell([] if quiet else [f"{out}: up to date"])
        return CLEAN
    from ..collection.update import Options, update
    from ..models import SHIPPED, load
    from ..write.outbox import Outbox
    from .summary import changes, kept, set_aside, summary

    stdin = sys.stdin.buffer.read() if "-" in given else None
    with Outbox(out, complain if wait else None) as box, progress(quiet=quiet) as advance:
        options = Options(prune, replace, (), stdin, workers, advance)
        done = update(box, given, chosen, load(models or SHIPPED), options)
    if quiet or not done.result.pages:
        for line in (*set_aside(done.result.set_aside), *kept(done, out)):
            complain(line)
    if not done.result.pages and not done.removed:
        complain("error: nothing could be read, and nothing was written")
        return FAILED
    if not quiet:
        tell([*changes(done), *kept(done, out), *summary(done.result, out, chosen.write)])
    if before and stamp:
        outputs.remember(stamp, out, before)
    return CLEAN


def cleaned(paths: Sequence[str], config: Config, models: Models, *, workers: int, quiet: bool) -> Result:
    """The result of cleaning the pages, with a progress bar on a terminal."""
    from ..run import clean

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with progress(quiet=quiet) as advance:
        return clean(paths, config, models=models, workers=workers, progress=advance, stdin=stdin)
