"""The story of a run: read, find passages, find copies, put each passage back into its story, account for all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from .config import Config, ReattachConfig
from .dedup.copies import find_copies
from .dedup.overlaps import find_overlaps
from .dedup.splices import continuations, cut, cuts, find_splices
from .engines.local import local
from .model import Page, Passage, Result, SetAside
from .passages.boilerplate import spared, without_recurring
from .passages.lines import passages
from .read.pages import find_sources, read_source
from .reattach.page.decide import PageVerdicts
from .reattach.page.sections import decide_page
from .reattach.page.texts import Key
from .reattach.placements import Evidence, reattach
from .write.articles import compose
from .write.ledger import check_account

Progress = Callable[[str, int, int], None]
T = TypeVar("T")
Look = tuple[Page, tuple[Passage, ...], dict[Key, Key]]


def clean(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    config: Config | None = None,
    *,
    workers: int = 0,
    progress: Progress | None = None,
    stdin: bytes | None = None,
) -> Result:
    """Turn scraped pages into clean articles, and account for every character.

    paths: one or several files, folders or glob patterns, or "-" for `stdin`. Nothing is written. The result is the
    same for any order of the paths and any number of workers (0: one per processor, if there is enough to do).
    Raises InputError for a path that isn't there; a page that can't be read is set aside in the result.
    """
    config = config or Config()
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    pages, set_aside = read_pages([os.fspath(path) for path in given], config, stdin)
    with local(workers, len(pages)) as engine:
        found = list(_counted(engine.map(passages, pages), "passages", len(pages), progress))
        by_page = without_recurring(pages, {page.id: own for page, own in zip(pages, found, strict=True)})
        by_page = {id_: spared(own) for id_, own in by_page.items()}
        read = [p for own in by_page.values() for p in own]
        splices = find_splices(read)
        overlaps = [o for o in find_overlaps(read) if not {o.first, o.then} & cuts(splices).keys()]
        by_page = cut(by_page, cuts(splices) | {o.then: o.end for o in overlaps})
        known = [o.copy for o in overlaps]
        copies = find_copies([p for own in by_page.values() for p in own], config.dedup, known)
        survivor = {c.passage: c.survivor for c in copies}
        looks: list[Look] = [
            (page, own, {p.key: survivor[p.key] for p in own if p.key in survivor})
            for page, own in zip(pages, by_page.values(), strict=True)
        ]
        deciding = engine.map(partial(look, config=config.reattach), looks)
        views = list(_counted(deciding, "stories", len(pages), progress))
    by_id = {page.id: page for page in pages}
    by_page = {view.page: view.passages for view in views}
    continues = continuations(splices) | {o.first: (o.then[0], o.end) for o in overlaps}
    for view in views:
        continues |= view.continues
    evidence = Evidence(copies, continues)
    placements, titles = reattach(by_id, by_page, evidence, views=views, config=config.reattach)
    check_account(by_id, placements)
    articles = compose(by_id, placements, titles, config.tidy)
    return Result(tuple(pages), tuple(set_aside), tuple(placements), articles)


def read_pages(paths: Sequence[str], config: Config, stdin: bytes | None = None) -> tuple[list[Page], list[SetAside]]:
    """All pages of the inputs, sorted by id, and what could not be read."""
    read = [x for source in find_sources(paths) for x in read_source(source, config.read, stdin)]
    pages = sorted((x for x in read if isinstance(x, Page)), key=lambda p: p.id)
    return pages, sorted((x for x in read if isinstance(x, SetAside)), key=lambda s: (s.id, s.source, s.record or 0))


def look(item: Look, config: ReattachConfig) -> PageVerdicts:
    """The decisions of one page, given its passages' copies."""
    return decide_page(*item, config)


def _counted(items: Iterable[T], what: str, total: int, progress: Progress | None) -> Iterator[T]:
    for done, item in enumerate(items, 1):
        yield item
        if progress:
            progress(what, done, total)
