"""Which files hold documents, and their bytes whatever they are packed with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, TypeVar

from ..errors import InputError
from ..read.packed import BUFFER, PACKED, split_packing, unpacked

ENDINGS = (".jsonl", ".ndjson", ".json", ".parquet", ".csv", ".tsv", ".txt")
KNOWN = f"{', '.join(ENDINGS)}, each but .parquet also with {', '.join(PACKED)} behind"

T = TypeVar("T")


class Name(NamedTuple):
    """A file's name in its parts: "day.jsonl.gz" is "day", ".jsonl", ".gz"; without an ending where none is known."""

    stem: str
    ending: str
    packed: str


def name_parts(path: Path) -> Name:
    """The parts of a file's name; the stem can be printed and written, whatever bytes it is made of."""
    name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    base, packed = split_packing(name)
    stem, ending = os.path.splitext(base)
    known = ending.lower() in ENDINGS and not (packed and ending.lower() == ".parquet")
    return Name(stem, ending.lower(), packed) if known else Name(name, "", "")


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """The files that `paths` name, each once: files as given, of folders all with a known ending, sorted.

    Hidden files and folders below a folder are left out. Raises InputError for a path that holds no documents.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _find(path):
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _find(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in _below(path) if name_parts(file).ending)
        if not files:
            raise InputError(f"{path}: holds no documents; name files, or a folder with files that end in {KNOWN}")
        return files
    if not path.exists():
        raise InputError(f"{path}: cannot be read: there is no such file or folder; check the name")
    if not path.is_file():
        raise InputError(f"{path}: cannot be read: it is no plain file; save what it gives into one")
    if not name_parts(path).ending:
        raise InputError(f"{path}: not an ending that tells how to read it; rename it to one of {KNOWN}")
    return [path]


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (file for name in names if not name.startswith(".") and (file := Path(here, name)).is_file())


def _unreadable(error: OSError) -> NoReturn:
    raise InputError(f"{error.filename}: cannot be read: {error.strerror}; check the rights") from error


def open_bytes(path: Path) -> BinaryIO:
    """A file's content, unpacked as it is read. Damage shows as an OSError when it is reached."""
    file = path.open("rb", buffering=BUFFER)
    packed = name_parts(path).packed
    return unpacked(file, packed) if packed else file


def blocks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter."""
    rest = iter(items)
    while block := list(islice(rest, size)):
        yield block
