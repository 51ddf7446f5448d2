"""Metadata in a page's markup: Open Graph, JSON-LD, meta elements, and the comments of e-paper systems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import orjson
from lxml import html

from .microdata import microdata
from .titles import told_title

ARTICLES = re.compile(r"(?:News|Reportage|Blog|Opinion|Analysis|Report)?(?:Article|Posting)")
# The names in <meta>, most telling first, of each thing that is looked for.
NAMES = {
    "title": ("og:title", "twitter:title", "articletitle", "dc.title"),
    "url": ("og:url",),
    "date": (
        "article:published_time",
        "og:published_time",
        "publishdate",
        "pubdate",
        "publish-date",
        "dc.date",
        "datepublished",
        "date",
    ),
    "author": ("author", "article:author", "dc.creator"),
    "publisher": ("og:site_name", "publisher", "contentsource", "source"),
    "section": ("article:section", "columnname"),
    "language": ("og:locale", "language", "content-language"),
    "description": ("og:description", "description"),
}
LONGEST_TITLE = 1000  # characters of a title that are looked at
EPAPER = re.compile(r"<!--\s*enpproperty")
# Possessive throughout, as white space may stand anywhere: no backtracking.
EPAPER_FIELD = re.compile(
    r"<(?P<tag>(?:founder-)?(?P<name>date|author|title|pubname|papername|subject|pagenum|pagename))>"
    r"\s*+(?:<p>)?(?:<!\[CDATA\[)?(?P<value>[^<>]*+)(?:(?<=\]\])>)?(?:</p>)?\s*+</(?P=tag)>",
    re.IGNORECASE,
)
EPAPER_NAMES = {
    "pubname": "publisher",
    "papername": "publisher",
    "subject": "section",
    "pagename": "section",
    "pagenum": "print_page",
}


def about(root: html.HtmlElement, source: str) -> dict[str, str]:
    """Title, url, date, author, publisher, section, language and description, those of them that the page tells.

    JSON-LD of an article takes precedence, then meta elements, microdata, the comments and elements of e-paper systems.
    """
    told = [dict(_json_ld(root)), dict(_meta(root)), dict(microdata(root)), dict(_epaper(source))]
    found = {key: value for layer in reversed(told) for key, value in layer.items() if value}
    found["title"] = told_title(found.get("title", "")[:LONGEST_TITLE], document_title(root))
    canonical = root.xpath("string(//link[@rel='canonical']/@href)")
    found.setdefault("url", str(canonical))
    found.setdefault("language", root.get("lang") or "")
    return {key: value for key, value in found.items() if value}


def document_title(root: html.HtmlElement) -> str:
    """What <title> says, the names of the site and all."""
    return " ".join(root.findtext(".//title", "").split())[:LONGEST_TITLE]


def _meta(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    given: dict[str, str] = {}
    for element in root.iter("meta"):
        of_page = element.getparent().tag == "head"  # elsewhere, a property may be that of another article
        name = element.get("property") or element.get("name") or (element.get("itemprop") if of_page else "")
        name = (name or "").lower()
        given.setdefault(name, " ".join((element.get("content") or "").split()))
    for key, names in NAMES.items():
        value = next((given[name] for name in names if given.get(name)), "")
        yield key, value


def body(root: html.HtmlElement) -> list[str]:
    """The paragraphs of the article as JSON-LD holds it, for pages whose text is put in by scripts only."""
    item = next(_articles(root), {})
    text = item.get("articleBody")
    return [line.strip() for line in text.splitlines() if line.strip()] if isinstance(text, str) else []


def _json_ld(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    item = next(_articles(root), None)
    return iter(()) if item is None else _article(item)


def _articles(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that are articles."""
    for element in root.iter("script"):
        if (element.get("type") or "").lower().strip() != "application/ld+json":
            continue
        try:
            value = orjson.loads(element.text or "")
        except orjson.JSONDecodeError:
            continue
        for item in _items(value):
            kinds = item.get("@type")
            if any(isinstance(kind, str) and ARTICLES.fullmatch(kind) for kind in _listed(kinds)):
                yield item


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD value: it may be one, a list, or a graph."""
    for item in _listed(value):
        if isinstance(item, dict):
            yield item
            yield from (each for each in _listed(item.get("@graph")) if isinstance(each, dict))


def _article(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "title", _text(item.get("headline"))
    yield "url", _text(item.get("url")) or _text(item.get("mainEntityOfPage"), "@id")
    yield "date", _text(item.get("datePublished"))
    yield (
        "author",
        "、".join(filter(None, (_text(each) for each in _listed(item.get("author")) if not _is_house(each)))),
    )
    yield "publisher", _text(item.get("publisher"))
    yield "section", "、".join(filter(None, (_text(each) for each in _listed(item.get("articleSection")))))
    yield "language", _text(item.get("inLanguage"))
    yield "description", _text(item.get("description"))


def _text(value: Any, key: str = "name") -> str:
    """A text, or the name of a person or organisation."""
    if isinstance(value, dict):
        value = value.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _is_house(value: Any) -> bool:
    """Is it an organisation, and no person?"""
    return isinstance(value, dict) and value.get("@type") in ("Organization", "NewsMediaOrganization")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _epaper(source: str) -> Iterator[tuple[str, str]]:
    """The fields in the comment of an e-paper system; some pages have them as elements instead."""
    start = EPAPER.search(source)
    end = source.find("-->", start.end()) if start else -1
    comment = source[start.end() : end] if start and end >= 0 else ""
    elements = "" if comment or "<founder-" not in source else source
    for m in EPAPER_FIELD.finditer(comment or elements):
        name = m["name"].lower()
        if comment or m["tag"].lower() != name:  # outside a comment, <title> and <date> are anything's
            yield EPAPER_NAMES.get(name, name), unescape(m["value"].removesuffix("]]")).strip()
