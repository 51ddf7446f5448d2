"""Markdown: the metadata of its front matter, and its text without the marks that unsplice itself writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import yaml

from ..config import ReadConfig
from ..model import Role
from .decode import Decoded, decode
from .reading import Reading, reading

FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"[^\r\n]*")
HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
EMPHASIZED = re.compile(r"\*((?:\\.|[^\\*])+)\*")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_markdown(data: bytes, config: ReadConfig) -> Reading:
    """A Markdown file. Headings tell the roles of their lines; other marks but escapes stay. Raises NotAPage."""
    decoded = decode(data, config)
    front = FRONT.match(decoded.text)
    meta = _metadata(front[1]) if front else None
    start = front.end() if front and meta is not None else 0
    start += len(decoded.text[start:]) - len(decoded.text[start:].lstrip("\r\n"))
    first = 1 + decoded.text.count("\n", 0, start)
    return _body(replace(decoded, text=decoded.text[start:]), first, meta)


def _body(decoded: Decoded, first: int, meta: Mapping[str, str] | None) -> Reading:
    """The text below the front matter, which begins on line `first`; without any, headings of level 1 are headlines."""
    markup: list[tuple[int, int, Role]] = []
    pieces: list[str] = []
    done = size = 0
    for match in LINE.finditer(decoded.text):
        if not match[0]:
            continue
        line, role = _plain(match[0], article=meta is not None)
        pieces += (decoded.text[done : match.start()], line)
        size += match.start() - done + len(line)
        if role:
            markup.append((size - len(line), size, role))
        done = match.end()
    text = "".join([*pieces, decoded.text[done:]])
    read = reading(replace(decoded, text=text), html=False)
    lines = tuple(range(first, first + 1 + text.count("\n"))) if first > 1 else ()
    return replace(read, lines=lines, markup=tuple(markup), meta=meta or {})


def _plain(line: str, *, article: bool) -> tuple[str, Role | None]:
    """A line without its marks, and what they say that it is."""
    role: Role | None = None
    if heading := HEADING.fullmatch(line):
        line, role = heading[2], Role.SUBHEAD if article or len(heading[1]) > 1 else Role.HEADLINE
    elif article and (caption := EMPHASIZED.fullmatch(line)):
        line, role = caption[1], Role.CAPTION
    return ESCAPED.sub(r"\1", line), role


def _metadata(front: str) -> dict[str, str] | None:
    """The fields of front matter that hold one value each; None where it is none."""
    try:
        fields = yaml.load(front, LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    plain = {key: str(value) for key, value in fields.items() if isinstance(value, str | int | float | date)}
    return {str(key): value for key, value in plain.items() if value}
