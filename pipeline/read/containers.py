"""The bytes of a file, unpacked if necessary, within limits that protect against decompression bombs."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ..config import ReadConfig
from .decode import NotAPage
from .formats import Source
from .packed import unpacked

Bytes = io.BufferedReader | io.BytesIO


class Meter:
    """Counts the unpacked bytes of one file, all members together, and stops decompression bombs."""

    def __init__(self, config: ReadConfig, size: int) -> None:
        self.config = config
        self.free = 2 * config.max_bytes  # allowed at any ratio, so that one page too large is reported as such
        self.most = min(config.max_unpacked, self.honest(size))
        self.total = 0

    def honest(self, size: int) -> int:
        """The most bytes that `size` packed bytes may unpack to."""
        return max(self.free, self.config.max_ratio * size)

    def count(self, size: int) -> None:
        """Count bytes, or what costs as much. Raises NotAPage beyond the limit."""
        self.total += size
        if self.total > self.most:
            raise NotAPage(f"unpacks to too much: more than {self.most} bytes")

    def on(self, packed: BinaryIO) -> Callable[[int], None]:
        """A counter for one packed stream that also checks the ratio to the packed bytes read so far."""
        own = 0

        def count(size: int) -> None:
            nonlocal own
            own += size
            if own > self.honest(read := packed.tell()):
                raise NotAPage(f"unpacks to too much: {own} bytes out of {read}")
            self.count(size)

        return count


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a source: its size in bytes as stored, and a function to open it, any number of times.

    Reading raises Damaged, or NotAPage for what unpacks to too much.
    """

    source: Source
    size: int
    open: Callable[[], Bytes]
    meter: Meter
    packed: bool = False  # by itself, or in a zip


def whole(source: Source, config: ReadConfig, stdin: bytes | None = None) -> Content:
    """A file's content, unpacked if it is packed. Raises OSError if it can't be opened."""
    if source.path is None:
        data = sys.stdin.buffer.read() if stdin is None else stdin
        return Content(source, len(data), partial(io.BytesIO, data), Meter(config, len(data)))
    with _plain(source.path) as file:
        size = os.fstat(file.fileno()).st_size
    meter = Meter(config, size)
    return Content(source, size, partial(_opened, source, meter), meter, bool(source.packing))


def _opened(source: Source, meter: Meter) -> io.BufferedReader:
    assert source.path is not None
    file = _plain(source.path)
    return unpacked(file, source.packing, meter.on(file)) if source.packing else file


def _plain(path: Path) -> io.BufferedReader:
    """Open a regular file; a pipe or device is refused, without waiting for a writer."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EINVAL, "a folder, not a file" if stat.S_ISDIR(mode) else "not a plain file")
