"""A collection and what comes to it: what stands in an output folder is what a run over all its sources gives.

Sources that have not changed are not read again, and what depends on nothing that has changed is not decided again (see
stages.py): so it is the same, whatever came when.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..config import Config
from ..errors import OutputError
from ..memory import digest
from ..model import Page, Result, SetAside
from ..models import Models
from ..read.formats import Source
from ..read.pages import read_source
from ..read.sources import Found, find_files, identified
from ..run import clean_pages
from ..stages import KINDS, Progress
from ..write.outbox import INDEX, Outbox, listed
from ..write.switch import MANIFEST
from ..write.write import manifest, named, put_results
from .index import Index, head, open_index
from .program import program
from .sources import STDIN, Kept, chosen, compare, stamped

NAMED = 5  # sources that a message names
TRIES = 3  # times that a file is read that changes meanwhile


@dataclass(frozen=True, slots=True)
class Read:
    """What a source holds: its pages, and what could not be read."""

    pages: tuple[Page, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True)
class Updated:
    """A collection after a run: its result, and what has changed. `edited` maps outputs that somebody had edited to the
    names under which they are kept, `old` names sources that are gone and were read by another version."""

    result: Result
    new: int
    changed: int
    unchanged: int
    gone: tuple[str, ...]
    removed: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    edited: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """How a collection is changed. `prune` takes out the sources that are gone, `replace` all that are not given,
    `forget` those of some names; `stdin` is what standard input says."""

    prune: bool = False
    replace: bool = False
    forget: tuple[str, ...] = ()
    stdin: bytes | None = None
    workers: int = 0
    progress: Progress | None = None


ADD = Options()


def update(box: Outbox, paths: Sequence[str], config: Config, models: Models, options: Options = ADD) -> Updated:
    """Add sources to the collection of an output folder, or update them, and publish what it gives then.

    Nothing is published where no page could be read, unless sources were taken out. Raises OutputError where articles
    would go that nothing accounts for.
    """
    index = open_collection(box, replace_all=options.replace)
    given = find_files(paths) if paths else []
    if not index.segments and not options.replace:
        _check_covered(box, given, options)
    found = compare(given, known(index), box.out, options.stdin)
    forgotten = {kept.place for kept in chosen(options.forget, known(index))} if options.forget else set()
    files = [pair for pair in (*found.files, *found.gone) if pair[1].place not in forgotten]
    removed = [kept.name for _, kept in (*found.files, *found.gone) if kept.place in forgotten]
    if options.prune:
        files = [pair for pair in files if pair not in found.gone]
        removed += [kept.name for _, kept in found.gone]
    stayed = {kept.place for _, kept in found.gone if kept.name not in removed}
    kept, old = _read_all(index, files, stayed, config, options)
    result = _clean(index, kept, config, models, options)
    gone = tuple(sorted(each.name for each in kept if each.place in stayed))
    if result.pages or removed:
        _publish(box, index, result, kept, config, models)
    new, changed = len(found.new), len(found.changed)
    return Updated(
        result, new, changed, len(files) - new - changed - len(gone), gone, tuple(sorted(removed)), old, box.edited
    )


def open_collection(box: Outbox, *, replace_all: bool = False) -> Index:
    """The index of an output folder; an empty one where there is none, or everything is replaced."""
    return opened(box.out, None if replace_all else box.before)


def opened(out: Path, before: str | None) -> Index:
    """The index that belongs to a manifest, by its hash. Raises OutputError where it belongs to another."""
    index = open_index(out, {"sources": tuple[Kept, ...], "read": Read, **KINDS}) if before is not None else None
    if index is None:
        return Index(out, kinds={"sources": tuple[Kept, ...], "read": Read, **KINDS}, program=program())
    if index.facts.get("manifest") != before:
        message = "is not the index of what manifest.json lists"
        raise OutputError(f"{out / INDEX}: {message}; give all sources again with --replace, to start anew")
    index.program = program()
    return index


def known(index: Index) -> tuple[Kept, ...]:
    """The sources of a collection."""
    key = index.facts.get("sources", "")
    if key and not index.has("sources", key):
        remedy = "give all sources again with --replace, to start anew"
        raise OutputError(f"{index.out / index.damaged[-1]}: is damaged, and lists the sources; {remedy}")
    return tuple(index.get("sources", key)) if key else ()


def _check_covered(box: Outbox, given: Sequence[Found], options: Options) -> None:
    """Raises OutputError where a folder without an index holds articles of files that are not among those given."""
    if not any(name.startswith("articles") for name in listed(box.out)):
        return
    there = {stamped(Kept(False, "", "", "", ""), file, options.stdin).sha256 for file in given}
    content = json.loads((box.out / MANIFEST).read_bytes())
    lost = [item["name"] for item in content.get("inputs", ()) if item["sha256"] not in there]
    if lost:
        names = ", ".join(lost[:NAMED]) + (f" and {len(lost) - NAMED:,} more" if len(lost) > NAMED else "")
        raise OutputError(
            f"{box.out}: holds articles of files that are not among those given as they were, and no index of them: "
            f"{names}; give these too, name another folder with --out, or give --replace, to drop their articles"
        )


def _read_all(
    index: Index, files: Sequence[tuple[Found, Kept]], gone: set[str], config: Config, options: Options
) -> tuple[list[Kept], tuple[str, ...]]:
    """The sources with the keys of what they hold, which the index has then; and which of them an older version read,
    because they are gone."""
    settings = digest(config.read)
    kept, old = [], []
    for (file, each), source in zip(files, identified([file for file, _ in files]), strict=True):
        facts: dict[str, Any] = {"names": _ids(source), "reader": index.program, "settings": settings}
        key = digest(index.program, settings, file.name, file.whole, source.id, source.rivals, each.sha256)
        if each.sha256 and index.has("read", key):
            kept.append(replace(each, key=key, **facts))
        elif each.place in gone:
            kept.append(_from_before(index, each, source, settings))
            old += [each.name] if each.reader != index.program else []
        else:
            now, what = _read(each, file, source, config, options)
            key = digest(index.program, settings, file.name, file.whole, source.id, source.rivals, now.sha256)
            index.put("read", key, what)
            kept.append(replace(now, key=key, **facts))
    return kept, tuple(old)


def _read(kept: Kept, file: Found, source: Source, config: Config, options: Options) -> tuple[Kept, Read]:
    """What a source holds, and the hash of just that, although it may be changing."""
    for _ in range(TRIES):
        found = read_source(source, config.read, options.stdin)
        now = stamped(kept, file, options.stdin)
        if now.sha256 == kept.sha256:
            break
        kept = now
    pages = tuple(x for x in found if isinstance(x, Page))
    return now, Read(pages, tuple(x for x in found if isinstance(x, SetAside)))


def _from_before(index: Index, kept: Kept, source: Source, settings: str) -> Kept:
    """A source that is gone, as it was read before. Raises OutputError where that is not what it would be now."""
    where = f"{kept.name}: is gone"
    remedy = "bring it back, or take its articles out: with `unsplice forget`, or --prune for all that are gone"
    if not index.has("read", kept.key):
        raise OutputError(f"{where}, and what the index had of it is damaged; {remedy}")
    if kept.settings != settings:
        raise OutputError(f"{where}, and was read with other settings ([read] of unsplice.toml); {remedy}")
    if kept.names == _ids(source):
        return kept
    if source.several:
        raise OutputError(f"{where}, and its pages can't have the ids that they would have now; {remedy}")
    what: Read = index.get("read", kept.key)
    pages = tuple(replace(page, id=source.id) for page in what.pages)
    key = digest(kept.key, source.id)
    index.put("read", key, Read(pages, tuple(replace(item, id=source.id) for item in what.set_aside)))
    return replace(kept, key=key, names=_ids(source))


def _ids(source: Source) -> str:
    """What the ids of a source's pages depend on, besides the source itself."""
    return digest(source.id, source.rivals)


