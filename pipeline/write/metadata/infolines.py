"""Lines below a headline that give date, paper and author without any label: 2031-05-06 08:30 汀桐晚报 张三."""

from __future__ import annotations

import re

from ...text.dates import CHINESE, NUMERIC, find_dates
from .names import Spans, find_names

HOUR = re.compile(r"T?(?:上午|下午|凌晨|晚上)?\d{1,2}:\d{2}(?::\d{2})?|(?:星期|周)[一二三四五六日天]|[|·/]")
PAPER = re.compile(r"(?<!\S)《?(?P<name>[\u3400-\u9fff]{1,10}(?:[报刊网社]|在线|客户端|电视台))》?(?!\S)")
NO_PAPER = re.compile(r"本[报网社刊]|[旅行出版合作报]{2}社|互联网|电网|海报|情报|简报|公报|通报|预报|月报|年报")
LONGEST = 100  # most characters of such a line


def find_info(text: str) -> tuple[tuple[int, int], Spans] | None:
    """The spans of the paper's name and of the authors', if a line in plain form holds a date, them, and nothing else.

    A paper behind the date, or with an author, is the source; a page's head has the paper before the date, and no
    author.

    >>> find_info("2031-05-06 08:30 汀桐晚报 张三"), find_info("汀桐晚报 2031年5月6日 星期二")
    (((17, 21), [(22, 24)]), None)
    """
    found = list(find_dates(text, CHINESE, NUMERIC)) if len(text) <= LONGEST else []
    if len(found) != 1:
        return None
    start, end, _ = found[0]
    rest = HOUR.sub(lambda m: " " * len(m[0]), text[:start] + " " * (end - start) + text[end:])
    papers = [m for m in PAPER.finditer(rest) if not NO_PAPER.search(m["name"])]
    if len(papers) != 1:
        return None
    a, b = papers[0].span()
    rest = rest[:a] + " " * (b - a) + rest[b:]
    names = find_names(rest)
    if (rest.strip() and not names) or not (names or a >= end):
        return None
    return papers[0].span("name"), names
