"""`unsplice eval`: what the program would do, measured on pages made of the user's own clean articles."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import BoldnessOption, ConfigFile, Date, Id, ModelsDir, Text, Title, Workers, settings
from .terminal import CLEAN, exits, progress, tell


@exits
def evaluate(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLES", help="Records of clean articles, one file or folder per publisher."),
    ],
    pages: Annotated[int, typer.Option(min=10, help="Number of pages to make for each level of damage.")] = 60,
    seed: Annotated[int, typer.Option(help="Another seed makes other pages of the same articles.")] = 1,
    show: Annotated[
        int, typer.Option(min=0, metavar="N", help="List the first N stories that would be changed on clean pages.")
    ] = 5,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, with every story that did not come out perfect.")
    ] = False,
    workers: Workers = 0,
    text: Text = None,
    id_field: Id = None,
    title: Title = None,
    date: Date = None,
    config: ConfigFile = None,
    models: ModelsDir = None,
    boldness: BoldnessOption = None,
) -> int:
    """Measure the program on your own clean articles.

    Makes clean, lightly and heavily damaged pages of the articles, runs the program on them, and compares the results
    with the articles. Writes no files.
    """
    from ..measure.evaluate import evaluate as measured
    from ..models import SHIPPED, load
    from .figures import as_json_text, tables

    given = settings(
        config,
        read={"text": text, "id": id_field, "title": title, "date": date},
        reattach={"boldness": boldness},
    )
    loaded = load(models or SHIPPED)
    with progress(quiet=False) as advance:
        found = measured(articles, given, models=loaded, pages=pages, seed=seed, workers=workers, progress=advance)
    tell([as_json_text(found, seed)] if as_json else tables(found, pages, show))
    return CLEAN
