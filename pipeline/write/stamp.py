"""What the last run left in its folder: whether a new run would only repeat it, and how to take it away.

For the Makefile, which can neither list files with odd names nor know what a setting means.
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
from .outbox import MANIFEST, NAMES, PROGRAM, STAGING, Outbox

PACKAGE = Path(__file__).parent.parent


def fingerprint(paths: Sequence[str], config: Config, models: Path | None = None) -> str:
    """A digest of all that a run depends on: program, models, settings, input.

    Goes by names, sizes and times of files, as make does, and so needs no reading; but unlike make it notices
    files that are gone, files that are older than what they replace, and changed settings.
    """
    facts = [sys.version, repr(config), *map(os.path.abspath, paths)]
    roots = [str(PACKAGE), *([str(models)] if models else []), *paths]
    return _digest([*map(repr, facts), *(line for root in roots for line in _listing(root))])


def same(stamp: Path, out: Path, before: str) -> bool:
    """Whether, by the stamp of the last run, a run with this fingerprint would leave `out` as it is."""
    try:
        return (out / MANIFEST).is_file() and stamp.read_text(encoding="ascii") == _stamp(out, before)
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def remember(stamp: Path, out: Path, before: str) -> None:
    """Note what a run was made of, by the fingerprint taken before it, and what it left."""
    temporary = stamp.with_name(f"{stamp.name}.new")
    temporary.write_text(_stamp(out, before), encoding="ascii")
    os.replace(temporary, stamp)


def _stamp(out: Path, before: str) -> str:
    """What is not of our making in `out` does not count."""
    ours = (line for line in _listing(str(out)) if NAMES.fullmatch(name := line.split("\t")[0]) or name == MANIFEST)
    return f"{before} {_digest(ours)}\n"


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _listing(root: str) -> Iterator[str]:
    """One line a file: its path below `root`, size and time; a glob stands for all that it finds."""
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
    except OSError:  # a link that leads nowhere, a file that has just gone
        return f"{name}\t-"
    return f"{name}\t{found.st_size}\t{found.st_mtime_ns}"


def clear(out: Path) -> int:
    """Remove what the program wrote into `out` according to its manifest, and nothing else; how many files."""
    if not ((out / MANIFEST).exists() or (out / STAGING).exists()):
        return 0
    with Outbox(out) as box:
        count = sum((out / name).is_file() for name in box.ours)
        box.publish(lambda _: json.dumps({"program": PROGRAM, "outputs": []}).encode())
    (out / MANIFEST).unlink()
    for folder in (out / "articles", out):
        with suppress(OSError):  # not empty: something in it is not ours
            folder.rmdir()
    return count
