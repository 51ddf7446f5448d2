"""Files to pages: what each file or record holds, or why it can't be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..config import ReadConfig
from ..model import Page, SetAside
from .containers import Content
from .decode import NotAPage, forced
from .files import holds_records, one_page, read, records
from .formats import Source
from .ids import plain_id, same_name, unused_id
from .reading import Reading
from .records import URL, Records
from .set_aside import aside
from .sources import find_sources

__all__ = ["Source", "find_sources", "read_source"]


def read_source(source: Source, config: ReadConfig, stdin: bytes | None = None) -> list[Page | SetAside]:
    """The pages of one source, and what had to be set aside, in the order of the file; of a zip, by id.

    `stdin` is what standard input holds, read here if it isn't given. Raises ConfigError for an unknown encoding,
    InputError for a field that was asked for and isn't there.
    """
    forced(config)

    def parse(content: Content) -> Iterator[Page | SetAside]:
        if holds_records(content):
            return _pages(content.source, records(content, config), config)
        return iter([_page(content.source.id, content.source, one_page(content, config))])

    return list(read(source, config, parse, stdin))


def _pages(source: Source, found: Iterable[Records], config: ReadConfig) -> Iterator[Page | SetAside]:
    """Each record as a page, or set aside by itself."""
    names = {"id": config.id, "title": config.title, "url": URL, "date": config.date}
    taken: set[str] = set()
    rivals = frozenset(source.rivals)
    whole = same_name(source.name)
    for block in found:
        for at, number in enumerate(block.numbers):
            meta = {key: text for key, name in names.items() if (text := block.value(at, name).strip())}
            stem = plain_id(meta["id"], meta["id"]) if "id" in meta else f"{number:04}"
            page_id = unused_id(f"{source.id}-{stem}", f"{whole}:{number}", taken, rivals)
            try:
                yield _page(page_id, source, block.reading(at, config.text), number, meta)
            except NotAPage as error:
                yield aside(page_id, source, str(error), block.size(at), number)


def _page(
    page_id: str, source: Source, read: Reading, number: int | None = None, meta: Mapping[str, str] | None = None
) -> Page:
    """A page of what was read; `meta`, given with the page, takes precedence over the page's own."""
    told = {**read.meta, **(meta or {})}
    return Page(
        page_id, source.name, read.text, read.encoding, number, told, read.flags, read.lines, read.markup, read.single,
        read.unplaced,
    )  # fmt: skip
