"""`unsplice explain`: what became of one line of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Out
from .terminal import CLEAN, exits, tell


@exits
def explain(
    at: Annotated[
        str, typer.Argument(metavar="PAGE:LINE", help="A line of a page, named by its id or file: p0001:12.")
    ],
    out: Out = Path("cleaned"),
) -> int:
    """Explain what became of a line of a page, and why."""
    from ..write.report.explain import explanation

    tell(explanation(out / "ledger.parquet", at))
    return CLEAN
