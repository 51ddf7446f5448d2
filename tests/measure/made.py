"""Two small stories on a page, and results made by hand of such pages: the ideal one, and others a little worse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from unsplice.config import TidyConfig
from unsplice.learn.made import Line, MadePage, Part
from unsplice.measure.truth import HEADLINE, Key, Piece, Truth, truth_of
from unsplice.model import Action, Page, Placement, Result, Role
from unsplice.reasons import Reason
from unsplice.write.articles import compose

TITLES = {"ferry": "望礁区渡船复航 船票仍是两元", "baskets": "云箬小学开竹编课 学生学编鱼篓"}
TEXTS = {
    "ferry": [f"第{n}路渡船今早复航，首日送客{n}百人，{'往返了二十趟，' * 8}船票两元。" for n in "一二三"],
    "baskets": [f"第{n}组学生学编鱼篓，篾匠{n}到场，{'竹篾削得又薄又匀，' * 7}课后带回家。" for n in "甲乙丙"],
}
Change = Callable[[Placement, Piece], Placement | None]


def line(story: str, number: int, *, copy: bool = False) -> Line:
    """A line of a story, by the number of its paragraph; -1 is its headline."""
    if number < 0:
        return Line((Part(story, HEADLINE, TITLES[story], Role.HEADLINE),), copy)
    return Line((Part(story, float(number), TEXTS[story][number], Role.BODY),), copy)


def page(lines: Iterable[Line], name: str = "p0") -> MadePage:
    found = list(lines)
    return MadePage(name, found, sorted({x.story for x in found if x.story}))


def two_stories() -> MadePage:
    return page(line(story, number) for story in TITLES for number in (-1, 0, 1, 2))


def junk(text: str = "点击查看原图") -> Line:
    return Line((Part(None, 0.0, text, Role.BOILERPLATE),))


def result_of(pages: Sequence[MadePage], change: Change = lambda row, piece: row, **titles: str | None) -> Result:
    """The ideal result of made pages, each row changed; `titles` replaces those of articles."""
    truth = truth_of(pages)
    texts = {p.name: Page(p.name, p.name, p.text(), "utf-8") for p in pages}
    rows = [new for p in pages for row, piece in _ideal(p, truth) if (new := change(row, piece))]
    named: Mapping[str, str | None] = {name: story.title for name, story in truth.stories.items()} | titles
    articles = compose(texts, rows, named, TidyConfig(enabled=False))
    return Result(tuple(texts.values()), (), tuple(rows), articles)


def _ideal(made: MadePage, truth: Truth) -> Iterable[tuple[Placement, Piece]]:
    copied = [x.copy for x in made.lines for _ in x.parts]
    for piece, copy in zip(truth.pieces[made.name], copied, strict=True):
        row = Placement(made.name, piece.start, piece.end, 1, Role.BODY, Action.KEPT, reason=Reason.IN_PLACE)
        if piece.key is None:
            yield replace(row, action=Action.BOILERPLATE, reason=Reason.NOTICE), piece
        elif copy or piece.key.order == HEADLINE:
            yield replace(row, action=Action.DUPLICATE, reason=Reason.COPY_OF_HEADLINE), piece
        else:
            yield placed(row, piece.key, truth, piece.at), piece


def placed(row: Placement, key: Key, truth: Truth, at: int = 0) -> Placement:
    """The row, placed where the truth has its paragraph."""
    position = list(truth.stories[key.story].paragraphs).index(key)
    return replace(row, action=Action.KEPT, article=key.story, position=position, part=at)
