"""Nothing changes unnoticed: digests of what comes out of the samples and of some 200 made pages.

A digest that differs says that results changed. `python -m tests.test_pinned` writes the new ones; the commit that does
so says what changed and why. Probabilities are left out, for they differ in the last digit between machines.
"""

from __future__ import annotations

import hashlib
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from unsplice.config import Config, ReattachConfig
from unsplice.model import Result
from unsplice.run import clean

from tests.pages import damaged, save
from tests.test_golden import result

HERE = Path(__file__).parent
DIGESTS = HERE / "pinned.json"
BATCHES, PAGES = 23, 9
DAMAGES = (0.0, 1.0, 1.5, 3.0)
ROW = ("page", "start", "end", "line", "role", "action", "article", "position", "part", "cluster", "copy_kind")
BOLDNESS = ("balanced", "balanced", "cautious", "bold")


def rows_of(found: Result) -> list[list[Any]]:
    """What became of each span, and which passage speaks for it."""
    return [
        [*(getattr(r, name) for name in ROW), r.survivor and list(r.survivor), r.runner_up] for r in found.placements
    ]


def words_of(found: Result) -> list[list[Any]]:
    """Why, in the words of the ledger, and what is odd about it."""
    return [[r.reason, r.evidence, sorted(r.flags)] for r in found.placements]


def articles_of(found: Result) -> list[list[Any]]:
    return [
        [a.id, a.title, [[p.role, p.text, [[s.page, s.start, s.end] for s in p.sources]] for p in a.paragraphs], a.meta]
        for a in found.articles
    ]


@lru_cache(maxsize=1)
def results() -> tuple[Result, ...]:
    """The samples, and made pages in batches of their own, from undamaged to as damaged as can be."""
    found = [result()]
    for seed in range(BATCHES):
        config = Config(reattach=ReattachConfig(boldness=BOLDNESS[seed // 4 % 4]))
        with tempfile.TemporaryDirectory() as folder:
            save(damaged(1000 + seed, PAGES, DAMAGES[seed % 4]), Path(folder))
            found.append(clean([folder], config, workers=1))
    return tuple(found)


def digests() -> dict[str, str]:
    kinds = {"rows": rows_of, "words": words_of, "articles": articles_of}
    return {
        f"{name} of {what}": hashlib.sha256(orjson.dumps([of(x) for x in some])).hexdigest()[:16]
        for what, some in (("samples", results()[:1]), ("made pages", results()[1:]))
        for name, of in kinds.items()
    }


def test_as_many_pages_as_it_says() -> None:
    assert sum(len(x.pages) for x in results()[1:]) == BATCHES * PAGES


def test_nothing_has_changed() -> None:
    assert digests() == orjson.loads(DIGESTS.read_bytes())


if __name__ == "__main__":
    DIGESTS.write_bytes(orjson.dumps(digests(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(DIGESTS.read_text(encoding="utf-8"))
