"""Parquet files read piece by piece, and their columns of text whatever type the writer gave them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from .packed import BUFFER


def open_parquet(file: Path | BinaryIO, *, buffer: int = BUFFER) -> pq.ParquetFile:
    """A Parquet file to read in batches.

    With a buffer, piece by piece, as a row group may be larger than the memory; but then a page of a damaged file that
    claims to have 2 GB takes them. With 0, the packed columns of a row group are held whole.
    """
    return pq.ParquetFile(file, pre_buffer=False, buffer_size=buffer)


def unpacked_size(file: pq.ParquetFile) -> int:
    """How many bytes all columns have unpacked, as the file says.

    Asks for row groups only: where the facts about a column are damaged, asking for them ends the process.
    """
    groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
    return sum(group.total_byte_size for group in groups)


def text_columns(schema: pa.Schema) -> list[str]:
    """The names of the columns that hold text."""
    return [column.name for column in schema if is_text(column.type)]


def has_text(schema: pa.Schema, name: str) -> bool:
    """Is there one column of this name, and one of text?"""
    index = schema.get_field_index(name)
    return bool(index >= 0) and is_text(schema.types[index])


def is_text(kind: pa.DataType) -> bool:
    """Are values of this type text, be it as a dictionary?"""
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return str(value) in ("string", "large_string", "string_view")


def texts(column: pa.Array | pa.ChunkedArray) -> list[Any]:
    """A column's strings; those that aren't UTF-8, which Parquet doesn't check, with their bad bytes marked."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        raw = column.cast(pa.large_binary()).to_pylist()
        return [None if each is None else each.decode("utf-8", "surrogateescape") for each in raw]
