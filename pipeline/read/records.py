"""Records of JSON lines and table rows, in blocks; pages and documents are made from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import InputError
from .decode import Decoded, NotAPage, mend
from .formats import Source
from .json_values import value_span
from .markup.tags import has_tag, is_document, looks_like_html
from .reading import Reading, reading

if TYPE_CHECKING:
    import pyarrow as pa

HTML, URL = "html", "url"  # fields whose names can't be chosen
NAMES = ("text", "id", "title", "date")  # those whose names can
OUTSIDE_TAGS = re.compile(r"(<[^<>]*>)|\n")
NAMED = 12  # columns that a message names
ROWS = 1000  # rows that are looked at together: enough that the work around them doesn't count
UTF8 = Decoded("", "utf-8", 0)

Fields = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """Consecutive records of one file: the line or row of each, from 1, and its fields; of a table, all its columns.

    `raw` is how they are written again: lines of JSON in UTF-8, or rows with all their columns; without it, the fields
    say it. `decoded` says how each was decoded (UTF-8 if not given), `sizes` how many bytes it has as it lies there,
    and `faults` by position why one is none.
    """

    numbers: Sequence[int]
    fields: Sequence[Fields] | Mapping[str, Sequence[Any]]
    raw: list[bytes] | pa.RecordBatch | None = None
    decoded: Sequence[Decoded] = ()
    sizes: Sequence[int] = ()
    faults: Mapping[int, str] = field(default_factory=dict)

    @property
    def record(self) -> int:
        """The number of the last one."""
        return self.numbers[-1]

    def column(self, name: str) -> Sequence[Any]:
        """One field of all records; None for a record that lacks it."""
        if isinstance(self.fields, Mapping):
            return self.fields.get(name) or [None] * len(self.numbers)
        return [fields.get(name) for fields in self.fields]

    def get(self, at: int, name: str) -> Any:
        """One field of one record; None if it lacks it."""
        if isinstance(self.fields, Mapping):
            return self.fields[name][at] if name in self.fields else None
        return self.fields[at].get(name)

    def row(self, at: int) -> Fields:
        """All fields of one record."""
        if isinstance(self.fields, Mapping):
            return {name: column[at] for name, column in self.fields.items()}
        return self.fields[at]

    def size(self, at: int) -> int:
        """The bytes of a record as it lies there; of a row those of its texts."""
        if self.sizes:
            return self.sizes[at]
        texts = (value for value in self.row(at).values() if isinstance(value, str))
        return sum(len(text.encode("utf-8", "surrogateescape")) for text in texts)

    def value(self, at: int, name: str) -> str:
        """A field as text, a number as written; empty for other types."""
        value = self.get(at, name)
        if isinstance(value, float) and isinstance(self.raw, list):  # it may be a whole number of more than 64 bits
            start, end = value_span(self.raw[at], name)
            return self.raw[at][start:end].decode()
        if isinstance(value, str):
            return mend(value)[0]
        usable = isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value)
        return str(value) if usable else ""

    def text(self, at: int, name: str, *, html: bool = True) -> str:
        """The text of a record as it stands there, or where it has none that of its HTML. Raises NotAPage."""
        text, markup = self._content(at, name)
        if markup and html:
            return self.reading(at, name).text
        if markup or not text.strip():
            raise NotAPage("no text field" if markup else "empty")
        return mend(text)[0]

    def reading(self, at: int, name: str) -> Reading:
        """What a record's text says, markup or not, or where it has none its HTML.

        Raises NotAPage where it has neither, or holds nothing.
        """
        text, html = self._content(at, name)
        markup = has_tag(text) if html else looks_like_html(text)
        if markup and not html and not is_document(text):
            text = OUTSIDE_TAGS.sub(lambda m: m[1] or "<br>", text)  # a text with tags in it: its lines are lines
        mended, replaced = mend(text)
        decoded = self.decoded[at] if self.decoded else UTF8
        read = reading(replace(decoded, text=mended, bad=decoded.bad + replaced), html=markup)
        # What charset the markup names tells nothing of the record that it stands in.
        return replace(read, flags=tuple(flag for flag in read.flags if not flag.startswith("charset-says")))

    def _content(self, at: int, name: str) -> tuple[str, bool]:
        """A record's text, or where it has none its HTML, and whether it is that. Raises NotAPage."""
        if at in self.faults:
            raise NotAPage(self.faults[at])
        text, html = self.get(at, name), self.get(at, HTML)
        if isinstance(text, str) and (text.strip() or not isinstance(html, str)):
            return text, False
        if isinstance(html, str):
            return html, True
        fields = self.row(at)
        raise NotAPage("no text field" if name in fields else f"no text field: {listed(fields)}")


def listed(names: Iterable[str]) -> str:
    """The existing fields or columns, for a message about a missing one."""
    there = list(dict.fromkeys(names))
    more = f" and {len(there) - NAMED} more" if len(there) > NAMED else ""
    return f"it has {', '.join(there[:NAMED])}{more}" if there else "it has none at all"


def check_columns(
    source: Source, asked: Mapping[str, str], texts: Sequence[str], names: Sequence[str], shown: Sequence[str]
) -> None:
    """Checks the columns of a table, of which `texts` may hold text, against those asked for; `shown` is for messages.

    Raises InputError where one that isn't called as usual isn't there, NotAPage where there is no text.
    """
    for key, name in asked.items():
        check_name(source, key, name, texts if key == "text" else names, shown)
    if asked["text"] not in texts and HTML not in texts:
        raise NotAPage(f"no text column: {listed(shown)}")


def check_name(source: Source, key: str, name: str, names: Collection[str], shown: Iterable[str]) -> None:
    """Raises InputError where a name for `key` that isn't the usual one is none of the names."""
    if name != key and name not in names:
        remedy = f"name the one that holds the {key} with --{key}"
        raise InputError(f'{source.name}: no field or column "{name}": {listed(shown)}; {remedy}')


def grouped(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter; and before a damage those that there are."""
    group: list[T] = []
    try:
        for item in items:
            group.append(item)
            if len(group) == size:
                yield group
                group = []
    except (OSError, NotAPage):
        if group:
            yield group
        raise
    if group:
        yield group
