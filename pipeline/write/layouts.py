"""The output formats of articles: one file each, or one table of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ..model import Article
from .metadata import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 1000  # articles that are held in memory as columns at a time
Record = Mapping[str, Any]


def plain(article: Article) -> str:
    """The title (an empty line where there is none) and the paragraphs, separated by empty lines."""
    paragraphs = [paragraph.text for paragraph in article.paragraphs if paragraph.text]
    return "\n\n".join([article.title or "", *paragraphs]) + "\n"


def indented(record: Record) -> bytes:
    """An article's record as indented JSON."""
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_table(records: Iterable[Record], path: Path) -> None:
    """Write all articles' records as a Parquet file, ROWS at a time."""
    import pyarrow as pa  # late: slow to import
    import pyarrow.parquet as pq

    schema = _schema()
    known, inner = set(schema.names), {field.name for field in schema.field("metadata").type}
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        rest = iter(records)
        while rows := list(islice(rest, ROWS)):
            # Fields that the schema does not name would be dropped silently.
            assert all(row.keys() == known and row["metadata"].keys() <= inner for row in rows), (
                "a field without a type"
            )
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _schema() -> pa.Schema:
    """The columns of articles.jsonl with fixed types, whatever a run holds."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    span = {"page": text, "start": whole, "end": whole}
    sources = {"page": text, "file": text, "start": whole, "end": whole, "lines": pa.list_(whole)}
    paragraph = {"role": text, "text": text, "sources": pa.list_(pa.struct(span))}
    metadata = {name: pa.list_(text) if isinstance(empty, tuple) else text for name, empty in FIELDS.items()}
    metadata |= {"sources": pa.list_(pa.struct(sources)), "flags": pa.list_(text)}
    paragraphs = pa.list_(pa.struct(paragraph))
    columns = {"id": text, "title": text, "text": text, "paragraphs": paragraphs, "metadata": pa.struct(metadata)}
    return pa.schema(columns)
