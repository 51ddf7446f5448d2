"""Stories printed again: under another headline they are copies, as another version they are not."""

from __future__ import annotations

import random

import pytest
from unsplice.learn.damage import make_pages
from unsplice.learn.made import Batch, Clean
from unsplice.learn.reprinting import CHANGED, NUMBER, other_version, retitle, reworded, vary
from unsplice.measure.truth import truth_of
from unsplice.model import Role
from unsplice.text.forms import fold

from tests.pages import stories

NOTICE = Clean(
    "n1",
    "云箬乡图书馆告示",
    ("云箬乡图书馆周末上午9时开门，下午6时关门，每次可以借书5册。", "5月6日星期三，鹭笛镇分馆闭馆一天。"),
    "2031",
)
PLAIN = Clean("n2", "鹭笛镇的老渡口", ("老渡口的石阶被磨得发亮。", "撑船的人说，船比桥还老些。"), "2031")


def made(*again: object, seed: int = 1) -> Batch:
    return make_pages(list(stories()), 9, seed, 0.0, again=tuple((1.0, f) for f in again))  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(20))
def test_another_headline_is_not_the_same(seed: int) -> None:
    rng = random.Random(seed)
    for article in (*stories(), NOTICE, PLAIN):
        found = reworded(rng, article)
        assert fold(found) not in ("", fold(article.title))
        assert not {*"{}\n"} & {*found}


def test_another_headline_of_a_latin_story() -> None:
    article = Clean(
        "e", "Ferry back in service", ("The ferry to Egret Point sails again, the harbour office said.",), ""
    )
    assert article.paragraphs[0].startswith(reworded(random.Random(3), article))


@pytest.mark.parametrize("seed", range(20))
def test_a_version_differs_in_its_numbers(seed: int) -> None:
    other = other_version(random.Random(seed), NOTICE)
    assert other is not None
    assert (other.title, other.id) == (NOTICE.title, "n1-version")
    for own, then in zip(NOTICE.paragraphs, other.paragraphs, strict=True):
        assert NUMBER.findall(own)[0] != NUMBER.findall(then)[0]
        assert len(own) == len(then)
    assert "星期三" not in other.paragraphs[1]
    assert 0 < CHANGED < 1


def test_what_says_no_numbers_has_no_version() -> None:
    assert other_version(random.Random(1), PLAIN) is None


def test_a_reprint_is_a_copy_under_another_headline() -> None:
    batch = made(retitle)
    truth = truth_of(batch.pages)
    copies = [x for page in batch.pages for x in page.lines if x.copy]
    headlines = [x for x in copies if x.role is Role.HEADLINE]
    assert len(headlines) >= 5
    for x in headlines:
        story = truth.stories[str(x.story)]
        assert fold(x.text) in story.names
        assert fold(story.title or "") != fold(x.text)
    assert truth.copied > 1000
    texts = {text for article in stories() for text in article.paragraphs}
    own = {
        p.text
        for s in truth.stories.values()
        for key, p in s.paragraphs.items()
        if key.order >= 0 and key.order % 1 == 0
    }
    assert own <= texts


def test_a_version_is_a_story_of_its_own() -> None:
    batch = made(vary)
    truth = truth_of(batch.pages)
    versions = [name for name in truth.stories if name.endswith("-version")]
    assert len(versions) >= 3
    assert truth.copied == 0
    page_of = {str(x.story): page.name for page in batch.pages for x in page.lines}
    page_of |= {str(page.title_story): page.name for page in batch.pages if page.title}
    for name in versions:
        own, first = truth.stories[name], truth.stories[name.removesuffix("-version")]
        assert own.title == first.title
        assert page_of[name] != page_of[name.removesuffix("-version")]
        texts = [[p.text for p in story.paragraphs.values()] for story in (own, first)]
        assert texts[0] != texts[1]


def test_printing_again_changes_nothing_else() -> None:
    """The stream of random numbers of the other damages is the same with and without."""
    without = make_pages(list(stories()), 9, 4, 2.0)
    again = make_pages(list(stories()), 9, 4, 2.0, again=((1.0, vary),))
    assert without.rng.random() == again.rng.random()
    for one, other in zip(without.pages, again.pages, strict=True):
        left = [x for x in other.lines if not str(x.story).endswith("-version")]
        assert one.lines == left
