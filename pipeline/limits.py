"""A limit on the CPU time that one page may take, whatever is in it: past it, the page is set aside.

A timer of the process interrupts the work, so that libraries are held to it, too; loops need not look at a clock. It
only runs in the main thread of a process, as Python handles signals nowhere else: a worker always is in its own. What
takes long inside one call of a compiled library is interrupted when that call returns.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import Any

AGAIN = 1.0  # CPU seconds after which the timer rings once more, where a library has caught the first interruption
Map = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


class OutOfTime(BaseException):
    """The time is up. No Exception, as libraries catch these all."""


class Exceeded(Exception):
    """Pages that are beyond a limit: for each, by id, the reason to set it aside."""

    def __init__(self, pages: Mapping[str, str]):
        super().__init__(", ".join(pages))
        self.pages = pages


@dataclass(frozen=True, slots=True)
class _Slow:
    """Stands for the result of work on a page that took too long."""

    page: str


@contextmanager
def cpu_seconds(limit: float) -> Iterator[None]:
    """Raises OutOfTime where what is done takes more CPU seconds; not in another thread than the main one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, limit, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        signal.signal(signal.SIGPROF, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTime


def too_slow(limit: float) -> str:
    """The reason to set a page aside."""
    return f"too slow: more than {limit:g} CPU seconds"


def in_time(each: Map, limit: float) -> Map:
    """A function that maps as `each` does, and holds the work on each page to a limit; the items begin with a page.

    Raises Exceeded behind the results of the others where one took longer.
    """

    def mapped(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        slow = {}
        for result in each(partial(_limited, function=function, limit=limit), items):
            if isinstance(result, _Slow):
                slow[result.page] = too_slow(limit)
            else:
                yield result
        if slow:
            raise Exceeded(slow)

    return mapped


def _limited(item: Any, function: Callable[[Any], Any], limit: float) -> Any:
    try:
        with cpu_seconds(limit):
            return function(item)
    except OutOfTime:
        page = item[0] if isinstance(item, tuple) else item
        return _Slow(page.id)
