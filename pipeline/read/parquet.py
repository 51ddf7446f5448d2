"""Parquet files read piece by piece: their rows as records, and their columns of text whatever type the writer gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..config import ReadConfig
from .containers import Content
from .decode import NotAPage
from .packed import BUFFER, Damaged
from .records import HTML, URL, Records, check_columns

MIDNIGHT = re.compile(r"( 00:00:00)?(\.0+)?$")  # what a date has at its end where it is a time, too
ROWS = 256  # read together: those before a damage that stand with it are lost
HELD = 2**28  # bytes of a file of which a row group is held whole


def parquet_records(
    content: Content, config: ReadConfig, asked: Mapping[str, str], *, entire: bool
) -> Iterator[Records]:
    """The rows of a Parquet file, of which the columns asked for are read; if they are wanted entire, `raw` has all.

    Raises NotAPage where no column may hold texts, InputError for one that was asked for and isn't there.
    """
    with content.open() as file, _damage(), open_parquet(file, content.size) as table:
        schema = table.schema_arrow
        able = [name for name in schema.names if _has_text(schema, name)]
        shown = [column.name if _is_text(column.type) else f"{column.name} ({column.type})" for column in schema]
        check_columns(content.source, asked, able, schema.names, shown)
        unpacked = _unpacked_size(table)
        if unpacked > content.meter.most:
            raise NotAPage(f"unpacks to too much: {unpacked} bytes out of {content.size}")
        names = [name for name in dict.fromkeys((*asked.values(), HTML, URL)) if schema.names.count(name) == 1]
        number = 1
        for batch in _batches(table, None if entire else names):
            rows = batch.select(names)
            size, large = _measured(rows, config.max_bytes)
            content.meter.count(size)
            fields = dict(zip(names, map(_values, rows.columns), strict=True))
            faults = dict.fromkeys(large, f"too large: more than {config.max_bytes} bytes")
            yield Records(range(number, number + len(batch)), fields, batch if entire else None, faults=faults)
            number += len(batch)


def _batches(table: pq.ParquetFile, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    """The rows in small batches; those of a row group do not wait for the next, which may be damaged."""
    for group in range(table.num_row_groups):
        yield from table.iter_batches(ROWS, row_groups=[group], columns=columns)


def _measured(rows: Any, limit: int) -> tuple[int, list[int]]:
    """The bytes of all texts, and the positions of those that are over the limit; before they are unpacked.

    A text that the file holds once for many rows counts for each.
    """
    total, large = 0, []
    for column in rows.columns:
        if _is_text(column.type):
            once = isinstance(column, pa.DictionaryArray)
            sizes = pc.binary_length(column.dictionary).take(column.indices) if once else pc.binary_length(column)
            total += pc.sum(sizes).as_py() or 0
            if (pc.max(sizes).as_py() or 0) > limit:
                large += [at for at, size in enumerate(sizes.to_pylist()) if (size or 0) > limit]
    return total, large


@contextmanager
def _damage() -> Iterator[None]:
    """Raises Damaged where a file isn't what it should be, however that shows."""
    try:
        yield
    except NotAPage:
        raise
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, MemoryError, OverflowError) as error:
        if isinstance(error, OSError) and error.strerror:
            raise
        raise Damaged(str(error).partition("\n")[0] or type(error).__name__) from error


def _values(column: pa.Array) -> list[Any]:
    """A column's values: texts and numbers; dates and times as written; None for other types.

    Texts that aren't UTF-8 have their bad bytes marked.
    """
    kind = column.type
    if _is_text(kind):
        try:
            return list(column.to_pylist())
        except UnicodeDecodeError:
            raw = column.cast(pa.large_binary()).to_pylist()
            return [None if each is None else each.decode("utf-8", "surrogateescape") for each in raw]
    if pa.types.is_temporal(kind):
        return [value and MIDNIGHT.sub("", value) for value in column.cast(pa.string()).to_pylist()]
    numbers = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return column.to_pylist() if numbers else [None] * len(column)


def open_parquet(file: Path | BinaryIO, size: int = 0) -> pq.ParquetFile:
    """A Parquet file of so many bytes, to read in batches.

    A large one is read piece by piece, as a row group may be larger than the memory; but then a page of a damaged file
    that claims to have 2 GB takes them. Of others the packed columns of a row group are held whole.
    """
    return pq.ParquetFile(file, pre_buffer=False, buffer_size=BUFFER if size > HELD else 0)


def _unpacked_size(file: pq.ParquetFile) -> int:
    """How many bytes all columns have unpacked, as the file says.

    Asks for row groups only: where the facts about a column are damaged, asking for them ends the process.
    """
    groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
    return sum(group.total_byte_size for group in groups)


def _has_text(schema: pa.Schema, name: str) -> bool:
    """Is there one column of this name, and one of text?"""
    index = schema.get_field_index(name)
    return bool(index >= 0) and _is_text(schema.types[index])


def _is_text(kind: pa.DataType) -> bool:
    """Are values of this type text, be it as a dictionary?"""
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return str(value) in ("string", "large_string", "string_view")
