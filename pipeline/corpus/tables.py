"""Records of tables: Parquet, and text with delimiters between the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..errors import InputError
from ..read.parquet import has_text, open_parquet, text_columns, texts
from .files import blocks, name_parts, open_bytes
from .records import ROWS, Bad, Fields, Records, Report, fault, id_text, is_utf8, no_text

LONGEST_FIELD = 2**26  # characters; a quote that is never closed must not take the whole file for one field


def csv_records(path: Path, fields: Fields, bad: Report) -> Iterator[Records]:
    """The rows below a header; `raw` is a row as an object of all columns."""
    csv.field_size_limit(LONGEST_FIELD)  # of the whole process: the 2**17 that it has else are too few for a document
    name = name_parts(path)
    with io.TextIOWrapper(open_bytes(path), "utf-8-sig", "surrogateescape", newline="") as file:
        rows = _rows(csv.reader(file, delimiter="\t" if name.ending == ".tsv" else ",", strict=True))
        header: Any = next(rows, [])
        if not header:
            return
        if isinstance(header, csv.Error) or len(set(header)) < len(header) or not is_utf8("".join(header)):
            raise InputError(f"{path}: its header can't be read or names a column twice; mend its first line")
        if fields.text not in header:
            raise no_text(str(path), fields.text, header)
        for block in blocks(enumerate(rows, 1), ROWS):
            good: list[tuple[int, dict[str, str]]] = []
            for number, row in block:
                if reason := _row_fault(row, header, fields.text):
                    bad(Bad(str(path), number, reason))
                else:
                    good.append((number, dict(zip(header, row, strict=True))))
            ids = [id_text(row.get(fields.id), f"{name.stem}:{number}") for number, row in good]
            yield Records(ids, [row[fields.text] for _, row in good], [row for _, row in good])


def _rows(reader: Iterator[list[str]]) -> Iterator[Any]:
    """The rows that aren't blank; for one that can't be read, the error, after which the next line is a row again."""
    while True:
        try:
            if row := next(reader):
                yield row
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _row_fault(row: list[str] | csv.Error, header: list[str], field: str) -> str:
    """Why a row holds no document; empty if it does."""
    if isinstance(row, csv.Error):
        return f"not a row: {row}"
    if len(row) != len(header):
        return f"{len(row)} columns, and not {len(header)} as in the header"
    return fault(row[header.index(field)], field) if is_utf8("".join(row)) else "not UTF-8"


def parquet_records(path: Path, fields: Fields, bad: Report, *, whole: bool) -> Iterator[Records]:
    """The rows of a Parquet file; `raw` holds all columns if they are wanted `whole`."""
    first = 1
    with open_parquet(path) as file:
        schema = file.schema_arrow
        if not has_text(schema, fields.text):
            raise no_text(str(path), fields.text, text_columns(schema))
        columns = None if whole else list({fields.text, fields.id} & set(schema.names))
        for batch in file.iter_batches(ROWS, columns=columns):
            yield _rows_of(pa.Table.from_batches([batch]), path, first, fields, bad)
            first += batch.num_rows


def _rows_of(table: pa.Table, path: Path, first: int, fields: Fields, bad: Report) -> Records:
    """The rows of a table that hold a document, of which the first is the file's row `first`."""
    found = texts(table.column(fields.text))
    stem, has_ids = name_parts(path).stem, fields.id in table.column_names
    values = table.column(fields.id).to_pylist() if has_ids else [None] * len(found)
    ids = [id_text(value, f"{stem}:{row}") for row, value in enumerate(values, first)]
    good = []
    for row, text in enumerate(found):
        if reason := fault(text, fields.text):
            bad(Bad(str(path), first + row, reason))
        else:
            good.append(row)
    if len(good) < len(found):
        table = table.take(pa.array(good, pa.int64()))
    return Records([ids[row] for row in good], [found[row] for row in good], table)
