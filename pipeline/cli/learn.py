"""`unsplice learn`: models from clean articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import ConfigFile, Date, Id, Text, Title, settings
from .terminal import CLEAN, complain, exits


@exits
def learn(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLES", help="Records of clean articles, one file or folder per publisher."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Output folder of the models.")],
    held_out: Annotated[
        list[str] | None,
        typer.Option(metavar="ARTICLES", help="A publisher used for evaluation only; may be repeated."),
    ] = None,
    pages: Annotated[int, typer.Option(min=100, help="Number of synthetic pages to train the network on.")] = 40_000,
    text: Text = None,
    id_field: Id = None,
    title: Title = None,
    date: Date = None,
    config: ConfigFile = None,
) -> int:
    """Train models on clean articles, and evaluate them.

    They are evaluated on days, and with --held-out on publishers, that they were not trained on.
    """
    from ..learn.learn import learn_from
    from ..learn.work import Work

    given = settings(config, read={"text": text, "id": id_field, "title": title, "date": date})
    learn_from(articles, held_out or [], given.read, Work(out, pages, complain))
    return CLEAN
