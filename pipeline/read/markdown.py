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
from .foreign import check_is_text
from .headings import heading, number_ends, roles
from .reading import Reading, reading

FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"[^\r\n]*")
EMPHASIZED = re.compile(r"\*((?:\\.|[^\\*])+)\*")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads front matter without merging maps (<<), by which a few lines grow to gigabytes; it is an error instead."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merges nothing."""


def read_markdown(data: bytes, config: ReadConfig) -> Reading:
    """A Markdown file. Headings tell the roles of their lines; other marks but escapes stay. Raises NotAPage."""
    decoded = decode(data, config)
    check_is_text(decoded.text)
    front = FRONT.match(decoded.text)
    meta = _metadata(front[1]) if front else None
    start = front.end() if front and meta is not None else 0
    start += len(decoded.text[start:]) - len(decoded.text[start:].lstrip("\r\n"))
    first = 1 + decoded.text.count("\n", 0, start)
    return _body(replace(decoded, text=decoded.text[start:]), first, meta)


def markdown_reading(decoded: Decoded) -> Reading:
    """A text in Markdown, without front matter. Raises NotAPage."""
    return _body(decoded, 1, None)


def _body(decoded: Decoded, first: int, meta: Mapping[str, str] | None) -> Reading:
    """The text below the front matter, which begins on line `first`; without any, headings may be headlines.

    The number of a headline becomes a line of its own, which is boilerplate, so that no character is lost.
    """
    found = list(LINE.finditer(decoded.text))
    told = roles([match[0] for match in found]) if meta is None else {}
    numbers = number_ends([match[0] for match in found], told)
    markup: list[tuple[int, int, Role]] = []
    pieces: list[str] = []
    lines = [first]
    done = size = 0
    for at, match in enumerate(found):
        between = decoded.text[done : match.start()]
        lines += [lines[-1] + more for more in range(1, 1 + between.count("\n"))]
        line, role = _plain(match[0], told.get(at), article=meta is not None)
        parts: list[tuple[str, Role | None]] = [(line, role)]
        if end := numbers.get(at):
            parts = [(line[:end].rstrip() + "\n", Role.BOILERPLATE), (line[end:], role)]
            lines.append(lines[-1])
        size += len(between)
        pieces.append(between)
        for part, part_role in parts:
            pieces.append(part)
            size += len(part)
            if part_role and part.strip():
                markup.append((size - len(part), size - part.endswith("\n"), part_role))
        done = match.end()
    read = reading(replace(decoded, text="".join(pieces)), html=False)
    numbered = tuple(lines) if first > 1 or numbers else ()
    return replace(read, lines=numbered, markup=tuple(markup), meta=meta or {})


def _plain(line: str, role: Role | None, *, article: bool) -> tuple[str, Role | None]:
    """A line without its marks, and what it is: by these, or as given."""
    if headed := heading(line):
        line, role = headed[1], Role.SUBHEAD if article else role
    elif article and (caption := EMPHASIZED.fullmatch(line)):
        line, role = caption[1], Role.CAPTION
    return ESCAPED.sub(r"\1", line), role


def _metadata(front: str) -> dict[str, str] | None:
    """The fields of front matter that hold one value each; None where it is none."""
    try:
        fields = yaml.load(front, _Loader)
        if not isinstance(fields, dict):
            return None
        plain = {str(key): str(value) for key, value in fields.items() if isinstance(value, str | int | float | date)}
    except (yaml.YAMLError, ValueError, RecursionError):  # also a number of more digits than Python writes
        return None
    return {key: value for key, value in plain.items() if value}
