"""File formats by file name: one page, records, a table, or files in a container."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..config import ReadConfig
from .decode import NotAPage
from .markdown import read_markdown
from .packed import PACKED, split_packing
from .plain import read_markup, read_text
from .reading import Reading

# Formats of which a file is one page, and what reads its bytes. One more is one line here: it is then found
# in folders, in zips, and packed as gz. A file without any ending is text.
PAGES: Mapping[str, Callable[[bytes, ReadConfig], Reading]] = {
    ".txt": read_text,
    ".html": read_markup,
    ".htm": read_markup,
    ".md": read_markdown,
}
JSON = (".jsonl", ".ndjson", ".json")  # objects, one a line; .json also in one array, or one alone
TABLES = (".csv", ".tsv")  # a row each, below a header
PARQUET = ".parquet"
ZIP = ".zip"
RECORDS = (*JSON, *TABLES, PARQUET)  # several pages a file

KNOWN = f"{', '.join((*PAGES, *JSON, *TABLES))} (each also {', '.join(PACKED)}), {PARQUET} or {ZIP}"


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
        """The format, as the name tells it, in small letters; standard input has no name, and ".06" tells nothing."""
        ending = "" if self.path is None else _ending(split_packing(self.name)[0])
        return ending if any(map(str.isalpha, ending)) else ""

    @property
    def stem(self) -> str:
        """The name without folders and extensions."""
        name = "stdin" if self.path is None else self.name.rpartition("/")[2]
        return os.path.splitext(split_packing(name)[0])[0] if self.ending else name

    @property
    def packing(self) -> str:
        """How the bytes are packed, such as ".gz"; empty if they aren't."""
        return "" if self.path is None else split_packing(self.name)[1]

    @property
    def several(self) -> bool:
        """Does it hold several pages? Standard input may; what it is shows when it is read."""
        return self.path is None or self.ending in (*RECORDS, ZIP)


def is_known(name: str) -> bool:
    """Is a file that lies in a folder or zip one to read, by its name? README.md is about the folder that it is in."""
    base, packing = split_packing(name)
    ending = _ending(base)
    if packing and ending in (PARQUET, ZIP):
        return False
    return ending in (*PAGES, *RECORDS, ZIP) and base.lower() != "readme.md"


def check_format(source: Source) -> None:
    """Raises NotAPage for a file of a format that can't be read, or not packed as it is."""
    if source.ending and source.ending not in (*PAGES, *RECORDS, ZIP):
        raise NotAPage(f"unknown format: {source.ending}")
    if source.packing and source.ending in (PARQUET, ZIP):  # which are read from any place, not from their beginning
        raise NotAPage(f"packed twice: {source.ending} within {source.packing}")


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def with_rivals(sources: Sequence[Source]) -> Iterator[Source]:
    """The sources; those of several pages know which other ids begin as theirs do."""
    ids = sorted((source.id.lower(), source.several) for source in sources)
    for source in sources:
        if source.several:
            stem = source.id.lower()
            near = ids[bisect_left(ids, (f"{stem}-", False)) : bisect_left(ids, (f"{stem}.", False))]
            source = replace(source, rivals=tuple(other + "-" * several for other, several in near))
        yield source
