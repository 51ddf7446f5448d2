"""Classes of characters for typography, and the script of a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

BLANK = "\t\x0b\x0c\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # white space but the newline
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OPEN, CLOSE, MARKS = "（【《〈「『", "）】》〉」』", "，。、；：？！"  # always Chinese, unlike “”
ENOUGH = 100  # characters that are enough to tell whether a line is Traditional
OWN = 12  # a line is Traditional if 1 in this many characters is found in Traditional text only
GAP = "[ \t\u00a0]"  # spaces that scraping puts between characters
SPACE = "[ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]"  # the others were typed: “绿色低碳　电亮未来”
has_han = re.compile(f"[{HAN}]").search
all_han = re.compile(f"[{HAN}]").findall
han_runs = re.compile(f"[{HAN}][{HAN}]*").findall
latin_words = re.compile(" [A-Za-z]").findall
touching = re.compile(f"[{HAN}{OPEN}{CLOSE}{MARKS}“”‘’…—]").match


def is_chinese(line: str) -> bool:
    """Whether the line has Han characters, and more of them than two for each Latin word after a space."""
    if not has_han(line):
        return False
    words = len(latin_words(line)) if " " in line else 0
    return not words or sum(map(len, han_runs(line))) > 2 * words


def is_traditional(line: str) -> bool:
    """Whether the line is Traditional Chinese: by its quotation marks, or by characters that GB 2312 does not have.

    In Traditional text these are a third of the characters; a single rare one in a name is not enough.
    """
    if "「" in line or "」" in line or "『" in line or "』" in line:  # faster than a pattern
        return True
    own = len(_traditional_only()(line, 0, ENOUGH))
    return own > 0 and OWN * own > len(all_han(line, 0, ENOUGH))


@cache
def _traditional_only() -> Callable[[str, int, int], list[str]]:
    """A search for characters that are in Big5 and not in GB 2312; a table of 8,000, made on first use."""
    han = "".join(all_han("".join(map(chr, range(0x3007, 0xFB00)))))
    big5, gb2312 = (set(han.encode(codec, "ignore").decode(codec)) for codec in ("big5", "gb2312"))
    return re.compile(f"[{''.join(sorted(big5 - gb2312))}]").findall
