"""Articles in the order of their subjects."""

from __future__ import annotations

import random
from itertools import pairwise

from unsplice.learn.damage import make_pages
from unsplice.learn.made import Clean
from unsplice.learn.subjects import WINDOW, by_subject

WORDS = {
    "渡船": "渡船 码头 航班 船票 船员 潮水 停航 乘客 泊位 汽笛",
    "果园": "果园 苹果 剪枝 采摘 果农 冷库 甜度 嫁接 虫害 果筐",
    "剧院": "剧院 排练 演员 布景 谢幕 乐池 灯光 剧本 座位 首演",
}


def article(number: int, subject: str, issue: str) -> Clean:
    rng = random.Random(number)
    paragraphs = ["，".join(rng.choices(WORDS[subject].split(), k=12)) + f"{number}。" for _ in range(3)]
    return Clean(f"{subject}{number:03d}", f"{subject}第{number}次报道", tuple(paragraphs), issue)


def mixed(count: int) -> list[Clean]:
    return [article(k, list(WORDS)[k % 3], f"{k // 6:03d}") for k in range(count)]


def changes(articles: list[Clean]) -> int:
    return sum(a.id[:2] != b.id[:2] for a, b in pairwise(articles))


def test_like_articles_stand_together() -> None:
    found = by_subject(mixed(90))
    assert sorted(a.id for a in found) == sorted(a.id for a in mixed(90))
    assert changes(found) == 2
    assert changes(mixed(90)) == 89


def test_the_order_does_not_hang_on_that_given() -> None:
    other = mixed(60)
    random.Random(1).shuffle(other)
    assert by_subject(other) == by_subject(mixed(60))


def test_articles_of_other_weeks_are_not_brought_together() -> None:
    found = by_subject(mixed(WINDOW + 30))
    assert {a.issue for a in found[:WINDOW]}.isdisjoint(a.issue for a in found[WINDOW + 2 :])


def test_few_articles() -> None:
    assert by_subject([]) == []
    assert by_subject(mixed(1)) == mixed(1)


def test_pages_keep_the_order() -> None:
    found = by_subject(mixed(90))
    batch = make_pages(found, 9, 1, 0.0, in_order=True)
    assert [a.id for a in batch.pool] == [a.id for a in found]
    alike = [len({s[:2] for s in page.stories}) == 1 for page in batch.pages]
    assert sum(alike) >= len(alike) - 2
