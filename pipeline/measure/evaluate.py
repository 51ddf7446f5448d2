"""Measure the program on pages made of clean articles that the user trusts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from .. import models as shipped
from ..config import Config
from ..errors import InputError
from ..learn.articles import read_articles
from ..learn.damage import Operation, make_pages
from ..learn.made import Clean, MadePage
from ..learn.reprinting import retitle, vary
from ..model import Page
from ..models import Models
from ..run import clean_pages
from .figures import Changed, Evaluation, Figures
from .happened import Rows, what_happened
from .score import find, is_perfect, shares
from .truth import truth_of

AGAIN = 0.5  # share of the pages that have a story that is printed again
Again = Sequence[tuple[float, Operation]]
# How often pages are damaged, as against those of training; how stories are printed again.
LEVELS: Mapping[str, tuple[float, Again]] = {
    "clean": (0.0, ()),
    "light": (0.3, ()),
    "heavy": (1.0, ()),
    "reprints": (0.0, ((AGAIN, retitle),)),
    "versions": (0.0, ((AGAIN, vary),)),
}
LEAST = 30  # articles: fewer make some ten pages, and one story more or less changes the figures
FIT = "a headline of 5 to 90 characters, 2 to 30 paragraphs, and no paragraph of another article"
Progress = Callable[[str, int, int], None]


def evaluate(
    articles: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    config: Config | None = None,
    *,
    models: Models | None = None,
    pages: int = 60,
    seed: int = 1,
    workers: int = 0,
    progress: Progress | None = None,
) -> tuple[Evaluation, ...]:
    """Measure what `clean` makes of pages made of clean articles.

    They are clean, lightly and heavily damaged, and clean ones that print stories again, under another headline
    (reprints) or with other numbers (versions).

    articles: one or several files or folders of records with id, title and text, each of one publisher. pages: how many
    are made for each level of damage; fewer, if the articles do not suffice. The result is the same for the same
    articles, pages and seed. Raises InputError for what cannot be read or is too little.
    """
    config, models = config or Config(), models or shipped.load()
    given = [articles] if isinstance(articles, str | os.PathLike) else articles
    read = {name: _distinct(read_articles(name, config.read)) for name in (os.fspath(path) for path in given)}
    for name, found in read.items():
        if len(found) < LEAST:
            raise InputError(f"{name}: {LEAST} articles with {FIT} are needed; found: {len(found)}")
    measured = []
    for name, found in read.items():
        levels = {}
        for level, (damage, again) in LEVELS.items():
            told = partial(_told, progress, f"{name}, {level}") if progress else None
            made = make_pages(found, pages, seed, damage, again=again).pages
            levels[level] = measure(made, config, models, workers=workers, progress=told)
        measured.append(Evaluation(name, len(found), levels))
    return tuple(measured)


def _distinct(articles: Iterable[Clean]) -> list[Clean]:
    """The first article of each id: pages know their stories by it."""
    found: dict[str, Clean] = {}
    for article in articles:
        found.setdefault(article.id, article)
    return list(found.values())


def measure(
    made: list[MadePage], config: Config, models: Models, *, workers: int = 0, progress: Progress | None = None
) -> Figures:
    """What the program makes of made pages."""
    truth = truth_of(made)
    result = clean_pages([page_of(page) for page in made], config, models, workers=workers, progress=progress)
    found, rows = find(truth, result), Rows(truth, result)
    changed = []
    for name, story in truth.stories.items():
        article = found.article_of.get(name)
        if article is None or not is_perfect(story, article, found.trails[article.id]):
            changed.append(Changed(name, story.title, what_happened(name, story, found, rows)))
    stories = len(truth.stories)
    return Figures(len(made), stories, shares(truth, result, found, stories - len(changed)), tuple(changed))


def page_of(made: MadePage) -> Page:
    """A made page, as it would be read."""
    return Page(made.name, made.name, made.text(), "utf-8", meta={"title": made.title} if made.title else {})


def _told(progress: Progress, what: str, stage: str, done: int, total: int) -> None:
    progress(f"{what}: {stage}", done, total)
