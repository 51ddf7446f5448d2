"""JSON as it is written: the members of an array, and where in an object the value of a field stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import orjson

from .decode import NotAPage

SPACE = re.compile(r"[ \t\r\n]*")
BREAK = re.compile(rb"[\r\n][ \t\r\n]*")  # never inside a string of JSON, where breaks are escaped
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+')


def values(text: str) -> Iterator[bytes]:
    """The members of an array, or the one object that a text is, each as a line and otherwise as it is written.

    Raises NotAPage where the array ends in something else.
    """
    at = _skip(text, 0)
    if not text.startswith("[", at):
        yield _line(text)
        return
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)  # only where a member ends counts
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise NotAPage(f"not JSON: {str(error).partition(': line')[0]}") from error
        yield _line(text[at:end])
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise NotAPage("not JSON: no comma or bracket behind it")


def _line(text: str) -> bytes:
    return BREAK.sub(b"", text.strip().encode("utf-8", "surrogateescape")) + b"\n"


def _skip(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    return space.end() if space else at


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
