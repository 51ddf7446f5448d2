"""Characters by what they mean for typesetting, and what kind of line they make."""

from __future__ import annotations

import re
from functools import cache

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OPEN, CLOSE, MARKS = "（【《〈「『", "）】》〉」』", "，。、；：？！"  # Chinese wherever they stand, as “” are not
ENOUGH = 100  # characters that show whether a line is Traditional
OWN = 12  # one character of so many that only Traditional text has is enough
GAP = "[ \t\u00a0]"  # what scraping puts between characters
SPACE = "[ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]"  # the others were typed: “绿色低碳　电亮未来”
has_han = re.compile(f"[{HAN}]").search
all_han = re.compile(f"[{HAN}]").findall
latin_words = re.compile(" [A-Za-z]").findall
touching = re.compile(f"[{HAN}{OPEN}{CLOSE}{MARKS}“”‘’…—]").match


def is_chinese(line: str) -> bool:
    """Whether the line has Han characters, and more of them than two for each Latin word after a space."""
    words = len(latin_words(line))
    return bool(has_han(line)) and (not words or len(all_han(line)) > 2 * words)


def is_traditional(line: str) -> bool:
    """Whether the line is Traditional Chinese: by its quotation marks, or by characters that GB 2312 does not have.

    A third of the characters of such text are; a rare one in a name is none yet.
    """
    han = all_han(line[:ENOUGH])
    return any(mark in line for mark in "「」『』") or OWN * sum(map(_is_traditional, han)) > len(han) > 0


@cache
def _is_traditional(char: str) -> bool:
    return not char.encode("gb2312", "ignore") and bool(char.encode("big5", "ignore"))
