"""Whether a text is markup, and which encoding it declares, by its tags, without parsing."""

from __future__ import annotations

import re

CHARSET = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
DOCUMENT = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}+-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKUP = re.compile(r"<(?:!doctype html|html|body|p|br|div|h[1-3]|table)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
HEAD = 4096  # characters in which a page names its encoding, and shows whether it is one
FAMILIES = dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "x-gbk"), "gb18030") | {"utf8": "utf-8"}
FAMILIES |= dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs")


def looks_like_html(text: str) -> bool:
    """Is a text markup? One tag may be a slip; a document's beginning or two tags of blocks are none."""
    return begins_as_html(text) or len(MARKUP.findall(text[:HEAD])) > 1


def begins_as_html(text: str) -> bool:
    """Does a text begin with a document's beginning or the tag of a block?"""
    return bool(MARKUP.match(text[:HEAD].lstrip("\ufeff \t\r\n")))


def has_tag(text: str) -> bool:
    """Is there any tag in a text? That is enough where it is said to be markup."""
    return bool(TAG.search(text))


def is_document(text: str) -> bool:
    """Does a text begin as a whole HTML document does?"""
    return bool(DOCUMENT.match(text))


def declared(text: str) -> str:
    """The encoding that the page names in its head, by the name that it is read as; empty if it names none."""
    found = CHARSET.search(text[:HEAD])
    name = found[1].lower().replace("utf-8", "utf8") if found else ""
    return FAMILIES.get(name, name)
