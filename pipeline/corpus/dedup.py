"""Deduplicate a corpus in files: write what is kept, every pair and a report to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
import pyarrow.parquet as pq

from ..config import Config
from ..errors import OutputError
from ..model import SetAside
from ..models import SHIPPED, load
from ..write.outbox import INDEX as COLLECTION
from ..write.outbox import Outbox, check_out
from ..write.write import hashed, manifest
from .finder import MEMORY, Examples, Finder, Progress
from .index import NAME as INDEX
from .index import Index, read_index
from .kept import kept_lines, kept_name, write_kept_parquet
from .names import Names
from .read import Corpus, open_corpus, read_documents
from .report import render
from .results import Duplicates
from .summary import Cluster, Summary
from .units import Unit

LARGEST = 20  # clusters that the summary and the report name
TOLD = 50  # most files and records set aside that are named


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus is deduplicated."""

    unit: Unit = Unit.DOCUMENT
    sensitive: bool = False
    against: tuple[Path, ...] = ()
    memory: int = MEMORY
    threads: int = 0
    index: bool = True
    models: Path = SHIPPED


def dedup_documents(
    paths: Sequence[str],
    out: Path,
    options: Options | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Find near-duplicates among the documents of files, and write to `out`, each file whole or not at all:

    pairs.parquet (a, b, kind, similarity), clusters.parquet (id, cluster, representative, kept), kept.jsonl or
    kept.parquet (the records that are kept, unchanged), summary.json, report.html and index.arrow, for later runs to
    compare with. Raises InputError if nothing can be read.
    """
    options, config = options or Options(), config or Config()
    check_out(out, [*(Path(path) for path in paths if path != "-"), *options.against])
    if (out / COLLECTION).exists():
        raise OutputError(f"{out}: holds the articles of a collection; choose another folder with --out")
    corpus = open_corpus(paths, config.read, options.unit)
    finder = Finder(
        config.dedup,
        sensitive=options.sensitive,
        threads=options.threads,
        memory=options.memory,
        short_stay=options.unit is not Unit.DOCUMENT,
        models=load(options.models),
    )
    bad = _read(corpus, options, finder, progress)
    run = _Run(corpus, options, finder, finder.find(progress), finder.examples(LARGEST), bad)
    summary = _summary(run)
    _write(out, run, summary, config)
    return summary


def _read(corpus: Corpus, options: Options, finder: Finder, progress: Progress | None) -> list[SetAside]:
    """Give all documents to the finder, those of earlier runs first; returns the files and records set aside."""
    names = Names()
    bad: list[SetAside] = []
    for folder in options.against:
        known = read_index(folder)
        finder.know(Index(names.unique(known.ids.to_pylist()), known.column))
    for batch in read_documents(corpus, bad=bad.append):
        finder.add(names.unique(batch.ids), batch.texts)
        if progress:
            progress("reading", finder.documents, 0)
    return bad


@dataclass(frozen=True)
class _Run:
    """What was read, and what was found."""

    corpus: Corpus
    options: Options
    finder: Finder
    found: Duplicates
    examples: Examples
    bad: Sequence[SetAside]


def _write(out: Path, run: _Run, summary: Summary, config: Config) -> None:
    corpus, found = run.corpus, run.found
    with Outbox(out) as box:
        box.put_file("pairs.parquet", lambda path: pq.write_table(found.pair_table, path, compression="zstd"))
        box.put_file("clusters.parquet", lambda path: pq.write_table(found.cluster_table, path, compression="zstd"))
        if kept_name(corpus) == "kept.parquet":
            box.put_file("kept.parquet", lambda path: write_kept_parquet(corpus, found.kept, path))
        else:
            box.put("kept.jsonl", kept_lines(corpus, found.kept, sound=not run.bad))
        box.put("summary.json", orjson.dumps(asdict(summary), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        box.put("report.html", (piece.encode() for piece in render(summary, run.examples)))
        if run.options.index:
            box.put_file(INDEX, lambda path: run.finder.save_index(found, path))
        inputs = hashed([each.path for each in corpus.sources if each.path])
        box.publish(lambda outputs: manifest(outputs, inputs, config, run.finder.models.card))


def _summary(run: _Run) -> Summary:
    kept, documents = int(run.found.kept.sum()), len(run.found.kept)
    return Summary(
        documents=documents,
        kept=kept,
        removed=documents - kept,
        clusters=run.examples.all_clusters,
        texts=run.found.texts,
        pairs=run.examples.kinds,
        largest=tuple(Cluster(name, size) for size, name, _ in run.examples.clusters),
        crowded=run.found.crowded,
        spilled=run.finder.store.spilled,
        set_aside=len(run.bad),
        first_set_aside=tuple(run.bad[:TOLD]),
    )
