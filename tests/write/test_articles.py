"""Placements -> articles: what stands in one paragraph, under which title, from where."""

from __future__ import annotations

import pytest
from unsplice.config import TidyConfig
from unsplice.model import Action, Article, Role, Span
from unsplice.write.articles import compose, separator
from unsplice.write.metadata import FIELDS, Meta

from tests.builders import PLAIN, Scene, newspaper

JOINS = [
    ("鹭笛", "区", ""),
    ("the", "end", " "),
    ("He said “yes”", "and left", " "),
    ("他说“好”", "然后走了", ""),
    ("他说好。", "Then", ""),
    ("the end.", "(AP)", " "),
    ("the (", "AP)", ""),
    ("the AP", ")", ""),
    ("inter-", "national", ""),
    ("于20", "24年", ""),
    ("Room 20", "24 people", " "),
    ("第", "A座", ""),
    ("华为Mate", "60手机", " "),
    ("서울", "시청", " "),
    ("end ", "of", ""),
    ("", "开始", ""),
]


@pytest.mark.parametrize(("left", "right", "between"), JOINS)
def test_separator(left: str, right: str, between: str) -> None:
    assert separator(left, right) == between


def known(article: Article) -> Meta:
    return {field: found for field, found in article.meta.items() if found}  # type: ignore[misc]


def only(scene: Scene, titles: dict[str, str | None] | None = None, config: TidyConfig = PLAIN) -> Article:
    (article,) = scene.result(titles, config).articles
    return article


def test_parts_of_a_paragraph_are_joined_in_their_order_across_pages() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    scene.row("后半句。", "a", 0, part=1)
    scene.page("p2")
    scene.row("前半句，", "a", 0, part=0, action=Action.MOVED, role=Role.CAPTION)
    article = only(scene)
    assert [p.text for p in article.paragraphs] == ["前半句，后半句。"]
    assert article.paragraphs[0].role is Role.CAPTION
    assert article.paragraphs[0].sources == (Span("p2", 0, 4, 1, 1), Span("p1", 4, 8, 3, 3))


def test_touching_spans_are_put_together_as_they_stood() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("the inter", "a", 0)
    scene.row("national 会", "a", 0, part=1, touching=True)
    assert only(scene).paragraphs[0].text == "the international 会"


def test_a_paragraph_is_one_line() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("一行\n 二行\r\nLatin\u2028words", "a", 0)
    article = only(scene)
    assert article.paragraphs[0].text == "一行二行Latin words"
    assert article.sources == (Span("p1", 0, 19, 1, 3),)


@pytest.mark.parametrize(
    ("heads", "titles", "title", "flags"),
    [
        (["头条"], {"a": "别的"}, "头条", ()),
        ([], {"a": "来自 JSON"}, "来自 JSON", ()),
        ([], {"a": None}, None, ("untitled",)),
        ([], {}, None, ("untitled",)),
        ([], {"a": "  "}, None, ("untitled",)),
        (["鹭笛“桨王赛”:", "一村人的龙舟情"], {}, "鹭笛“桨王赛”:一村人的龙舟情", ()),
    ],
)
def test_title(heads: list[str], titles: dict[str, str | None], title: str | None, flags: tuple[str, ...]) -> None:
    scene = Scene()
    scene.page("p1")
    for part, head in enumerate(heads):
        scene.row(head, "a", -1, part=part)
    scene.row("正文。", "a", 0)
    article = only(scene, titles)
    assert (article.title, article.flags) == (title, flags)


def test_of_two_headlines_from_two_sources_the_first_part_is_the_title_and_a_flag_tells() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("第二来源的标题", "a", -1, part=1)
    scene.row("正文。", "a", 0)
    scene.page("p2")
    scene.row("标题", "a", -1, part=0, action=Action.MOVED)
    article = only(scene)
    assert (article.title, article.flags) == ("标题", ("second-headline",))


def test_a_story_that_is_only_a_headline_comes_out() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    article = only(scene)
    assert (article.title, article.paragraphs, article.sources) == ("标题", (), (Span("p1", 0, 2, 1, 1),))


