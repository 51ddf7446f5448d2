"""Files to pages: what each file or record holds, or why it can't be read.

What can't be read as a page is set aside with the reason and a remedy; the run goes on without it.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from typing import Any, BinaryIO

import orjson

from pipeline.config import ReadConfig
from pipeline.model import Page, SetAside
from pipeline.stages.decode import Decoded, NotAPage, binary, decode, forced, likely_codec, marked_codec, mend
from pipeline.stages.sources import Source, find_sources, plain_id, unused_id

__all__ = ["Source", "find_sources", "read_source"]

HEAD = 2**16  # bytes that show whether a JSONL file is one, and of foreign lines that show their encoding
WIDE = re.compile(r"utf[-_]?(16|32)", re.IGNORECASE)  # encodings whose line breaks are more than one byte
LONE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
META = ("id", "title", "url", "date")
REMEDIES = {
    "empty": "Scrape it again, or leave it out.",
    "binary": "Leave it out; if it is text, name its encoding with read.encoding.",
    "unreadable": "Make it a plain file that you may read, or leave it out.",
    "undecodable": "Convert it to UTF-8, or name its encoding with read.encoding.",
    "too large": "Split it into pages, or raise read.max_bytes.",
    "not JSON": "Write one JSON object on each line.",
    "no text field": 'Give it a field "text" that holds the text of the page.',
}


def read_source(source: Source, config: ReadConfig, stdin: bytes | None = None) -> list[Page | SetAside]:
    """The pages of one source, and what had to be set aside, in the order of the file.

    `stdin` is what standard input holds, read here if it isn't given. Raises ConfigError for an unknown encoding.
    """
    forced(config)
    results: list[Page | SetAside] = []
    size = 0
    try:
        with _open(source, stdin) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            if _is_jsonl(source, file):
                results.extend(_records(source, file, config))
            else:
                results.append(_page(source, file, config))
            if not results:
                raise NotAPage("empty")
    except OSError as error:
        reason = f"unreadable: {(error.strerror or type(error).__name__).lower()}"
        results.append(_aside(source.id, source, reason, size))
    except NotAPage as error:
        results.append(_aside(source.id, source, str(error), size))
    return results


def _open(source: Source, stdin: bytes | None) -> BinaryIO:
    """The source's bytes; a pipe or device is refused, and opening one doesn't wait for a writer."""
    if source.path is None:
        return io.BytesIO(sys.stdin.buffer.read() if stdin is None else stdin)
    descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EINVAL, "a folder, not a file" if stat.S_ISDIR(mode) else "not a plain file")


def _is_jsonl(source: Source, file: BinaryIO) -> bool:
    if source.path is not None:
        return source.jsonl
    head = file.read(HEAD)
    file.seek(0)
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{")


def _aside(page_id: str, source: Source, reason: str, size: int, record: int | None = None) -> SetAside:
    return SetAside(page_id, source.name, reason, REMEDIES[reason.partition(":")[0]], size, record)


def _page(source: Source, file: BinaryIO, config: ReadConfig) -> Page:
    """A file that is one page."""
    data = file.read(config.max_bytes + 1)
    if len(data) > config.max_bytes:
        raise NotAPage(f"too large: more than {config.max_bytes} bytes")
    decoded = decode(data, config)
    if not decoded.text.strip():
        raise NotAPage("empty")
    return Page(source.id, source.name, decoded.text, decoded.encoding, flags=_flags(decoded.bad))


def _flags(bad: int) -> tuple[str, ...]:
    return (f"bad-bytes:{bad}",) if bad else ()


def _records(source: Source, file: BinaryIO, config: ReadConfig) -> Iterator[Page | SetAside]:
    """The records of a JSONL file: each a page, or set aside by itself."""
    head = file.read(HEAD)
    file.seek(0)
    codec = forced(config) or marked_codec(head)
    if codec is not None and WIDE.match(codec):
        file, config = io.BytesIO(_narrowed(file.read(), config)), replace(config, encoding="auto")
    elif binary(head, config):
        raise NotAPage("binary")
    foreign = cache(lambda: _foreign_codec(file, config))
    taken: set[str] = set()
    rivals = frozenset(source.rivals)
    for number, line, size in _lines(file, config.max_bytes):
        record = _record(line, config, foreign)
        meta = {key: value for key in META if (value := _value(record.fields.get(key)))}
        stem = plain_id(meta["id"], meta["id"]) if "id" in meta else f"{number:04}"
        page_id = unused_id(f"{source.id}-{stem}", f"{source.name}:{number}", taken, rivals)
        if record.reason:
            yield _aside(page_id, source, record.reason, size, number)
        else:
            encoding = codec if codec and record.encoding == "utf-8" else record.encoding
            yield Page(page_id, source.name, record.text, encoding, number, meta, _flags(record.bad))


def _narrowed(data: bytes, config: ReadConfig) -> bytes:
    """UTF-16 or UTF-32 as UTF-8, in which what was bad is a bad byte again, so that its record tells of it."""
    decoded = decode(data, config)
    return decoded.text.encode("utf-8").replace("\ufffd".encode(), b"\xff" if decoded.bad else "\ufffd".encode())


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes, int]]:
    """The lines that aren't blank: number (from 1), content (of one longer than `limit` a part), and full size."""
    for number in count(1):
        line = file.readline(limit + 1)
        size = len(line)
        if not line:
            return
        part = line
        while not part.endswith(b"\n") and (part := file.readline(HEAD)):
            size += len(part)
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, line, size


