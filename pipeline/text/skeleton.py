"""The form of a line without its names, numbers and dates: what recurs in the lines that are printed alike."""

from __future__ import annotations

import re

from .forms import normalized, simplified

LONGEST = 90  # characters that are looked at
DATE = re.compile(r"(?:\d+[年月日号时点分])+|\d+(?:[-./:]\d+)*")
# Words that say what a line is. They stay as they are; all others are masked.
TELLING = (
    "记者|通讯员|特派员|编辑|责编|责任|校对|摄影|供图|图片|资料|来源|作者|报道|电|讯|摄|图|文|版|完|综合|编译|实习|by|photo|source|editor|reporter"
    "|reporting|editing|caption"
)
TOKEN = re.compile(
    rf"(?P<telling>{TELLING})|(?P<han>(?:(?!{TELLING})[\u3400-\u9fff])+)"
    r"|(?P<latin>[^\W\d_\u3400-\u9fff]+(?: [^\W\d_\u3400-\u9fff]+)*)|(?P<space>\s+)|(?P<sign>.)"
)


def skeleton(text: str) -> str:
    """The line's form: dates and numbers as 0, Latin words as a, runs of Han characters by their length.

    >>> skeleton("（记者李明 实习生 王小燕）")
    '(记者名 实习一 名)'
    >>> skeleton("2024年5月1日 第12版"), skeleton("By John Smith, Reporter")
    ('0 一0版', 'by a,reporter')
    """
    plain = DATE.sub("0", simplified(normalized(text[:LONGEST])).lower())
    return "".join(map(_masked, TOKEN.finditer(plain))).strip()


def _masked(match: re.Match[str]) -> str:
    token = match[0]
    if match.lastgroup == "han":
        return "一" if len(token) == 1 else "名" if len(token) <= 3 else "句"
    return {"latin": "a", "space": " "}.get(match.lastgroup or "", token)
