"""Terminals, pipes and failures: exit codes, results on stdout, everything else on stderr."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import ParamSpec

from ..errors import UnspliceError

CLEAN, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130

Progress = Callable[[str, int, int], None]
_P = ParamSpec("_P")


def exits(command: Callable[_P, int]) -> Callable[_P, None]:
    """Make the value that a command returns its exit code; an exception becomes one line on stderr and exit code 2."""

    @functools.wraps(command)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except KeyboardInterrupt:
            code = INTERRUPTED
        except Exception as error:
            if _was_interrupted(error):
                raise SystemExit(INTERRUPTED) from None
            if os.environ.get("UNSPLICE_DEBUG", "0") not in ("", "0"):
                show_traceback()
            complain(_told(error))
            code = FAILED
        raise SystemExit(code)

    return wrapper


def _was_interrupted(error: BaseException | None) -> bool:
    """Is an interrupt the cause of an error? Within a compiled function it surfaces as a SystemError."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def show_traceback() -> None:
    """Print the traceback of the current exception, for those who asked for it."""
    import traceback

    traceback.print_exc(file=sys.stderr)


def _told(error: Exception) -> str:
    """An error in one line; one that the user cannot fix is an internal error."""
    if isinstance(error, UnspliceError):
        text = f"error: {error}"
    elif isinstance(error, OSError) and error.strerror:
        text = f"error: {error.filename or 'input or output'}: {error.strerror}"
    else:
        text = f"internal error: {type(error).__name__}: {error} (set UNSPLICE_DEBUG=1 for a traceback)"
    return " ".join(text.split())


def complain(text: str) -> None:
    """Print a line on stderr."""
    print(f"unsplice: {text}", file=sys.stderr, flush=True)


def tell(lines: Iterable[str]) -> None:
    """Print results on stdout."""
    with output():
        for line in lines:
            print(line)


@contextmanager
def output() -> Iterator[None]:
    """Wraps everything that prints results: a reader that stops early (`| head`) is not an error.

    After any failure, buffered output must not fail again when the interpreter shuts down.
    """
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if not isinstance(error, BrokenPipeError):
            raise


def speak_utf8() -> None:
    """Print Han characters and unusual file names in any locale."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a closed stream, as in `>&-`
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A function that draws a progress bar on stderr, called with (stage, done, total); None without a terminal.

    A `total` of 0 is unknown.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield advance
