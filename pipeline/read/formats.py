"""What a file's name tells of what is in it: one page, records, a table, or files in a container."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..config import ReadConfig
from .packed import PACKED, split_packing
from .reading import Reading, read_markup, read_text

# Formats of which a file is one page, and what reads its bytes. One more is one line here: it is then found
# in folders, in zips, and packed as gz.
PAGES: Mapping[str, Callable[[bytes, ReadConfig], Reading]] = {
    ".txt": read_text,
    ".html": read_markup,
    ".htm": read_markup,
}
RECORDS = (".jsonl", ".ndjson")  # a page on each line
TABLE = ".parquet"  # a page in each row
ZIP = ".zip"

KNOWN = f"{', '.join('*' + each for each in (*PAGES, *RECORDS))} (each also {', '.join(PACKED)}), *{TABLE} or *{ZIP}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input (without a path), or a member of a zip (whose path it has).

    `name` is the file as the user would name it. `id` is the page's id; where it holds several pages, the stem of
    their ids. `rivals` are ids of other sources that a record's id could run into, such as "a-b" for a record "b"
    of "a"; one that ends with "-" is that of a source of several pages and stands for all of them.
    """

    path: Path | None
    name: str
    id: str
    rivals: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """The format, as the name tells it, in small letters; standard input has no name."""
        return "" if self.path is None else os.path.splitext(split_packing(self.name)[0])[1].lower()

    @property
    def packing(self) -> str:
        """How the bytes are packed, such as ".gz"; empty if they aren't."""
        return "" if self.path is None else split_packing(self.name)[1]

    @property
    def several(self) -> bool:
        """Does it hold several pages? Standard input may; what it is shows when it is read."""
        return self.path is None or self.ending in (*RECORDS, TABLE, ZIP)


def is_known(name: str) -> bool:
    """Does a file's name end so that it is known how to read it?"""
    base, packing = split_packing(name)
    ending = os.path.splitext(base)[1].lower()
    return ending in PAGES or ending in RECORDS or (not packing and ending in (TABLE, ZIP))


def with_rivals(sources: Sequence[Source]) -> Iterator[Source]:
    """The sources; those of several pages know which other ids begin as theirs do."""
    ids = sorted((source.id.lower(), source.several) for source in sources)
    for source in sources:
        if source.several:
            stem = source.id.lower()
            near = ids[bisect_left(ids, (f"{stem}-", False)) : bisect_left(ids, (f"{stem}.", False))]
            source = replace(source, rivals=tuple(other + "-" * several for other, several in near))
        yield source
