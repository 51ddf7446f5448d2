"""How the command line behaves towards terminals, pipes and failures: exit codes, silence, progress."""

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
    """Let a command's answer be the exit code, and turn whatever it raises into 2 with one line on stderr."""

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
    """Is an interrupt at the root of an error? One that comes within a compiled function shows as a SystemError."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def show_traceback() -> None:
    """The whole story of an exception, for those who asked for it."""
    import traceback

    traceback.print_exc(file=sys.stderr)


def _told(error: Exception) -> str:
    """One line: what a user can mend in plain words, anything else as our own fault."""
    if isinstance(error, UnspliceError):
        text = f"error: {error}"
    elif isinstance(error, OSError) and error.strerror:
        text = f"error: {error.filename or 'input or output'}: {error.strerror}"
    else:
        text = f"internal error: {type(error).__name__}: {error} (UNSPLICE_DEBUG=1 shows where)"
    return " ".join(text.split())


def complain(text: str) -> None:
    """A line on stderr."""
    print(f"unsplice: {text}", file=sys.stderr, flush=True)


def tell(lines: Iterable[str]) -> None:
    """Results, on stdout."""
    with output():
        for line in lines:
            print(line)


@contextmanager
def output() -> Iterator[None]:
    """Around everything that prints results: a reader that leaves early (`| head`) is no error of ours.

    Whatever the failure, what is still buffered must not fail once more when the interpreter shuts down.
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
    """Print Han characters and odd file names whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a closed stream, as in `>&-`
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A function to call with (stage, done, total) that draws a bar on stderr; None where there is no terminal.

    A `total` of 0 is one that is not known.
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
