"""What the report shows of a run, chosen and looked up before any HTML is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from ...model import Action, Article, Page, Placement, Ref, Result
from ...reasons import in_words

ALL_PAGES = 200  # most pages that are shown; a run of no more is shown whole
WEAKEST = 30  # copies, and moves, listed for review: as many as one reads in one sitting


@dataclass(frozen=True)
class View:
    """The pages that are shown, in order, with their rows, and what the rows point to.

    `targets` are the rows that duplicates were dropped for, `copies` and `moves` the weakest that were accepted.
    `idle` and `left_out` count the pages that are not shown: nothing happened on the former. `ending` is that of the
    articles' files, empty if there are none.
    """

    pages: dict[str, Page]
    shown: tuple[Page, ...]
    rows: dict[str, list[Placement]]
    articles: dict[str, Article]
    targets: dict[Ref, Placement]
    copies: tuple[Placement, ...]
    moves: tuple[Placement, ...]
    idle: int
    left_out: int
    ending: str

    def text(self, row: Placement) -> str:
        """The text of a row, as it stands on its page."""
        return self.pages[row.page].text[row.start : row.end]

    def name(self, article: str) -> str:
        """The name of an article: its title, or how its text begins."""
        found = self.articles.get(article)
        if found is None or found.title:
            return found.title if found and found.title else article
        return f"(untitled) {found.paragraphs[0].text}" if found.paragraphs else "(untitled)"

    def place(self, ref: Ref) -> str:
        """A passage's page and line."""
        target = self.targets.get(ref)
        return f"{ref.page}:{target.line}" if target else ref.page

    def why(self, row: Placement) -> str:
        """Why a row went where it went, in words."""
        return in_words(row.reason, row.copy_kind, self.place(row.survivor) if row.survivor else "")

    def shows(self, page: str) -> bool:
        """Whether a page is among those shown."""
        return page in self.rows


def choose(result: Result, ending: str) -> View:
    """Choose what is shown of a large run: what is listed for review, then the pages with the weakest decisions."""
    duplicates = [p for p in result.placements if p.action is Action.DUPLICATE]
    wanted = {p.survivor for p in duplicates}
    copies = _weakest(duplicates, "similarity")
    moves = _weakest((p for p in result.placements if p.action is Action.MOVED), "score")
    scores = _events(result)
    shown = result.pages
    if len(shown) > ALL_PAGES:
        first = {p.page for p in (*copies, *moves)} | {p.survivor.page for p in copies if p.survivor}
        scores.update(dict.fromkeys(first, 0.0))
        chosen = set(nsmallest(ALL_PAGES, scores, key=lambda page: (scores[page], page)))
        shown = tuple(page for page in result.pages if page.id in chosen)
    rows: dict[str, list[Placement]] = {page.id: [] for page in shown}
    for row in result.placements:
        if row.page in rows:
            rows[row.page].append(row)
    hidden = {page.id for page in result.pages} - rows.keys()
    idle = sum(page not in scores for page in hidden)
    return View(
        pages={page.id: page for page in result.pages},
        shown=shown,
        rows=rows,
        articles={article.id: article for article in result.articles},
        targets={p.ref: p for p in result.placements if p.ref in wanted},
        copies=copies,
        moves=moves,
        idle=idle,
        left_out=len(hidden) - idle,
        ending=ending,
    )


def linked_articles(chosen: View) -> list[Article]:
    """The articles that a row on a shown page went into, or that a shown duplicate's survivor did, by id."""
    found: dict[str, Article] = {}
    for rows in chosen.rows.values():
        for row in rows:
            home = chosen.targets.get(row.survivor) if row.survivor else row
            if home and home.article in chosen.articles:
                found[home.article] = chosen.articles[home.article]
    return [found[key] for key in sorted(found)]


def _events(result: Result) -> dict[str, float]:
    """The pages on which something happened, each with its weakest decision; what has no score counts as certain."""
    scores: dict[str, float] = defaultdict(lambda: 2.0)
    for row in result.placements:
        if row.action in (Action.MOVED, Action.DUPLICATE):
            sure = row.similarity if row.action is Action.DUPLICATE else row.score
            scores[row.page] = min(scores[row.page], 1.0 if sure is None else sure)
        elif row.action is Action.BOILERPLATE:
            scores[row.page] = min(scores[row.page], 2.0)
        elif row.flags or row.action not in (Action.KEPT, Action.BLANK):
            scores[row.page] = min(scores[row.page], 1.0 if row.flags else 2.0)
    for page in result.pages:
        if page.flags:
            scores[page.id] = min(scores[page.id], 1.0)
    return scores


def _weakest(rows: Iterable[Placement], by: str) -> tuple[Placement, ...]:
    """The rows with the lowest scores (or similarities) first, without those that are certain."""
    doubtful = [(figure, row.page, row.start, row) for row in rows if (figure := getattr(row, by)) is not None]
    return tuple(row for *_, row in nsmallest(WEAKEST, (each for each in doubtful if each[0] < 1), key=lambda x: x[:3]))
