"""A corpus as columns of documents, read file by file and never held whole."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from ..config import ReadConfig
from ..errors import InputError
from ..model import SetAside
from ..read.containers import Content
from ..read.decode import NotAPage, damage, mend
from ..read.files import holds_records, one_page, read, records
from ..read.formats import Source
from ..read.lines import Lines
from ..read.records import ROWS, Records, grouped
from ..read.set_aside import aside, told
from ..read.sources import find_sources
from .units import Unit, divided, numbered

LONGEST_BATCH = 2**24  # characters after which a batch ends early: 20,000 books would not fit in memory
NAMED = 3  # most unreadable files that an error names


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files, how they are read, and which unit of a text is a document; `stdin` is the content of "-"."""

    sources: Sequence[Source]
    config: ReadConfig = field(default_factory=ReadConfig)
    unit: Unit = Unit.DOCUMENT
    stdin: bytes | None = None


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents among some records: columns of ids and texts, the position of each, and its unit of division."""

    ids: Sequence[str]
    texts: Sequence[str]
    records: Records
    rows: Sequence[int]
    unit: Unit

    @property
    def record(self) -> int:
        """The number of the last record."""
        return self.records.record


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive documents: their ids as found, perhaps repeated, and their texts."""

    ids: list[str]
    texts: list[str]


def open_corpus(paths: Sequence[str], config: ReadConfig, unit: Unit = Unit.DOCUMENT) -> Corpus:
    """The files that `paths` name, in this order: of two similar documents the first is kept."""
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    return Corpus(find_sources(paths, as_given=True), config, unit, stdin)


def read_documents(corpus: Corpus, *, rows: int = 20_000, bad: Callable[[SetAside], None]) -> Iterator[Batch]:
    """The documents of a corpus in order, at most `rows` per batch; `bad` is called for files and records without any.

    Raises InputError if there is no document at all, or if a file lacks a field that was asked for.
    """
    ids: list[str] = []
    texts: list[str] = []
    refused: list[SetAside] = []
    size = count = 0
    for found in chain.from_iterable(documents(corpus, source) for source in corpus.sources):
        if isinstance(found, SetAside):
            bad(found)
            refused += [found] if len(refused) <= NAMED else []
            continue
        more_ids, more = _units(found)
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
        raise _nothing(refused)


def documents(corpus: Corpus, source: Source, *, entire: bool = False) -> Iterator[Documents | SetAside]:
    """The documents of one file in batches, and what is set aside; `entire`: with all that is written out again."""
    # Memory does not grow with the unpacked size, so a zip bomb is recognised by its ratio alone.
    config = replace(corpus.config, max_unpacked=sys.maxsize)

    def parse(content: Content) -> Iterator[Documents | SetAside]:
        if holds_records(content):
            blocks, unit = records(content, config, ("text", "id"), entire=entire), corpus.unit
        else:
            blocks, unit = _text_records(content, config, corpus.unit), Unit.DOCUMENT
        for block in blocks:
            yield from _documents(content.source, block, config, unit)

    return read(source, config, parse, corpus.stdin)


def _documents(source: Source, block: Records, config: ReadConfig, unit: Unit) -> Iterator[Documents | SetAside]:
    """The documents among some records, and what is set aside; HTML is searched for text only with unit DOCUMENT."""
    rows: Sequence[int] = range(len(block.numbers))
    texts = block.column(config.text)
    if block.faults or not _plain(texts):
        texts, rows = [], []
        for at, number in enumerate(block.numbers):
            try:
                texts.append(block.text(at, config.text, html=unit is Unit.DOCUMENT))
                rows.append(at)
            except NotAPage as error:
                yield aside(f"{source.id}-{number:04}", source, str(error), block.size(at), number)
    ids = block.column(config.id)
    if len(rows) < len(ids) or not _plain(ids):
        ids = [block.value(at, config.id) or f"{source.stem}:{block.numbers[at]}" for at in rows]
    if texts:
        yield Documents(ids, texts, block, rows, unit)


def _plain(values: Sequence[Any]) -> bool:
    """Are all of them texts that aren't blank and need no mending? Hardly any Python per value."""
    try:
        return all(map(str.strip, values)) and b"\0" not in "".join(values).encode()
    except (TypeError, UnicodeEncodeError):
        return False


def _text_records(content: Content, config: ReadConfig, unit: Unit) -> Iterator[Records]:
    """A file that is one page as a record, or each of its units, with the number of its first line as id."""
    stem = content.source.stem
    if unit is Unit.DOCUMENT:
        page = one_page(content, config)
        yield Records([1], [{config.id: stem, **page.meta, config.text: page.text}])
        return
    for group in grouped(_lined(content, config, unit), ROWS):
        numbers = [number for number, _ in group]
        texts = [mend(text) for _, text in group]
        reasons = (damage(text, bad, config.max_bad_share) for text, bad in texts)
        faults = {at: reason for at, reason in enumerate(reasons) if reason}
        columns = {config.id: [f"{stem}:{number}" for number in numbers], config.text: [text for text, _ in texts]}
        yield Records(numbers, columns, faults=faults)


def _lined(content: Content, config: ReadConfig, unit: Unit) -> Iterator[tuple[int, str]]:
    """The units of a file that is one text, each with the number of its first line."""
    if content.source.ending not in ("", ".txt"):
        page = one_page(content, config)
        for number, text in numbered(io.StringIO(page.text, newline=None), unit):
            yield page.lines[number - 1] if page.lines else number, text
        return
    with content.open() as file:  # in pieces: it may be a whole corpus, one document per line
        lines = Lines(file, config)
        texts = (io.StringIO(lines.text(block), newline=None) for block in lines.blocks())
        yield from numbered(chain.from_iterable(texts), unit)


def _units(found: Documents) -> tuple[Sequence[str], Sequence[str]]:
    """The ids and texts of all units of some documents."""
    if found.unit is Unit.DOCUMENT:
        return found.ids, found.texts
    units = [divided(text, found.unit) for text in found.texts]
    ids = [f"{id_}:{n}" for id_, parts in zip(found.ids, units, strict=True) for n in range(1, len(parts) + 1)]
    return ids, [part for parts in units for part in parts]


def _nothing(refused: Sequence[SetAside]) -> InputError:
    """The error for files without any document."""
    more = ["and more"] if len(refused) > NAMED else []
    return InputError(" ".join([*map(told, refused[:NAMED]), *more]))
