"""Evaluations end to end, on invented articles: from files to figures, and what is refused."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import orjson
import pytest
from unsplice import evaluate
from unsplice.config import Config, ReadConfig
from unsplice.errors import InputError
from unsplice.learn.articles import read_articles
from unsplice.measure.evaluate import LEAST, LEVELS, measure, page_of
from unsplice.measure.figures import FEW, NAMES, Evaluation, Figures, Shares, mean, share
from unsplice.models import load

from tests.measure.made import TEXTS, TITLES, two_stories
from tests.pages import STORIES, damaged

ROOT = Path(__file__).parent.parent.parent


def test_articles_of_a_file(tmp_path: Path) -> None:
    """The same figures for the same articles, in any format and by any names of columns."""
    table = tmp_path / "articles.csv"
    records = [orjson.loads(line) for line in STORIES.read_bytes().splitlines()]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "headline", "body", "page"])
        writer.writerows([r["id"], r["title"], r["text"], r["page"]] for r in records)
    (lines,) = evaluate(STORIES, pages=10)
    (rows,) = evaluate([table], Config(read=ReadConfig(title="headline", text="body")), pages=10, workers=1)
    assert lines.levels == rows.levels
    assert (lines.name, lines.articles) == (str(STORIES), 40)
    assert list(lines.levels) == list(LEVELS)
    shares = [lines.levels[level].shares for level in LEVELS]
    assert [own.restored is None for own in shares] == [True, False, False, True, True]
    assert all(own.perfect and own.perfect > 0.4 for own in shares)
    for own in lines.levels.values():
        assert own.shares.perfect == share(own.stories - len(own.changed), own.stories)
        assert all(story.happened for story in own.changed)


def test_a_seed_makes_other_pages() -> None:
    models, told = load(), []
    found = [
        measure(damaged(seed, damage=1).pages, Config(), models, progress=lambda *x: told.append(x))
        for seed in (1, 2, 1)
    ]
    assert found[0] == found[2] != found[1]
    assert {stage for stage, _, _ in told} == {"passages", "stories"}


def test_a_title_comes_with_its_page() -> None:
    made = two_stories()
    made.title, made.title_story = made.lines.pop(0).text, "ferry"
    assert page_of(made).meta == {"title": made.title}
    assert "title" not in page_of(two_stories()).meta


def test_too_few_articles(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_bytes(b"\n".join(STORIES.read_bytes().splitlines()[:5]))
    with pytest.raises(InputError, match=rf"few\.jsonl: {LEAST} articles with a headline .* are needed; found: [1-5]$"):
        evaluate([STORIES, few])


def test_an_id_is_one_article_s(tmp_path: Path) -> None:
    twice = tmp_path / "twice.jsonl"
    other = {"id": "s01", "title": TITLES["ferry"], "text": "\n".join(TEXTS["ferry"])}
    twice.write_bytes(STORIES.read_bytes() + orjson.dumps(other))
    assert len(read_articles(str(twice), ReadConfig())) == 41
    (found,) = evaluate(twice, pages=10)
    assert found.articles == 40


def test_bad_articles(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no such file"):
        evaluate(tmp_path / "none.jsonl")
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1, "title": "渡船复航了"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl"):
        evaluate(bad)


def test_means_leave_out_what_is_unknown() -> None:
    first, second = Shares(perfect=0.5, restored=0.2), Shares(perfect=1.0)
    found = [Evaluation("a", 30, {"clean": Figures(1, 2, own, ())}) for own in (first, second)]
    assert mean(found, "clean") == Shares(perfect=0.75, restored=0.2)
    assert [field.name for field in fields(Shares)] == list(NAMES)
    assert share(1, FEW - 1, FEW) is None


def test_evaluating_needs_no_training_tools() -> None:
    """A plain install has none of them."""
    code = "import sys, unsplice.measure.evaluate as e; assert not {'jax', 'lightgbm', 'optax'} & set(sys.modules)"
    blocked = "import sys; sys.modules.update(dict.fromkeys(('jax', 'lightgbm', 'optax')))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    subprocess.run([sys.executable, "-c", f"{blocked}; import unsplice.measure.evaluate"], check=True, cwd=ROOT)
