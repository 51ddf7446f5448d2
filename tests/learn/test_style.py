"""Pages in a publisher's own way: each line's truth, the same pages by the same seed, no word of a story lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import pytest
from unsplice.learn import train
from unsplice.learn.damage import is_short, make_pages
from unsplice.learn.made import Batch, Clean, Line, junk_line
from unsplice.learn.story_forms import FUNCTIONS, own_way
from unsplice.learn.style import FORMS, Own, Style, draw_style
from unsplice.learn.templates import JUNK
from unsplice.model import Role
from unsplice.models import load
from unsplice.text.forms import fold

from tests.pages import longer, stories

HAN = [a.title for a in stories()]
LATIN = ["Harbour ferry returns to Marlow after the storm", "Council votes on a new bridge", "Library opens late"]
ENGLISH = Clean(
    "e1",
    "Harbour ferry returns to Marlow",
    (
        "The ferry sailed again on Monday. It carried ninety people, most of them pupils. Fares stay the same.",
        "The council paid for the new engine. Its leader said the old one had run for forty years. It is scrap now.",
    ),
    "1",
)
ARTICLES = [*stories(), *longer().values(), ENGLISH]


def styled(seed: int, damage: float) -> Batch:
    return make_pages(list(stories()), 9, seed, damage, draw_style(random.Random(seed), HAN))


def lines(batch: Batch) -> list[Line]:
    return [line for page in batch.pages for line in page.lines]


@pytest.mark.parametrize("damage", [0.0, 1.0, 3.0])
def test_every_line_s_truth_is_its_text(damage: float) -> None:
    for seed in range(20):
        for page in styled(seed, damage).pages:
            assert len(page.text().split("\n\n")) == len(page.lines)
            for line in page.lines:
                assert 1 <= len(line.parts) <= 2
                assert not re.search(r"[{}\n]", line.text)
                for part in line.parts:
                    assert part.text.strip()
                    assert (part.story is None) == (part.role is Role.BOILERPLATE)


def test_the_same_seed_makes_the_same_pages() -> None:
    def texts(seed: int) -> list[str]:
        return [p.text() for b in train.batches(stories(), 24, seed) for p in b.pages]

    assert texts(3) == texts(3)
    assert texts(3) != texts(4)


def test_no_letter_of_a_story_is_lost_on_undamaged_pages() -> None:
    """What a page has of a story is the story, and more: headlines, quotes, labels."""
    articles = {a.id: a for a in stories()}
    for seed in range(25):
        batch = styled(seed, 0.0)
        assert not any(line.copy or len(line.parts) > 1 for line in lines(batch))
        for page in batch.pages:
            for story in page.stories:
                own = [x.parts[0] for x in page.lines if x.story == story]
                assert [p.order for p in own] == sorted(p.order for p in own)
                title = page.title if page.title_story == story else own[0].text
                assert articles[story].title in title
                there = iter(fold("".join(p.text for p in own if p.order >= 0)))
                missing = [x for x in fold("".join(articles[story].paragraphs)) if x not in there]
                assert not missing, f"{seed} {story}: {''.join(missing)}"


@pytest.mark.parametrize("form", FORMS)
def test_forms_within_stories(form: str) -> None:
    """Each form changes some stories, adds no junk, and keeps all words."""
    changed = 0
    for seed in range(6):
        for article in ARTICLES:
            style = Style(latin=article is ENGLISH, forms=(form,), formed=1.0)
            found = own_way(random.Random(seed), style, article)
            assert len(found.roles) == len(found.paragraphs)
            assert all(x.strip() == x or x for x in found.paragraphs)
            assert set(found.roles) <= {Role.BODY, Role.SUBHEAD, Role.CAPTION, Role.BYLINE}
            changed += found.paragraphs != article.paragraphs
            letters = iter(fold("".join(found.paragraphs)))
            assert all(x in letters for x in fold("".join(article.paragraphs)))
    assert changed > 6, form
    assert form in FUNCTIONS


def test_a_publisher_s_first_and_last_words_are_of_the_paragraph() -> None:
    style = Style(
        opening="渡津网讯（记者{n}）", closing="（{n} {n}）", info=("票价：{d}元", "查询电话：{d}{d}"), informed=1.0
    )
    found = [own_way(random.Random(seed), style, a) for seed, a in enumerate(stories())]
    for article in found:
        bodies = [p for p, role in zip(article.paragraphs, article.roles, strict=True) if role is Role.BODY]
        prose = [p for p in bodies if not re.match("票价|查询电话", p)]
        assert prose[0].startswith("渡津网讯（记者")
        assert re.search(r"（\w+ \w+）$", prose[-1])
    assert any(p.startswith("票价：") for a in found for p in a.paragraphs)
    for line in lines(make_pages(list(stories()), 9, 1, 3.0, style)):
        if line.text.startswith(("票价：", "查询电话：")):
            assert line.role is Role.BODY
            assert line.story is not None


def test_own_junk_recurs_with_other_names_and_stands_in_its_place() -> None:
    style = Style(own=(Own("夜班统筹丨{n}", "story end", 1.0),), junk=("夜班统筹丨{n}",))
    batch = make_pages(list(stories()), 9, 2, 0.0, style)
    found = [line.text for line in lines(batch) if line.role is Role.BOILERPLATE]
    assert len(found) == sum(len(p.stories) for p in batch.pages)
    assert len(set(found)) > len(found) / 2
    for page in batch.pages:
        assert page.lines[-1].text.startswith("夜班统筹丨")
    assert junk_line(batch, batch.style.junk).text.startswith("夜班统筹丨")


def test_styles_differ() -> None:
    styles = [draw_style(random.Random(seed), HAN) for seed in range(300)]
    assert 160 < sum(s.junk is JUNK for s in styles) < 250
    assert all(2 <= len(s.own) <= 5 for s in styles if s.junk is not JUNK)
    assert 100 < sum(bool(s.forms) for s in styles) < 200
    for has in ("opening", "closing", "info", "columns", "decks"):
        assert 60 < sum(bool(getattr(s, has)) for s in styles) < 150
    for has in ("labels", "signatures"):
        assert 30 < sum(bool(getattr(s, has)) for s in styles) < 100
    assert len({s.junk for s in styles}) > 50
    assert {s.latin for s in styles} == {False}
    english = [draw_style(random.Random(seed), LATIN) for seed in range(60)]
    assert all(s.latin for s in english)
    assert all(x.form.isascii() or "—" in x.form or not x.form[0].isalpha() for s in english for x in s.own)


def test_traditional_publishers_have_traditional_forms() -> None:
    titles = ["渡輪復航後乘客齊聲讚好", "圖書館延長開放時間"]
    own = "".join(x.form for seed in range(60) for x in draw_style(random.Random(seed), titles).own)
    assert "編" in own
    assert "编" not in own


def short(number: int) -> Clean:
    return Clean(f"s{number}", f"第{number}则渡口短讯", (f"第{number}路渡船今早复航。", f"船票{number}元。"), "1")


def test_kinds_of_pages() -> None:
    many = [short(k) for k in range(200)]
    assert all(map(is_short, many))
    one, most = (make_pages(many, 6, 1, 0.0, Style(mix=mix)) for mix in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)))
    assert {len(p.stories) for p in one.pages} == {1}
    assert all(6 <= len(p.stories) <= 20 for p in most.pages)


def test_batches_have_as_many_pages_as_asked_for() -> None:
    many = [replace(short(k), issue=f"{k // 5:03d}") for k in range(600)]
    found = train.batches(many, 200, 1)
    sizes = Counter(len(b.pages) for b in found)
    assert 200 <= sum(len(b.pages) for b in found) < 206
    assert len(sizes) > 1
    assert len({b.style.own for b in found}) > 1


def test_the_program_reads_such_pages() -> None:
    for seed in range(3):
        batch = styled(seed, 1.0)
        for page, (labelled, _) in zip(batch.pages, train.seen(batch, load()), strict=True):
            assert labelled.page.id == page.name
            assert labelled.truth.keys() == {p.ref for p in labelled.passages}
            assert {x.story for x in labelled.truth.values()} <= {x.story for x in page.lines}
