"""Learns all models anew from clean articles: `python -m pipeline.learn ARTICLES.jsonl... [--out DIR] [--pages N]`.

Each file holds the articles of one publisher, one a line: {"id", "title", "text"}, paragraphs separated by line
breaks, and where they are known "date" and "page". Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from pipeline import models
from pipeline.config import ReattachConfig
from pipeline.learn import pairs
from pipeline.learn.damage import make_pages
from pipeline.learn.lexicon import learn_lexicon
from pipeline.learn.made import Batch, Clean, clean_articles
from pipeline.learn.train import (
    Labelled,
    Rows,
    belonging_rows,
    fit_halves,
    fused_rows,
    halves,
    label,
    made,
    role_rows,
    scenes,
    stranger_rows,
    stranger_second_rows,
)  # fmt: skip
from pipeline.similarity.forest import Forest
from pipeline.stages import belonging, decide, order, passages, roles
from pipeline.stages.scene import Scene

MOST_ARTICLES = 6000  # of one publisher for the lexicon: more changes no figure
Halves = list[list[Rows]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.learn", description=__doc__)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path(models.__file__).parent)
    parser.add_argument("--pages", type=int, default=1000, help="made pages of each publisher and half, at the most")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    records = {path.name: list(_records(path)) for path in arguments.articles}
    save(arguments.out, "lexicon", learn_lexicon(_paragraphs(records)))
    models.use(arguments.out)
    corpora = {name: list(clean_articles(found)) for name, found in records.items()}
    with ProcessPoolExecutor(2, initializer=models.use, initargs=(arguments.out,)) as pool:
        learn(corpora, arguments.out, arguments.pages, pool)


def learn(corpora: dict[str, list[Clean]], out: Path, pages: int, pool: ProcessPoolExecutor) -> None:
    """Fits the decisions one after the other and saves each."""
    split = [halves(found) for found in corpora.values()]
    parts = [{name: both[h] for name, both in zip(corpora, split, strict=True)} for h in (0, 1)]
    sizes = {name: min(pages, len(found) // 10) for name, found in corpora.items()}
    fuses = [[p for a in parts[h].values() for p in make_pages(a, len(a) // 6, 50 + h, 3.0).pages] for h in (0, 1)]
    whole = [[p for a in parts[h].values() for p in make_pages(a, len(a) // 3, 60 + h, 0.0).pages] for h in (0, 1)]
    rows = [list(pool.map(fused_rows, fuses[h] + whole[h], chunksize=16)) for h in (0, 1)]
    fit_and_save(out, "fused", rows, passages.FUSED_NAMES, rounds=80)
    batches = [made(parts[h], sizes, 100 + 10 * h) for h in (0, 1)]
    flat = [[p for b in batches[h] for p in b.pages] for h in (0, 1)]
    rows = [list(pool.map(role_rows, flat[h], chunksize=16)) for h in (0, 1)]
    forests = fit_and_save(out, "roles", rows, roles.NAMES, classes=len(roles.ROLES), rounds=150)
    read = [[_read(b, forests[1 - h], pool) for b in batches[h]] for h in (0, 1)]
    labelled = [[x for batch, _ in read[h] for x in batch] for h in (0, 1)]
    views = [[x for _, batch in read[h] for x in batch] for h in (0, 1)]
    _learn_belonging(out, labelled, views, pool)
    for name, function, names, rounds in (
        ("follows", pairs.follow_rows, order.FOLLOW_NAMES, 120),
        ("joins", pairs.join_rows, order.JOIN_NAMES, 60),
    ):
        rows = [list(pool.map(function, labelled[h], views[h], chunksize=16)) for h in (0, 1)]
        fit_and_save(out, name, rows, names, rounds=rounds)
    deciding = partial(decide.decide, config=ReattachConfig())
    rows = [
        [r for batch, seen in read[h] for r in pairs.stray_rows(batch, list(pool.map(deciding, seen, chunksize=16)))]
        for h in (0, 1)
    ]
    fit_and_save(out, "stray", rows, decide.STRAY_NAMES, rounds=80)


def _learn_belonging(
    out: Path, labelled: list[list[Labelled]], views: list[list[Scene]], pool: ProcessPoolExecutor
) -> None:
    """The two passes of the scorer, then the two looks at strangers, each fitted on what the one before it gives."""
    both = (0, 1)
    first_rows = [list(pool.map(belonging_rows, labelled[h], views[h], chunksize=16)) for h in both]
    first = fit_and_save(out, "belongs1", first_rows, belonging.PAIR_NAMES, rounds=200)
    del first_rows
    scored = [list(pool.map(partial(decide.pair_chances, forest=first[1 - h]), views[h], chunksize=16)) for h in both]
    second_rows = [list(pool.map(belonging_rows, labelled[h], views[h], scored[h], chunksize=16)) for h in both]
    second = fit_and_save(out, "belongs2", second_rows, belonging.SECOND_NAMES, rounds=200)
    del second_rows
    chances = [
        list(pool.map(partial(decide.second_chances, forest=second[1 - h]), views[h], scored[h], chunksize=16))
        for h in both
    ]
    rows = [list(pool.map(stranger_rows, labelled[h], views[h], chances[h], chunksize=16)) for h in both]
    alien = fit_and_save(out, "stranger1", rows, belonging.STRANGER_NAMES, rounds=150)
    rows = [[stranger_second_rows(v, r, alien[1 - h]) for v, r in zip(views[h], rows[h], strict=True)] for h in both]
    fit_and_save(out, "stranger2", rows, belonging.STRANGER2_NAMES, rounds=150)


def _read(batch: Batch, forest: Forest, pool: ProcessPoolExecutor) -> tuple[list[Labelled], list[Scene]]:
    labelled = list(pool.map(partial(label, forest=forest), batch.pages, chunksize=16))
    return labelled, scenes(labelled, pool)


def fit_and_save(out: Path, name: str, rows: Halves, names: Sequence[str], **options: int) -> list[Forest]:
    """Fits a decision on each half and on both, saves the last, and prints how each half's does on the other."""
    rows = [[r for r in half if len(r[0])] for half in rows]
    forests, whole = fit_halves(rows, names, **options)
    save(out, name, whole.arrays())
    truth = np.concatenate([y for half in rows for _, y in half])
    chance = np.concatenate([forests[1 - h].predict(x) for h in (0, 1) for x, _ in rows[h]])
    if whole.classes > 1:
        print(f"{name}: {len(truth):,} rows, accuracy {(chance.argmax(axis=1) == truth).mean():.4f}", flush=True)
    else:
        hit = (chance > 0.5) & (truth == 1)
        precision, recall = hit.sum() / max(1, (chance > 0.5).sum()), hit.sum() / truth.sum()
        found = f"at .5 precision {precision:.3f} recall {recall:.3f}"
        print(f"{name}: {len(truth):,} rows, {truth.mean():.3f} true, {found}", flush=True)
    return forests


def save(out: Path, name: str, arrays: dict[str, NDArray[Any]]) -> None:
    np.savez_compressed(out / f"{name}.npz", **arrays)  # type: ignore[arg-type]
    models.forget()


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError as error:
                sys.exit(f"{path}:{number}: not JSON: {error}; leave the line out")


def _paragraphs(records: dict[str, list[dict[str, Any]]]) -> list[str]:
    rng = random.Random(0)
    chosen = [r for found in records.values() for r in rng.sample(found, min(MOST_ARTICLES, len(found)))]
    return [p for r in chosen for p in str(r["text"]).split("\n") if p.strip()]


if __name__ == "__main__":
    main()
