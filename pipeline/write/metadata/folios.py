"""Print pages: 第3版：要闻, A12版; and continuations from and to other pages: 上接第一版, 下转第4版."""

from __future__ import annotations

import re

from ...text.cues import COMES_FROM, GOES_TO
from ...text.dates import number

HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
NUMBERED = rf"第\s*0*(?P<a>[A-Z]?\d{{1,3}}|{HAN_NUMBER})\s*版|0*(?P<b>[A-Z]?\d{{1,2}})版|(?P<c>[A-Z]\d{{1,2}})(?=\s*:)"
FOLIO = re.compile(
    rf"(?:{NUMBERED})(?:\s*[:·/|\s]\s*(?P<section>[\u3400-\u9fff]{{2,6}}(?:[·/][\u3400-\u9fff]{{2,6}})?))?"
)
# Other content of a page's head: the paper's name, the day, the number of pages, the editors.
HEAD = re.compile(
    r"[\u3400-\u9fff]{2,8}[报刊]|\S*年\S+日|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\(?星期[一二三四五六日天]\)?|\(?农历\S+|共\s*\S{1,3}版|\S*[编校]\S*:\S+"
)
NO_SECTION = re.compile(r"编辑|责编|校对|編輯|責編|校對|电话|热线|上一|下一|返回|目录")
LABELLED = re.compile(
    r"版[次面]\s*:\s*第?\s*(?P<a>[A-Z]{0,2}\d{1,3})(?![\dA-Za-z年])\s*版?(?:\s*[:·]\s*(?P<section>[\u3400-\u9fff]{2,6}))?"
)


def find_labelled(text: str) -> tuple[str, str] | None:
    """The print page and its section that a line of credits gives: 版次：KB07.

    >>> find_labelled("来源:汀桐晚报 版次:KB07"), find_labelled("版面:第03版:要闻"), find_labelled("版次:2031年第1版")
    (('KB07', ''), ('3', '要闻'), None)
    """
    m = LABELLED.search(text)
    return (page_number(m["a"]), m["section"] or "") if m else None


def find_folio(text: str) -> tuple[str, str] | None:
    """The print page and its section, if a half-width line is the head of a page.

    >>> find_folio("第03版:要闻"), find_folio("A12版"), find_folio("汀桐晚报 2031年5月6日 第三版")
    (('3', '要闻'), ('A12', ''), ('3', ''))
    >>> find_folio("第三版本"), find_folio("上一版 下一版"), find_folio("他在第3版上读到")
    (None, None, None)
    """
    if len(text) > 60 or not any(c in text for c in "版:"):
        return None
    m = FOLIO.fullmatch(" ".join(x for x in text.strip(" ()").split() if not HEAD.fullmatch(x)))
    if not m:
        return None
    section = m["section"] or ""
    return page_number(m["a"] or m["b"] or m["c"]), "" if NO_SECTION.search(section) else section


def goes_to(text: str) -> str:
    """The page on which a story is continued, by the end of a passage in plain form: （下转第4版）."""
    m = GOES_TO.search(text[-20:])
    return page_number(m["page"]) if m and m[0].lstrip()[0] in "(下续" else ""


def comes_from(text: str) -> str:
    """The page that a story is continued from, by the beginning of a passage in plain form: （上接第一版）."""
    m = COMES_FROM.match(text[:20])
    return page_number(m["page"] or m["bare"]) if m else ""


def page_number(text: str) -> str:
    """A page number in digits, without leading zeros; after two letters it is a code, and stays as it is.

    >>> page_number("一"), page_number("03"), page_number("a 05"), page_number("KB07")
    ('1', '3', 'A5', 'KB07')
    """
    text = "".join(text.split()).upper()
    if text[:2].isascii() and text[:2].isalpha():
        return text
    letter, digits = (text[0], text[1:]) if text[0].isascii() and text[0].isalpha() else ("", text)
    return f"{letter}{number(digits)}"
