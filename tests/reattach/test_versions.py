"""Reprints that are kept stay articles of their own, as they are; versions of a notice always do."""

from __future__ import annotations

from pathlib import Path

import pytest
from unsplice.config import Config, ReattachConfig, Reprints
from unsplice.model import Action
from unsplice.models import load
from unsplice.run import clean

from tests.pages import longer
from tests.reattach.test_reprints import ADDED, ADDED_LATER, HEADLINES, OWN, VERSIONS, cleaned, record, texts

FIRST, *OTHERS = longer().values()
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
