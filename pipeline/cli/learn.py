"""`unsplice learn`: models from clean articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .terminal import CLEAN, complain, exits


@exits
def learn(
    articles: Annotated[
        list[Path],
        typer.Argument(
            metavar="ARTICLES", help="JSON Lines of clean articles, one file per publisher; .gz, .xz, .zst too."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Output folder of the models.")],
    held_out: Annotated[
        list[Path] | None,
        typer.Option(metavar="ARTICLES", help="A publisher used for evaluation only; may be repeated."),
    ] = None,
    pages: Annotated[int, typer.Option(min=100, help="Number of synthetic pages to train the network on.")] = 16_000,
) -> int:
    """Train models on clean articles, and evaluate them on held-out days and publishers."""
    from ..learn.learn import learn_from

    learn_from(articles, out, pages=pages, held_out=held_out or [], tell=complain)
    return CLEAN
