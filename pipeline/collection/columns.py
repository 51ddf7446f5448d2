"""Values of frozen dataclasses as columns, by their types alone, and back.

Each field of each class becomes a column: of numbers, of texts, of codes for what recurs, or of bytes of arrays. A
tuple or mapping is a column of lengths, and the columns of all that is in them. No code is ever read, as from a pickle.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa

from ..model import Passage

Columns = dict[str, pa.Array]
Texts = Mapping[str, str]  # of pages, by their ids
NUMBERS = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
OFTEN = 2  # times that a text occurs on average from which the column holds codes


def encode(kind: Any, values: Sequence[Any]) -> Columns:
    """The columns of some values of one type. The text of a passage is left out: its page has it."""
    out: Columns = {}
    _encode(kind, values, "", out)
    return out


def decode(kind: Any, columns: Mapping[str, pa.Array], texts: Texts) -> list[Any]:
    """The values of some columns. Raises KeyError or ValueError where the columns aren't those of the type."""
    return _decode(kind, columns, "", texts)


def write(columns: Columns, to: Any) -> None:
    """Write columns to a file, compressed: as a table of one row, for they differ in length."""
    lists = {name: pa.LargeListArray.from_arrays(pa.array([0, len(x)], pa.int64()), x) for name, x in columns.items()}
    table = pa.table(lists)
    with pa.ipc.new_file(to, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)


def read(content: bytes) -> Columns:
    """The columns of a file. Raises ArrowException where it is none."""
    table = pa.ipc.open_file(pa.py_buffer(content)).read_all()
    return {name: table.column(name).combine_chunks().flatten() for name in table.column_names}


def _encode(kind: Any, values: Sequence[Any], at: str, out: Columns) -> None:
    kind, optional = _without_none(kind)
    if optional:
        out[f"{at}?"] = pa.array([value is not None for value in values], pa.bool_())
        values = [value for value in values if value is not None]
    if kind in NUMBERS:
        out[at] = pa.array(values, NUMBERS[kind])
    elif kind is str or _is_enum(kind):
        _encode_texts([value.value if isinstance(value, Enum) else value for value in values], at, out)
    elif (item := _array_type(kind)) is not None:
        out[f"{at}#"] = pa.array([len(value) for value in values], pa.int64())
        out[f"{at}/"] = pa.array([value.shape[1] if value.ndim > 1 else -1 for value in values], pa.int64())
        flat = np.concatenate([np.zeros(0, item), *(value.ravel() for value in values)])
        out[at] = pa.array(np.ascontiguousarray(flat, item))
    elif get_origin(kind) is Mapping or get_origin(kind) is dict or (item := _many(kind)):
        items = [list(value.items() if isinstance(value, Mapping) else value) for value in values]
        out[f"{at}#"] = pa.array(list(map(len, items)), pa.int64())
        inner = item if get_origin(kind) is tuple else tuple[get_args(kind)]  # type: ignore[misc]
        _encode(inner, [x for own in items for x in own], f"{at}*", out)
    elif _is_text_or_list(kind):
        out[f"{at}|"] = pa.array([isinstance(value, str) for value in values], pa.bool_())
        _encode(tuple[str, ...], [[value] if isinstance(value, str) else value for value in values], at, out)
    else:
        for name, field in _fields(kind):
            _encode(field, [_field(value, name) for value in values], f"{at}.{name}", out)


