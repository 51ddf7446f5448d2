"""The card of a folder of models: format, corpora, tools and figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from ..errors import ModelError

NAME = "card.json"
FORMAT = 3  # version of features and files; others are refused


@dataclass(frozen=True, slots=True)
class Corpus:
    """A publisher's articles used for training: number, first and last day, and the SHA-256 of their ids."""

    name: str
    articles: int
    first_day: str = ""
    last_day: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a folder of models.

    files: SHA-256 by name. runs: by file, the run that made it, where not all are of one run. seeds, tools: for
    reproducing a run. figures: evaluation on days that were not trained on.
    """

    format: int
    version: str
    corpora: tuple[Corpus, ...]
    files: Mapping[str, str]
    seeds: Mapping[str, int] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    runs: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of all files together; it depends on nothing else in the card."""
        return hashlib.sha256(
            "".join(f"{name} {known}\n" for name, known in sorted(self.files.items())).encode()
        ).hexdigest()

    def check(self, path: Path, content: bytes) -> None:
        """Check a file against the card. Raises ModelError if it differs."""
        if self.files.get(path.name) != hashlib.sha256(content).hexdigest():
            raise ModelError(f"{path}: is not the file that {NAME} lists; learn the models again, or get them again")


def read_card(folder: Path) -> Card:
    """The card of a folder. Raises ModelError if there is none, or it is of another format."""
    path = folder / NAME
    try:
        data = orjson.loads(path.read_bytes())
    except OSError as error:
        remedy = "name a folder that `unsplice learn` wrote"
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {remedy}") from error
    except orjson.JSONDecodeError as error:
        raise ModelError(f"{path}: is not JSON ({error}); learn the models again") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise ModelError(f"{path}: models of format {found}, and this program reads format {FORMAT}; learn them again")
    try:
        return Card(**data | {"corpora": tuple(Corpus(**each) for each in data["corpora"])})
    except (KeyError, TypeError) as error:
        raise ModelError(f"{path}: lacks or has too much: {error}; learn the models again") from error


def write_card(folder: Path, card: Card) -> None:
    """Write the card of a folder, with the hashes of its files."""
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.npz"))}
    content = asdict(card) | {"files": files}
    (folder / NAME).write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
