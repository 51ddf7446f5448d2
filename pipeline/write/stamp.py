"""The state that the last run left: would a new run only repeat it, and which files are its own to remove?

For the Makefile, which can neither list files with odd names nor interpret settings.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from glob import glob
from pathlib import Path

from ..config import Config
from .outbox import NAMES, Outbox
from .switch import MANIFEST, PROGRAM, STAGING

PACKAGE = Path(__file__).parent.parent


def fingerprint(paths: Sequence[str], config: Config, models: Path | None = None) -> str:
    """A digest of all that a run depends on: program, models, settings, input.

    It uses names, sizes and times of files, as make does, and reads none; unlike make, it notices deleted files, files
    older than those they replace, and changed settings.
    """
    facts = [sys.version, repr(config), *map(os.path.abspath, paths)]
    roots = [str(PACKAGE), *([str(models)] if models else []), *paths]
    return _digest([*map(repr, facts), *(line for root in roots for line in _listing(root))])


def same(stamp: Path, out: Path, before: str) -> bool:
    """Whether, by the stamp of the last run, a run with this fingerprint would not change `out`."""
    try:
        return (out / MANIFEST).is_file() and stamp.read_text(encoding="ascii") == _stamp(out, before)
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def remember(stamp: Path, out: Path, before: str) -> None:
    """Write the stamp of a run: the fingerprint taken before it, and what it wrote."""
    temporary = stamp.with_name(f"{stamp.name}.new")
    temporary.write_text(_stamp(out, before), encoding="ascii")
    os.replace(temporary, stamp)


def _stamp(out: Path, before: str) -> str:
    """The stamp of a run: its fingerprint and a digest of our own files in `out`; other files do not count."""
    ours = (line for line in _listing(str(out)) if NAMES.fullmatch(name := line.split("\t")[0]) or name == MANIFEST)
    return f"{before} {_digest(ours)}\n"


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _listing(root: str) -> Iterator[str]:
    """One line per file: its path below `root`, size and time; a glob stands for all that it matches."""
    if not os.path.lexists(root):
        for found in sorted(glob(root, recursive=True)):
            yield from _listing(found)
    elif not os.path.isdir(root):
        yield _line(root, root)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(folder, name)
            yield _line(os.path.relpath(path, root), path)


def _line(name: str, path: str) -> str:
    try:
        found = os.stat(path)
    except OSError:  # a broken link, or a file that has just been deleted
        return f"{name}\t-"
    return f"{name}\t{found.st_size}\t{found.st_mtime_ns}"


def clear(out: Path) -> int:
    """Remove what the program wrote into `out` by its manifest, and nothing else; returns the number of files."""
    if not ((out / MANIFEST).exists() or (out / STAGING).exists()):
        return 0
    with Outbox(out) as box:
        count = sum((out / name).is_file() for name in box.ours)
        box.publish(lambda _: json.dumps({"program": PROGRAM, "outputs": []}).encode())
        (out / MANIFEST).unlink()
    with suppress(OSError):  # not empty: it holds other files
        out.rmdir()
    return count
