"""Placements -> articles: an article holds exactly what the ledger places in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from ..config import TidyConfig
from ..model import TITLE, Action, Article, Page, Paragraph, Placement, Reprint, Role, Span
from ..reasons import Flag
from ..text.positions import line_of
from ..tidy.rules import doubts, tidy
from .metadata import Meta, find_metadata
from .page_lines import PageLines, find_page_lines

IN_ARTICLE = (Action.KEPT, Action.MOVED)
SPACED = (Role.HEADLINE, Role.SUBHEAD, Role.BYLINE)  # where spaces between Han characters are intended

# Scripts without spaces between words: Han, kana, and their punctuation. Not Hangul.
UNSPACED = re.compile(r"[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
CLOSING = ".,;:!?)]%\"'’”…"
OPENING = "([$\"'‘“"
OF_ONE_STORY = ("author", "title", "description")  # metadata of a page that describe only one story


def compose(
    pages: Mapping[str, Page],
    placements: Sequence[Placement],
    titles: Mapping[str, str | None],
    config: TidyConfig,
    reprinted: Mapping[str, Sequence[Reprint]] = MappingProxyType({}),
) -> tuple[Article, ...]:
    """The articles that the placements describe, sorted by id.

    `pages` are by id. `titles` gives the title of an article that has no headline placement, or None; `reprinted`, the
    other pages that print its story. An article without any placement is left out, whatever `titles` says.
    """
    rows: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements:
        if placement.action in IN_ARTICLE and placement.article is not None:
            rows[placement.article].append(placement)
    copies = _copies(placements)
    articles = [
        _article(rows[article], copies.get(article, []), pages=pages, title=titles.get(article), config=config)
        for article in sorted(rows)
    ]
    main = {a.id: _main_page(rows[a.id], pages) for a in articles}
    page_lines, stories = find_page_lines(placements, pages), Counter(page.id for page in main.values())
    found = (
        _meta(a, main[a.id], page_lines, alone=stories[main[a.id].id] == 1)
        | {"also_published": [_published(x, pages) for x in reprinted.get(a.id, ())]}
        for a in articles
    )
    return tuple(replace(a, meta=meta) for a, meta in zip(articles, found, strict=True))


def _published(reprint: Reprint, pages: Mapping[str, Page]) -> str:
    """A reprint's headline, and its page's date and address, as far as the page gives them."""
    meta = pages[reprint.page].meta
    return " | ".join(filter(None, (_one_line(reprint.headline), meta.get("date", ""), meta.get("url", ""))))


def raw_text(spans: Sequence[Span], pages: Mapping[str, Page]) -> str:
    """The text of the spans of one paragraph, as on the pages, in one line.

    Adjacent spans are joined as they are; between others goes what `separator` returns.
    """
    text, before = "", None
    for span in spans:
        touching = before is not None and before.page == span.page and before.end == span.start
        piece = _one_line(pages[span.page].text[span.start : span.end])
        text += piece if touching else separator(text, piece) + piece
        before = span
    return text.strip()


def separator(left: str, right: str) -> str:
    """The separator of two pieces of a broken paragraph: a space between Latin words, otherwise nothing.

    >>> separator("the", "end"), separator("鹭笛", "区"), separator("第", "A"), separator("20", "24年")
    (' ', '', '', '')
    """
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    before, after = _telling(reversed(left)), _telling(right)
    if UNSPACED.match(before) or UNSPACED.match(after):
        return ""
    if left[-1].isdigit() and right[0].isdigit() and UNSPACED.search(left + right):
        return ""  # a number broken across Chinese lines
    ends, begins = left[-1].isalnum() or left[-1] in CLOSING, right[0].isalnum() or right[0] in OPENING
    return " " if ends and begins else ""


def span_of(placement: Placement, pages: Mapping[str, Page]) -> Span:
    """The span of a placement, with its last line."""
    last = line_of(pages[placement.page], placement.end - 1)
    return Span(placement.page, placement.start, placement.end, placement.line, last)


def _copies(placements: Sequence[Placement]) -> dict[str, list[Placement]]:
    """The duplicates of each article's passages: their pages are sources of it, too."""
    duplicates = [p for p in placements if p.action is Action.DUPLICATE and p.survivor is not None]
    wanted = {p.survivor for p in duplicates}
    homes = {p.ref: p.article for p in placements if p.ref in wanted}
    found: dict[str, list[Placement]] = defaultdict(list)
    for duplicate in duplicates:
        home = homes.get(duplicate.survivor) if duplicate.survivor else None
        if home is not None:
            found[home].append(duplicate)
    return found


