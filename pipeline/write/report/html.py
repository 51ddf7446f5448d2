"""The HTML elements of the report; text is inserted only through `esc`."""

from __future__ import annotations

import html
import re
from importlib import resources

HEAD = """<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
"""
# Forbidden in HTML even as references: control characters, lone surrogates, the two noncharacters.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def esc(text: object) -> str:
    """Any text, safe inside an element and inside an attribute in double quotes."""
    return html.escape(FORBIDDEN.sub("\ufffd", str(text)), quote=True)


def excerpt(text: str, size: int = 60) -> str:
    """The beginning of a text in one line, escaped, with "…" where it goes on."""
    line = " ".join(text[: 4 * size].split())
    return esc(line[:size]) + ("…" if len(line) > size or len(text) > 4 * size else "")


def link(anchor: str, label: str, *, there: bool = True) -> str:
    """A link to an anchor on this page; just the label if the anchor is not shown. `label` is HTML."""
    return f'<a href="#{esc(anchor)}">{label}</a>' if there else f"<span>{label}</span>"


def badge(word: str) -> str:
    """A highlighted word, in the colour of its class."""
    return f'<b class="badge {esc(word)}">{esc(word)}</b>'


def number(value: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 page", "5,000 pages"."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def page(title: str) -> str:
    """The beginning of a report, with its style sheet."""
    css = resources.files(__package__).joinpath("report.css").read_text("utf-8")
    return HEAD.replace("{title}", esc(title)).replace("{css}", css)
