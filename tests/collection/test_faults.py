"""Runs that are killed, or whose disk fails, at their file operations: what stood stands, or the new is whole.

Each run is a child process that is forked when everything is loaded. `UNSPLICE_FAULT_STEP=1` tries every operation.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unsplice.collection.update import Options, update
from unsplice.config import Config
from unsplice.errors import OutputError
from unsplice.models import load
from unsplice.write.outbox import Outbox
from unsplice.write.switch import STAGING, check_whole

from tests.pages import damaged

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
EVERY = int(os.environ.get("UNSPLICE_FAULT_STEP", "23"))  # operations from one that is tried to the next
CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")  # events that an audit hook is told of
DONE, REFUSED = 0, 2
Counted = Callable[[], None]


def run(workers: int = 1) -> None:
    """A run as the command makes it, over all that is in raw/."""
    with Outbox(Path("cleaned")) as box:
        update(box, ["raw"], Config(), load(), Options(prune=True, workers=workers))


def child(prepare: Callable[[], None], workers: int = 1) -> int:
    """Runs in a process of its own; its exit code, or the signal that ended it, negative."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            prepare()
            run(workers)
            code = DONE
        except OutputError:
            code = REFUSED
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def watching(reached: Counted) -> Callable[[], None]:
    """Prepares a process: whatever changes the output folder calls a function first."""

    def prepare() -> None:
        here = os.getcwd()

        def hook(event: str, args: tuple[Any, ...]) -> None:
            if event in CHANGES and isinstance(args[0], str | os.PathLike):
                path = os.path.join(here, os.fspath(args[0]))
                writes = event != "open" or bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
                if writes and path.startswith(os.path.join(here, "cleaned")):
                    reached()

        sync = os.fsync

        def fsync(handle: int) -> None:
            reached()
            sync(handle)

        os.fsync = fsync  # type: ignore[assignment]
        sys.addaudithook(hook)

    return prepare


def count_operations() -> int:
    """How many file operations a run has."""
    counts = os.open("counts", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    assert child(watching(lambda: os.write(counts, b"x") and None)) == DONE
    os.close(counts)
    return Path("counts").stat().st_size


def failing(at: int, fault: str) -> Callable[[], None]:
    """Prepares a process that is killed at an operation, or whose disk fails there: once, or from there on."""
    left = at

    def reached() -> None:
        nonlocal left
        left -= 1
        if left == 0 and fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if left == 0 or (left < 0 and fault == "full from there on"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "cleaned")

    return watching(reached)


def contents(hidden: bool = False) -> dict[str, bytes]:
    """All files of the output folder by name, the index among them if asked for, what lies ready left out."""
    found = {path.relative_to("cleaned").as_posix(): path for path in Path("cleaned").rglob("*") if path.is_file()}
    there = {name: path for name, path in found.items() if not name.startswith(f"{STAGING}/")}
    return {name: path.read_bytes() for name, path in there.items() if hidden or not name.startswith(".")}


def put(**pages: int) -> None:
    texts = [page.text() + "\n" for page in damaged(3, 3, 1.0).pages]
    shutil.rmtree("raw", ignore_errors=True)
    Path("raw").mkdir()
    for name, text in pages.items():
        Path("raw", f"{name}.txt").write_text(texts[text], "utf-8")
        os.utime(Path("raw", f"{name}.txt"), ns=(10**18, 10**18 + text))


@pytest.mark.parametrize("fault", ["kill", "full once", "full from there on"])
@pytest.mark.parametrize("start", ["first run", "increment"])
def test_what_stood_stands_or_the_new_is_whole(
    start: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if start == "increment":
        put(a=0, b=1)
        run()
    old = contents(hidden=True) if start == "increment" else {}
    keep = Path("kept")
    shutil.copytree("cleaned", keep) if old else keep.mkdir()
    put(a=0, b=2, c=1) if old else put(a=0, b=1)
    operations = count_operations()
    new = contents(hidden=True)
    assert operations > 40
    tried, ends = 0, set()
    for at in range(1, operations + 1, EVERY):
        shutil.rmtree("cleaned")
        if old:
            shutil.copytree(keep, "cleaned")
        ends.add(child(failing(at, fault)))
        tried += 1
        seen = contents(hidden=True) if Path("cleaned").exists() else {}
        if not Path("cleaned/manifest.json").exists() and seen:
            with pytest.raises(OutputError, match="is between two runs"):
                check_whole(Path("cleaned"))
        else:
            assert seen in (old, new), at
        run()
        assert contents(hidden=True) == new, at
        assert not Path("cleaned", STAGING).exists(), at
    assert tried >= operations // EVERY
    assert ends <= ({-signal.SIGKILL} if fault == "kill" else {DONE, REFUSED})
    print(f"{start}, {fault}: {tried} of {operations} operations tried")
