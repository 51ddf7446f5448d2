"""Learn all models from clean articles: the steps of `unsplice learn`.

The articles are split into three parts by day, so that each model is fitted on the errors that earlier ones make on new
text. The first part trains the lexicon, the model of seams and the roles of lines; the second, the decisions about
stories; the third calibrates and evaluates them.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import ReadConfig
from ..errors import InputError
from ..models import Models, unchecked
from ..models.card import NAME as CARD
from ..models.card import write_card
from ..models.forest import Forest
from ..passages.fused import FUSED_NAMES
from ..passages.roles import DRAFT_NAMES
from ..passages.roles import NAMES as ROLE_NAMES
from ..passages.style import ROLES
from ..reattach.batch.elsewhere import ELSEWHERE_NAMES
from ..reattach.batch.order import FOLLOW_NAMES, JOIN_NAMES
from ..reattach.page.crossed import CROSSED_NAMES
from ..reattach.page.features import PAIR_NAMES, TEXT_NAMES
from ..text.forms import comparable
from . import pairs, train
from .articles import read_articles
from .boosting import fit
from .calibrate import Judged, figures, judge, levels, reached, tempered
from .card import TOOLS, Corpora, card_of
from .lexicon import learn_lexicon
from .made import Batch, Clean
from .network import Example, fit_network
from .seams import learn_seams

LEAST = 500  # articles: models learned from fewer are worse than those that ship
SEEDS = {"roles": 3, "stories": 1, "judged on": 2, "pairs": 4, "pairs held out": 5, "limits": 6, "held out": 7}
ROUNDS = 8  # of new pages that the network is fitted on: it gains more from new pages than from more epochs
GROWTH = 0.4  # exponent by which a publisher's pages grow with its articles: unlike publishers count, not many articles
SHARES = (55, 90)  # percent of the articles that make up the first part, and the first two
Tell = Callable[[str], None]
Batches = Mapping[str, Sequence[Batch]]  # by publisher


@dataclass(frozen=True, slots=True)
class Work:
    """The output folder, the number of made pages to fit the network on, and a callback for progress messages.

    halves: which half of the publishers, 0 or 1, each belongs to.
    """

    out: Path
    pages: int
    tell: Tell
    halves: Mapping[str, int] = field(default_factory=dict)

    @property
    def judged_on(self) -> int:
        """The number of made pages of the third part for calibration."""
        return max(2 * train.TOGETHER, self.pages // 32)

    @property
    def models(self) -> Models:
        """The models fitted so far, read from the folder."""
        return Models(self.out)

    def without(self, half: int) -> Models:
        """The models of lines that were fitted without one half of the publishers."""
        return Models(self.out / f"without-{half}")

    def save(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write one model."""
        np.savez_compressed(self.out / f"{name}.npz", **arrays)  # type: ignore[arg-type]


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
    with _processes() as pool:
        learn_roles(first, work, pool)
        judging = _examples(_batches(third, work.judged_on, 2), work, pool)
        network = fit_network(_rounds(second, work, pool), ROUNDS, judging, (TEXT_NAMES, PAIR_NAMES), work.tell)
        network = tempered(network, judging)
        work.save("stories", network.arrays())
    with _processes() as pool:
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


def _processes() -> ProcessPoolExecutor:
    """A pool of two spawned processes that load models when needed; forking a process that uses JAX may hang."""
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(2, mp_context=context, initializer=unchecked.cache_clear)


