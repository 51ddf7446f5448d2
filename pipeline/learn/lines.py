"""Fit the models of lines: their roles, and what is fused to their ends; for all publishers, and without each half.

Models that a publisher was left out of read its pages as they would read a stranger's.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

from ..passages.fused import FUSED_NAMES
from ..passages.roles import DRAFT_NAMES
from ..passages.roles import NAMES as ROLE_NAMES
from ..passages.style import ROLES
from . import train
from .card import Corpora
from .work import Batches, Work, fitted, made_batches


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
    made = made_batches(first, sum(map(len, first.values())) // 2, 3)
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
    work.save(name, fitted(every, names, classes=classes, rounds=rounds).arrays())
    for left_out in (0, 1):
        own = [r for publisher, found in rows.items() for r in found if work.halves[publisher] != left_out]
        forest = fitted(own or every, names, classes=classes, rounds=rounds)
        replace(work, out=work.without(left_out).folder).save(name, forest.arrays())
