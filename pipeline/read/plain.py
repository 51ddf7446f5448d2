"""Read a file that is one page and whose name says text, or markup: as what it holds."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace

from ..config import ReadConfig
from .decode import Decoded, NotAPage, decode
from .foreign import check_is_text
from .headings import is_markdown
from .markdown import markdown_reading
from .markup.tags import begins_as_html, has_tag, is_document, looks_like_html
from .reading import Reading, reading

BREAK = re.compile(r"(<[^<>]*>)|\n")


def read_text(data: bytes, config: ReadConfig) -> Reading:
    """A text file; one that holds HTML or Markdown is read as that. Raises NotAPage."""
    decoded = decode(data, config)
    text = decoded.text
    if is_document(text) or begins_as_html(text):
        return reading(decoded, html=True)
    check_is_text(text)
    if is_markdown(text):
        return markdown_reading(decoded)
    if looks_like_html(text):
        with suppress(NotAPage):  # a text about tags
            return reading(_with_breaks(decoded), html=True)
    return reading(decoded, html=False)


def read_markup(data: bytes, config: ReadConfig) -> Reading:
    """An HTML file; one without any tag is read as text. Raises NotAPage."""
    decoded = decode(data, config)
    check_is_text(decoded.text, markup=True)
    return reading(decoded, html=has_tag(decoded.text))


def _with_breaks(decoded: Decoded) -> Decoded:
    """A text with some tags in it, whose lines are lines."""
    return replace(decoded, text=BREAK.sub(lambda match: match[1] or "<br>\n", decoded.text))
