"""What happened to a story that did not come out perfect, in words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..model import TITLE, Action, Article, Placement, Result
from ..reasons import Reason, in_words
from ..text.forms import fold
from .score import Found, out_of_order, surplus_texts, titled
from .truth import HEADLINE, Key, Piece, Story, Truth

SHOWN = 16  # characters of a quoted passage
NAMED = 2  # passages that are quoted of those to which the same happened


class Rows:
    """The rows of a result that hold letters, by the story of their letters and by their article."""

    def __init__(self, truth: Truth, result: Result):
        self.texts = {page.id: page.text for page in result.pages}
        self.by_ref = {row.ref: row for row in result.placements}
        self.of_story: dict[str, list[tuple[Placement, Key]]] = defaultdict(list)
        self.of_article: dict[str, list[tuple[Placement, Key | None]]] = defaultdict(list)
        for row in result.placements:
            if row.action is Action.BLANK:
                continue
            for piece in _overlapping(truth.pieces[row.page], row.start, row.end):
                if piece.key:
                    self.of_story[piece.key.story].append((row, piece.key))
                if row.article:
                    self.of_article[row.article].append((row, piece.key))

    def quote(self, row: Placement) -> str:
        return quoted(self.texts[row.page][row.start : row.end])

    def why(self, row: Placement) -> str:
        """The reason of a row, in brackets; none for what the program left in its place."""
        survivor = self.by_ref.get(row.survivor) if row.survivor else None
        text = in_words(row.reason, row.copy_kind, self.quote(survivor) if survivor else "the headline")
        return f" ({text})" if text and row.reason is not Reason.IN_PLACE else ""


def _overlapping(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    first = max(0, bisect_right(pieces, start, key=lambda piece: piece.start) - 1)
    return (piece for piece in pieces[first:] if piece.start < end and piece.end > start)


def quoted(text: str) -> str:
    """The beginning of a passage, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line[:SHOWN]}{'…' if len(line) > SHOWN else ''}”"


def what_happened(name: str, story: Story, found: Found, rows: Rows) -> tuple[str, ...]:
    """What happened to a story: each kind of change once, with the first passages concerned."""
    article = found.article_of.get(name)
    told: dict[str, list[str]] = defaultdict(list)
    if article is None:
        told["no article of its own"] = []
    elif not titled(story, article):
        told[f"the title is {quoted(article.title)}" if article.title else "there is no title"] = []
    for change, quote in (
        *_gone((name, story), article, found, rows),
        *(_added(name, article, rows) if article else ()),
        *(_torn(story, article, found) if article else ()),
    ):
        if quote not in told[change]:
            told[change].append(quote)
    return tuple(_line(change, quotes) for change, quotes in told.items())


def _line(change: str, quotes: Sequence[str]) -> str:
    more = f" and {len(quotes) - NAMED} more" if len(quotes) > NAMED else ""
    return f"{change}: {', '.join(quotes[:NAMED])}{more}" if quotes else change


def _gone(named: tuple[str, Story], article: Article | None, found: Found, rows: Rows) -> Iterator[tuple[str, str]]:
    """Passages of the story that are not in its article."""
    name, story = named
    for row, key in rows.of_story[name]:
        headline = key.order == HEADLINE
        own = article is not None and row.article == article.id
        if not headline and found.right[key].all():
            continue
        if row.article is None:
            if row.reason is not Reason.COPY_OF_HEADLINE and (headline or not story.paragraphs[key].optional):
                yield f"dropped{rows.why(row)}", rows.quote(row)
        elif own and headline and row.position != TITLE:
            yield "the headline is in the text", rows.quote(row)
        elif row.position == TITLE and not headline:
            yield "taken for a headline", rows.quote(row)
        elif not own:
            yield f"in another article{rows.why(row)}", rows.quote(row)


def _added(name: str, article: Article, rows: Rows) -> Iterator[tuple[str, str]]:
    """Passages in the article that are not of the story."""
    for row, key in rows.of_article[article.id]:
        if key is None:
            yield "boilerplate in the text", rows.quote(row)
        elif key.story != name:
            yield f"added from another story{rows.why(row)}", rows.quote(row)


def _torn(story: Story, article: Article, found: Found) -> Iterator[tuple[str, str]]:
    """Paragraphs that are not in the article as one paragraph, once, to the letter, and in their place."""
    trail, over = found.trails[article.id], surplus_texts(story, article)
    known = {paragraph.letters: key for key, paragraph in story.paragraphs.items()}
    lacking = [key for letters, key in known.items() if over[letters] < 0]
    for paragraph, runs in zip(article.paragraphs, trail, strict=True):
        keys = {run.key for run in runs}
        if over[fold(paragraph.text)] > 0 and keys <= set(known.values()):
            if len(keys) > 1:
                yield "run together", quoted(paragraph.text)
            elif fold(paragraph.text) in known or keys.isdisjoint(lacking):
                yield "repeated", quoted(paragraph.text)
    for key in lacking:
        holders = [runs for runs in trail if any(run.key == key for run in runs)]
        if len(holders) > 1 and found.right[key].all():
            yield "divided", quoted(story.paragraphs[key].text)
        elif len(holders) == 1 and {run.key for run in holders[0]} == {key}:
            yield "kept in a copy that differs", quoted(story.paragraphs[key].text)
    for key in out_of_order(story, trail):
        yield "out of order", quoted(story.paragraphs[key].text)
