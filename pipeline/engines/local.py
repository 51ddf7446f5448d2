"""The local engine: this process alone, or a pool of processes where there is enough work to pay for their start."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from .base import Engine

T = TypeVar("T")
R = TypeVar("R")
ENOUGH = 150  # pages from which a second process pays for its start (imports, jieba's dictionary)
CHUNK = 8  # pages handed over at a time: some 0.3 s of work


class _Here:
    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        return map(function, items)


class _Pool:
    def __init__(self, pool: ProcessPoolExecutor):
        self.pool = pool

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        with _without_main():  # the pool starts its processes while it takes the items
            return self.pool.map(function, items, chunksize=CHUNK)


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep new processes from running the caller's script again, which would need `if __name__ == "__main__":` there.

    They find out from `__main__` what to run; our functions are importable without it.
    """
    main = vars(sys.modules["__main__"])
    own: dict[str, object] = {name: main[name] for name in ("__file__", "__spec__") if name in main}
    main.update(dict.fromkeys(own))
    try:
        yield
    finally:
        main.update(own)


@contextmanager
def local(workers: int, pages: int) -> Iterator[Engine]:
    """The engine of this machine. `workers` 0: one per processor, if there are enough `pages`."""
    count = workers or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if count == 1 or (not workers and pages < ENOUGH):
        yield _Here()
        return
    # Spawned, not forked: libraries may hold threads and locks by now.
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield _Pool(pool)
    finally:
        pool.shutdown(cancel_futures=True)
