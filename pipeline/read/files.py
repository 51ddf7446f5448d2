"""Read a file, or the members of a zip, as far as possible; the rest is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from ..config import ReadConfig
from ..model import SetAside
from .containers import Content, whole
from .decode import NotAPage
from .formats import PAGES, PARQUET, RECORDS, TABLES, ZIP, Source, check_format
from .json_lines import json_records, looks_like_json
from .plain import read_text
from .reading import Reading
from .records import NAMES, Records
from .set_aside import failed
from .tables import csv_records
from .zips import members


class Numbered(Protocol):
    """What is made of a file: a page, what is set aside, or some records; `record` is the number of the last."""

    @property
    def record(self) -> int | None: ...


T = TypeVar("T", bound=Numbered)


def read(
    source: Source, config: ReadConfig, parse: Callable[[Content], Iterator[T]], stdin: bytes | None = None
) -> Iterator[T | SetAside]:
    """What `parse` makes of a file, or of each member of a zip by id; what can't be read is set aside.

    What precedes damage is used; the rest is set aside as one item. `stdin` is the content of standard input, read here
    if it isn't given.
    """
    size = 0
    try:
        check_format(source)
        content = whole(source, config, stdin)
        size = content.size
        parts: Iterable[Content | SetAside] = members(content, config) if source.ending == ZIP else [content]
        for part in parts:
            if isinstance(part, SetAside):
                yield part
            else:
                yield from _parsed(part, parse)
    except (OSError, NotAPage) as error:
        yield failed(source, error, size)


def _parsed(content: Content, parse: Callable[[Content], Iterator[T]]) -> Iterator[T | SetAside]:
    last: T | None = None
    try:
        for last in parse(content):
            yield last
        if last is None:
            raise NotAPage("empty")
    except (OSError, NotAPage) as error:
        yield failed(content.source, error, content.size, (last and last.record) or 0)


def holds_records(content: Content) -> bool:
    """Does a file hold several records, and not one page? Of standard input its beginning tells."""
    return content.source.ending in RECORDS or (content.source.path is None and looks_like_json(content))


def records(
    content: Content, config: ReadConfig, names: Sequence[str] = NAMES, *, entire: bool = False
) -> Iterator[Records]:
    """The records of a file that holds some, in order.

    `names` are those of NAMES that are looked for; `entire` wants all that is needed to write the records again.
    Raises NotAPage or Damaged for what can't be read, InputError for a field that was asked for and isn't there.
    """
    asked = {name: getattr(config, name) for name in names}
    if content.source.ending == PARQUET:
        from .parquet import parquet_records  # late: slow to import

        return parquet_records(content, config, asked, entire=entire)
    if content.source.ending in TABLES:
        return csv_records(content, config, asked)
    return json_records(content, config, asked)


def one_page(content: Content, config: ReadConfig) -> Reading:
    """A file that is one page; without a file name extension it is text."""
    with content.open() as file:
        data = file.read(config.max_bytes + 1)
    if len(data) > config.max_bytes:
        raise NotAPage(f"too large: more than {config.max_bytes} bytes")
    return PAGES.get(content.source.ending, read_text)(data, config)
