"""The truth of made pages: paragraphs put together again, what stands at home, copies, headlines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unsplice.learn.made import Line, Part
from unsplice.measure.truth import GAP, Key, is_credit, truth_of
from unsplice.model import Role
from unsplice.text.forms import fold

from tests.measure.made import TEXTS, TITLES, junk, line, page, two_stories
from tests.pages import damaged


def test_stories_and_pieces() -> None:
    truth = truth_of([two_stories()])
    assert {name: story.title for name, story in truth.stories.items()} == TITLES
    assert [p.text for p in truth.stories["ferry"].paragraphs.values()] == TEXTS["ferry"]
    assert all(p.stayed for story in truth.stories.values() for p in story.paragraphs.values())
    assert truth.copied == 0


@pytest.mark.parametrize("seed", range(6))
def test_pieces_are_the_page_s_text(seed: int) -> None:
    pages = damaged(seed, damage=2).pages
    truth = truth_of(pages)
    for made in pages:
        text = made.text()
        pieces = truth.pieces[made.name]
        assert GAP.join(text[x.start : x.end] for x in pieces).replace(GAP, "") == text.replace(GAP, "")
        parts = [(part, x.copy) for x in made.lines for part in x.parts]
        for piece, (part, copy) in zip(pieces, parts, strict=True):
            if piece.key in (found := truth.stories[part.story].paragraphs if part.story else {}) and not copy:
                assert found[piece.key].letters.startswith(fold(text[piece.start : piece.end]), piece.at)


def test_a_divided_paragraph_is_one() -> None:
    whole = line("ferry", 0).parts[0]
    first, last = replace(whole, text=whole.text[:20]), replace(whole, text=whole.text[20:], order=0.1)
    lines = [line("ferry", -1), Line((first,)), line("ferry", 1), Line((last,)), line("ferry", 2)]
    truth = truth_of([page(lines)])
    assert [p.text for p in truth.stories["ferry"].paragraphs.values()] == TEXTS["ferry"]
    pieces = truth.pieces["p0"]
    assert [piece.key for piece in pieces[1:4:2]] == [Key("ferry", 0.0)] * 2
    assert pieces[3].at == len(fold(first.text))


def test_what_stands_under_another_headline_is_not_at_home() -> None:
    lines = [line("ferry", -1), line("ferry", 0), line("baskets", -1), line("ferry", 1), line("baskets", 0)]
    truth = truth_of([page(lines)])
    stayed = {key: p.stayed for story in truth.stories.values() for key, p in story.paragraphs.items()}
    assert stayed == {Key("ferry", 0.0): True, Key("ferry", 1.0): False, Key("baskets", 0.0): True}


def test_a_copy_in_the_right_place_is_at_home() -> None:
    lines = [line("ferry", -1), line("ferry", 0, copy=True), line("baskets", -1), line("ferry", 0), junk()]
    truth = truth_of([page(lines)])
    assert truth.stories["ferry"].paragraphs[Key("ferry", 0.0)].stayed
    assert truth.copied == len(fold(TEXTS["ferry"][0]))
    assert "baskets" not in truth.stories, "a headline without text is no story"


def test_a_title_that_came_with_the_page() -> None:
    made = page([line("ferry", 0), line("baskets", -1), line("baskets", 0)])
    assert truth_of([made]).stories["ferry"].title is None
    made.title, made.title_story = TITLES["ferry"], "ferry"
    ferry = truth_of([made]).stories["ferry"]
    assert ferry.title == TITLES["ferry"]
    assert ferry.paragraphs[Key("ferry", 0.0)].stayed


def test_a_pull_quote_is_optional() -> None:
    quote = Line((Part("ferry", 1.0, "首日送客一百人", Role.SUBHEAD),))
    paragraphs = truth_of([page([line("ferry", -1), line("ferry", 0), quote])]).stories["ferry"].paragraphs
    assert [p.optional for p in paragraphs.values()] == [False, True]


@pytest.mark.parametrize(
    ("text", "role", "credit"),
    [
        ("本报记者 郦秋棠", Role.BYLINE, True),
        ("霍咏棠 摄", Role.CAPTION, True),
        ("图为复航的渡船", Role.CAPTION, True),
        ("图为渡船今早复航，记者在岸边看到人来人往。", Role.CAPTION, False),
        ("老船换新", Role.SUBHEAD, False),
    ],
)
def test_credits(text: str, role: Role, credit: bool) -> None:
    assert is_credit(text, role) is credit


def test_a_story_printed_again_has_two_headlines() -> None:
    again = Line((Part("ferry", -1.0, "渡船又开了", Role.HEADLINE),), copy=True)
    first = page([line("ferry", -1), *(line("ferry", n) for n in range(3))])
    ferry = truth_of([page([again, line("ferry", 0, copy=True)], "p1"), first]).stories["ferry"]
    assert ferry.title == TITLES["ferry"]
    assert ferry.names == {fold(TITLES["ferry"]), fold("渡船又开了")}
