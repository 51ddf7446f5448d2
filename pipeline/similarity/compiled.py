"""Kernels: functions that numba compiles once, on first use, and keeps in a private folder for the next process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

from pipeline.similarity.private import private_folder

Kernel = Callable[..., Any]  # of arrays and numbers; what it takes and gives is in its docstring


def kernel(function: Kernel) -> Kernel:
    """Compile a function of arrays and numbers when it is first called; it runs without Python's lock."""
    folder = private_folder()
    if folder is None:
        return numba.njit(nogil=True)(function)
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder / "kernels")  # read while decorating; others' functions keep their own folder
    try:
        return numba.njit(nogil=True, cache=True)(function)
    finally:
        numba.config.CACHE_DIR = before


def inlined(function: Kernel) -> Kernel:
    """A small function that becomes part of the kernels that call it."""
    return numba.njit(inline="always")(function)
