"""A corpus as columns of documents, read file by file and never held whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .files import find_documents, name_parts
from .formats import records
from .lines import field_names
from .records import Bad, Fields, Records, Report, no_text
from .units import Unit, divided

__all__ = ["Bad", "Batch", "Fields", "Unit", "find_documents", "read_documents"]

LONGEST_BATCH = 2**24  # characters after which a batch ends early: books must not take 20,000 times their size
NAMED = 3  # files that an error names; a corpus may have thousands


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents in a row: their ids as they were found, which may stand twice, and their texts."""

    ids: list[str]
    texts: list[str]


def read_documents(files: Sequence[Path], fields: Fields, *, rows: int = 20_000, bad: Report) -> Iterator[Batch]:
    """The documents of files in their order, at most `rows` a batch; `bad` is told of each record that holds none.

    Raises InputError for a file that can't be read or lacks the column of texts, and if there is no document at all.
    """
    ids: list[str] = []
    texts: list[str] = []
    size = count = 0
    for file in files:
        for found in records(file, fields, bad):
            more_ids, more = _documents(found, fields.unit)
            ids += more_ids
            texts += more
            size += sum(map(len, more))
            count += len(more)
            while len(texts) >= rows or size > LONGEST_BATCH:
                yield Batch(ids[:rows], texts[:rows])
                del ids[:rows], texts[:rows]
                size = sum(map(len, texts))
    if texts:
        yield Batch(ids, texts)
    if not count:
        raise _nothing(files, fields.text)


def _documents(found: Records, unit: Unit) -> tuple[list[str], list[str]]:
    """The ids and texts of all units of some records."""
    if found.apart or unit is Unit.DOCUMENT:
        return found.ids, found.texts
    units = [divided(text, unit) for text in found.texts]
    ids = [f"{id_}:{n}" for id_, parts in zip(found.ids, units, strict=True) for n in range(1, len(parts) + 1)]
    return ids, [part for parts in units for part in parts]


def _nothing(files: Sequence[Path], field: str) -> InputError:
    """The error of files without any document, with the name of a field of theirs that may be the one."""
    where = ", ".join(map(str, files[:NAMED])) + (f" and {len(files) - NAMED} more" if len(files) > NAMED else "")
    endings = {name_parts(file).ending for file in files}
    if endings == {".txt"}:
        return InputError(f"{where}: no text in UTF-8; name files that hold some")
    lines = [file for file in files if name_parts(file).ending in (".jsonl", ".ndjson", ".json")]
    return no_text(where, field, field_names(lines[0]) if lines else ())
