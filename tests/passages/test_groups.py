"""Which pages are read together, and what they tell about one another's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from unsplice.model import Page
from unsplice.models import load
from unsplice.passages.groups import group_of, usages, used_on
from unsplice.run import clean

from tests.pages import damaged, save


@pytest.mark.parametrize(
    ("source", "record", "meta", "group"),
    [
        ("raw/ludi/p1.txt", None, {}, "raw/ludi\n\n"),
        ("raw/ludi.jsonl", 3, {"date": "2024-07-12"}, "raw/ludi.jsonl\n\n2024-07"),
        ("raw/ludi.jsonl", 4, {"date": "20240712"}, "raw/ludi.jsonl\n\n2024-07"),
        ("raw/ludi.jsonl", 5, {"date": "2024年12月1日"}, "raw/ludi.jsonl\n\n2024-12"),
        ("raw/ludi.jsonl", 6, {"date": "2024/7/12 08:00"}, "raw/ludi.jsonl\n\n2024-07"),
        ("raw/ludi.jsonl", 6, {"date": "May 6, 2031"}, "raw/ludi.jsonl\n\n2031-05"),
        ("raw/ludi.jsonl", 6, {"date": "民國一二〇年五月六日"}, "raw/ludi.jsonl\n\n2031-05"),
        ("raw/ludi.jsonl", 7, {"date": "yesterday"}, "raw/ludi.jsonl\n\n"),
        ("raw/all.jsonl", 8, {"url": "https://news.example.org/1.html"}, "raw/all.jsonl\nnews.example.org\n"),
        ("-", None, {"url": "not a url"}, "\n\n"),
        ("raw/2024-07-12_p01.txt", None, {}, "raw\n\n2024-07"),
        ("raw/ludi20241201.html", None, {}, "raw\n\n2024-12"),
        ("raw/20241301.txt", None, {}, "raw\n\n"),
        ("raw/120240701.txt", None, {}, "raw\n\n"),
        ("2024-07-12/p01.txt", None, {}, "2024-07-12\n\n"),
    ],
)
def test_groups(source: str, record: int | None, meta: dict[str, str], group: str) -> None:
    assert group_of(Page("p", source, "渡口", "utf-8", record, meta)) == group


def test_a_word_is_common_in_one_group_and_rare_in_another() -> None:
    pages = [
        *(Page(f"a{k}", f"raw/ludi/{k}.txt", f"渡船复航第{k}天，茶馆开张", "utf-8") for k in range(24)),
        *(
            Page(f"b{k}", f"raw/zhuxi/{k}.txt", "渡船复航" if k == 0 else f"学堂搬迁第{k}天", "utf-8")
            for k in range(24)
        ),
    ]
    found = usages(pages, [used_on(page) for page in pages])
    assert found[0].word_weights(["渡船"])[0] < 0.2
    assert found[24].word_weights(["渡船"])[0] == 1
    assert [usage.pages for usage in found] == [24] * 48


def test_the_models_themselves_do_not_change(tmp_path: Path) -> None:
    models = load()
    page = Page("p", "p", "渡船复航", "utf-8")
    within = models.within(usages([page] * 3, [used_on(page)] * 3)[0])
    assert within.lexicon.usage.pages == 3
    assert models.lexicon.usage.pages == 1
    assert within.network is models.network
    folder = save(damaged(7, 4), tmp_path)
    assert clean(folder, workers=1) == clean(folder, workers=1)
