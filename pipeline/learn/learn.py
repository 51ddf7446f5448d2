"""Learn all models from clean articles: the steps of `unsplice learn`.

The articles are split into three parts by day, so that each model is fitted on the errors that earlier ones make on new
text. The first part trains the lexicon, the model of seams and the roles of lines; the second, the decisions about
stories; the third calibrates and evaluates them.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from ..config import ReadConfig
from ..errors import InputError
from ..models import Models
from ..models.card import NAME as CARD
from ..models.card import write_card
from ..reattach.batch.elsewhere import ELSEWHERE_NAMES
from ..reattach.batch.order import FOLLOW_NAMES, JOIN_NAMES
from ..reattach.page.crossed import CROSSED_NAMES
from ..reattach.page.features import PAIR_NAMES, TEXT_NAMES
from ..text.forms import comparable
from . import pairs, train
from .articles import read_articles
from .calibrate import Judged, figures, judge, levels, reached, tempered
from .card import TOOLS, Corpora, card_of
from .lexicon import learn_lexicon
from .lines import learn_roles
from .made import Batch, Clean
from .network import Example, fit_network
from .seams import learn_seams
from .work import Batches, Work, fitted, half_of, made_batches, processes

LEAST = 500  # articles: models learned from fewer are worse than those that ship
SEEDS = {"roles": 3, "stories": 1, "judged on": 2, "pairs": 4, "pairs held out": 5, "limits": 6, "held out": 7}
ROUNDS = 8  # of new pages that the network is fitted on: it gains more from new pages than from more epochs
SHARES = (55, 90)  # percent of the articles that make up the first part, and the first two


def learn_from(files: Sequence[str], held_out: Sequence[str], config: ReadConfig, work: Work) -> None:
    """Learn from files or folders of articles, each of one publisher.

    Raises InputError for what cannot be read or is too little.
    """
    corpora, others = ({path: read_articles(path, config) for path in paths} for paths in (files, held_out))
    for name, found in {**corpora, **others}.items():
        work.tell(f"{name}: {len(found):,} articles fit to learn from")
    if sum(map(len, corpora.values())) < LEAST:
        raise InputError(
            f"{', '.join(corpora)}: {LEAST:,} articles with headline and paragraphs are needed to learn from"
        )
    if missing := [tool for tool in TOOLS if find_spec(tool) is None]:
        raise InputError(f"{', '.join(missing)}: needed to learn, but not installed; install unsplice[train]")
    work.out.mkdir(parents=True, exist_ok=True)
    # Existing models stay until all new ones are learned.
    with TemporaryDirectory(prefix=".learning-", dir=work.out) as folder:
        learn(corpora, others, replace(work, out=Path(folder)))
        for path in sorted((p for p in Path(folder).iterdir() if p.is_file()), key=lambda path: path.name == CARD):
            os.replace(path, work.out / path.name)


def learn(corpora: Corpora, held_out: Corpora, work: Work) -> None:
    """Fit and save every model.

    `corpora` holds each publisher's articles, `held_out` those of publishers to measure on alone.
    """
    first, second, third = ({name: parted(found, k) for name, found in corpora.items()} for k in range(3))
    if not any(len(found) >= train.FEWEST for found in third.values()):
        raise InputError(
            f"{', '.join(corpora)}: too few articles, or of too few days, to learn from one part and judge by another"
        )
    work = replace(work, halves=half_of(corpora))
    work.save("lexicon", learn_lexicon([sorted(found, key=lambda a: a.issue) for found in first.values()]))
    texts = [comparable(t) for found in first.values() for a in found for t in (a.title, *a.paragraphs)]
    work.save("seams", learn_seams(texts))
    work.tell("lexicon and seams: done")
    with processes() as pool:
        learn_roles(first, work, pool)
        judging = _examples(made_batches(third, work.judged_on, 2), work, pool)
        network = fit_network(_rounds(second, work, pool), ROUNDS, judging, (TEXT_NAMES, PAIR_NAMES), work.tell)
        network = tempered(network, judging)
        work.save("stories", network.arrays())
    with processes() as pool:
        held = _learn_pairs(second, third, work, pool)
        network = replace(network, levels=_limits(judge(network, judging), third, work, pool))
        work.save("stories", network.arrays())
        others = {
            name: [
                x
                for own in pool.map(partial(train.examples, models=work.models), train.batches(found, 480, 7))
                for x in own
            ]
            for name, found in held_out.items()
        }
    measured = {
        name: figures(judge(network, found), network.levels)
        for name, found in (("held-out days", judging), *others.items())
    }
    for name, found in measured.items():
        for line in reached(name, found):
            work.tell(line)
    write_card(work.out, card_of(corpora, SEEDS, {"stories": measured, **held}))


def _rounds(second: Corpora, work: Work, pool: ProcessPoolExecutor) -> Iterator[list[Example]]:
    """The examples of each round; the next round's are made while the network is fitted on one."""
    ahead = _started(made_batches(second, work.pages // ROUNDS, 1), work, pool)
    for number in range(1, ROUNDS):
        found = list(ahead)
        ahead = _started(made_batches(second, work.pages // ROUNDS, 1 + 10 * number), work, pool)
        yield found
    yield list(ahead)


def _examples(batches: Batches, work: Work, pool: ProcessPoolExecutor) -> list[Example]:
    return list(_started(batches, work, pool))


def _started(batches: Batches, work: Work, pool: ProcessPoolExecutor) -> Iterator[Example]:
    return chain.from_iterable(pool.map(_example, _read_by(batches, work), chunksize=2))


def _example(given: tuple[Batch, Models]) -> list[Example]:
    return train.examples(*given)


def _read_by(batches: Batches, work: Work) -> list[tuple[Batch, Models]]:
    """Every second batch with the models of lines that its publisher was left out of, the others with all.

    So what is fitted on lines' roles learns what they are worth on publishers that no model has seen.
    """
    strange = [(b, work.halves[name]) for name, own in batches.items() for b in own[::2]]
    strange.sort(key=lambda each: each[1])  # a process keeps one folder of models at a time
    known = [b for own in batches.values() for b in own[1::2]]
    return [*((b, work.without(half)) for b, half in strange), *((b, work.models) for b in known)]


def parted(articles: Iterable[Clean], part: int) -> list[Clean]:
    """One of three parts of the articles, without a day in common: days (or else ids) are assigned by a hash."""

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


def _learn_pairs(second: Corpora, third: Corpora, work: Work, pool: ProcessPoolExecutor) -> dict[str, dict[str, float]]:
    """Fit the models of pairs; returns precision and recall of each on the third part, at threshold 0.5."""
    parts = [_pair_rows(made_batches(part, count, seed), work, pool)
             for part, count, seed in ((second, work.pages // 8, 4), (third, work.pages // 40, 5))]  # fmt: skip
    measured: dict[str, dict[str, float]] = {}
    for name, names, rounds in (
        ("follows", FOLLOW_NAMES, 120),
        ("joins", JOIN_NAMES, 100),
        ("stray", ELSEWHERE_NAMES, 120),
        ("crossed", CROSSED_NAMES, 80),
    ):
        rows, held = ([own[name] for own in part if len(own[name][0])] for part in parts)
        forest = fitted(rows, names, rounds=rounds)
        work.save(name, forest.arrays())
        if held:
            chance, truth = forest.predict(np.concatenate([x for x, _ in held])), np.concatenate([y for _, y in held])
            hit = ((chance > 0.5) & (truth == 1)).sum()
            precision, recall = hit / max(1, (chance > 0.5).sum()), hit / max(1, truth.sum())
            measured[name] = {"precision": round(float(precision), 3), "recall": round(float(recall), 3)}
            work.tell(f"{name}: held out, at .5: precision {precision:.3f} recall {recall:.3f}")
    return measured


def _pair_rows(batches: Batches, work: Work, pool: ProcessPoolExecutor) -> list[dict[str, train.Rows]]:
    every = [b for own in batches.values() for b in own]
    return list(pool.map(partial(pairs.rows, models=work.models), every, chunksize=2))


def _limits(judged: Judged, third: Corpora, work: Work, pool: ProcessPoolExecutor) -> NDArray[np.float32]:
    """Calibrate the thresholds of each boldness."""
    made = _pair_rows(made_batches(third, work.judged_on, 6), work, pool)
    away = [own["stray"] for own in made if len(own["stray"][0])]
    forest = work.models.forest("stray")
    return levels(judged, [forest.predict(x) for x, _ in away], [y for _, y in away])
