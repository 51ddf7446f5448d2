"""A saved page as a tree, however broken, deep or large it is."""

from __future__ import annotations

import re

from lxml import etree, html

DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
NESTED = re.compile(r"</?(?:div|table|tbody|tr|td|section|center|ul|ol|li|blockquote|dl|dd)\b[^<>]*>", re.IGNORECASE)
INLINE = re.compile(r"</?(?:span|font|b|i|em|strong|u|big|small|sub|sup)\b[^<>]*>", re.IGNORECASE)
TOO_DEEP = "xcessive depth"


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
