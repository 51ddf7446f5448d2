"""Records to pages: what a line of JSON or a row of a table says, and the id of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..model import Page, SetAside
from .decode import Decoded, NotAPage, mend
from .formats import Source
from .ids import plain_id, unused_id
from .markup.tree import has_tag, is_document, looks_like_html
from .reading import Reading, reading
from .set_aside import aside

OUTSIDE_TAGS = re.compile(r"(<[^<>]*>)|\n")
META = ("id", "title", "url", "date")


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was read: its number in the file (from 1), its size in bytes; with a reason if it is no page."""

    number: int
    size: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    reading: Reading | None = None
    reason: str = ""


def pages(source: Source, records: Iterable[Record]) -> Iterator[Page | SetAside]:
    """Each record as a page, or set aside by itself."""
    taken: set[str] = set()
    rivals = frozenset(source.rivals)
    for record in records:
        meta = {key: value for key in META if (value := _value(record.fields.get(key)))}
        stem = plain_id(meta["id"], meta["id"]) if "id" in meta else f"{record.number:04}"
        page_id = unused_id(f"{source.id}-{stem}", f"{source.name}:{record.number}", taken, rivals)
        if record.reading:
            yield page(page_id, source, record.reading, record.number, meta)
        else:
            yield aside(page_id, source, record.reason, record.size, record.number)


def page(
    page_id: str, source: Source, read: Reading, number: int | None = None, meta: Mapping[str, str] | None = None
) -> Page:
    """A page of what was read; `meta`, which came with the page, beats what the page says of itself."""
    told = {**read.meta, **(meta or {})}
    return Page(page_id, source.name, read.text, read.encoding, number, told, read.flags, read.lines, read.markup)


def text_of(fields: Mapping[str, Any], decoded: Decoded) -> Reading:
    """What a record's text says, or where it has none its HTML; `decoded` tells how the record itself was read.

    Raises NotAPage where it has neither, or holds nothing.
    """
    text, html = (fields.get(name) for name in ("text", "html"))
    if not isinstance(text, str) or (not text.strip() and isinstance(html, str)):
        text, markup = html, isinstance(html, str) and has_tag(html)
    else:
        markup = looks_like_html(text)
        if markup and not is_document(text):
            text = OUTSIDE_TAGS.sub(lambda m: m[1] or "<br>", text)  # a text with tags in it: its lines are lines
    if not isinstance(text, str):
        raise NotAPage("no text field")
    mended, replaced = mend(text)
    read = reading(Decoded(mended, decoded.encoding, decoded.bad + replaced, decoded.notes), html=markup)
    # What charset the markup names tells nothing of the record that it stands in.
    return replace(read, flags=tuple(flag for flag in read.flags if not flag.startswith("charset-says")))


def _value(value: object) -> str:
    """A field of the metadata as text; empty for what is neither text nor a number."""
    usable = isinstance(value, str | int | float) and not isinstance(value, bool)
    return mend(str(value))[0].strip() if usable else ""
