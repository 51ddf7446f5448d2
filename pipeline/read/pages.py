"""Files to pages: what each file or record holds, or why it can't be read.

What can't be read as a page is set aside with the reason and a remedy; the run goes on without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..config import ReadConfig
from ..model import Page, SetAside
from .containers import Content, whole
from .decode import NotAPage, forced
from .formats import PAGES, RECORDS, TABLE, ZIP, Source
from .json_lines import json_records, looks_like_json
from .reading import read_text
from .records import page, pages
from .rows import parquet_records
from .set_aside import failed
from .sources import find_sources
from .zips import members

__all__ = ["Source", "find_sources", "read_source"]


def read_source(source: Source, config: ReadConfig, stdin: bytes | None = None) -> list[Page | SetAside]:
    """The pages of one source, and what had to be set aside, in the order of the file; of a zip, by id.

    `stdin` is what standard input holds, read here if it isn't given. Raises ConfigError for an unknown encoding.
    """
    forced(config)
    return list(_source(source, config, stdin))


def _source(source: Source, config: ReadConfig, stdin: bytes | None) -> Iterator[Page | SetAside]:
    size = 0
    try:
        content = whole(source, config, stdin)
        size = content.size
        if source.packing and source.ending in (TABLE, ZIP):  # which are read from any place, not from their beginning
            raise NotAPage(f"packed twice: {source.ending} within {source.packing}")
        parts: Iterable[Content | SetAside] = members(content, config) if source.ending == ZIP else [content]
        for part in parts:
            if isinstance(part, SetAside):
                yield part
            else:
                yield from _content(part, config)
    except (OSError, NotAPage) as error:
        yield failed(source, error, size)


def _content(content: Content, config: ReadConfig) -> Iterator[Page | SetAside]:
    """The pages of a file or member. What comes before a damage goes on; the rest is set aside as one."""
    last: Page | SetAside | None = None
    try:
        for last in _pages(content, config):
            yield last
        if last is None:
            raise NotAPage("empty")
    except (OSError, NotAPage) as error:
        yield failed(content.source, error, content.size, (last and last.record) or 0)


def _pages(content: Content, config: ReadConfig) -> Iterator[Page | SetAside]:
    source = content.source
    if source.ending == TABLE:
        yield from pages(source, parquet_records(content, config))
    elif source.ending in RECORDS or (source.path is None and looks_like_json(content)):
        yield from pages(source, json_records(content, config))
    else:
        yield _page(content, config)


def _page(content: Content, config: ReadConfig) -> Page:
    """A file that is one page; one of an ending that says nothing is taken for text."""
    source = content.source
    with content.open() as file:
        data = file.read(config.max_bytes + 1)
    if len(data) > config.max_bytes:
        raise NotAPage(f"too large: more than {config.max_bytes} bytes")
    return page(source.id, source, PAGES.get(source.ending, read_text)(data, config))
