"""Write the kept part of a corpus: files are read again, and records written unchanged, shortened, or not at all."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import suppress
from itertools import compress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ..errors import InputError
from ..read.containers import whole
from ..read.decode import NotAPage
from ..read.formats import PARQUET
from ..read.json_lines import json_lines
from ..read.json_values import value_span
from ..read.parquet import open_parquet
from .read import Corpus, Documents, documents
from .units import Unit, divided

LINES = (".jsonl", ".ndjson")  # formats with one record per line
GROUP_ROWS, GROUP_BYTES = 2**16, 2**26  # that a row group may have: it is held until it is written

# What is kept of a record: all, none, or a shorter text.
Left: TypeAlias = bool | str


def kept_name(corpus: Corpus) -> str:
    """The name of the output: Parquet if all input files are, else JSON lines."""
    return "kept.parquet" if all(source.ending == PARQUET for source in corpus.sources) else "kept.jsonl"


def kept_lines(corpus: Corpus, kept: NDArray[np.bool_], *, sound: bool = False) -> Iterator[bytes]:
    """The kept records as JSON lines, several per piece.

    `kept` says for each document, in the order of `read_documents`, what is kept of it; if the corpus is `sound`,
    nothing was set aside. A UTF-8 line of JSON that is kept whole stays byte for byte; in one that loses units only the
    text is replaced. Other records become objects of all fields or columns. Raises InputError if the files have
    changed since.
    """
    if sound and corpus.unit is Unit.DOCUMENT and all(source.ending in LINES for source in corpus.sources):
        pieces = _whole_lines(corpus, kept)
    else:
        pieces = (_lines(found, left, corpus.config.text) for found, left in _left(corpus, kept))
    for lines in filter(None, pieces):
        lines[-1] = lines[-1].removesuffix(b"\n") + b"\n"  # a file's last line may lack a line break
        yield b"".join(lines)


def _whole_lines(corpus: Corpus, kept: NDArray[np.bool_]) -> Iterator[list[bytes]]:
    """The kept lines, where each is one document: they need not be parsed."""
    at = 0
    for source in corpus.sources:
        try:
            for lines in json_lines(whole(source, corpus.config, corpus.stdin), corpus.config):
                stay = kept[at : at + len(lines)].tolist()
                at += len(lines)
                if at > len(kept):
                    raise _changed(source.name)
                yield list(compress(lines, stay))
        except (OSError, NotAPage) as error:
            raise _changed(source.name) from error
    if at < len(kept):
        raise _changed(", ".join(source.name for source in corpus.sources))


def _lines(found: Documents, left: list[Left], field: str) -> list[bytes]:
    return [_line(raw, rest, field) for raw, rest in zip(_raw(found), left, strict=True) if rest is not False]


def write_kept_parquet(corpus: Corpus, kept: NDArray[np.bool_], target: Path) -> None:
    """Write the kept rows of Parquet files to a new one: all columns, with texts shortened where they lose units.

    Columns that only some of the files have are null for the others. Raises InputError as `kept_lines` does, and if
    columns of one name have incompatible types; the caller removes an unfinished `target`.
    """
    schema = _schema(corpus)
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for found, left in _left(corpus, kept):
            waiting.append(_aligned(_shortened(found, left, corpus.config.text), schema))
            if sum(map(len, waiting)) >= GROUP_ROWS or sum(table.nbytes for table in waiting) >= GROUP_BYTES:
                writer.write_table(pa.concat_tables(waiting))
                waiting.clear()
        if waiting:
            writer.write_table(pa.concat_tables(waiting))


def _left(corpus: Corpus, kept: NDArray[np.bool_]) -> Iterator[tuple[Documents, list[Left]]]:
    """The documents read again, with what is left of each; files set aside were reported at the first reading."""
    at = 0
    for source in corpus.sources:
        for found in documents(corpus, source, entire=True):
            if not isinstance(found, Documents):
                continue
            if found.unit is Unit.DOCUMENT:
                left: list[Left] = kept[at : at + len(found.texts)].tolist()
                at += len(found.texts)
            else:
                left = []
                for text in found.texts:
                    units = divided(text, found.unit)
                    left.append(_rest(units, kept[at : at + len(units)].tolist(), found.unit.glue))
                    at += len(units)
            if at > len(kept):
                raise _changed(source.name)
            yield found, left
    if at < len(kept):
        raise _changed(", ".join(source.name for source in corpus.sources))


def _rest(units: list[str], stay: list[bool], glue: str) -> Left:
    """What is left of the units of one record."""
    if all(stay):
        return True
    return glue.join(unit for unit, stays in zip(units, stay, strict=False) if stays) or False


def _changed(where: str) -> InputError:
    remedy = "let nothing write to it meanwhile, and run again"
    return InputError(f"{where}: holds other documents than when it was first read; {remedy}")


def _raw(found: Documents) -> list[Any]:
    """How each document's record is written again: a line of JSON, or an object."""
    raw = found.records.raw
    if isinstance(raw, pa.RecordBatch):
        return list(raw.take(pa.array(found.rows, pa.int64())).to_pylist())
    return [raw[at] if raw else found.records.row(at) for at in found.rows]


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
    """A Parquet value for which JSON has no type, as text or number."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _shortened(found: Documents, left: list[Left], field: str) -> pa.Table:
    """The kept rows, with what is left of their texts."""
    table = pa.Table.from_batches([found.records.raw])
    if len(found.rows) < len(table):
        table = table.take(pa.array(found.rows, pa.int64()))
    if any(isinstance(rest, str) for rest in left):
        texts = [rest if isinstance(rest, str) else text for text, rest in zip(found.texts, left, strict=True)]
        index = table.schema.get_field_index(field)
        column = table.schema.field(index)
        table = table.set_column(index, column, pa.array(texts, column.type))
    return table.filter(pa.array([rest is not False for rest in left], pa.bool_()))


def _schema(corpus: Corpus) -> pa.Schema:
    """The columns of all files together; those that can't be read are set aside."""
    schemas = []
    for source in corpus.sources:
        with suppress(OSError, pa.ArrowException):
            schemas.append(open_parquet(source.path).schema_arrow)  # type: ignore[arg-type]  # each is a file
    try:
        return pa.unify_schemas(schemas, promote_options="permissive")
    except pa.ArrowException as error:
        where = ", ".join(source.name for source in corpus.sources)
        raise InputError(f"{where}: can't be put into one table: {error}; deduplicate them one by one") from error


def _aligned(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with the columns of another schema, null where it has none."""
    if table.schema.equals(schema):
        return table
    own = set(table.column_names)
    columns = [table.column(f.name).cast(f.type) if f.name in own else pa.nulls(len(table), f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)
