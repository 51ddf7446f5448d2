"""The folder for caches: jieba's dictionary and compiled kernels."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def private_folder() -> Path | None:
    """A folder for caches that nobody else can write to; None where there is none, as for a user without a home.

    What is cached is code: in a shared folder, a planted file would be run.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "unsplice"
    if not folder.is_absolute():  # no home: `~` stays as it is
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return None
    if os.name == "posix" and (found.st_uid != os.getuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return None
    return folder if os.access(folder, os.W_OK) else None
