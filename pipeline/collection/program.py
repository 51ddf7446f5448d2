"""What stands for the program: a digest of its source, and of the versions that it runs with."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# Those that results depend on.
LIBRARIES = ("anyascii", "charset-normalizer", "ftfy", "jieba", "lxml", "numpy", "opencc", "rapidfuzz", "trafilatura")


@cache
def program() -> str:
    """A digest that differs where the program may decide differently."""
    found = hashlib.sha256(sys.version.encode())
    for library in LIBRARIES:
        found.update(f"{library} {_version(library)}\n".encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        found.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
