"""The nouns of reading a corpus: what to look for, what was found, and what holds no document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

import pyarrow as pa

from ..config.load import nearest
from ..errors import InputError
from .units import Unit

ROWS = 1000  # records that are looked at together: enough that the work around them doesn't count


@dataclass(frozen=True, slots=True)
class Fields:
    """Where a record holds its text and its id, and which part of the text is one document."""

    text: str = "text"
    id: str = "id"
    unit: Unit = Unit.DOCUMENT


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that holds no document: its file, its line or row (from 1), and the reason, a short stable phrase."""

    source: str
    line: int
    reason: str


Report: TypeAlias = Callable[[Bad], None]


@dataclass(frozen=True, slots=True)
class Records:
    """Some records of one file in a row, as columns of one length; those that hold no document are left out.

    `raw` is what is written of a record that stays: a line of JSON, an object, or a row of a table.
    `apart` says that each is a unit by itself already, and is not to be divided.
    """

    ids: list[str]
    texts: list[str]
    raw: list[bytes] | list[dict[str, str]] | pa.Table
    apart: bool = False


def fault(text: object, field: str) -> str:
    """Why a value can't be the text of a document; empty if it can."""
    if not isinstance(text, str):
        return f"no text field {field!r}"
    if not is_utf8(text):
        return "not UTF-8"
    return "" if text.strip() else "empty text"


def is_utf8(text: str) -> bool:
    """Was the text decoded without errors, which leave halves of surrogates in it?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def id_text(value: object, place: str) -> str:
    """A record's id as text: strings and numbers as they are, else the record's place."""
    if isinstance(value, str):
        return value or place
    usable = isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value)
    return str(value) if usable else place


def no_text(where: str, field: str, names: Iterable[str] = ()) -> InputError:
    """The error of an input without any text, which names what the user may have meant."""
    there = set(names)
    hint = f" (the nearest that is there: {nearest(field, there)!r})" if there and field not in there else ""
    return InputError(f"{where}: no record with a text field {field!r}; name it with --text{hint}")
