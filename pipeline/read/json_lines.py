"""JSON records: one object per line, the members of one array, or one object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

import orjson

from ..config import ReadConfig
from .containers import Content
from .decode import Decoded, NotAPage, decode
from .encodings.detect import is_utf8
from .json_values import values
from .lines import HEAD, Block, Lines
from .records import ROWS, Fields, Records, check_name, grouped

LONE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
BLANK = b"\xef\xbb\xbf \t\r\n"  # what a line without a record may hold
BEGINNING = re.compile(rb"\{|\[\s*\{")


class _Line(NamedTuple):
    """A line parsed by itself: its bytes in UTF-8, and its object or the reason that it has none."""

    raw: bytes
    decoded: Decoded
    fields: Fields
    fault: str = ""


def looks_like_json(content: Content) -> bool:
    """Does it begin as an object does, or as an array of them?"""
    with content.open() as file:
        return bool(BEGINNING.match(file.read1(HEAD).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")))


def json_records(content: Content, config: ReadConfig, asked: Mapping[str, str]) -> Iterator[Records]:
    """The records of a JSON file, of which fields called as in `asked` are wanted.

    Raises NotAPage for what is none at all, or where an array breaks off; InputError, at the end, where a field that
    isn't called as usual is in no record.
    """
    as_lines = content.source.ending not in (".json", "") or _is_lines(content, config)
    unusual = {name for key, name in asked.items() if name != key}
    there: dict[str, None] = {}
    with content.open() as file:
        lines = Lines(file, config)
        for block in lines.blocks() if as_lines else _members(lines.whole()):
            records = _records(block, lines)
            if not unusual <= there.keys():
                there |= dict.fromkeys(chain.from_iterable(records.fields))
            if records.numbers:
                yield records
    for key, name in asked.items() if there else ():
        check_name(content.source, key, name, there, there)


def json_lines(content: Content, config: ReadConfig) -> Iterator[list[bytes]]:
    """The lines that aren't blank, in UTF-8, without parsing them."""
    with content.open() as file:
        lines = Lines(file, config)
        for block in lines.blocks():
            if lines.plain and is_utf8(b"".join(block.lines)) and all(map(bytes.strip, block.lines)):
                yield block.lines
            else:
                yield [_line(line, lines).raw for line in block.lines if line.strip(BLANK)]


def _is_lines(content: Content, config: ReadConfig) -> bool:
    """Is the first line an object by itself? One that is too long to be seen to its end is taken for one."""
    with content.open() as file:
        head = decode(file.read1(HEAD), config).text.lstrip()
    line, more, _ = head.partition("\n")
    if head.startswith("[") or not more:
        return not head.startswith("[")
    with suppress(NotAPage):
        return bool(_object(line))
    return False


def _members(text: str) -> Iterator[Block]:
    """The members of an array, or the one object, as if they stood on lines."""
    number = 1
    for lines in grouped(values(text), ROWS):
        yield Block(number, lines)
        number += len(lines)


def _records(block: Block, lines: Lines) -> Records:
    """Lines as records: all at once where all of them are good, as most are, else one by one; blank ones are none."""
    sizes = list(map(len, block.lines))
    if lines.plain and max(sizes) <= lines.config.max_bytes and (objects := _objects(block.lines)):
        numbers = range(block.first, block.first + len(objects))
        return Records(numbers, objects, block.lines, [Decoded("", lines.codec, 0)] * len(objects), sizes)
    there = [at for at, line in enumerate(block.lines) if line.strip(BLANK)]
    found = [_line(block.lines[at], lines) for at in there]
    return Records(
        [block.first + at for at in there],
        [line.fields for line in found],
        [line.raw for line in found],
        [line.decoded for line in found],
        [block.cut or sizes[at] for at in there],
        {at: line.fault for at, line in enumerate(found) if line.fault},
    )


def _objects(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    """The objects of lines, if each is one; hardly any Python per line."""
    try:
        objects = [orjson.loads(line) for line in lines]
    except orjson.JSONDecodeError:
        return []
    return objects if set(map(type, objects)) == {dict} else []


def _line(line: bytes, lines: Lines) -> _Line:
    decoded = Decoded("", lines.codec, 0)
    raw = line
    try:
        if len(line) > lines.config.max_bytes:
            raise NotAPage(f"too large: more than {lines.config.max_bytes} bytes")
        found = lines.decoded(line)
        raw, decoded = found.text.encode("utf-8"), replace(found, text="")
        return _Line(raw, decoded, _object(found.text))
    except NotAPage as error:
        return _Line(raw, decoded, {}, str(error))


def _object(text: str) -> Fields:
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
