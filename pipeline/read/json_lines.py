"""Lines of JSON, each a record, in whatever encoding."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

import orjson

from ..config import ReadConfig
from .containers import Bytes, Content
from .decode import Decoded, NotAPage, binary, decode, forced, likely_codec, marked_codec
from .encodings.costs import MARK
from .encodings.marks import HANDLER
from .packed import Damaged, stream
from .records import Record, text_of

HEAD = 2**16  # bytes that show whether a file is one of JSON lines, and of foreign lines that show their encoding
WIDE = re.compile(r"utf[-_]?(16|32)", re.IGNORECASE)  # encodings whose line breaks are more than one byte
LONE_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def looks_like_json(content: Content) -> bool:
    """Does it begin as an object does?"""
    return head(content).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{")


def head(content: Content) -> bytes:
    """The first bytes, as far as they come before a damage."""
    with content.open() as file:
        return file.read1(HEAD)


def json_records(content: Content, config: ReadConfig) -> Iterator[Record]:
    """The records of JSON lines, one at a time. Raises NotAPage for what is none at all."""
    first = head(content)
    codec = forced(config) or marked_codec(first)
    wide = codec is not None and WIDE.match(codec)
    if not wide and binary(first, config):
        raise NotAPage("binary")
    foreign = cache(lambda: _foreign_codec(content, config))
    with content.open() as opened:
        file: Bytes = opened
        if codec is not None and wide:
            file, config = _narrowed(opened, codec), replace(config, encoding="auto")
        for number, line, size in _lines(file, config.max_bytes):
            record = _record(number, line, size, config, foreign)
            if codec and record.reading and record.reading.encoding == "utf-8":
                record = replace(record, reading=replace(record.reading, encoding=codec))
            yield record


def _narrowed(file: Bytes, codec: str) -> Bytes:
    """UTF-16 or UTF-32 as UTF-8, in which what was bad is a bad byte again, so that its record tells of it."""
    decoder = codecs.getincrementaldecoder(codec)(HANDLER)

    def read(size: int) -> bytes:
        while True:
            data = file.read1(size // 2)  # two bytes become three at most
            text = decoder.decode(data, not data).replace("\0", MARK)
            if text or not data:
                return text.encode("utf-8", "surrogateescape")

    return stream(file, read)


def _lines(file: Bytes, limit: int) -> Iterator[tuple[int, bytes, int]]:
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


def _foreign_codec(content: Content, config: ReadConfig) -> str:
    """The encoding of those lines of a file that aren't UTF-8, told by all of them, as each may be short."""
    sample = b""
    with content.open() as file, suppress(Damaged):
        for _, line, _ in _lines(file, config.max_bytes):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                sample += line
            if len(sample) >= HEAD:
                break
    return likely_codec(sample)


def _record(number: int, line: bytes, size: int, config: ReadConfig, foreign: Callable[[], str]) -> Record:
    """One line as a record; `foreign` tells the encoding of a line that isn't UTF-8."""
    fields: Mapping[str, Any] = {}
    try:
        if len(line) > config.max_bytes:
            raise NotAPage(f"too large: more than {config.max_bytes} bytes")
        decoded = _decoded_line(line, config, foreign)
        fields = _object(decoded.text)
        return Record(number, size, fields, text_of(fields, decoded))
    except NotAPage as error:
        return Record(number, size, fields, reason=str(error))


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