def _foreign_codec(file: BinaryIO, config: ReadConfig) -> str:
    """The encoding of those lines of a file that aren't UTF-8, told by all of them, as each may be short."""
    here = file.tell()
    file.seek(0)
    sample = b""
    for _, line, _ in _lines(file, config.max_bytes):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            sample += line
        if len(sample) >= HEAD:
            break
    file.seek(here)
    return likely_codec(sample)


@dataclass(frozen=True, slots=True)
class _Record:
    """A line of JSONL as it was read; with a reason if it can't be a page."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    encoding: str = ""
    bad: int = 0
    reason: str = ""


def _record(line: bytes, config: ReadConfig, foreign: Callable[[], str]) -> _Record:
    """One line as a record; `foreign` tells the encoding of a line that isn't UTF-8."""
    fields: Mapping[str, Any] = {}
    try:
        if len(line) > config.max_bytes:
            raise NotAPage(f"too large: more than {config.max_bytes} bytes")
        decoded = _decoded_line(line, config, foreign)
        fields = _object(decoded.text)
        text, replaced = _text(fields)
    except NotAPage as error:
        return _Record(fields, reason=str(error))
    return _Record(fields, text, decoded.encoding, decoded.bad + replaced)


def _decoded_line(line: bytes, config: ReadConfig, foreign: Callable[[], str]) -> Decoded:
    if config.encoding == "auto":
        try:
            return Decoded(line.decode("utf-8").removeprefix("\ufeff"), "utf-8", 0)
        except UnicodeDecodeError:
            config = replace(config, encoding=foreign())
    return decode(line, config)


def _object(text: str) -> Mapping[str, Any]:
    """A JSON object; one with halves of characters, which orjson refuses, by way of the standard library."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        reason = f"not JSON: {error.msg}"
        if not LONE_HALF.search(text):
            raise NotAPage(reason) from error
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise NotAPage(reason) from error
    if not isinstance(value, dict):
        raise NotAPage("not JSON: a value, but no object")
    return value


def _text(fields: Mapping[str, Any]) -> tuple[str, int]:
    """A record's text, mended, and how many characters of it had to be."""
    if not isinstance(fields.get("text"), str):
        raise NotAPage("no text field")
    text, replaced = mend(fields["text"])
    if not text.strip():
        raise NotAPage("empty")
    return text, replaced


def _value(value: object) -> str:
    """A field of the metadata as text; empty for what is neither text nor a number."""
    usable = isinstance(value, str | int | float) and not isinstance(value, bool)
    return mend(str(value))[0].strip() if usable else ""
