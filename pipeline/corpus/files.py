"""Which files hold documents, and their bytes whatever they are packed with."""

from __future__ import annotations

import io
import lzma
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, TypeVar, cast

import pyarrow as pa

from pipeline.errors import InputError

ENDINGS = (".jsonl", ".ndjson", ".json", ".parquet", ".csv", ".tsv", ".txt")
PACKED = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2", ".xz": "xz"}
KNOWN = f"{', '.join(ENDINGS)}, each but .parquet also with {', '.join(PACKED)} behind"
BUFFER = 2**20  # bytes that are unpacked at a time

T = TypeVar("T")


class Name(NamedTuple):
    """A file's name in its parts: "day.jsonl.gz" is "day", ".jsonl", ".gz"; without an ending where none is known."""

    stem: str
    ending: str
    packed: str


def name_parts(path: Path) -> Name:
    """The parts of a file's name; the stem can be printed and written, whatever bytes it is made of."""
    name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    base, packed = os.path.splitext(name)
    if packed.lower() not in PACKED:
        base, packed = name, ""
    stem, ending = os.path.splitext(base)
    known = ending.lower() in ENDINGS and not (packed and ending.lower() == ".parquet")
    return Name(stem, ending.lower(), packed.lower()) if known else Name(name, "", "")


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
    """A file's content, unpacked as it is read. Damage shows as OSError, EOFError or LZMAError when it is reached."""
    packed = PACKED.get(name_parts(path).packed)
    if packed is None:
        return path.open("rb", buffering=BUFFER)
    if packed == "xz":
        return cast(BinaryIO, io.BufferedReader(lzma.open(path), BUFFER))
    return cast(BinaryIO, io.BufferedReader(pa.CompressedInputStream(pa.OSFile(os.fspath(path)), packed), BUFFER))


def blocks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter."""
    rest = iter(items)
    while block := list(islice(rest, size)):
        yield block
