"""Read the clean articles that pages are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ..config import ReadConfig
from ..errors import InputError
from ..model import SetAside
from ..read.containers import Content
from ..read.files import holds_records, one_page, read, records
from ..read.records import NAMES, Records
from ..read.set_aside import told
from ..read.sources import find_sources
from .made import Clean, clean_articles


def read_articles(path: str, config: ReadConfig) -> list[Clean]:
    """The articles of one publisher that are fit to learn from. Raises InputError for an unreadable file."""
    found: list[Mapping[str, object]] = []
    for source in find_sources([path]):
        for part in list(read(source, config, partial(_records, config=config))):  # all: a column may be missing
            if isinstance(part, SetAside):
                raise InputError(told(part))
            found += _articles(source.name, part, config)
    return clean_articles(found)


def _records(content: Content, config: ReadConfig) -> Iterator[Records]:
    """The records of a file, or the article that a Markdown file is."""
    if holds_records(content):
        return records(content, config)
    page = one_page(content, config)
    return iter([Records([1], [{**page.meta, "text": page.text}])])


def _articles(name: str, part: Records, config: ReadConfig) -> Iterator[Mapping[str, object]]:
    names = {key: getattr(config, key) for key in NAMES}
    for at, number in enumerate(part.numbers):
        article = {key: part.value(at, name) for key, name in names.items()}
        if at in part.faults or not (article["id"] and article["text"]):
            reason = part.faults.get(at, "needs an id, a title and a text whose lines are its paragraphs")
            raise InputError(f"{name}:{number}: {reason}")
        yield {**article, "page": part.value(at, "page")}
