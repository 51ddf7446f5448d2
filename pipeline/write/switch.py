"""From one whole run to the next: what is renamed and removed, written down before it is done.

Everything that a run writes lies ready in `.unsplice/new`, the manifest included, before `.unsplice/pending.json`
says what becomes of it. Until that file stands, the old run stands, whole. Once it does, the new run counts: whatever
interrupts the renames, the next run completes them first. Meanwhile there is no manifest: **where manifest.json stands,
all that it lists is of one run.**
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..errors import OutputError

MANIFEST = "manifest.json"
PROGRAM = "unsplice"
STAGING = ".unsplice"
FOLDERS = ("articles", ".index")  # those that outputs lie in


@dataclass(frozen=True)
class Pending:
    """What a run still has to do: the names to put in place, in order, those to remove, and those to keep under another
    name, because somebody edited them. `outputs` are all names that are ours, old and new."""

    outputs: list[str]
    put: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    keep: dict[str, str] = field(default_factory=dict)
    program: str = PROGRAM


def write_pending(out: Path, pending: Pending) -> None:
    """From here on the new run counts."""
    path = pending_path(out)
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(json.dumps(asdict(pending)).encode())
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def pending_path(out: Path) -> Path:
    """Where the file lies that says what is still to do."""
    return out / STAGING / "pending.json"


def complete(out: Path) -> bool:
    """Complete what an interrupted run had begun to put in place; is there now one whole run?"""
    pending = read_pending(out)
    if pending is None:
        return True
    ready = (out / STAGING / "new" / MANIFEST).exists() or (out / MANIFEST).exists()
    if not ready or not (pending.put or pending.remove):
        return False  # what lay ready is gone: somebody removed it, or an older version was interrupted
    switch(out, pending)
    return True


def read_pending(out: Path) -> Pending | None:
    """What an interrupted run had still to do; None if there is nothing. Raises OutputError for a file of others."""
    path = pending_path(out)
    try:
        content = json.loads(path.read_bytes())
        if content["program"] == PROGRAM:
            return Pending(**content)
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError):
        pass
    raise OutputError(f"{path}: is not a file of ours; move it away or choose another folder with --out")


def switch(out: Path, pending: Pending) -> None:
    """Put a run in place that lies ready. Steps that have been done already do no harm: all of them complete it."""
    new = out / STAGING / "new"
    if MANIFEST in pending.put and (new / MANIFEST).exists():
        remove(out / MANIFEST)
        sync_folder(out)
    for name, other in pending.keep.items():
        if (name in pending.remove or (new / name).exists()) and os.path.lexists(out / name):
            os.replace(out / name, out / other)
    for name in pending.put:
        if name != MANIFEST and (new / name).exists():
            (out / name).parent.mkdir(exist_ok=True)
            os.replace(new / name, out / name)
    for name in pending.remove:
        remove(out / name)
    for folder in FOLDERS:
        if any(name.startswith(f"{folder}/") for name in pending.remove):
            with suppress(OSError):  # not empty, or not there
                (out / folder).rmdir()
    for place in (*(out / folder for folder in FOLDERS), out):
        if place.is_dir():
            sync_folder(place)
    if MANIFEST in pending.put and (new / MANIFEST).exists():
        os.replace(new / MANIFEST, out / MANIFEST)
        sync_folder(out)
    pending_path(out).unlink()


def check_whole(out: Path) -> None:
    """Raises OutputError where a run was interrupted while it put its results in place, or is doing so."""
    if pending_path(out).exists() and not (out / MANIFEST).exists():
        remedy = "run again, or `unsplice status`, which completes it"
        raise OutputError(f"{out}: is between two runs: one was stopped while it put its results in place; {remedy}")


def remove(path: Path) -> None:
    """Remove a regular file; anything else of that name is not ours."""
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            path.unlink()
    except FileNotFoundError:
        pass


def sync_folder(folder: Path) -> None:
    """Wait until the renames in a folder are on the disk, where the system can open folders."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
