"""A run in outline: read, find passages, weigh evidence, decide page by page, put each passage into its story."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from . import models as shipped
from .batch import Batch
from .config import Boldness, Config, ReattachConfig
from .dedup.evidence import find_evidence
from .engines.local import local
from .limits import Exceeded, in_time
from .model import Evidence, Page, Passage, Result, SetAside
from .models import Models
from .passages.boilerplate import mark_boilerplate
from .passages.groups import group_of, usages, used_on
from .passages.lines import find_passages, within_passages
from .read.pages import find_sources, read_source
from .read.set_aside import page_aside
from .reattach.page.decisions import PageDecisions
from .reattach.page.sections import decide_page
from .reattach.placements import place
from .reattach.unfamiliar import unfamiliar
from .text.usage import Usage
from .write.articles import compose
from .write.ledger import check_ledger

Progress = Callable[[str, int, int], None]
T = TypeVar("T")


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
    pages: Sequence[Page], config: Config, models: Models, *, workers: int = 0, progress: Progress | None = None
) -> Result:
    """The result of pages that are read already, sorted by id.

    Where one is beyond a limit, it is set aside, and the others are done again: they may have depended on it.
    """
    aside: list[SetAside] = []
    while True:
        try:
            found = _cleaned(pages, config, models, workers, progress)
            return replace(found, set_aside=tuple(aside))
        except Exceeded as beyond:
            aside += [page_aside(page, reason) for page in pages if (reason := beyond.pages.get(page.id))]
            pages = [page for page in pages if page.id not in beyond.pages]


def _cleaned(pages: Sequence[Page], config: Config, models: Models, workers: int, progress: Progress | None) -> Result:
    by_id = {page.id: page for page in pages}
    with local(workers, len(pages)) as engine:
        each = in_time(engine.map, config.read.max_seconds)
        group_usages = usages(pages, list(each(used_on, pages)))
        found = list(_counted(find_passages(pages, models, each), "passages", len(pages), progress))
        batch = Batch(dict(zip(by_id, within_passages(pages, found, config.read.max_passages), strict=True)))
        batch = mark_boilerplate(pages, batch)
        batch, evidence = find_evidence(batch, config.dedup, models)
        weighed = [
            (page, batch.pages[page.id], _about(page, batch, evidence), usage)
            for page, usage in zip(pages, group_usages, strict=True)
        ]
        deciding = each(partial(_decided, config=config.reattach, models=models), weighed)
        decisions = list(_counted(deciding, "stories", len(pages), progress))
        groups = {page.id: group_of(page) for page in pages}
        strange = unfamiliar(decisions, groups, config.reattach.unfamiliar)
        cautious = replace(config.reattach, boldness=Boldness.CAUTIOUS)
        again = [each for each in weighed if groups[each[0].id] in strange]
        changed = {d.page: d for d in each(partial(_decided, config=cautious, models=models), again)}
        decisions = [changed.get(d.page, d) for d in decisions]
    placements, titles, reprinted = place(by_id, decisions, evidence, config.reattach, models, cautious=changed.keys())
    check_ledger(by_id, placements)
    articles = compose(by_id, placements, titles, config.tidy, reprinted)
    return Result(tuple(pages), (), tuple(placements), articles, tuple(sorted(changed)))


def read_pages(paths: Sequence[str], config: Config, stdin: bytes | None = None) -> tuple[list[Page], list[SetAside]]:
    """All pages of the inputs, sorted by id, and what could not be read."""
    read = [x for source in find_sources(paths) for x in read_source(source, config.read, stdin)]
    pages = sorted((x for x in read if isinstance(x, Page)), key=lambda p: p.id)
    return pages, sorted((x for x in read if isinstance(x, SetAside)), key=_by_id)


def _by_id(item: SetAside) -> tuple[str, str, int]:
    return item.id, item.source, item.record or 0


def _about(page: Page, batch: Batch, evidence: Evidence) -> Evidence:
    """The evidence about the passages of one page, all that the process deciding on it needs."""
    own = (evidence.copy_of.get(p.ref) for p in batch.pages[page.id])
    return Evidence(tuple(copy for copy in own if copy))


def _decided(
    weighed: tuple[Page, tuple[Passage, ...], Evidence, Usage], config: ReattachConfig, models: Models
) -> PageDecisions:
    page, passages, evidence, usage = weighed
    return decide_page(page, passages, evidence, config, models.within(usage))


def _counted(items: Iterable[T], what: str, total: int, progress: Progress | None) -> Iterator[T]:
    for done, item in enumerate(items, 1):
        yield item
        if progress:
            progress(what, done, total)
