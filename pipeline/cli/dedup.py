"""`unsplice dedup`: near-duplicates in a whole corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..corpus.units import Unit
from .options import ConfigFile, Id, ModelsDir, Text, settings
from .terminal import CLEAN, complain, exits, progress, tell


@exits
def dedup(
    docs: Annotated[
        list[str], typer.Argument(metavar="DOCS", help="Files, folders or glob patterns; - is standard input.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Output folder.")],
    text: Text = None,
    id_field: Id = None,
    unit: Annotated[Unit, typer.Option(help="What to compare.")] = Unit.DOCUMENT,
    sensitive: Annotated[
        bool, typer.Option("--sensitive", help="Also find mistyped, truncated, joined and overlapping texts.")
    ] = False,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Results of an earlier run to compare with; may be repeated."),
    ] = None,
    memory: Annotated[
        str, typer.Option(help="Memory limit, such as 512MB or 4GB; beyond it, data is kept on disk.")
    ] = "4GB",
    threads: Annotated[int, typer.Option(min=0, help="Number of threads; 0 is two, if there are two processors.")] = 0,
    index: Annotated[bool, typer.Option(help="Write an index that a later run can compare with (--against).")] = True,
    config: ConfigFile = None,
    models: ModelsDir = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no summary.")] = False,
) -> int:
    """Find near-duplicates in a corpus, and keep one of each."""
    from ..config.load import size
    from ..corpus.dedup import Options, dedup_documents
    from ..models import SHIPPED
    from .summary import deduplicated, set_aside

    given = settings(config, read={"text": text, "id": id_field})
    options = Options(unit, sensitive, tuple(against or ()), size(memory), threads, index, models or SHIPPED)
    with progress(quiet=quiet) as advance:
        found = dedup_documents(docs, out, options, given, advance)
    for line in set_aside(found.first_set_aside, found.set_aside):
        complain(line)
    tell([] if quiet else deduplicated(found, out))
    return CLEAN
