"""The report: one self-contained HTML page that shows what went where, and why."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Result
from .html import page
from .pages import article_section, page_section
from .summary import header
from .view import choose, linked_articles

__all__ = ["render"]


def render(result: Result, ending: str = "md") -> Iterator[str]:
    """The report in pieces, to be written one after another; it loads nothing from elsewhere.

    `ending` is the file name extension of the articles, which it links to; empty if there are none.
    """
    chosen = choose(result, ending)
    yield page("unsplice: what went where")
    yield from header(result, chosen)
    yield "<main>\n"
    for shown in chosen.shown:
        yield from page_section(shown, chosen)
    yield "</main>\n"
    articles = linked_articles(chosen)
    if articles:
        yield '<section class="articles" id="articles">\n<h2>Articles</h2>\n'
        for article in articles:
            yield article_section(article, chosen)
        yield "</section>\n"
    yield "</body>\n</html>\n"
