"""`unsplice run`: clean pages and write the results."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..config import Format
from .options import BoldnessOption, ConfigFile, Date, Id, ModelsDir, Out, Paths, Text, Title, Workers, settings
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
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print no summary, only what could not be read.")
    ] = False,
    stamp: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A record of the last run; if nothing has changed since then, do nothing."),
    ] = None,
) -> int:
    """Clean pages: write articles, and a ledger of every character."""
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
    if before and stamp is not None and outputs.same(stamp, out, before):
        tell([] if quiet else [f"{out}: up to date"])
        return CLEAN
    from ..models import SHIPPED, load
    from ..write.write import write
    from .summary import set_aside, summary

    loaded = load(models or SHIPPED)
    result = cleaned(given, chosen, loaded, workers=workers, quiet=quiet)
    if quiet or not result.pages:
        for line in set_aside(result.set_aside):
            complain(line)
    if not result.pages:
        complain("error: nothing could be read, and nothing was written")
        return FAILED
    write(result, out, inputs=_inputs(given), config=chosen, models=loaded.card)
    tell([] if quiet else summary(result, out, chosen.write))
    if before and stamp:
        outputs.remember(stamp, out, before)
    return CLEAN


def cleaned(paths: Sequence[str], config: Config, models: Models, *, workers: int, quiet: bool) -> Result:
    """The result of cleaning the pages, with a progress bar on a terminal."""
    from ..run import clean

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with progress(quiet=quiet) as advance:
        return clean(paths, config, models=models, workers=workers, progress=advance, stdin=stdin)


def _inputs(paths: Sequence[str]) -> list[Path]:
    """The files that were read and the folders that they came from, for the manifest."""
    from ..read.pages import find_sources

    files = [source.path for source in find_sources(paths) if source.path is not None]
    return [*files, *(Path(path) for path in paths if os.path.isdir(path))]
