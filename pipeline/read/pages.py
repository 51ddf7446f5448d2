"""Files to pages: what each file or record holds, or why it can't be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from ..config import ReadConfig
from ..limits import OutOfTime, cpu_seconds, too_slow
from ..model import Page, SetAside
from ..text.positions import LINE
from .containers import Content
from .decode import NotAPage, forced
from .files import holds_records, one_page, read, records
from .formats import Source
from .ids import plain_id, same_name, unused_id
from .reading import Reading
from .records import URL, Records
from .set_aside import aside
from .sources import find_sources

FREE_RECORDS = 1000  # of a packed file, however small it is
RECORD = 400  # bytes that a packed record counts as, however short it is: short rows of a table pack to some three each
MOST_FAULTS = 1000  # records of a file that are set aside one by one: nobody reads more messages

__all__ = ["Source", "find_sources", "read_source"]


def read_source(source: Source, config: ReadConfig, stdin: bytes | None = None) -> list[Page | SetAside]:
    """The pages of one source, and what had to be set aside, in the order of the file; of a zip, by id.

    `stdin` is what standard input holds, read here if it isn't given. Raises ConfigError for an unknown encoding,
    InputError for a field that was asked for and isn't there.
    """
    forced(config)

    def parse(content: Content) -> Iterator[Page | SetAside]:
        if holds_records(content):
            found = records(content, config)
            return _pages(content.source, _counted(found, content, config) if content.packed else found, config)
        return iter([_page(content.source.id, content.source, _limited(partial(one_page, content, config), config))])

    return list(read(source, config, parse, stdin))


def _counted(found: Iterable[Records], content: Content, config: ReadConfig) -> Iterator[Records]:
    """The records of a packed file, which may hold a page in three bytes. Raises NotAPage where they are too many."""
    most, count = max(FREE_RECORDS, config.max_ratio * content.size // RECORD), 0
    for block in found:
        count += len(block.numbers)
        if count > most:
            raise NotAPage(f"unpacks to too much: {count} records out of {content.size} bytes")
        yield block


def _pages(source: Source, found: Iterable[Records], config: ReadConfig) -> Iterator[Page | SetAside]:
    """Each record as a page, or set aside by itself; beyond MOST_FAULTS, those that can't be read as one item."""
    names = {"id": config.id, "title": config.title, "url": URL, "date": config.date}
    taken: dict[str, int] = {}
    rivals = frozenset(source.rivals)
    whole = same_name(source.name)
    faults, rest = 0, SetAside("", "", "", "", 0)
    for block in found:
        for at, number in enumerate(block.numbers):
            meta = {key: text for key, name in names.items() if (text := block.value(at, name).strip())}
            stem = plain_id(meta["id"], meta["id"]) if "id" in meta else f"{number:04}"
            page_id = unused_id(f"{source.id}-{stem}", f"{whole}:{number}", taken, rivals)
            try:
                read = _limited(partial(block.reading, at, config.text), config)
                yield _page(page_id, source, read, number, meta)
            except NotAPage as error:
                faults += 1
                item = aside(page_id, source, str(error), block.size(at), number)
                if faults <= MOST_FAULTS:
                    yield item
                else:
                    rest = replace(rest, size=rest.size + item.size) if rest.id else item
    if rest.id:
        more = faults - MOST_FAULTS - 1
        yield replace(
            rest, reason=f"{rest.reason} (and {more} more below it that can't be read)" if more else rest.reason
        )


def _limited(read: Callable[[], Reading], config: ReadConfig) -> Reading:
    """A page that is read, if it keeps within the limits. Raises NotAPage."""
    try:
        with cpu_seconds(config.max_seconds):
            found = read()
            sizes = [len(line) for line in LINE.findall(found.text) if not line.isspace()]
    except OutOfTime:
        raise NotAPage(too_slow(config.max_seconds)) from None
    if max(sizes, default=0) > config.max_line:
        raise NotAPage(f"too long a line: {max(sizes)} characters, and not {config.max_line} at most")
    if len(sizes) > config.max_lines:
        raise NotAPage(f"too many lines: {len(sizes)}, and not {config.max_lines} at most")
    return found


def _page(
    page_id: str, source: Source, read: Reading, number: int | None = None, meta: Mapping[str, str] | None = None
) -> Page:
    """A page of what was read; `meta`, given with the page, takes precedence over the page's own."""
    told = {**read.meta, **(meta or {})}
    return Page(
        page_id, source.name, read.text, read.encoding, number, told, read.flags, read.lines, read.markup, read.single,
        read.unplaced,
    )  # fmt: skip
