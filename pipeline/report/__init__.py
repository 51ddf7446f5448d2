"""The report: one self-contained HTML page that says what went where, and why."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from pipeline.model import Result
from pipeline.report.pages import article_section, page_section
from pipeline.report.summary import header
from pipeline.report.view import choose, linked_articles

__all__ = ["render"]

HEAD = """<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>unsplice: what went where</title>
<style>
{css}</style>
</head>
<body>
"""


def render(result: Result) -> Iterator[str]:
    """The report in pieces, to be written one after another; nothing in it is loaded from elsewhere."""
    chosen = choose(result)
    yield HEAD.replace("{css}", resources.files(__name__).joinpath("report.css").read_text("utf-8"))
    yield from header(result, chosen)
    yield "<main>\n"
    for page in chosen.shown:
        yield from page_section(page, chosen)
    yield "</main>\n"
    articles = linked_articles(chosen)
    if articles:
        yield '<section class="articles" id="articles">\n<h2>Articles</h2>\n'
        for article in articles:
            yield article_section(article, chosen)
        yield "</section>\n"
    yield "</body>\n</html>\n"