def _rounds(second: Corpora, work: Work, pool: ProcessPoolExecutor) -> Iterator[list[Example]]:
    """The examples of each round; the next round's are made while the network is fitted on one."""
    ahead = _started(_batches(second, work.pages // ROUNDS, 1), work, pool)
    for number in range(1, ROUNDS):
        found = list(ahead)
        ahead = _started(_batches(second, work.pages // ROUNDS, 1 + 10 * number), work, pool)
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


def half_of(publishers: Iterable[str]) -> dict[str, int]:
    """Which half of the publishers each belongs to."""
    return {name: k % 2 for k, name in enumerate(sorted(publishers))}


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


def _batches(corpora: Corpora, pages: int, seed: int) -> Batches:
    """Made pages of each publisher; their number grows little with its articles."""
    weight = {name: len(found) ** GROWTH for name, found in corpora.items() if len(found) >= train.FEWEST}
    total = sum(weight.values())
    return {name: train.batches(corpora[name], int(pages * w / total), seed * 100 + k)
            for k, (name, w) in enumerate(weight.items())}  # fmt: skip


def learn_roles(first: Corpora, work: Work, pool: ProcessPoolExecutor) -> None:
    """Fit the roles of lines and what is fused to them: on all publishers, and on each half of them.

    The second reading is fitted on first readings by models that its publisher was left out of.
    """
    for left_out in (0, 1):
        work.without(left_out).folder.mkdir(exist_ok=True)
        for name in ("lexicon", "seams"):
            shutil.copy(work.out / f"{name}.npz", work.without(left_out).folder)
    made: Batches = {
        name: [b for share, seed, damage in ((6, 50, 3.0), (3, 60, 0.0))
               for b in train.batches(found, len(found) // share, seed, damage)]
        for name, found in first.items() if len(found) >= train.FEWEST
    }  # fmt: skip
    _fit_each("fused", FUSED_NAMES, _rows(train.fused_rows, made, work, pool), work, rounds=80)
    made = _batches(first, sum(map(len, first.values())) // 2, 3)
    rows = _rows(train.draft_rows, made, work, pool)
    _fit_each("draft", DRAFT_NAMES, rows, work, classes=len(ROLES), rounds=100)
    rows = {name: list(pool.map(partial(train.role_rows, models=work.without(work.halves[name])), own))
            for name, own in sorted(made.items(), key=lambda each: work.halves[each[0]])}  # fmt: skip
    _fit_each("roles", ROLE_NAMES, rows, work, classes=len(ROLES), rounds=150)
    work.tell("roles and captions: done")


def _rows(
    rows: Callable[..., train.Rows], batches: Batches, work: Work, pool: ProcessPoolExecutor
) -> dict[str, list[train.Rows]]:
    return {name: list(pool.map(partial(rows, models=work.models), own)) for name, own in batches.items()}


def _fit_each(
    name: str,
    names: Sequence[str],
    rows: Mapping[str, Sequence[train.Rows]],
    work: Work,
    *,
    rounds: int,
    classes: int = 1,
) -> None:
    """Fit a forest on the rows of all publishers, and one without each half."""
    every = [r for own in rows.values() for r in own]
    work.save(name, _fitted(every, names, classes=classes, rounds=rounds).arrays())
    for left_out in (0, 1):
        own = [r for publisher, found in rows.items() for r in found if work.halves[publisher] != left_out]
        forest = _fitted(own or every, names, classes=classes, rounds=rounds)
        replace(work, out=work.without(left_out).folder).save(name, forest.arrays())


def _learn_pairs(second: Corpora, third: Corpora, work: Work, pool: ProcessPoolExecutor) -> dict[str, dict[str, float]]:
    """Fit the models of pairs; returns precision and recall of each on the third part, at threshold 0.5."""
    parts = [_pair_rows(_batches(part, count, seed), work, pool)
             for part, count, seed in ((second, work.pages // 8, 4), (third, work.pages // 40, 5))]  # fmt: skip
    measured: dict[str, dict[str, float]] = {}
    for name, names, rounds in (
        ("follows", FOLLOW_NAMES, 120),
        ("joins", JOIN_NAMES, 100),
        ("stray", ELSEWHERE_NAMES, 120),
        ("crossed", CROSSED_NAMES, 80),
    ):
        rows, held = ([own[name] for own in part if len(own[name][0])] for part in parts)
        forest = _fitted(rows, names, rounds=rounds)
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
    made = _pair_rows(_batches(third, work.judged_on, 6), work, pool)
    away = [own["stray"] for own in made if len(own["stray"][0])]
    forest = work.models.forest("stray")
    return levels(judged, [forest.predict(x) for x, _ in away], [y for _, y in away])


def _fitted(rows: Sequence[train.Rows], names: Sequence[str], *, classes: int = 1, rounds: int) -> Forest:
    features, labels = (np.concatenate(x) for x in zip(*[r for r in rows if len(r[0])], strict=True))
    return fit(features, labels, names, classes=classes, rounds=rounds)
