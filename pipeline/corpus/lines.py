"""Records of JSON: one a line, or the members of one array."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from ..errors import InputError
from .files import blocks, name_parts, open_bytes
from .records import ROWS, Bad, Fields, Records, Report, fault, id_text

BLOCK = 2**20  # bytes of lines that are looked at together; one bad line slows down its block alone
SPACE = re.compile(r"[ \t\r\n]*")
BREAK = re.compile(rb"[\r\n][ \t\r\n]*")  # never inside a string of JSON, where breaks are escaped
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+')


def json_records(path: Path, fields: Fields, bad: Report) -> Iterator[Records]:
    """The records of a JSON file; `raw` is a record's line with its line break."""
    stem, number = name_parts(path).stem, 1
    for lines in json_lines(path):
        numbers: Sequence[int] = range(number, number + len(lines))
        number += len(lines)
        objects = _objects(lines, fields.text)
        if objects is None:
            good = list(_sifted(path, zip(numbers, lines, strict=True), fields.text, bad))
            numbers, lines, objects = [g[0] for g in good], [g[1] for g in good], [g[2] for g in good]
        if objects:
            ids: list[Any] = [each.get(fields.id) for each in objects]
            if set(map(type, ids)) != {str} or not all(ids):
                rows = zip(ids, lines, numbers, strict=True)
                ids = [id_text(_exact(id_, line, fields.id), f"{stem}:{n}") for id_, line, n in rows]
            yield Records(ids, [each[fields.text] for each in objects], lines)


def kept_json_lines(path: Path, bad: Collection[int]) -> Iterator[list[bytes]]:
    """The lines of records that hold a document, without reading what is in them: all but blank and `bad` ones."""
    number = 1
    for lines in json_lines(path):
        end = number + len(lines)
        wrong = [n for n in bad if number <= n < end] if bad else ()
        if wrong or not all(map(bytes.strip, lines)):
            skip = set(wrong)
            lines = [line for n, line in enumerate(lines, number) if n not in skip and line.strip()]
        number = end
        yield lines


def json_lines(path: Path) -> Iterator[list[bytes]]:
    """The lines of a file in blocks, each with its break; members of an array as if they stood on lines."""
    with open_bytes(path) as file:
        lines = file.readlines(BLOCK)
        if lines:
            lines[0] = lines[0].removeprefix(codecs.BOM_UTF8)
        if name_parts(path).ending == ".json" and b"".join(lines).lstrip().startswith(b"["):
            text = (b"".join(lines) + file.read()).decode("utf-8", "surrogateescape")
            yield from blocks(_members(text, path), ROWS)
            return
        while lines:
            if not lines[-1].endswith(b"\n"):
                lines[-1] += b"\n"
            yield lines
            lines = file.readlines(BLOCK)


def field_names(path: Path) -> set[str]:
    """The names of all fields of a file's first records."""
    objects = []
    for line in next(json_lines(path), []):
        with suppress(orjson.JSONDecodeError):
            objects.append(orjson.loads(line))
    return {name for each in objects if isinstance(each, dict) for name in each}


def _members(text: str, path: Path) -> Iterator[bytes]:
    """The members of a JSON array, each as one line and otherwise as it was written."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)  # only where a member ends counts
    at, number = _skip(text, text.index("[") + 1), 0
    while not text.startswith("]", at):
        try:
            _, end = decoder.raw_decode(text, at)
            behind = _skip(text, end)
            if not text.startswith((",", "]"), behind):
                raise ValueError("no comma or bracket behind it")
        except (ValueError, RecursionError) as error:
            remedy = "mend it, or write one record a line into a .jsonl file"
            raise InputError(f"{path}: cannot be read after record {number}: {error}; {remedy}") from error
        number += 1
        yield BREAK.sub(b"", text[at:end].encode("utf-8", "surrogateescape")) + b"\n"
        at = _skip(text, behind + 1) if text.startswith(",", behind) else behind


def _skip(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    return space.end() if space else at


def _objects(lines: list[bytes], field: str) -> list[dict[str, Any]] | None:
    """The objects of lines that are all good, which most are: found out with next to no Python for each."""
    try:
        objects = [orjson.loads(line) for line in lines]
        return objects if all(map(str.strip, [each[field] for each in objects])) else None
    except (ValueError, LookupError, TypeError):
        return None


def _sifted(
    path: Path, lines: Iterator[tuple[int, bytes]], field: str, bad: Report
) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The number, line and object of each good line; the others are reported, blank ones passed over."""
    for number, line in lines:
        if not line.strip():
            continue
        try:
            value = orjson.loads(line)
            reason = fault(value.get(field), field) if isinstance(value, dict) else "not a JSON object"
        except orjson.JSONDecodeError as error:
            reason = f"not JSON: {error.msg}" if _is_utf8(line) else "not UTF-8"
        if reason:
            bad(Bad(str(path), number, reason))
        else:
            yield number, line, value


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _exact(value: object, line: bytes, field: str) -> object:
    """A number that is read as a float as it was written: it may be a whole one of more than 64 bits."""
    return line[slice(*value_span(line, field))].decode() if isinstance(value, float) else value


def value_span(line: bytes, field: str) -> tuple[int, int]:
    """Where the string or number that a field holds begins and ends in the line of an object; the last, if several."""
    depth, before, key, span = 0, b"", b"", (0, 0)
    for match in TOKEN.finditer(line):
        token = match[0]
        if depth == 1 and before in (b"{", b","):
            key = token
        elif depth == 1 and before == b":" and orjson.loads(key) == field:
            span = match.span()
        depth += (token in (b"{", b"[")) - (token in (b"}", b"]"))
        before = token
    return span
