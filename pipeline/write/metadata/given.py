"""Metadata that came with a page, without what pages put in a field that isn't of its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .credits import find_credits
from .folios import page_number
from .plain import plain
from .publishers import find_source

AS_GIVEN = ("url", "section", "language", "title", "description")
LABEL = re.compile(r"^\s*(?:本文)?(?:作者|撰文|文)\s*[:/]\s*")
# Names of papers, sites and their offices; the numbers and accounts of their systems.
NOBODY = re.compile(
    r"[报報网網社台刊]$|周刊|週刊|杂志|雜誌|客户端|中心$|传媒|傳媒|新闻|新聞|在线|在線|频道|頻道|公众号|编辑|編輯|记者|記者|佚名|未知|"
    r"^(?:admin\w*|editor|root|user\w*|网络|原创)$|^[\W\d_]+$|https?:|www\.",
    re.IGNORECASE,
)
PAGE = re.compile(r"第?\s*([A-Za-z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})\s*版?")


def find_given(given: Mapping[str, str]) -> dict[str, str]:
    """The fields that are known, each of what it names.

    >>> find_given({"author": "本报记者 张三", "publisher": "来源：汀桐网", "print_page": "A01"})
    {'author': '张三', 'publisher': '汀桐网', 'print_page': 'A1'}
    >>> find_given({"author": "汀桐晚报"}), find_given({"author": "汀桐", "publisher": "汀桐"})
    ({}, {'publisher': '汀桐'})
    """
    publisher = _publisher(given.get("publisher", ""))
    page = PAGE.fullmatch(given.get("print_page", "").strip())
    found = {field: given.get(field, "") for field in AS_GIVEN}
    found |= {"author": _author(given.get("author", ""), publisher), "publisher": publisher}
    found["print_page"] = page_number(page[1]) if page else ""
    return {field: text for field, text in found.items() if text}


def _author(written: str, publisher: str) -> str:
    """The authors' names where they can be told from labels; nothing where there is only a paper's name."""
    people = find_credits(written, plain(written))
    if names := [name for kind in sorted(people) if kind != "editor" for name in people[kind]]:
        return "、".join(dict.fromkeys(names))
    author = LABEL.sub("", written)
    return "" if author == publisher or NOBODY.search(author) else author


def _publisher(written: str) -> str:
    """The name of a paper or site, without the label 来源."""
    span = find_source(plain(written))
    return written[slice(*span)] if span else written
