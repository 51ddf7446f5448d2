"""What the elements of a page say of its article: microdata, and the days in `<time>`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import html

from .blocks import HEADINGS

ARTICLE = ("article", "posting")  # endings of the types of schema.org that are articles, in lower case
# Properties of an article, and of systems that use the attribute without a type.
PROPERTIES = {
    "datepublished": "date",
    "author": "author",
    "creator": "author",
    "publisher": "publisher",
    "articlesection": "section",
    "inlanguage": "language",
}
VALUES = ("content", "datetime")  # attributes that hold the value where the text is for readers


def microdata(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The metadata of the page's article, not those of lists of others: of what has no type, a second value is one."""
    found: dict[str, dict[str, None]] = {}
    scopes = [e for e in root.xpath("//*[@itemtype]") if _is_article(e)]
    scope = _story(scopes, root)
    owners: dict[html.HtmlElement, html.HtmlElement | None] = {}
    for element in root.xpath("//*[@itemprop]"):
        parent = element.getparent()
        if parent not in owners:
            owners[parent] = _owner(element)
        if owners[parent] is scope and (text := _value(element)):
            for name in str(element.get("itemprop")).lower().split():
                found.setdefault(PROPERTIES.get(name, ""), {})[text] = None
    if "date" not in found:
        found["date"] = _times(root)
    for key, texts in found.items():
        if key and texts and (scope is not None or len(texts) == 1):
            yield key, "、".join(texts) if key == "author" else next(iter(texts))


def _is_article(element: html.HtmlElement) -> bool:
    return str(element.get("itemtype", "")).lower().rstrip("/").endswith(ARTICLE)


def _story(scopes: Sequence[html.HtmlElement], root: html.HtmlElement) -> html.HtmlElement | None:
    """The article that holds the page's only heading of the highest level, or else most of the page's text."""
    heads: list[html.HtmlElement] = next(
        (found for level in sorted(HEADINGS) if (found := root.xpath(f"//{level}"))), []
    )
    around = set(heads[0].iterancestors()) if len(heads) == 1 else set()
    if held := [scope for scope in scopes if scope in around]:
        return held[-1]
    half = len(root.text_content()) / 2 if scopes else 0
    return next((scope for scope in scopes if len(scope.text_content()) > half), None)


def _owner(element: html.HtmlElement) -> html.HtmlElement | None:
    """The article that a property is of: the innermost one around it."""
    return next((each for each in element.iterancestors() if _is_article(each)), None)


def _value(element: html.HtmlElement) -> str:
    """The value of a property: an attribute, the name of the person or organisation that it is, or its text."""
    named = element.xpath(".//*[@itemprop='name']")
    for each in (*named, element):
        if text := next((value for name in VALUES if (value := each.get(name))), "") or each.text_content():
            return " ".join(text.split())
    return ""


def _times(root: html.HtmlElement) -> dict[str, None]:
    """The days in `<time>` that are said to be those of publication, or are the only one of the only article."""
    said = root.xpath("//time[@pubdate]/@datetime")
    articles = root.xpath("//article")
    alone = articles[0].xpath(".//time/@datetime") if len(articles) == 1 else []
    days = dict.fromkeys(said or alone)
    return days if len(days) == 1 else {}
