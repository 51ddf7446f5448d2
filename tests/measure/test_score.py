"""The scorer, on results whose figures are known: the ideal one, and those with one thing wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unsplice.config import TidyConfig
from unsplice.learn.made import MadePage, Part
from unsplice.measure.figures import Shares
from unsplice.measure.happened import Rows, quoted, what_happened
from unsplice.measure.score import find, is_perfect, shares
from unsplice.measure.truth import HEADLINE, Key, Piece, truth_of
from unsplice.model import TITLE, Action, Placement, Result, Role
from unsplice.reasons import CopyKind, Reason
from unsplice.write.articles import compose

from tests.measure.made import TEXTS, TITLES, Change, junk, line, page, placed, result_of, two_stories
from tests.pages import damaged


def scored(pages: list[MadePage], result: Result) -> tuple[Shares, dict[str, tuple[str, ...]]]:
    """The figures, and what happened to the stories that are not perfect."""
    truth = truth_of(pages)
    found, rows = find(truth, result), Rows(truth, result)
    changed = {}
    for name, story in truth.stories.items():
        article = found.article_of.get(name)
        if article is None or not is_perfect(story, article, found.trails[article.id]):
            changed[name] = what_happened(name, story, found, rows)
    return shares(truth, result, found, len(truth.stories) - len(changed)), changed


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("damage", [0, 2])
def test_the_ideal_result_is_perfect(seed: int, damage: float) -> None:
    pages = damaged(seed, damage=damage).pages
    found, changed = scored(pages, result_of(pages))
    assert changed == {}
    assert (found.perfect, found.titles, found.disturbed, found.lost, found.foreign, found.surplus) == (
        1,
        1,
        0,
        0,
        0,
        0,
    )
    assert found.restored in (None, 1)
    assert found.repeated in (None, 0)


def only(key: Key, change: Change) -> Change:
    """A change of the pieces of one paragraph."""
    return lambda row, piece: change(row, piece) if piece.key == key else row


def dropped(row: Placement, piece: Piece) -> Placement:
    return replace(row, action=Action.BOILERPLATE, article=None, position=None, reason=Reason.SHAPE)


def elsewhere(row: Placement, piece: Piece) -> Placement:
    return replace(row, action=Action.MOVED, article="baskets", position=9, reason=Reason.OTHER_HEADLINE)


def alone(row: Placement, piece: Piece) -> Placement:
    return replace(row, article="new", position=0, reason=Reason.UNCLEAR)


def heads(row: Placement, piece: Piece) -> Placement:
    return replace(row, article="new", position=TITLE, reason=Reason.HEADLINE)


def last(row: Placement, piece: Piece) -> Placement:
    return replace(row, position=9)


def joined(row: Placement, piece: Piece) -> Placement:
    return replace(row, position=2, part=0)


SECOND = Key("ferry", 1.0)
QUOTE = quoted(TEXTS["ferry"][1])
SHAPE = "dropped (boilerplate by its shape and place)"
WRONG = [
    (
        dropped,
        {"lost": 1 / 6, "disturbed": 1 / 6},
        {"ferry": [f"{SHAPE}: {QUOTE}"]},
    ),
    (
        elsewhere,
        {"disturbed": 1 / 6, "foreign": 1 / 6, "perfect": 0},
        {
            "ferry": [f"in another article (belongs to another headline): {QUOTE}"],
            "baskets": [f"added from another story (belongs to another headline): {QUOTE}"],
        },
    ),
    (
        alone,
        {"disturbed": 1 / 6, "foreign": 1 / 6, "surplus": 1 / 2},
        {"ferry": [f"in another article (belongs to another story, but which one is unclear): {QUOTE}"]},
    ),
    (heads, {"disturbed": 1 / 6, "lost": 1 / 6, "surplus": 1 / 2}, {"ferry": [f"taken for a headline: {QUOTE}"]}),
    (last, {}, {"ferry": [f"out of order: {quoted(TEXTS['ferry'][2])}"]}),
    (joined, {}, {"ferry": [f"run together: {QUOTE}"]}),
]


@pytest.mark.parametrize(("change", "expected", "happened"), WRONG)
def test_one_paragraph_goes_wrong(change: Change, expected: dict[str, float], happened: dict[str, list[str]]) -> None:
    pages = [two_stories()]
    found, changed = scored(pages, result_of(pages, only(SECOND, change)))
    right = {"perfect": 0.5, "titles": 1, "disturbed": 0, "lost": 0, "foreign": 0, "surplus": 0}
    for name, value in (right | expected).items():
        assert getattr(found, name) == pytest.approx(value, abs=0.03), name
    if change is joined:
        assert [x.split(":")[0] for x in changed["ferry"]] == ["run together"]
    else:
        assert changed == {name: tuple(lines) for name, lines in happened.items()}


@pytest.mark.parametrize(
    ("title", "told"), [("一条别的新闻", "the title is “一条别的新闻”"), (None, "there is no title")]
)
def test_a_wrong_title(title: str | None, told: str) -> None:
    pages = [two_stories()]
    found, changed = scored(pages, result_of(pages, ferry=title))
    assert (found.titles, found.perfect, found.disturbed, found.surplus) == (0.5, 0.5, 0, 0)
    assert changed == {"ferry": (told,)}


def test_a_story_in_another_s_article() -> None:
    pages = [two_stories()]
    found, changed = scored(
        pages, result_of(pages, lambda row, p: elsewhere(row, p) if p.key and p.key.story == "ferry" else row)
    )
    assert (found.titles, found.perfect, found.disturbed) == (0.5, 0, 0.5) or found.disturbed == pytest.approx(
        0.5, abs=0.03
    )
    assert changed["ferry"][0] == "no article of its own"
    assert "and 2 more" in changed["ferry"][1]


def test_a_divided_paragraph() -> None:
    pages = [two_stories()]
    row = next(x for x in result_of(pages).placements if x.article == "ferry" and x.position == 1)
    first = result_of(pages, only(SECOND, lambda each, piece: replace(each, end=row.start + 40)))
    figures, changed = scored(pages, with_row(first, replace(row, start=row.start + 40, position=8)))
    assert (figures.perfect, figures.disturbed, figures.lost) == (0.5, 0, 0)
    assert changed == {"ferry": (f"divided: {QUOTE}",)}


def with_row(result: Result, row: Placement) -> Result:
    """The result with one more row."""
    rows = (*result.placements, row)
    titles = {a.id: a.title for a in result.articles}
    articles = compose({p.id: p for p in result.pages}, rows, titles, TidyConfig(enabled=False))
    return replace(result, placements=rows, articles=articles)


def test_what_was_elsewhere_is_restored_and_copies_are_left() -> None:
    lines = [line("ferry", -1), line("ferry", 0), line("baskets", 1), line("baskets", 2), line("ferry", 0, copy=True)]
    pages = [page([*lines, line("baskets", -1), line("baskets", 0), junk()])]
    truth = truth_of(pages)

    def as_it_stands(row: Placement, piece: Piece) -> Placement:
        if row.action is Action.DUPLICATE and piece.key and piece.key.order >= 0:
            return replace(placed(row, piece.key, truth), position=8)
        if piece.key in (Key("baskets", 1.0), Key("baskets", 2.0)):
            return replace(row, article="ferry", position=5 + int(piece.key.order), reason=Reason.IN_PLACE)
        if piece.key is None:
            return replace(row, action=Action.KEPT, article="baskets", position=9)
        return row

    found, changed = scored(pages, result_of(pages, as_it_stands))
    assert (found.restored, found.perfect, found.disturbed, found.titles) == (0, 0, 0, 1)
    assert found.repeated is None, "a copy of fewer letters than tell anything"
    assert changed["ferry"] == (
        f"added from another story: {quoted(TEXTS['baskets'][1])}, {quoted(TEXTS['baskets'][2])}",
        f"repeated: {quoted(TEXTS['ferry'][0])}",
    )
    assert changed["baskets"][-1] == "boilerplate in the text: “点击查看原图”"
    assert scored(pages, result_of(pages))[0].restored == 1


def test_the_reason_names_the_passage_that_was_kept() -> None:
    pages = [two_stories()]
    kept = next(p for p in result_of(pages).placements if p.article == "ferry" and p.position == 0)

    def copy(row: Placement, piece: Piece) -> Placement:
        return replace(
            row, action=Action.DUPLICATE, article=None, position=None, reason=Reason.COPY, copy_kind=CopyKind.NEAR,
            survivor=kept.ref, similarity=0.9,
        )  # fmt: skip

    _, changed = scored(pages, result_of(pages, only(SECOND, copy)))
    assert changed == {"ferry": (f"dropped (near copy of {quoted(TEXTS['ferry'][0])}): {QUOTE}",)}


def test_versions_with_one_headline_are_matched_by_their_text() -> None:
    """And a swap of their texts is no match."""
    other = replace(line("baskets", -1), parts=(Part("baskets", HEADLINE, TITLES["ferry"], Role.HEADLINE),))
    pages = [
        page([line("ferry", -1), *(line("ferry", n) for n in range(3))]),
        page([other, *(line("baskets", n) for n in range(3))], "p1"),
    ]
    truth, result = truth_of(pages), result_of(pages)
    found = find(truth, result)
    assert {story: article.id for story, article in found.article_of.items()} == {
        "ferry": "ferry",
        "baskets": "baskets",
    }
    assert all(is_perfect(truth.stories[n], a, found.trails[a.id]) for n, a in found.article_of.items())