def _clean(index: Index, kept: Sequence[Kept], config: Config, models: Models, options: Options) -> Result:
    what: list[Read] = [index.get("read", each.key) for each in kept]
    pages = sorted((page for each in what for page in each.pages), key=lambda page: page.id)
    aside = [x for each in what for x in each.set_aside]
    index.texts = {page.id: page.text for page in pages}
    found = clean_pages(pages, config, models, workers=options.workers, progress=options.progress, memory=index)
    aside = sorted([*aside, *found.set_aside], key=lambda x: (x.id, x.source, x.record or 0))
    return replace(found, set_aside=tuple(aside))


def _publish(box: Outbox, index: Index, result: Result, kept: Sequence[Kept], config: Config, models: Models) -> None:
    put_results(box, result, config)
    sources = tuple(sorted(kept, key=lambda each: each.place))
    key = digest(*sources)
    index.drop("sources")
    index.put("sources", key, sources)
    segments = index.save(box)
    inputs = named({each.found(box.out).real: (each.sha256, each.size) for each in kept if each.place != STDIN})
    made = {"program": index.program, "settings": digest(config), "models": models.card.digest if models.card else ""}
    facts = {"sources": key, **made}
    box.publish(
        lambda outputs: manifest(outputs, inputs, config, models.card),
        lambda digest_, _: head(facts | {"manifest": digest_}, segments),
    )
