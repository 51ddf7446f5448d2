"""Options that several commands share, and how options become settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..config import Boldness

if TYPE_CHECKING:
    from ..config import Config

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files, folders or glob patterns; - is standard input.  [default: raw]"),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Output folder.")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Number of processes; 0 chooses by the input.")]
Wait = Annotated[
    bool, typer.Option("--wait", help="Wait for another run that writes into the folder, instead of giving up.")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Settings file.  [default: unsplice.toml or pyproject.toml, if present]"
    ),
]
Text = Annotated[
    str | None,
    typer.Option("--text", metavar="COLUMN", help="Field or column that holds the text of a record.  [default: text]"),
]
Id = Annotated[
    str | None, typer.Option("--id", metavar="COLUMN", help="Field or column that names a record.  [default: id]")
]
Title = Annotated[
    str | None, typer.Option("--title", metavar="COLUMN", help="Field or column of the headline.  [default: title]")
]
Date = Annotated[
    str | None, typer.Option("--date", metavar="COLUMN", help="Field or column of the date.  [default: date]")
]


ModelsDir = Annotated[
    Path | None,
    typer.Option("--models", metavar="DIR", help="Models that `unsplice learn` made.  [default: those that ship]"),
]

BoldnessOption = Annotated[
    Boldness | None,
    typer.Option(
        "--boldness",
        help="How readily to move passages: about 0.1, 0.5 or 1 % of the text in its place is moved wrongly.  "
        "[default: balanced]",
    ),
]


def settings(path: Path | None, **sections: Mapping[str, object]) -> Config:
    """The settings of a run, with the given options on top: `settings(path, tidy={"enabled": False})`.

    An option whose value is None was not given and sets nothing. Raises ConfigError.
    """
    from ..config.load import load

    given = {name: {key: each for key, each in keys.items() if each is not None} for name, keys in sections.items()}
    return load(path, os.environ, given)
