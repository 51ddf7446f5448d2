"""The lock of an output folder: one run at a time writes there, and the others are told which.

The kernel holds the lock, on the folder itself, and lets go of it however the process ends. The file that names the
holder only informs: it may be left behind by a crash.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ..errors import OutputError

Tell = Callable[[str], None]


def lock(folder: Path, note: Path, wait: Tell | None = None) -> int:
    """An open handle that keeps other runs out of a folder until it is closed; -1 where locks are not supported.

    `note` is the file that names the holder. Where another run holds the lock, raises OutputError, or tells `wait`
    whom it waits for, and waits.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        return -1
    while True:
        handle = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                held = f"{folder}: another run is writing here{_holder(note)}"
                if wait is None:
                    raise OutputError(f"{held}; wait for it to end, or let this run wait with --wait") from error
                wait(f"{held}; waiting for it to end")
                fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_there(handle, folder):
                return handle
            folder.mkdir(parents=True, exist_ok=True)  # the other run removed it
        except OutputError:
            os.close(handle)
            raise
        except OSError:  # a file system without locks
            os.close(handle)
            return -1
        except BaseException:  # interrupted while it waits
            os.close(handle)
            raise
        os.close(handle)


def sign(note: Path) -> None:
    """Write down who holds the lock."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    note.write_text(json.dumps({"process": os.getpid(), "host": platform.node(), "since": since}), "utf-8")


def _holder(note: Path) -> str:
    """Who holds the lock, as far as the note tells."""
    try:
        held = json.loads(note.read_bytes())
        return f" (process {int(held['process'])} on {held['host']}, since {held['since']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _is_there(handle: int, folder: Path) -> bool:
    """Is the locked folder still the one of that name?"""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(folder))
    except FileNotFoundError:
        return False
