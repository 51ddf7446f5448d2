"""Learns all models from clean articles: the story of `unsplice learn`.

The articles are parted by their days, so that what builds on something fitted sees it make the mistakes that it makes
on new text: from the first part come the lexicon, the model of seams and the roles of lines; from the second what
decides about stories; the third says how sure that is, and what it reaches.
"""

from __future__ import annotations

import multiprocessing
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from pipeline import models
from pipeline.corpus.lines import json_lines
from pipeline.errors import InputError
from pipeline.learn import pairs, train
from pipeline.learn.boosting import fit
from pipeline.learn.calibrate import Judged, judge, levels, reached, tempered
from pipeline.learn.damage import make_pages
from pipeline.learn.lexicon import learn_lexicon
from pipeline.learn.made import Batch, Clean, MadePage, clean_articles
from pipeline.learn.network import Example, fit_network
from pipeline.learn.seams import learn_seams
from pipeline.similarity.forms import comparable
from pipeline.similarity.network import Network
from pipeline.stages import crossed, order, passages, roles, strays
from pipeline.stages.scene import NODE_NAMES, PAIR_NAMES

LEAST = 500  # articles to learn from: with fewer nothing is learned that is not better shipped
TOOLS = ("jax", "lightgbm", "optax")
SHARES = (55, 90)  # percent of the articles that make up the first part, and the first two
Corpora = Mapping[str, Sequence[Clean]]
Tell = Callable[[str], None]


def learn_from(files: Sequence[Path], out: Path, *, pages: int, held_out: Sequence[Path], tell: Tell) -> None:
    """Learns from files of articles, a publisher's each; raises InputError for what cannot be read or is too little."""
    corpora, others = ({str(path): read_articles(path) for path in paths} for paths in (files, held_out))
    for name, found in {**corpora, **others}.items():
        tell(f"{name}: {len(found):,} articles fit to learn from")
    if sum(map(len, corpora.values())) < LEAST:
        raise InputError(
            f"{', '.join(corpora)}: {LEAST:,} articles with headline and paragraphs are needed to learn from"
        )
    if missing := [tool for tool in TOOLS if find_spec(tool) is None]:
        raise InputError(f"{', '.join(missing)}: needed to learn, but not installed; install unsplice[train]")
    out.mkdir(parents=True, exist_ok=True)
    learn(corpora, out, pages=pages, held_out=others, tell=tell)


def read_articles(path: Path) -> list[Clean]:
    """The articles of one file that are fit to learn from."""
    found, number = [], 0
    try:
        for lines in json_lines(path):
            for line in lines:
                number += 1
                record = orjson.loads(line) if line.strip() else {}
                if line.strip() and not (isinstance(record.get("text"), str) and record.get("id") is not None):
                    raise InputError(f"{path}:{number}: needs an id, a title and a text whose lines are its paragraphs")
                found += [record] if record else []
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path}:{number}: is not JSON ({error}); leave the line out") from error
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); check the name and the rights"
        ) from error
    return clean_articles(found)


def learn(corpora: Corpora, out: Path, *, pages: int, held_out: Corpora, tell: Tell) -> None:
    """Fits every model and saves it in `out`.

    `corpora` holds each publisher's articles, `held_out` those of publishers that nothing is fitted on, for figures
    alone; `pages` is how many made pages the network is fitted on; `tell` takes lines for the user.
    """
    first, second, third = ({name: parted(found, k) for name, found in corpora.items()} for k in range(3))
    if not any(len(found) >= train.FEWEST for found in third.values()):
        raise InputError(
            f"{', '.join(corpora)}: too few articles, or of too few days, to learn from one part and judge by another"
        )
    save(out, "lexicon", learn_lexicon([sorted(found, key=lambda a: a.issue) for found in first.values()]))
    texts = [comparable(t) for found in first.values() for a in found for t in (a.title, *a.paragraphs)]
    save(out, "seams", learn_seams(texts))
    tell("lexicon and seams: done")
    models.use(out)
    context = multiprocessing.get_context("forkserver")  # a fork of a process with JAX in it may hang
    with ProcessPoolExecutor(2, mp_context=context, initializer=models.use, initargs=(out,)) as pool:
        _learn_roles(first, out, pool, tell)
        examples = [x for own in pool.map(train.examples, _batches(second, pages, 1), chunksize=2) for x in own]
        judging = [
            x for own in pool.map(train.examples, _batches(third, judged_on(pages), 2), chunksize=2) for x in own
        ]
        network = tempered(fit_network(examples, judging, (NODE_NAMES, PAIR_NAMES), tell), judging)
        del examples
        save(out, "stories", network.arrays())
    with ProcessPoolExecutor(2, mp_context=context, initializer=models.use, initargs=(out,)) as pool:
        _learn_pairs(second, third, out, pages, pool, tell)
        _calibrate(network, third, held_out, judging, out, pages=pages, pool=pool, tell=tell)


