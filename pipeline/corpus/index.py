"""The index that a run leaves for later ones: ids and comparison forms of kept documents, as an Arrow file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..errors import InputError
from ..search.column import Column, folding
from .arrow import string_buffers

NAME = "index.arrow"
BATCH = 1 << 16  # documents of one record batch


@dataclass(frozen=True)
class Index:
    """The documents that a run kept: ids as text, and their comparison forms."""

    ids: pa.Array
    column: Column


def _version() -> bytes:
    """The version of the comparison form: an index of another version can't be used."""
    return f"1-{crc32(folding().tobytes()):08x}".encode()


def write_index(path: Path, ids: pa.Array, column: Column, texts: NDArray[np.int64]) -> None:
    """Write ids and forms of the kept documents to a file; `texts` are the numbers of the forms in the column."""
    schema = pa.schema([("id", pa.large_string()), ("form", pa.large_binary())], {b"unsplice": _version()})
    with pa.ipc.new_file(path, schema) as writer:
        for start in range(0, len(texts), BATCH):
            part = column.take(texts[start : start + BATCH])
            buffers = [None, pa.py_buffer(2 * part.offsets), pa.py_buffer(part.units)]
            forms = pa.Array.from_buffers(pa.large_binary(), len(part), buffers)
            names = ids.slice(start, len(part)).cast(pa.large_string())
            writer.write_batch(pa.record_batch([names, forms], schema=schema))


def read_index(folder: Path) -> Index:
    """The index of an earlier run. Raises InputError if there is none, or it is of another version."""
    path = folder / NAME
    if not path.is_file():
        raise InputError(f"{folder}: holds no index of an earlier run; name a folder that `unsplice dedup` wrote")
    try:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
            table.validate(full=True)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: is no index ({error}); run that deduplication again") from error
    if (table.schema.metadata or {}).get(b"unsplice") != _version():
        raise InputError(f"{path}: was made by another version, which folds texts otherwise; run it again")
    ids, forms = (column.combine_chunks() for column in table.columns)
    octets, offsets = string_buffers(forms)
    units = octets[offsets[0] : offsets[-1]].view(np.uint16)
    return Index(ids, Column(units.copy(), (offsets - offsets[0]) // 2))