def _decode(kind: Any, columns: Mapping[str, pa.Array], at: str, texts: Texts) -> list[Any]:
    kind, optional = _without_none(kind)
    if optional:
        present = columns[f"{at}?"].to_pylist()
        found = iter(_decode(kind, columns, at, texts))
        return [next(found) if there else None for there in present]
    if kind in NUMBERS:
        return cast(list[Any], columns[at].to_numpy(zero_copy_only=False).tolist())
    if kind is str or _is_enum(kind):
        return _decode_texts(kind, columns, at)
    if _array_type(kind) is not None:
        flat, widths = columns[at].to_numpy(zero_copy_only=False), columns[f"{at}/"].to_pylist()
        sizes = [n * max(1, w) for n, w in zip(columns[f"{at}#"].to_pylist(), widths, strict=True)]
        pieces = (flat[start:end] for start, end in _spans(sizes))
        return [x.reshape(-1, w) if w >= 0 else x for x, w in zip(pieces, widths, strict=True)]
    if get_origin(kind) is Mapping or get_origin(kind) is dict or (item := _many(kind)):
        mapping = get_origin(kind) is not tuple
        flat = _decode(tuple[get_args(kind)] if mapping else item, columns, f"{at}*", texts)  # type: ignore[misc]
        make: Any = dict if mapping else tuple
        return [make(flat[start:end]) for start, end in _spans(columns[f"{at}#"].to_pylist())]
    if _is_text_or_list(kind):
        lists = _decode(tuple[str, ...], columns, at, texts)
        return [x[0] if one else list(x) for x, one in zip(lists, columns[f"{at}|"].to_pylist(), strict=True)]
    fields = [_decode(field, columns, f"{at}.{name}", texts) for name, field in _fields(kind)]
    if kind is Passage:
        names = [name for name, _ in _fields(kind)]
        places = zip(*(fields[names.index(name)] for name in ("page", "start", "end")), strict=True)
        known = [texts.get(page, "")[start:end] for page, start, end in places]
        passage: Any = Passage
        return [passage(*own[:4], text, *own[4:]) for text, *own in zip(known, *fields, strict=True)]
    rows = zip(*fields, strict=True)
    return list(rows) if get_origin(kind) is tuple else [kind(*row) for row in rows]


def _encode_texts(texts: Sequence[str], at: str, out: Columns) -> None:
    distinct = {text: code for code, text in enumerate(dict.fromkeys(texts))}
    if len(distinct) * OFTEN <= len(texts):
        out[f"{at}~"] = pa.array(list(distinct), pa.large_string())
        out[at] = pa.array([distinct[text] for text in texts], pa.int32())
    else:
        out[at] = pa.array(texts, pa.large_string())


def _decode_texts(kind: Any, columns: Mapping[str, pa.Array], at: str) -> list[Any]:
    coded = f"{at}~" in columns
    texts = columns[f"{at}~" if coded else at].to_pylist()
    values = [kind(text) for text in texts] if kind is not str else texts
    return [values[code] for code in columns[at].to_numpy().tolist()] if coded else values


def _spans(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for size in sizes:
        yield start, start + size
        start += size


def _without_none(kind: Any) -> tuple[Any, bool]:
    """A type without None, and whether None is among its values."""
    if get_origin(kind) not in (Union, UnionType):
        return kind, False
    rest = [each for each in get_args(kind) if each is not NoneType]
    return (Union[tuple(rest)], len(rest) < len(get_args(kind)))  # noqa: UP007


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_text_or_list(kind: Any) -> bool:
    return set(get_args(kind)) == {str, list[str]}


def _many(kind: Any) -> Any:
    """The type of what a tuple of any length holds; None for others."""
    args = get_args(kind)
    return args[0] if get_origin(kind) is tuple and len(args) == 2 and args[1] is Ellipsis else None


def _array_type(kind: Any) -> Any:
    """What an array holds; None for other types."""
    return np.dtype(get_args(get_args(kind)[1])[0]) if get_origin(kind) is np.ndarray else None


@lru_cache(maxsize=64)
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Names and types of the fields of a dataclass, named tuple, or tuple of some types."""
    if get_origin(kind) is tuple:
        return tuple((str(k), each) for k, each in enumerate(get_args(kind)))
    hints = get_type_hints(kind)
    names = [f.name for f in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else list(kind._fields)
    return tuple((name, hints[name]) for name in names if not (kind is Passage and name == "text"))


def _field(value: Any, name: str) -> Any:
    return value[int(name)] if name.isdigit() else getattr(value, name)