def parted(articles: Iterable[Clean], part: int) -> list[Clean]:
    """One of three parts of the articles that share no day: days (or ids, where there are none) by a hash."""

    def day(a: Clean) -> tuple[int, str]:
        name = a.issue.split("/")[0] or a.id
        return zlib.crc32(name.encode()), name

    shuffled = sorted(articles, key=day)
    found, last, now = [], None, 0
    for k, a in enumerate(shuffled):
        if day(a) != last:
            last, now = day(a), sum(100 * k >= share * len(shuffled) for share in SHARES)
        if now == part:
            found.append(a)
    return found


def _batches(corpora: Corpora, pages: int, seed: int) -> list[Batch]:
    """Made pages of each publisher, more of one with more articles, but less than in proportion."""
    weight = {name: len(found) ** 0.7 for name, found in corpora.items() if len(found) >= train.FEWEST}
    total = sum(weight.values())
    return [b for k, (name, w) in enumerate(weight.items())
            for b in train.batches(corpora[name], int(pages * w / total), seed * 100 + k)]  # fmt: skip


def _learn_roles(first: Corpora, out: Path, pool: ProcessPoolExecutor, tell: Tell) -> None:
    made: list[MadePage] = []
    for found in first.values():
        if len(found) >= train.FEWEST:
            made += (
                make_pages(list(found), len(found) // 6, 50, 3.0).pages
                + make_pages(list(found), len(found) // 3, 60, 0.0).pages
            )
    rows = list(pool.map(train.fused_rows, made, chunksize=16))
    _fit(out, "fused", rows, (), passages.FUSED_NAMES, tell, rounds=80)
    made = [p for b in _batches(first, sum(map(len, first.values())) // 2, 3) for p in b.pages]
    rows = list(pool.map(train.role_rows, made, chunksize=16))
    _fit(out, "roles", rows, (), roles.NAMES, tell, classes=len(roles.ROLES), rounds=150)


def _learn_pairs(second: Corpora, third: Corpora, out: Path, pages: int, pool: ProcessPoolExecutor, tell: Tell) -> None:
    parts = [list(pool.map(pairs.rows, _batches(part, count, seed), chunksize=2))
             for part, count, seed in ((second, pages // 4, 4), (third, pages // 16, 5))]  # fmt: skip
    for name, names, rounds in (
        ("follows", order.FOLLOW_NAMES, 120), ("joins", order.JOIN_NAMES, 100), ("stray", strays.STRAY_NAMES, 120),
        ("crossed", crossed.CROSSED_NAMES, 80),
    ):  # fmt: skip
        fitted, held = ([own[name] for own in part] for part in parts)
        _fit(out, name, fitted, held, names, tell, rounds=rounds)


def judged_on(pages: int) -> int:
    """How many made pages of the third part the limits are set by."""
    return max(2 * train.TOGETHER, pages // 12)


def _calibrate(
    network: Network, third: Corpora, held_out: Corpora, judging: Sequence[Example], out: Path, *, pages: int,
    pool: ProcessPoolExecutor, tell: Tell,
) -> None:  # fmt: skip
    """Finds how sure is sure enough for each boldness, and tells what that reaches."""
    judged = judge(network, judging)
    away = [
        r
        for own in pool.map(pairs.rows, _batches(third, judged_on(pages), 6), chunksize=2)
        for r in [own["stray"]]
        if len(r[0])
    ]
    chances = [models.forest("stray").predict(x) for x, _ in away]
    network = replace(network, levels=levels(judged, chances, [y for _, y in away]))
    save(out, "stories", network.arrays())
    for name, found in (("held-out days", judged), *_of_others(network, held_out, pool)):
        for line in reached(name, found, network.levels):
            tell(line)


def _of_others(network: Network, held_out: Corpora, pool: ProcessPoolExecutor) -> Iterable[tuple[str, Judged]]:
    for name, found in held_out.items():
        made = train.batches(found, 480, 7)
        yield name, judge(network, [x for own in pool.map(train.examples, made, chunksize=2) for x in own])


def _fit(
    out: Path, name: str, rows: Sequence[train.Rows], held: Sequence[train.Rows], names: Sequence[str], tell: Tell,
    *, classes: int = 1, rounds: int = 100,
) -> None:  # fmt: skip
    """Fits trees and saves them; says what they reach on `held` rows, if there are any."""
    features, labels = (np.concatenate(x) for x in zip(*[r for r in rows if len(r[0])], strict=True))
    forest = fit(features, labels, names, classes=classes, rounds=rounds)
    save(out, name, forest.arrays())
    kept = [r for r in held if len(r[0])]
    told = ""
    if kept:
        chance, truth = forest.predict(np.concatenate([x for x, _ in kept])), np.concatenate([y for _, y in kept])
        hit = ((chance > 0.5) & (truth == 1)).sum()
        precision, recall = hit / max(1, (chance > 0.5).sum()), hit / max(1, truth.sum())
        told = f"; held out, at .5: precision {precision:.3f} recall {recall:.3f}"
    tell(f"{name}: {len(labels):,} rows{told}")


def save(out: Path, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(out / f"{name}.npz", **arrays)  # type: ignore[arg-type]
    models.forget()
