"""A saved page as a tree, however broken, deep or large it is."""

from __future__ import annotations

import re

from lxml import etree, html

DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
CHARSET = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
DOCUMENT = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}+-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKUP = re.compile(r"<(?:!doctype html|html|body|p|br|div|h[1-3]|table)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
NESTED = re.compile(r"</?(?:div|table|tbody|tr|td|section|center|ul|ol|li|blockquote|dl|dd)\b[^<>]*>", re.IGNORECASE)
INLINE = re.compile(r"</?(?:span|font|b|i|em|strong|u|big|small|sub|sup)\b[^<>]*>", re.IGNORECASE)
TOO_DEEP = "xcessive depth"
HEAD = 4096  # characters in which a page names its encoding, and shows whether it is one
FAMILIES = dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "x-gbk"), "gb18030") | {"utf8": "utf-8"}
FAMILIES |= dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs")


def parse(text: str) -> html.HtmlElement | None:
    """The root of the page; None where there is no element at all.

    Nothing is fetched, no entity but HTML's own is known, and no depth is too great for the parser.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(DECLARATION.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any(TOO_DEEP in each.message for each in parser.error_log) and (flat := _flattened(text)) != text:
        return parse(flat)  # libxml2 has dropped all that is deeper than some 2,000 elements
    assert isinstance(root, html.HtmlElement)
    return root


def _flattened(text: str) -> str:
    """The page with nothing left of the elements that are nested at will but where they break lines."""
    return INLINE.sub("", NESTED.sub("<br>", text))


def looks_like_html(text: str) -> bool:
    """Is a text markup? One tag may be a slip; a document's beginning or two tags of blocks are none."""
    head = text[:HEAD].lstrip("\ufeff \t\r\n")
    return bool(MARKUP.match(head)) or len(MARKUP.findall(head)) > 1


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
