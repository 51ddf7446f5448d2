"""The sample pages of raw/, end to end: what comes out is in tests/golden/, so that every change of it shows in review.

`python -m tests.test_golden` writes the expected files anew.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import orjson
from unsplice.model import Action, Result, Role
from unsplice.run import clean
from unsplice.text.forms import fold

from tests.pages import STORIES

HERE = Path(__file__).parent
RAW = HERE.parent / "raw"
ARTICLES, LEDGER = HERE / "golden" / "articles.jsonl", HERE / "golden" / "ledger.tsv"
PERFECT = 32  # of the 44 invented stories, that come out to the letter, in any order of paragraphs


@lru_cache(maxsize=1)
def result() -> Result:
    return clean([str(RAW)])


def articles_of(found: Result) -> str:
    """One article a line, with its metadata and the role of each paragraph."""
    rows = [
        {
            "id": a.id,
            "title": a.title,
            "flags": a.flags,
            "metadata": {field: known for field, known in a.meta.items() if known},
            "paragraphs": [[p.role, p.text] for p in a.paragraphs],
        }
        for a in found.articles
    ]
    return "".join(orjson.dumps(row).decode() + "\n" for row in rows)


def ledger_of(found: Result) -> str:
    """What became of each passage; scores are left out, for they differ in the last digit between machines."""
    lines = ["page\tline\tstart\trole\taction\tarticle\tposition\treason\tflags"]
    for r in found.placements:
        if r.action is not Action.BLANK:
            row = (r.page, r.line, r.start, r.role, r.action, r.article, r.position, r.reason, " ".join(r.flags))
            lines.append("\t".join("" if x is None else str(x) for x in row))
    return "\n".join(lines) + "\n"


def letters(texts: list[str]) -> list[str]:
    return sorted(fold("".join(texts)))


def perfect(found: Result) -> list[str]:
    """The ids of the invented stories of which one article has the headline and the text, and nothing else."""
    out = []
    for line in STORIES.read_bytes().splitlines():
        story = orjson.loads(line)
        paragraphs = list(zip(story["roles"], story["text"].split("\n"), strict=True))
        asked = letters([t for role, t in paragraphs if role != "byline"])
        for a in found.articles:
            text = letters([p.text for p in a.paragraphs if p.role is not Role.BYLINE])
            if fold(a.title or "") == fold(story["title"] or "") and text == asked:
                out.append(story["id"])
                break
    return out


def test_articles_are_as_expected() -> None:
    assert articles_of(result()) == ARTICLES.read_text(encoding="utf-8")


def test_ledger_is_as_expected() -> None:
    assert ledger_of(result()) == LEDGER.read_text(encoding="utf-8")


def test_as_many_stories_are_perfect_as_before() -> None:
    found = len(perfect(result()))
    assert found >= PERFECT, "quality sank"
    assert found == PERFECT, f"quality rose: raise PERFECT to {found}"


def test_the_clean_page_stays_as_it_is() -> None:
    rows = [r for r in result().placements if r.page == "2031-05-06_p05"]
    assert {r.action for r in rows} == {Action.KEPT, Action.BLANK}


if __name__ == "__main__":
    ARTICLES.write_text(articles_of(result()), encoding="utf-8")
    LEDGER.write_text(ledger_of(result()), encoding="utf-8")
    print(f"{len(perfect(result()))} of {len(STORIES.read_bytes().splitlines())} stories perfect")
