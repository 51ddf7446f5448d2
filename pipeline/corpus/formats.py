"""One way to the records of a file, whatever its format: the first and the second pass can't disagree."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from ..errors import InputError
from .files import blocks, name_parts, open_bytes
from .lines import json_records
from .records import ROWS, Bad, Fields, Records, Report, fault
from .tables import csv_records, parquet_records
from .units import Unit, numbered

DAMAGE = (OSError, pa.ArrowException, UnicodeDecodeError)


def records(path: Path, fields: Fields, bad: Report, *, whole: bool = False) -> Iterator[Records]:
    """The records of one file that hold a document, in order, some at a time; the others are reported.

    `whole` wants all that is needed to write a record again. Raises InputError for a file that can't be read.
    """
    ending = name_parts(path).ending
    try:
        if ending == ".parquet":
            yield from parquet_records(path, fields, bad, whole=whole)
        elif ending in (".csv", ".tsv"):
            yield from csv_records(path, fields, bad)
        elif ending == ".txt":
            yield from _text_records(path, fields, bad)
        else:
            yield from json_records(path, fields, bad)
    except DAMAGE as error:
        if isinstance(error, OSError) and error.strerror:
            reason = f"{error.strerror}; check the name and the rights"
        else:
            reason = f"{error}; it is damaged or not what its ending says: get it again, or leave it out"
        raise InputError(f"{path}: cannot be read: {reason}") from error


def _text_records(path: Path, fields: Fields, bad: Report) -> Iterator[Records]:
    """The units of a text file, each a record with the number of its first line for an id."""
    stem = name_parts(path).stem
    with io.TextIOWrapper(open_bytes(path), "utf-8-sig", "surrogateescape", newline=_breaks(fields.unit)) as file:
        whole = fields.unit is Unit.DOCUMENT
        units = iter([(1, file.read())]) if whole else numbered(file, fields.unit)
        for block in blocks(units, ROWS):
            rows: list[dict[str, str]] = []
            for number, text in block:
                if reason := fault(text, fields.text):
                    bad(Bad(str(path), number, reason))
                else:
                    rows.append({"id": stem if whole else f"{stem}:{number}", "text": text})
            yield Records([row["id"] for row in rows], [row["text"] for row in rows], rows, apart=True)


def _breaks(unit: Unit) -> str | None:
    r"""How line breaks are read: as they stand in a whole text, as "\n" where it is divided at them."""
    return "" if unit is Unit.DOCUMENT else None