def test_sources_hold_the_pages_of_copies_too() -> None:
    articles = {article.id: article for article in newspaper().result().articles}
    assert sorted(articles) == ["p0001-01", "p0001-02", "p0002-01", "p0002-02"]
    first, second = articles["p0001-01"].sources
    assert (first.page, first.line, first.last_line) == ("p0001", 1, 17)  # the near copy stands on line 17
    assert (second.page, second.line, second.last_line) == ("p0002", 5, 9)


def test_meta_is_that_of_the_main_page_with_the_bylines() -> None:
    articles = {article.id: article for article in newspaper().result().articles}
    assert known(articles["p0001-01"]) == {
        "date": "2024-07-12",
        "url": "https://example.org/1",
        "byline": "文/郦一 图/揭二",
        "reporters": ["郦一"],
        "photographers": ["揭二"],
    }
    assert known(articles["p0001-02"]) == {"date": "2024-07-12", "url": "https://example.org/1", "editors": ["王三"]}
    assert known(articles["p0002-01"]) == {}
    assert all(list(article.meta) == list(FIELDS) for article in articles.values())


def test_meta_of_one_story_is_told_of_none_where_there_are_two() -> None:
    given = {"author": "郦秋棠", "title": "头条", "description": "摘要", "publisher": "汀桐晚报", "date": "2031/5/6"}
    scene = Scene()
    scene.page("p1", meta=given)
    scene.row("头条", "a", -1)
    scene.row("正文。", "a", 0)
    assert known(only(scene)) == given | {"date": "2031-05-06"}
    scene.row("二条", "b", -1)
    scene.row("正文。", "b", 0)
    for article in scene.result().articles:
        assert known(article) == {"publisher": "汀桐晚报", "date": "2031-05-06"}


def test_the_text_keeps_what_metadata_was_read_from() -> None:
    scene = Scene()
    scene.page("2031-05-06_p1")
    scene.row("头条", "a", -1)
    scene.row("本报记者 郦秋棠", "a", 0, role=Role.BYLINE)
    scene.row("本报鹭笛5月5日电 海塘完工。", "a", 1)
    article = only(scene)
    assert [p.text for p in article.paragraphs] == ["本报记者 郦秋棠", "本报鹭笛5月5日电 海塘完工。"]
    assert known(article) == {
        "date": "2031-05-06",
        "byline": "本报记者 郦秋棠",
        "reporters": ["郦秋棠"],
        "agency": "本报",
        "place": "鹭笛",
        "dateline_date": "2031-05-05",
    }


def test_flags_are_those_of_the_rows() -> None:
    articles = {article.id: article for article in newspaper().result().articles}
    assert {key: a.flags for key, a in articles.items()} == {
        "p0001-01": ("fused",),
        "p0001-02": (),
        "p0002-01": ("bad-bytes", "in-doubt"),
        "p0002-02": ("untitled",),
    }


def test_what_no_rule_can_put_right_is_flagged() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("竹器\ue000开展", "a", -1)
    scene.row("“她说，", "a", 0)
    assert only(scene).flags == ("private-use", "unpaired-quotes")
    scene.row("桥修好了。”", "a", 0, part=1)
    assert only(scene).flags == ("private-use",)


def test_an_article_with_a_character_that_was_no_text_is_flagged() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("标题", "a", -1)
    scene.row("前半\ufffd句。", "a", 0)
    assert only(scene).flags == ("bad-bytes",)


def test_text_is_tidied_and_the_spaces_of_headlines_stay() -> None:
    articles = newspaper().result(config=TidyConfig()).articles
    first = articles[0]
    assert first.title is not None
    assert first.paragraphs[2].text == "家家有船桨 月月有比赛"
    assert first.paragraphs[3].text == "据介绍，本届比赛共有21支船队参加。"


def test_the_order_of_placements_does_not_matter() -> None:
    scene = newspaper()
    forwards = compose(scene.by_id, scene.rows, {}, PLAIN)
    assert compose(scene.by_id, scene.rows[::-1], {}, PLAIN) == forwards


def test_lines_of_a_record_are_the_line_of_the_record() -> None:
    scene = Scene()
    scene.page("r7", record=7)
    scene.row("一\n二", "a", 0)
    assert only(scene).sources == (Span("r7", 0, 3, 7, 7),)
