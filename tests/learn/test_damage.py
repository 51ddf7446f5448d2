"""Made pages: the truth is the text, the same seed makes the same pages, and every damage does occur."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unsplice.learn import damage, templates
from unsplice.learn.damage import OPERATIONS, make_pages
from unsplice.learn.made import HALF, Batch, Line, MadePage, Part, clean_articles, fill, paragraph_role
from unsplice.learn.retyping import cut_point, cut_short, retype
from unsplice.model import Role

from tests.pages import stories

Operation = Callable[[Batch, MadePage], None]


def pages(seed: int, count: int = 9, worse: float = 1.0) -> Batch:
    return make_pages(list(stories()), count, seed, worse)


def truth(batch: Batch) -> list[object]:
    return [(page.name, page.lines, page.stories, page.half, page.text()) for page in batch.pages]


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.4, 1.0, 3.0]))
def test_the_parts_of_a_line_are_its_text(seed: int, worse: float) -> None:
    batch = pages(seed, worse=worse)
    assert 3 <= len(batch.pages) <= 11  # fewer where the stories run out
    assert len({page.name for page in batch.pages}) == len(batch.pages)
    for page in batch.pages:
        texts = page.text().split("\n\n")
        assert len(texts) == len(page.lines)
        for text, line in zip(texts, page.lines, strict=True):
            whole = "".join(part.text for part in line.parts)
            assert line.text == whole == whole.strip("\n")
            assert text == (whole.translate(HALF) if page.half else whole)
            assert line.parts
            assert all(part.text for part in line.parts)


def test_the_same_seed_makes_the_same_pages() -> None:
    assert truth(pages(5)) == truth(pages(5))
    assert truth(pages(5)) != truth(pages(6))


def test_undamaged_pages_are_the_articles() -> None:
    batch = pages(3, worse=0)
    articles = {a.id: a for a in stories()}
    told = [s for page in batch.pages for s in page.stories]
    assert len(told) == len(set(told))
    for page in batch.pages:
        assert not page.half
        assert not any(line.copy for line in page.lines)
        assert all(len(line.parts) == 1 for line in page.lines)
        parts = [line.parts[0] for line in page.lines]
        assert list(dict.fromkeys(p.story for p in parts)) == page.stories
        for story in page.stories:
            own = [p for p in parts if p.story == story]
            assert (own[0].text, own[0].role) == (articles[story].title, Role.HEADLINE)
            assert [p.text for p in own if p.order >= 0 and p.order % 1 == 0] == list(articles[story].paragraphs)
            assert [p.order for p in own] == sorted(p.order for p in own)


def test_no_story_is_on_two_pages_but_for_copies_and_strays() -> None:
    """What is neither a copy nor moved stands once: every paragraph of a story at most once in whole."""
    for seed in range(5):
        batch = pages(seed)
        whole = Counter(
            (part.story, part.order)
            for page in batch.pages
            for line in page.lines
            if not line.copy
            for part in line.parts
            if part.story and part.role is not Role.BOILERPLATE and part.order % 1 == 0
        )
        assert max(whole.values()) == 1


def test_every_damage_occurs(monkeypatch: pytest.MonkeyPatch) -> None:
    changed: Counter[str] = Counter()

    def watched(operation: Operation) -> Operation:
        def call(batch: Batch, page: MadePage) -> None:
            before = [p.text() for p in batch.pages]
            operation(batch, page)
            changed[operation.__name__] += before != [p.text() for p in batch.pages]

        return call

    monkeypatch.setattr(damage, "OPERATIONS", [(chance, watched(f)) for chance, f in OPERATIONS])
    half = sum(page.half for seed in range(14) for page in pages(seed, worse=2).pages)
    assert changed.keys() == {f.__name__ for _, f in OPERATIONS}
    assert all(count >= 3 for count in changed.values()), changed
    assert half >= 5


def lines_of(worse: float = 2) -> list[Line]:
    return [line for seed in range(8) for page in pages(seed, worse=worse).pages for line in page.lines]


def test_crossed_and_fused_lines_say_what_they_are_made_of() -> None:
    kinds = Counter(
        "fused"
        if line.parts[1].role is Role.CAPTION
        else "crossed"
        if line.parts[0].story != line.parts[1].story
        else "?"
        for line in lines_of()
        if len(line.parts) == 2
    )
    assert kinds["fused"] > 5
    assert kinds["crossed"] > 5
    assert kinds["?"] == 0
    for line in lines_of():
        if len(line.parts) == 2 and line.parts[1].role is Role.CAPTION:
            assert line.parts[0].story == line.parts[1].story
            assert line.parts[0].text[-1] in "。！？”」."


def test_boilerplate_belongs_to_no_story_and_all_else_to_one() -> None:
    assert any(line.role is Role.BOILERPLATE for line in lines_of())
    for line in lines_of():
        for part in line.parts:
            assert (part.story is None) == (part.role is Role.BOILERPLATE)
        assert "{" not in line.text


TEXTS = st.sampled_from([p for s in stories() for p in s.paragraphs])


@given(TEXTS, st.integers(0, 1000))
def test_retyped_texts_are_nearly_the_same(text: str, seed: int) -> None:
    found = retype(random.Random(seed), text)
    assert abs(len(found) - len(text)) <= max(1, len(text) * 7 // 100)


@given(TEXTS, st.integers(0, 1000))
def test_texts_are_cut_within_a_sentence(text: str, seed: int) -> None:
    at = cut_point(random.Random(seed), text)
    assert at is None or (8 <= at < len(text) - 8 and text[at - 1 : at + 1].isalpha())
    short = cut_short(random.Random(seed), text)
    assert text.startswith(short)
    assert len(short) < len(text) or len(text) < 17


ROLES = [
    ("望礁区的渡船今早复航。", Role.BODY),
    ("“孩子上学终于不用绕路了！”", Role.BODY),
    ("负责人介绍：", Role.BODY),
    ("一" * 46, Role.BODY),
    ("管如许 摄", Role.CAPTION),
    ("图为复航的渡船", Role.CAPTION),
    ("霍詠棠攝", Role.CAPTION),
    ("本报记者 郦秋棠", Role.BYLINE),
    ("通訊員 霍詠棠", Role.BYLINE),
    ("By Mara Ellison", Role.BYLINE),
    ("老船换新", Role.SUBHEAD),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles_of_clean_paragraphs(text: str, role: Role) -> None:
    assert paragraph_role(text) is role


BODY = [
    f"第{n}路渡船今早复航，船票仍是{n}元，学生凭证可以免票乘坐，首日共送客{n}百人次，" + "往返二十趟。" * 4
    for n in "一二三"
]
GOOD = {"id": 1, "title": " 渡船  复航了 ", "text": "\n".join(BODY), "date": "2031年5月6日", "page": "3"}


def test_clean_articles() -> None:
    (only,) = clean_articles([GOOD])
    assert (only.id, only.title, only.paragraphs, only.issue) == ("1", "渡船 复航了", tuple(BODY), "203100050006/3")


UNFIT = [
    {"title": None},
    {"title": "短讯"},
    {"title": "长" * 91},
    {"text": BODY[0] * 2},  # one paragraph
    {"text": "渡船复航。\n船票两元。"},
    {"text": "\n".join([*BODY, BODY[0]])},  # one stands twice
    {"text": "\n".join(f"第{i}行渡船今早复航。" for i in range(31))},
]


@pytest.mark.parametrize("change", UNFIT)
def test_unfit_articles(change: dict[str, object]) -> None:
    assert clean_articles([GOOD | change]) == []


def test_articles_that_share_a_paragraph_or_headline_are_taken_once() -> None:
    other = {
        "title": "又一条渡船复航",
        "text": "\n".join([BODY[0], "另有一段话，说的是别的事情，长短也够。" * 3, BODY[2][::-1]]),
    }
    assert [a.id for a in clean_articles([GOOD, GOOD | {"id": 2}, GOOD | {"id": 3} | other])] == ["1"]


def test_what_stands_in_many_articles_is_the_publisher_s() -> None:
    foot = "欢迎订阅望礁晚报，订阅电话和地址请见第二版。"
    records = [
        {"id": n, "title": f"第{n}条渡船复航了", "text": "\n".join([f"{n}号{x}" for x in BODY] + [foot])}
        for n in range(9)
    ]
    found = clean_articles(records)
    assert len(found) == 9
    assert all(foot not in a.paragraphs for a in found)


def test_the_headline_is_not_said_again() -> None:
    (only,) = clean_articles([GOOD | {"text": "渡船，复航了\n" + "\n".join(BODY)}])
    assert only.paragraphs == tuple(BODY)


def test_templates_are_filled() -> None:
    rng = random.Random(1)
    article = clean_articles([GOOD])[0]
    for table in (templates.JUNK, templates.BYLINES, templates.CAPTIONS, templates.FUSED):
        for template in table:
            found = fill(rng, (template,), article)
            assert found
            assert not re.search(r"[{}]", found)
            assert "\n" not in found


def test_parts_are_values() -> None:
    part = Part("s1", 0.0, "渡船复航。", Role.BODY)
    assert part == Part("s1", 0.0, "渡船复航。", Role.BODY)
