"""One report that is printed twice comes out once and whole, whatever its headlines say; two versions stay two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import orjson
import pytest
from unsplice.config import Config, ReattachConfig, Reprints
from unsplice.model import Action, Article, Result
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


KEEP = Config(reattach=ReattachConfig(reprints=Reprints.KEEP))
KEPT: dict[str, list[list[str]]] = {
    "identical": [OWN, OWN],
    "three sites": [OWN, OWN, OWN],
    "three sites, unlike": [OWN[:3], OWN, OWN[1:]],
    "shortened": [OWN, OWN[:2]],
    "shortened, first": [OWN[:2], OWN],
    "changed tail": [OWN, [*OWN[:-1], ADDED_LATER]],
    "without its beginning": [OWN, OWN[1:]],
    "without its beginning, first": [OWN[1:], OWN],
    "a passage more in the middle": [[OWN[0], ADDED, *OWN[1:]], OWN],
    "each with a passage more": [[OWN[0], ADDED, *OWN[1:]], [*OWN, ADDED_LATER]],
    "in another order": [OWN, [OWN[0], *reversed(OWN[1:])]],
    "with a typing error": [OWN, [OWN[0], OWN[1][:-9] + OWN[1][-8:], *OWN[2:]]],
    "a paragraph cut short": [OWN, [OWN[0], OWN[1][: OWN[1].index("。") + 1], *OWN[2:]]],
}


@pytest.mark.parametrize("kind", KEPT)
def test_kept_records_stay_as_they_are(kind: str, tmp_path: Path) -> None:
    titles = (*HEADLINES, FIRST.title)
    records = [record(k, title, own) for k, (title, own) in enumerate(zip(titles, KEPT[kind], strict=False))]
    found = cleaned(tmp_path, records, KEEP)
    assert [texts(a) for a in found.articles] == KEPT[kind]
    assert [a.title for a in found.articles] == list(titles[: len(records)])
    assert {r.action for r in found.placements} <= {Action.KEPT, Action.BLANK}
    for own, article in zip(records, found.articles, strict=True):
        others = [f"{r['title']} | {r['date']} | {r['url']}" for r in records if r is not own]
        assert article.meta["also_published"] == others
        assert [s.page for s in article.sources] == [f"records-{own['id']}"]


@pytest.mark.parametrize("kind", KEPT)
def test_kept_pages_stay_as_they_are(kind: str, tmp_path: Path) -> None:
    """Each version stands on a page of text with another story."""
    titles = (*HEADLINES, FIRST.title)
    for name, title, own, other in zip("abc", titles, KEPT[kind], OTHERS, strict=False):
        lines = [title, *own, other.title, *other.paragraphs]
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {a.title: a for a in clean(tmp_path, KEEP, models=load(), workers=1).articles}
    versions = [found.pop(title) for title in titles[: len(KEPT[kind])]]
    assert [texts(a) for a in versions] == KEPT[kind]
    assert [len(a.meta["also_published"]) for a in versions] == [len(versions) - 1] * len(versions)
    assert all(a.meta["also_published"] == [] for a in found.values())


def test_a_copy_that_strayed_goes_where_reprints_are_kept(tmp_path: Path) -> None:
    """The page of another story repeats a passage of two versions, and each version keeps its own."""
    other = OTHERS[0]
    lines = {
        "a": [other.title, *other.paragraphs[:2], OWN[1], *other.paragraphs[2:]],
        "b": [HEADLINES[0], *OWN, OWN[0]],
        "c": [HEADLINES[1], *OWN],
    }
    for name, own in lines.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(own) + "\n", encoding="utf-8")
    found = clean(tmp_path, KEEP, models=load(), workers=1).articles
    assert [texts(a) for a in found] == [list(other.paragraphs), OWN, OWN]


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


@pytest.mark.parametrize("reprints", Reprints)
def test_subheads_and_credits_of_reprints(reprints: Reprints, tmp_path: Path) -> None:
    """Merged, they stand once; kept, in each version."""
    own = [OWN[0], "落后两球不放弃", *OWN[1:3], "更衣室里没人服输", *OWN[3:], "（本报记者 郦秋棠 褚望帆）"]
    config = Config(reattach=ReattachConfig(reprints=reprints))
    found = cleaned(tmp_path, [record(k, title, own) for k, title in enumerate(HEADLINES)], config).articles
    assert [texts(a) for a in found] == [own] * (2 if reprints is Reprints.KEEP else 1)


STANDARD = [
    "开馆期间，读者可以在一楼服务台办理借书证，十六岁以下的读者由家长陪同办理，借书证遗失的可以补办，不收取任何费用。",
    "馆内全部座位免费开放，请读者看管好自己的物品，离开座位超过半个小时的，管理员会把座位让给后来的读者使用。",
]


@pytest.mark.parametrize("reprints", Reprints)
@pytest.mark.parametrize("shape", ["records", "pages"])
@pytest.mark.parametrize(("one", "other"), VERSIONS)
def test_versions_that_share_most_stay_two(
    one: str, other: str, shape: str, reprints: Reprints, tmp_path: Path
) -> None:
    """One paragraph differs in its hours, and the others are the same: both come out as they are."""
    texts_ = [
        [
            f"云箬乡图书馆{said}，开放时间和借书办法如有变动，以馆内张贴的告示为准。",
            *STANDARD,
            "（本报记者 郦秋棠 褚望帆）",
        ]
        for said in (one, other)
    ]
    title = "云箬乡图书馆春节期间照常开放 节后恢复夜场"
    config = Config(reattach=ReattachConfig(reprints=reprints))
    if shape == "records":
        found = cleaned(tmp_path, [record(k, title, own) for k, own in enumerate(texts_)], config).articles
    else:
        for name, own, beside in zip("ab", texts_, OTHERS, strict=False):
            lines = [title, *own, beside.title, *beside.paragraphs]
            (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = clean(tmp_path, config, models=load(), workers=1).articles
    assert [texts(a) for a in found if a.title == title] == texts_
