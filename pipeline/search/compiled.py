"""Kernels: functions that numba compiles on first use and caches in a private folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numba

from ..text.private import private_folder

DECORATED = re.compile(rb"^@(?:kernel|inlined)$", re.MULTILINE)
Kernel = Callable[..., Any]  # of arrays and numbers; its docstring says which


@lru_cache(maxsize=1)
def _shared() -> int:
    """A checksum of all files here with kernels: they call one another across files, and numba checks only one file."""
    sources = map(Path.read_bytes, sorted(Path(__file__).parent.glob("*.py")))
    return crc32(b"".join(source for source in sources if DECORATED.search(source)))


@lru_cache(maxsize=64)
def _cache(file: str) -> str | None:
    """The cache folder of a file's compiled kernels, named after everything that they depend on."""
    folder = private_folder()
    if folder is None:
        return None
    return str(folder / f"kernels-{crc32(Path(file).read_bytes(), _shared()):08x}")


def kernel(function: Kernel) -> Kernel:
    """Compile a function of arrays and numbers when it is first called; it releases the GIL."""
    folder = _cache(function.__code__.co_filename)
    if folder is None:
        return numba.njit(nogil=True)(function)
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = folder  # read while decorating; other packages keep their own folder
    try:
        return numba.njit(nogil=True, cache=True)(function)
    finally:
        numba.config.CACHE_DIR = before


def inlined(function: Kernel) -> Kernel:
    """A small function that is inlined into the kernels that call it."""
    return numba.njit(inline="always")(function)
