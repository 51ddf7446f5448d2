"""`unsplice dedup`: near-duplicates in a whole corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..corpus.units import Unit
from .options import ConfigFile, settings
from .terminal import CLEAN, complain, exits, progress, tell


@exits
def dedup(
    docs: Annotated[
        list[Path],
        typer.Argument(
            metavar="DOCS", help="Files or folders: .jsonl, .parquet, .csv, .tsv, .txt; .gz, .zst, .xz too."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Output folder.")],
    text: Annotated[str, typer.Option(help="The field or column that holds the text.")] = "text",
    id_field: Annotated[str, typer.Option("--id", help="The field or column that names the record.")] = "id",
    unit: Annotated[Unit, typer.Option(help="What is compared.")] = Unit.DOCUMENT,
    sensitive: Annotated[
        bool, typer.Option("--sensitive", help="Also find mistyped, truncated, joined and overlapping texts.")
    ] = False,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Results of an earlier run to compare with; may be repeated."),
    ] = None,
    memory: Annotated[
        str, typer.Option(help="Memory to work in, such as 512MB or 4GB; beyond it, the disk is used.")
    ] = "4GB",
    threads: Annotated[int, typer.Option(min=0, help="Number of threads; 0 is two, if there are two processors.")] = 0,
    index: Annotated[bool, typer.Option(help="Keep an index for a later run's --against.")] = True,
    config: ConfigFile = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no summary.")] = False,
) -> int:
    """Find near-duplicates in a corpus, and keep one of each."""
    from ..config.load import size
    from ..corpus.dedup import Options, dedup_documents
    from ..corpus.read import Fields
    from .summary import deduplicated

    limits = settings(config).dedup
    fields = Fields(text=text, id=id_field, unit=unit)
    options = Options(fields, sensitive, tuple(against or ()), size(memory), threads, index)
    with progress(quiet=quiet) as advance:
        found = dedup_documents(docs, out, options, limits, advance)
    for bad in found.first_set_aside:
        complain(f"{bad.source}:{bad.line}: set aside: {bad.reason}")
    if found.set_aside > len(found.first_set_aside):
        complain(f"and {found.set_aside - len(found.first_set_aside):,} more records set aside")
    tell([] if quiet else deduplicated(found, out))
    return CLEAN
