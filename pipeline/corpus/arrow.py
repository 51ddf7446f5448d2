"""NumPy columns and lists of strings as Arrow arrays, and back, by their buffers.

pyarrow's own conversions import pandas, which takes as long as deduplicating 100,000 passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

TYPES = {
    np.dtype(np.int8): pa.int8(),
    np.dtype(np.int64): pa.int64(),
    np.dtype(np.float32): pa.float32(),
}


def numbers(values: NDArray[Any], present: NDArray[np.bool_] | None = None) -> pa.Array:
    """A column of numbers; where `present` is false, null."""
    mask = None if present is None else pa.py_buffer(np.packbits(present, bitorder="little"))
    return pa.Array.from_buffers(TYPES[values.dtype], len(values), [mask, pa.py_buffer(np.ascontiguousarray(values))])


def flags(values: NDArray[np.bool_]) -> pa.Array:
    """A column of true and false."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(np.packbits(values, bitorder="little"))])


def strings(texts: Sequence[str]) -> pa.LargeStringArray:
    """A column of strings. Raises UnicodeEncodeError for a lone surrogate."""
    joined = "".join(texts)
    data = joined.encode()
    plain = len(data) == len(joined)
    sizes = np.fromiter(map(len, texts if plain else (t.encode() for t in texts)), np.int64, len(texts))
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    return pa.Array.from_buffers(pa.large_string(), len(texts), [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def string_buffers(column: pa.LargeStringArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The UTF-8 of a column of strings, and where each begins and the last ends."""
    _, starts, data = column.buffers()
    octets = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    return octets, np.frombuffer(starts, np.int64)[column.offset : column.offset + len(column) + 1]
