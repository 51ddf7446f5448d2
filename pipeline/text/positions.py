"""Line numbers of characters of a page in its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from ..model import Page

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")  # what stands between line breaks of any kind
BREAK = re.compile(r"\r\n|\r|\n")


def line_of(page: Page, offset: int) -> int:
    """The 1-based line of the page's file that holds the character at `offset` of its text."""
    if page.record is not None:
        return page.record
    number = bisect_right(_starts(page.text), offset)
    return page.lines[number - 1] if page.lines else number


@lru_cache(maxsize=64)  # the spans of a page are looked up consecutively
def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in BREAK.finditer(text))]
