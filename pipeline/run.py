"""A run in outline: read, find passages, weigh evidence, decide page by page, put each passage into its story."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import models as shipped
from .batch import Batch
from .config import Config
from .dedup.evidence import find_evidence
from .engines.local import local
from .limits import Exceeded, in_time
from .memory import Brief, Memory
from .model import Page, Result, SetAside
from .models import Models
from .read.pages import find_sources, read_source
from .read.set_aside import page_aside
from .stages import Deciding, Pages, Progress, decisions, numbered, outcomes, passages, unread


def clean(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    config: Config | None = None,
    *,
    models: Models | None = None,
    workers: int = 0,
    progress: Progress | None = None,
    stdin: bytes | None = None,
) -> Result:
    """Turn scraped pages into clean articles and a ledger of every character.

    paths: one or several files, folders or glob patterns, or "-" for `stdin`. models: by default those that ship.
    Nothing is written. The result is the same for any order of the paths and any number of workers (0: one per
    processor, if there is enough to do). Raises InputError for a path that does not exist; a page that can't be read
    is listed in `set_aside`.
    """
    config = config or Config()
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    pages, set_aside = read_pages([os.fspath(path) for path in given], config, stdin)
    found = clean_pages(pages, config, models or shipped.load(), workers=workers, progress=progress)
    return replace(found, set_aside=tuple(sorted([*set_aside, *found.set_aside], key=_by_id)))


def clean_pages(
    pages: Sequence[Page],
    config: Config,
    models: Models,
    *,
    workers: int = 0,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Result:
    """The result of pages that are read already, sorted by id. What the memory has isn't made again.

    Where one is beyond a limit, it is set aside, and the others are done again: they may have depended on it.
    """
    aside: list[SetAside] = []
    memory = memory or Brief()
    while True:
        try:
            found = _cleaned(pages, config, models, workers, progress, memory)
            return replace(found, set_aside=tuple(aside))
        except Exceeded as beyond:
            aside += [page_aside(page, reason) for page in pages if (reason := beyond.pages.get(page.id))]
            pages = [page for page in pages if page.id not in beyond.pages]


def _cleaned(
    pages: Sequence[Page], config: Config, models: Models, workers: int, progress: Progress | None, memory: Memory
) -> Result:
    given = Pages.of(pages, models, memory)
    with local(workers, len(unread(given, memory))) as engine:
        each = in_time(engine.map, config.read.max_seconds)
        uncut = passages(given, models, config.read.max_passages, each, memory, progress)
        batch, evidence = find_evidence(Batch(uncut), config.dedup, models)
        deciding = Deciding(given, uncut, batch, evidence, config.reattach, models)
        keys, cautious = decisions(deciding, each, memory, progress)
    found = list(outcomes(deciding, keys, cautious, config, memory))
    articles = sorted((article for each in found for article in each.articles), key=lambda article: article.id)
    return Result(tuple(pages), (), tuple(numbered(found)), tuple(articles), tuple(sorted(cautious)))


def read_pages(paths: Sequence[str], config: Config, stdin: bytes | None = None) -> tuple[list[Page], list[SetAside]]:
    """All pages of the inputs, sorted by id, and what could not be read."""
    read = [x for source in find_sources(paths) for x in read_source(source, config.read, stdin)]
    pages = sorted((x for x in read if isinstance(x, Page)), key=lambda p: p.id)
    return pages, sorted((x for x in read if isinstance(x, SetAside)), key=_by_id)


def _by_id(item: SetAside) -> tuple[str, str, int]:
    return item.id, item.source, item.record or 0
