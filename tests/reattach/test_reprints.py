"""One report that is printed twice comes out once and whole, whatever its headlines say; two versions stay two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import orjson
import pytest
from unsplice.config import Config
from unsplice.model import Article, Result
from unsplice.models import load
from unsplice.reasons import Reason
from unsplice.run import clean

from tests.pages import longer

Record = dict[str, str]
FIRST, *OTHERS = longer().values()
HEADLINES = ("主场三比二逆转 汀桐队升至联赛第二", "落后两球仍不放弃 汀桐队终场前绝杀鹭笛队")


def record(number: int, title: str, paragraphs: Sequence[str]) -> Record:
    address = f"https://paper{number}.example/{number}"
    return {
        "id": f"r{number}",
        "title": title,
        "url": address,
        "date": f"2031-05-0{number + 1}",
        "text": "\n".join(paragraphs),
    }


def cleaned(tmp_path: Path, records: Sequence[Record], config: Config | None = None) -> Result:
    file = tmp_path / "records.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, records)))
    return clean(file, config, models=load(), workers=1)


def texts(article: Article) -> list[str]:
    return [p.text for p in article.paragraphs]


OWN = [
    *FIRST.paragraphs[:2],
    "汀桐队的替补门将赛后说，更衣室里没有人提过放弃，大家只说还有半场。",
    *FIRST.paragraphs[2:],
]
ADDED = "汀桐队与鹭笛队本赛季已经交手两次，各胜一场，两队的比分都是二比一。"
ADDED_LATER = "汀桐队俱乐部宣布，下一个主场的球票从周三上午九点开始出售，学生凭证半价。"
VARIANTS: dict[str, Callable[[list[str]], list[str]]] = {
    "the same": lambda own: own,
    "shortened": lambda own: own[:2],
    "without its first paragraph": lambda own: own[1:],
    "without one in the middle": lambda own: [own[0], *own[2:]],
    "with a typing error": lambda own: [own[0].replace("，", ",", 1), own[1][:-9] + own[1][-8:], *own[2:]],
}


@pytest.mark.parametrize("kind", VARIANTS)
@pytest.mark.parametrize("turned", [False, True])
def test_a_reprint_is_one_story_and_whole(kind: str, turned: bool, tmp_path: Path) -> None:
    versions = [OWN, VARIANTS[kind](OWN)]
    records = [
        record(k, title, own)
        for k, (title, own) in enumerate(zip(HEADLINES, versions[:: -1 if turned else 1], strict=True))
    ]
    (article,) = cleaned(tmp_path, records).articles
    assert len(texts(article)) == len(OWN)
    assert [text[:12] for text in texts(article)] == [text[:12] for text in OWN]
    assert article.title in HEADLINES
    # All metadata are those of the version that was taken; the other is told of.
    taken = HEADLINES.index(article.title)
    assert article.meta["url"] == records[taken]["url"]
    other = records[1 - taken]
    assert article.meta["also_published"] == [f"{other['title']} | {other['date']} | {other['url']}"]


def test_three_sites_print_it(tmp_path: Path) -> None:
    titles = (FIRST.title, f"{FIRST.title}（图）", HEADLINES[1])
    (article,) = cleaned(tmp_path, [record(k, title, OWN) for k, title in enumerate(titles)]).articles
    assert texts(article) == OWN
    also = article.meta["also_published"]
    assert len(also) == 2


def test_what_only_the_other_has_is_added_where_it_stands(tmp_path: Path) -> None:
    (article,) = cleaned(
        tmp_path, [record(0, HEADLINES[0], [OWN[0], ADDED, *OWN[1:]]), record(1, HEADLINES[1], [*OWN, ADDED_LATER])]
    ).articles
    assert texts(article) == [OWN[0], ADDED, *OWN[1:], ADDED_LATER]


def test_two_reports_of_one_sentence_stay_two(tmp_path: Path) -> None:
    """They share a sentence, and each keeps it."""
    shared = "有关部门表示，将认真听取居民的意见，把这件好事办好办实。"
    records = [record(k, a.title, [*a.paragraphs[:2], shared, *a.paragraphs[2:]]) for k, a in enumerate(OTHERS[:2])]
    found = cleaned(tmp_path, records).articles
    assert [a.title for a in found] == [a.title for a in OTHERS[:2]]
    assert all(shared in texts(a) for a in found)


def test_a_headline_on_a_page_is_accounted_for(tmp_path: Path) -> None:
    for name, title in zip("ab", HEADLINES, strict=True):
        (tmp_path / f"{name}.txt").write_text("\n".join([title, *OWN]) + "\n", encoding="utf-8")
    found = clean(tmp_path, models=load(), workers=1)
    (article,) = found.articles
    assert texts(article) == OWN
    (row,) = [r for r in found.placements if r.reason is Reason.OTHER_HEADLINE_OF_STORY]
    assert row.survivor is not None
    assert {row.page, row.survivor.page} == {"a", "b"}


VERSIONS = [
    ("上午9时至下午6时", "上午8时至下午8时"),
    ("每次可以借书5册", "每次可以借书8册"),
    ("自2031年5月6日起", "自2032年7月1日起"),
]


@pytest.mark.parametrize(("one", "other"), VERSIONS)
def test_versions_are_no_copies(one: str, other: str, tmp_path: Path) -> None:
    def notice(said: str) -> list[str]:
        return [
            f"云箬乡图书馆{said}，开放时间和借书办法如有变动，以馆内张贴的告示为准，读者可以拨打服务台电话询问，也可以在门口的木箱里留下字条。"
        ]

    records = [record(k, "云箬乡图书馆告示", notice(said)) for k, said in enumerate((one, other))]
    found = cleaned(tmp_path, records).articles
    assert [texts(a) for a in found] == [notice(one), notice(other)]
    assert [a.meta["url"] for a in found] == [r["url"] for r in records]
