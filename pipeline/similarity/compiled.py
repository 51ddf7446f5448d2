"""Kernels: functions that numba compiles once, on first use, and keeps in a private folder for the next process."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numba

from pipeline.similarity.private import private_folder

Kernel = Callable[..., Any]  # of arrays and numbers; what it takes and gives is in its docstring


@lru_cache(maxsize=1)
def _cache() -> str | None:
    """The folder of the compiled kernels of this source.

    numba looks only at the file that a kernel stands in, but kernels are made of functions of other files as well.
    """
    folder = private_folder()
    if folder is None:
        return None
    source = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return str(folder / f"kernels-{crc32(source):08x}")


def kernel(function: Kernel) -> Kernel:
    """Compile a function of arrays and numbers when it is first called; it runs without Python's lock."""
    folder = _cache()
    if folder is None:
        return numba.njit(nogil=True)(function)
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = folder  # read while decorating; others' functions keep their own folder
    try:
        return numba.njit(nogil=True, cache=True)(function)
    finally:
        numba.config.CACHE_DIR = before


def inlined(function: Kernel) -> Kernel:
    """A small function that becomes part of the kernels that call it."""
    return numba.njit(inline="always")(function)
