"""What stays of a corpus: its files are read again, and each record is written as it was, shortened, or not at all."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ..errors import InputError
from .files import name_parts
from .formats import records
from .lines import kept_json_lines, value_span
from .records import Bad, Fields, Records
from .units import Unit, divided

JSON = (".jsonl", ".ndjson", ".json")
GROUP_ROWS, GROUP_BYTES = 2**16, 2**26  # that a row group may have: it is held until it is written

# What is left of a record: all of it, none, or a shorter text.
Left: TypeAlias = bool | str


def kept_name(files: Sequence[Path]) -> str:
    """The name of the file of what stays: Parquet if all files are, else JSON lines."""
    return "kept.parquet" if all(name_parts(file).ending == ".parquet" for file in files) else "kept.jsonl"


def kept_lines(
    files: Sequence[Path], fields: Fields, kept: NDArray[np.bool_], bad: Sequence[Bad] = ()
) -> Iterator[bytes]:
    """What stays, as JSON lines, of which a piece holds some.

    `kept` tells it for each document in the order of `read_documents`. A line of JSON that stays whole stays byte for
    byte; one that loses units has its text replaced and nothing else. Rows of tables become objects of all columns.
    `bad` are the records that `read_documents` reported. Raises InputError if the files hold other documents than
    `kept` is about.
    """
    if fields.unit is Unit.DOCUMENT and all(name_parts(file).ending in JSON for file in files):
        yield from _whole_lines(files, kept, bad)
        return
    for found, left in _left(files, fields, kept):
        raws = found.raw.to_pylist() if isinstance(found.raw, pa.Table) else found.raw
        lines = [_line(raw, rest, fields.text) for raw, rest in zip(raws, left, strict=True) if rest is not False]
        if lines:
            yield b"".join(lines)


def _whole_lines(files: Sequence[Path], kept: NDArray[np.bool_], bad: Sequence[Bad]) -> Iterator[bytes]:
    """The lines that stay, where each is one document: nothing of them need be read."""
    at = 0
    for file in files:
        wrong = [each.line for each in bad if each.source == str(file)]
        for lines in kept_json_lines(file, wrong):
            stay = kept[at : at + len(lines)]
            at += len(lines)
            if at > len(kept):
                raise _changed(str(file))
            yield b"".join(compress(lines, stay.tolist()))
    if at < len(kept):
        raise _changed(", ".join(map(str, files)))


def write_kept_parquet(files: Sequence[Path], fields: Fields, kept: NDArray[np.bool_], target: Path) -> None:
    """Write what stays of Parquet files to a new one: all columns, and of texts that lose units what is left.

    Columns that only some of the files have are null for the others. Raises InputError as `kept_lines` does, and
    where columns of one name don't go together; an unfinished `target` is the caller's to remove.
    """
    schema = _schema(files)
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for found, left in _left(files, fields, kept):
            waiting.append(_aligned(_shortened(found, left, fields.text), schema))
            if sum(map(len, waiting)) >= GROUP_ROWS or sum(table.nbytes for table in waiting) >= GROUP_BYTES:
                writer.write_table(pa.concat_tables(waiting))
                waiting.clear()
        if waiting:
            writer.write_table(pa.concat_tables(waiting))


def _left(files: Sequence[Path], fields: Fields, kept: NDArray[np.bool_]) -> Iterator[tuple[Records, list[Left]]]:
    """The records again, and of each what is left."""
    at = 0
    for file in files:
        for found in records(file, fields, _known, whole=True):
            if found.apart or fields.unit is Unit.DOCUMENT:
                left: list[Left] = kept[at : at + len(found.texts)].tolist()
                at += len(found.texts)
            else:
                left = []
                for text in found.texts:
                    units = divided(text, fields.unit)
                    left.append(_rest(units, kept[at : at + len(units)].tolist(), fields.unit.glue))
                    at += len(units)
            if at > len(kept):
                raise _changed(str(file))
            yield found, left
    if at < len(kept):
        raise _changed(", ".join(map(str, files)))


def _known(_: Bad) -> None:
    """Bad records were reported when the files were read first."""


def _rest(units: list[str], stay: list[bool], glue: str) -> Left:
    """What is left of the units of one record."""
    if all(stay):
        return True
    return glue.join(unit for unit, stays in zip(units, stay, strict=False) if stays) or False


def _changed(where: str) -> InputError:
    remedy = "let nothing write to it meanwhile, and run again"
    return InputError(f"{where}: holds other documents than when it was first read; {remedy}")


def _line(raw: bytes | dict[str, Any], left: str | bool, field: str) -> bytes:
    """A record as a line, with what is left of its text."""
    if isinstance(raw, bytes):
        if isinstance(left, bool):
            return raw
        start, end = value_span(raw, field)
        return raw[:start] + orjson.dumps(left) + raw[end:]
    record = raw if isinstance(left, bool) else {**raw, field: left}
    return orjson.dumps(record, default=_plain, option=orjson.OPT_APPEND_NEWLINE)


def _plain(value: object) -> str:
    """A value of Parquet for which JSON has no type."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _shortened(found: Records, left: list[Left], field: str) -> pa.Table:
    """The rows that stay, with what is left of their texts."""
    table: pa.Table = found.raw
    if any(isinstance(rest, str) for rest in left):
        texts = [rest if isinstance(rest, str) else text for text, rest in zip(found.texts, left, strict=True)]
        index = table.schema.get_field_index(field)
        column = table.schema.field(index)
        table = table.set_column(index, column, pa.array(texts, column.type))
    return table.filter(pa.array([rest is not False for rest in left], pa.bool_()))


def _schema(files: Sequence[Path]) -> pa.Schema:
    """The columns of all files together."""
    try:
        return pa.unify_schemas([pq.read_schema(file) for file in files], promote_options="permissive")
    except (OSError, pa.ArrowException) as error:
        where = ", ".join(map(str, files))
        raise InputError(f"{where}: can't be put into one table: {error}; deduplicate them one by one") from error


def _aligned(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with the columns of another schema, null where it has none."""
    if table.schema.equals(schema):
        return table
    own = set(table.column_names)
    columns = [table.column(f.name).cast(f.type) if f.name in own else pa.nulls(len(table), f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)