def _article(
    rows: list[Placement],
    copies: list[Placement],
    *,
    pages: Mapping[str, Page],
    title: str | None,
    config: TidyConfig,
) -> Article:
    rows = sorted(rows, key=lambda p: (p.position, p.part, p.page, p.start))
    heads = [p for p in rows if p.position == TITLE]
    body = [p for p in rows if p.position != TITLE]
    spans = [span_of(p, pages) for p in _headline(heads, pages)]
    raw = raw_text(spans, pages) if spans else title
    written = _tidied(raw, config, headline=True) if raw else ""
    paragraphs = tuple(_paragraph(list(group), pages, config) for _, group in groupby(body, key=lambda p: p.position))
    flags = {flag for p in rows for flag in p.flags} | (set() if written else {Flag.UNTITLED})
    for text in (written, *(p.text for p in paragraphs)):
        flags |= {doubt for doubt, _ in doubts(text)} | ({Flag.BAD_BYTES} if "\ufffd" in text else set())
    if len(spans) < len(heads):
        flags.add(Flag.SECOND_HEADLINE)
    return Article(
        id=str(rows[0].article),
        title=written or None,
        paragraphs=paragraphs,
        sources=_sources([*rows, *copies], pages),
        flags=tuple(sorted(flags)),
    )


def _headline(heads: Sequence[Placement], pages: Mapping[str, Page]) -> list[Placement]:
    """The first headline, with the lines that follow it directly; those of other sources are left out."""
    lines = list(heads[:1])
    for head in heads[1:]:
        last = lines[-1]
        after = head.page == last.page and head.start >= last.end
        if after and not pages[head.page].text[last.end : head.start].strip():
            lines.append(head)
    return lines


def _paragraph(rows: Sequence[Placement], pages: Mapping[str, Page], config: TidyConfig) -> Paragraph:
    spans = tuple(span_of(p, pages) for p in rows)
    role = rows[0].role or Role.BODY
    text = _tidied(raw_text(spans, pages), config, headline=role in SPACED)
    return Paragraph(role, text, spans)


def _sources(rows: Iterable[Placement], pages: Mapping[str, Page]) -> tuple[Span, ...]:
    """For each page the span from the first to the last of the rows on it."""
    by_page: dict[str, list[Placement]] = defaultdict(list)
    for row in rows:
        by_page[row.page].append(row)
    sources = []
    for page, found in sorted(by_page.items()):
        first, last = (span_of(pick(found, key=lambda p: p.start), pages) for pick in (min, max))
        sources.append(Span(page, first.start, last.end, first.line, last.last_line))
    return tuple(sources)


def _main_page(rows: Sequence[Placement], pages: Mapping[str, Page]) -> Page:
    """The page of the first paragraph, or of the headline where there is none."""
    first = min(rows, key=lambda p: (p.position == TITLE, p.position, p.part, p.page, p.start))
    return pages[first.page]


def _meta(article: Article, page: Page, page_lines: PageLines, *, alone: bool) -> Meta:
    """Metadata found in the text, and those that came with the page; of the latter, what describes one story is left
    out where the page holds several."""
    given = {key: text for key, text in page.meta.items() if alone or key not in OF_ONE_STORY}
    texts = [p.text for p in article.paragraphs]
    beside, heads = page_lines.of(article.id, page.id)
    meta = find_metadata(texts, beside, heads, given=given, name=page.source)
    meta["byline"] = " ".join(p.text for p in article.paragraphs if p.role is Role.BYLINE)
    return meta


def _tidied(raw: str, config: TidyConfig, *, headline: bool) -> str:
    return _one_line(tidy(raw, config, headline=headline)).strip()


def _telling(characters: Iterable[str]) -> str:
    """The first character that shows the script; quotation marks and dashes belong to all."""
    return next((c for c in characters if c.isalnum() or UNSPACED.match(c)), "")


def _one_line(text: str) -> str:
    """Text without line breaks: one paragraph is one line in every output."""
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) < 2:
        return text
    joined = ""
    for line in lines:
        joined += separator(joined, line) + line
    return joined
