"""The form in which credits are searched: of the same length as the text, so that offsets match."""

from __future__ import annotations

from ...text.forms import simplified

PAIRS = [(chr(code), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F)]  # full width -> ASCII
PAIRS += [(c, "(") for c in "【〔［[｛{（〈"] + [(c, ")") for c in "】〕］]｝}）〉"]
PAIRS += [(c, "·") for c in "•‧・･●○◦∙⋅"]  # between the parts of a foreign name; the large ones also before bylines
PAIRS += [(c, " ") for c in "\u3000\u00a0\t\u2002\u2003\u2009"]
PAIRS += [("∕", "/"), ("︰", ":"), ("﹕", ":"), ("丨", "|")]


class _Table(dict[int, str]):
    """The plain form of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        simple = simplified(chr(code)) if code > 0x33FF and not 0xD800 <= code < 0xE000 else chr(code)
        self[code] = simple if len(simple) == 1 and simple < "\ua000" else chr(code)  # not by a rarer character
        return self[code]


HALF_WIDTH = {ord(a): b for a, b in PAIRS}
TABLE = _Table(HALF_WIDTH)


def half_width(text: str) -> str:
    """Half-width, with one kind of brackets; Han characters are not changed."""
    return text.translate(HALF_WIDTH)


def plain(text: str) -> str:
    """Half-width, with one kind of brackets, and Simplified, character by character.

    >>> plain("（記者／張三　攝）")
    '(记者/张三 摄)'
    """
    return text.translate(TABLE)
