"""`unsplice explain`: what became of some lines of a page, or what an article was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Out
from .terminal import CLEAN, exits, tell


@exits
def explain(
    at: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="A line or several of a page, named by its id or file (p0001:12, raw/p0001.txt:12-19); or an article, "
            "named by its id or file.",
        ),
    ],
    out: Out = Path("cleaned"),
) -> int:
    """Explain what became of lines of a page, and why."""
    from ..write.report.explain import explanation
    from ..write.switch import check_whole
    from .original import Originals, possible_ids

    check_whole(out)
    tell(explanation(out / "ledger.parquet", at, ids=possible_ids(at), original=Originals(out).text))
    return CLEAN
