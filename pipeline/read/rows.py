"""Rows of a Parquet file, each a record, read some at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ..config import ReadConfig
from ..config.load import nearest
from .containers import Content, Meter
from .decode import Decoded, NotAPage
from .packed import Damaged
from .records import META, Record, text_of

TEXT = "text"
MIDNIGHT = re.compile(r"( 00:00:00)?(\.0+)?$")  # what a date has at its end where it is a time, too
ROWS = 8  # read together: few, as a text that the file holds once for all of them is unpacked for each

T = TypeVar("T")


def parquet_records(content: Content, config: ReadConfig) -> Iterator[Record]:
    """The records of a table: its columns text, id, title, url and date. Raises NotAPage where there is no text."""
    from .parquet import has_text, open_parquet, text_columns, unpacked_size  # late: slow to import

    with content.open() as file, _sound(lambda: open_parquet(file, buffer=0)) as table:
        schema = _sound(lambda: table.schema_arrow)
        if not has_text(schema, TEXT):
            names = text_columns(schema)
            hint = f': the nearest of text is "{nearest(TEXT, names)}"' if names else ""
            raise NotAPage(f"no text column{hint}")
        columns = [TEXT, *(name for name in META if schema.names.count(name) == 1)]
        unpacked = _sound(lambda: unpacked_size(table))
        if unpacked > content.meter.most:
            raise NotAPage(f"unpacks to too much: {unpacked} bytes out of {content.size}")
        batches = table.iter_batches(ROWS, columns=columns)
        number = 1
        while (batch := _sound(lambda: next(batches, None))) is not None:
            for row in _sound(lambda batch=batch: _rows(batch)):  # type: ignore[misc]
                yield _record(number, row, config, content.meter)
                number += 1


def _sound(step: Callable[[], T]) -> T:
    """What a step of reading gives. Raises Damaged where the file isn't what it should be, however that shows."""
    try:
        return step()
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, MemoryError, OverflowError) as error:
        if isinstance(error, OSError) and error.strerror:
            raise
        raise Damaged(str(error).partition("\n")[0] or type(error).__name__) from error


def _rows(batch: Any) -> list[dict[str, Any]]:
    columns = {name: _values(batch.column(name)) for name in batch.schema.names}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: Any) -> list[Any]:
    """A column's values as text; numbers, dates and times as they are written; nothing for what has no such form."""
    import pyarrow as pa

    from .parquet import is_text, texts

    kind = column.type
    if is_text(kind):
        return texts(column)
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_temporal(kind)):
        return [None] * len(column)
    return [value and MIDNIGHT.sub("", value) for value in column.cast(pa.string()).to_pylist()]


def _record(number: int, row: dict[str, Any], config: ReadConfig, meter: Meter) -> Record:
    text = row[TEXT]
    size = len(text.encode("utf-8", "surrogateescape")) if isinstance(text, str) else 0
    meter.count(size)
    try:
        if size > config.max_bytes:
            raise NotAPage(f"too large: more than {config.max_bytes} bytes")
        return Record(number, size, row, text_of(row, Decoded("", "utf-8", 0)))
    except NotAPage as error:
        return Record(number, size, row, reason=str(error))
