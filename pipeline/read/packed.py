"""Streams of gz, bz2, xz and zst, unpacked as they are read, with every byte before damage."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

PACKED = (".gz", ".zst", ".bz2", ".xz")
BUFFER = 2**20  # bytes that are unpacked at a time
PIECE = 2**12  # bytes of zst asked for at once: what its library has of them when it meets a damage, it doesn't give
FAULTS = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, MemoryError)

Read = Callable[[int], bytes]  # gives at most so many bytes, and none at the end
Watch = Callable[[int], None]  # is told how many bytes have come, and may raise


class Damaged(OSError):
    """Packed bytes that can't be unpacked, at all or to their end."""


def split_packing(name: str) -> tuple[str, str]:
    """A file's name without the ending of its packing, and that ending.

    >>> split_packing("day.jsonl.GZ"), split_packing("day.jsonl")
    (('day.jsonl', '.gz'), ('day.jsonl', ''))
    """
    base, ending = os.path.splitext(name)
    return (base, ending.lower()) if ending.lower() in PACKED else (name, "")


def unpacked(file: BinaryIO, packing: str, watch: Watch) -> io.BufferedReader:
    """What an open file holds, unpacked as it is read; `packing` is one of PACKED. Closing it closes the file.

    Raises Damaged when damage is reached.
    """
    if packing == ".gz":
        return stream(file, gzip.GzipFile(fileobj=file).read1, watch)
    if packing == ".bz2":
        return stream(file, bz2.BZ2File(file).read1, watch)
    if packing == ".xz":
        return stream(file, lzma.LZMAFile(file).read1, watch)
    import pyarrow  # late: slow to import

    whole = pyarrow.CompressedInputStream(pyarrow.PythonFile(file, "r"), "zstd")
    return stream(file, lambda size: cast(bytes, whole.read(min(size, PIECE))), watch)


def stream(file: BinaryIO, read: Read, watch: Watch) -> io.BufferedReader:
    """A file to read from, made of a function; closing it closes `file`."""
    return io.BufferedReader(_Stream(file, read, watch), BUFFER)


class _Stream(io.RawIOBase):
    """A raw stream over pieces, so that an error loses nothing that came before it."""

    def __init__(self, file: BinaryIO, read: Read, watch: Watch) -> None:
        self._file = file
        self._read = read
        self._watch = watch
        self._at = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except FAULTS as error:
            if isinstance(error, OSError) and error.strerror:  # of the disk, not of what is on it
                raise
            raise Damaged(str(error) or "it can't be unpacked") from error
        buffer[: len(data)] = data
        self._at += len(data)
        self._watch(len(data))
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
