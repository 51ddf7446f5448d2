"""Damaged pages for tests, made of the invented stories of tests/cases/stories.jsonl, which the samples are made of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import orjson
from unsplice.learn.damage import make_pages
from unsplice.learn.made import Batch, Clean, clean_articles

HERE = Path(__file__).parent
STORIES = HERE / "cases" / "stories.jsonl"
LONGER = HERE / "cases" / "longer.jsonl"


@lru_cache(maxsize=1)
def stories() -> tuple[Clean, ...]:
    """The invented stories that have a headline."""
    records = [orjson.loads(line) for line in STORIES.read_bytes().splitlines()]
    return tuple(clean_articles(r for r in records if r["title"]))


@lru_cache(maxsize=1)
def longer() -> dict[str, Clean]:
    """Invented stories by name, each of three paragraphs, the second of some 160 letters: as long as real news has."""
    return {a.id: a for a in clean_articles(orjson.loads(line) for line in LONGER.read_bytes().splitlines())}


def damaged(seed: int, pages: int = 4, damage: float = 1.5) -> Batch:
    """A few damaged pages and their truth."""
    return make_pages(list(stories()), pages, seed, damage)


def save(batch: Batch, folder: Path) -> Path:
    """Writes a batch as a scraper would have saved it."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in batch.pages:
        (folder / f"{page.name}.txt").write_text(page.text() + "\n", encoding="utf-8")
    return folder
