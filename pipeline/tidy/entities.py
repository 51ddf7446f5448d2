"""HTML's names of spaces that were left in a text, such as &nbsp;."""

from __future__ import annotations

import re

# Also &amp;nbsp;, &NBSP, and &nbsp； from a program that made punctuation full-width.
_NAMED = "nbsp|ensp|emsp|thinsp|#0*(?:160|8194|8195|8201|12288)|#x0*(?:a0|2002|2003|2009|3000)"
space = re.compile(f"&(?:amp[;；])*(?:{_NAMED})(?:[;；]|(?![A-Za-z0-9]))", re.IGNORECASE)
_code = re.compile("[<>`]").search


def unescape_spaces(line: str, _: bool) -> str:
    """Make spaces of their names; a line with tags or code may be about these."""
    return line if _code(line) else space.sub(" ", line)
