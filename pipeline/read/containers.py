"""The bytes of a file: as they lie there, or as they unpack, within limits that no honest file comes to."""

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
    """Counts what one file unpacks to, all its members together, and stops what would fill the memory or the day."""

    def __init__(self, config: ReadConfig, size: int) -> None:
        self.config = config
        self.free = 2 * config.max_bytes  # so much may come of next to nothing: one page too large shows as just that
        self.most = min(config.max_unpacked, self.honest(size))
        self.total = 0

    def honest(self, size: int) -> int:
        """How much `size` packed bytes may unpack to."""
        return max(self.free, self.config.max_ratio * size)

    def count(self, size: int) -> None:
        """Note bytes, or as good as bytes. Raises NotAPage where they are too many."""
        self.total += size
        if self.total > self.most:
            raise NotAPage(f"unpacks to too much: more than {self.most} bytes")

    def on(self, packed: BinaryIO) -> Callable[[int], None]:
        """A counter for what comes of one packed stream, which looks at how much of that has been read, too."""
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
    """What pages are made of: where it stands, its size in bytes as it lies there, and how to open it, again and again.

    Reading raises Damaged, or NotAPage for what unpacks to too much.
    """

    source: Source
    size: int
    open: Callable[[], Bytes]
    meter: Meter


def whole(source: Source, config: ReadConfig, stdin: bytes | None = None) -> Content:
    """A file's content, unpacked if it is packed. Raises OSError if it can't be opened."""
    if source.path is None:
        data = sys.stdin.buffer.read() if stdin is None else stdin
        return Content(source, len(data), partial(io.BytesIO, data), Meter(config, len(data)))
    with _plain(source.path) as file:
        size = os.fstat(file.fileno()).st_size
    meter = Meter(config, size)
    return Content(source, size, partial(_opened, source, meter), meter)


def _opened(source: Source, meter: Meter) -> io.BufferedReader:
    assert source.path is not None
    file = _plain(source.path)
    return unpacked(file, source.packing, meter.on(file)) if source.packing else file


def _plain(path: Path) -> io.BufferedReader:
    """An open file; a pipe or device is refused, and opening one doesn't wait for a writer."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EINVAL, "a folder, not a file" if stat.S_ISDIR(mode) else "not a plain file")
