"""Kernels: functions that numba compiles once, on first use, and keeps in a private folder for the next process."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numba

F = TypeVar("F", bound=Callable[..., object])


@lru_cache(maxsize=1)
def private_folder() -> Path | None:
    """A folder for caches that nobody else can write to; None where there is none, as for a user without a home.

    What is cached is code: in a shared folder, a planted file would be run.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "unsplice"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return None
    if os.name == "posix" and (found.st_uid != os.getuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return None
    return folder if os.access(folder, os.W_OK) else None


def kernel(function: F) -> F:
    """Compile a function of arrays and numbers when it is first called; it runs without Python's lock."""
    folder = private_folder()
    if folder is None:
        return numba.njit(nogil=True)(function)  # type: ignore[no-any-return]
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder / "kernels")  # read while decorating; others' functions keep their own folder
    try:
        return numba.njit(nogil=True, cache=True)(function)  # type: ignore[no-any-return]
    finally:
        numba.config.CACHE_DIR = before


def inlined(function: F) -> F:
    """A small function that becomes part of the kernels that call it."""
    return numba.njit(inline="always")(function)  # type: ignore[no-any-return]
