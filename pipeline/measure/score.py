"""Compare articles with the truth of the pages that they were made from."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Article, Result, Span
from ..text.forms import fold
from .figures import FEW, Shares, share
from .truth import HEADLINE, Key, Story, Truth


class Run(NamedTuple):
    """Letters of one paragraph (None: of no story) that stand together in an article."""

    key: Key | None
    at: int
    size: int


Trail = Sequence[Sequence[Run]]  # of an article: the letters of each of its paragraphs


@dataclass(frozen=True)
class Found:
    """Where the letters of each paragraph are: the trail of each article, the article of each story, and for each
    paragraph how often its letters are in articles, and whether they are in its own story's."""

    trails: Mapping[str, Trail]
    article_of: Mapping[str, Article]
    seen: Mapping[Key, NDArray[np.int64]]
    right: Mapping[Key, NDArray[np.bool_]]


def find(truth: Truth, result: Result) -> Found:
    """Find each story's article, and each paragraph's letters in the articles."""
    texts = {page.id: page.text for page in result.pages}
    trails = {a.id: [list(_runs(truth, texts, p.sources)) for p in a.paragraphs] for a in result.articles}
    article_of = _matched(truth, result.articles, trails)
    story_of = {article.id: story for story, article in article_of.items()}
    sizes = {key: len(p.letters) for story in truth.stories.values() for key, p in story.paragraphs.items()}
    seen = {key: np.zeros(size, dtype=np.int64) for key, size in sizes.items()}
    right = {key: np.zeros(size, dtype=bool) for key, size in sizes.items()}
    for article, trail in trails.items():
        for key, at, size in (run for runs in trail for run in runs):
            if key in sizes:
                seen[key][at : at + size] += 1
                right[key][at : at + size] |= story_of.get(article) == key.story
    return Found(trails, article_of, seen, right)


def _runs(truth: Truth, texts: Mapping[str, str], spans: Sequence[Span]) -> Iterator[Run]:
    """The letters that the spans of a paragraph hold."""
    for span in spans:
        pieces, text = truth.pieces[span.page], texts[span.page]
        first = max(0, bisect_right(pieces, span.start, key=lambda piece: piece.start) - 1)
        for piece in pieces[first:]:
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if piece.start >= span.end:
                break
            if start < end:
                yield Run(piece.key, piece.at + len(fold(text[piece.start : start])), len(fold(text[start:end])))


def _matched(truth: Truth, articles: Sequence[Article], trails: Mapping[str, Trail]) -> dict[str, Article]:
    """The article of each story: the one with its headline, or else the one with most of its letters.

    An article with the headline of one story is no other's.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for name, own in truth.stories.items():
        for headline in own.names - {""}:
            named[headline].add(name)
    weights: dict[tuple[str, str], int] = defaultdict(int)
    for article in articles:
        heads = named.get(fold(article.title or ""), set())
        for key, _, size in (run for runs in trails[article.id] for run in runs):
            if key and key.order != HEADLINE and (not heads or key.story in heads):
                weights[article.id, key.story] += size
    with_title = {(a.id, name) for a in articles for name in named.get(fold(a.title or ""), ())}
    by_id = {a.id: a for a in articles}
    found: dict[str, Article] = {}
    taken: set[str] = set()
    order = sorted(weights, key=lambda pair: (pair not in with_title, -weights[pair], pair))
    for article_id, story in order:
        if story in truth.stories and story not in found and article_id not in taken:
            found[story] = by_id[article_id]
            taken.add(article_id)
    return found


def titled(story: Story, article: Article) -> bool:
    """Has the article its story's headline, or none where no page has it?"""
    return fold(article.title or "") in story.names


def surplus_texts(story: Story, article: Article) -> Counter[str]:
    """The paragraphs that an article has and should not have, and, counted negatively, those that it should have."""
    there = Counter(letters for p in article.paragraphs if (letters := fold(p.text)))
    for paragraph in story.paragraphs.values():
        if not paragraph.optional or there[paragraph.letters] > 0:
            there[paragraph.letters] -= 1
    return Counter({letters: count for letters, count in there.items() if count})


def out_of_order(story: Story, trail: Trail) -> list[Key]:
    """The paragraphs that never left their story, and stand before the one that they should follow."""
    first: dict[Key, int] = {}
    for place, runs in enumerate(trail):
        for run in runs:
            if run.key:
                first.setdefault(run.key, place)
    stayed = [key for key, paragraph in story.paragraphs.items() if paragraph.stayed and key in first]
    return [then for before, then in pairwise(stayed) if first[before] > first[then]]


def is_perfect(story: Story, article: Article, trail: Trail) -> bool:
    """Right title, all text and nothing else, each paragraph whole, and in order."""
    return titled(story, article) and not surplus_texts(story, article) and not out_of_order(story, trail)


def shares(truth: Truth, result: Result, found: Found, perfect: int) -> Shares:
    """The figures of a result in which so many stories are perfect."""
    tally: Counter[str] = Counter()
    for name, story in truth.stories.items():
        tally["titles"] += name in found.article_of and titled(story, found.article_of[name])
        for key, paragraph in story.paragraphs.items():
            tally["extra"] += int(np.maximum(found.seen[key] - 1, 0).sum())
            if not paragraph.optional:
                right, home = found.right[key], paragraph.home
                tally["letters"] += len(home)
                tally["home"] += int(home.sum())
                tally["disturbed"] += int((home & ~right).sum())
                tally["restored"] += int((right & ~home).sum())
                tally["lost"] += int((found.seen[key] == 0).sum())
    story_of = {article.id: story for story, article in found.article_of.items()}
    for article, trail in found.trails.items():
        for run in (run for runs in trail for run in runs):
            own = run.key is not None and run.key.order != HEADLINE and run.key.story == story_of.get(article)
            tally["foreign"] += 0 if own else run.size
            tally["text"] += run.size
    stories = len(truth.stories)
    return Shares(
        perfect=share(perfect, stories),
        titles=share(tally["titles"], stories),
        disturbed=share(tally["disturbed"], tally["home"]),
        restored=share(tally["restored"], tally["letters"] - tally["home"], FEW),
        lost=share(tally["lost"], tally["letters"]),
        repeated=share(tally["extra"], truth.copied, FEW),
        foreign=share(tally["foreign"], tally["text"]),
        surplus=share(len(result.articles) - len(story_of), stories),
    )
