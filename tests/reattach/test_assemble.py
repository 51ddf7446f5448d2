"""Paragraphs that were broken in two: how sure their joining must be."""

from __future__ import annotations

import numpy as np
import pytest
from unsplice.model import Evidence, Passage, Ref, Role
from unsplice.models import load
from unsplice.models.forest import Forest
from unsplice.reasons import Reason
from unsplice.reattach.batch.assemble import assemble
from unsplice.reattach.batch.decided import Decided
from unsplice.reattach.batch.order import fragments
from unsplice.reattach.batch.stories import Piece, Story
from unsplice.reattach.page.decisions import Decision, PageDecisions

HEAD = Ref("p", 0)
LINES = ["拆掉轨道四十年后，这座城市为什么又把它铺了回来", "从前汀桐有两条线路，一条沿着江，一条靠着山。"]


@pytest.mark.parametrize(
    ("damaged", "chance", "paragraphs"), [(True, 0.8, 1), (False, 0.8, 2), (False, 0.95, 1), (True, 0.6, 2)]
)
def test_a_sound_page_asks_for_more(
    *, damaged: bool, chance: float, paragraphs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A standfirst without a full stop is no broken paragraph."""
    monkeypatch.setattr(Forest, "predict", lambda self, rows: np.full(len(rows), chance))
    own = [
        Passage("p", at, at + len(t), k, t, Role.BODY) for k, (at, t) in enumerate(zip((10, 60), LINES, strict=True), 2)
    ]
    found = [Decision(p, (p,), HEAD, HEAD, Reason.IN_PLACE, 0.99, None, 0.0, 0.99, 0.0) for p in own]
    page = PageDecisions("p", tuple(own), (), tuple(found), {p.ref: HEAD for p in own}, damaged)
    pieces = [Piece(d.passage.ref, d, d.passage, in_place=True) for d in found]
    story = Story("p-01", None, "p", [], [HEAD], pieces)
    places = assemble([story], Decided.of([page], Evidence(())), load())
    assert [len(x) for x in places.articles.values()] == [paragraphs]


@pytest.mark.parametrize(
    ("first", "role", "broken"),
    [
        ("平均年龄四十岁的“老将”船队", Role.BODY, False),
        ("平均年龄四十岁的“老将”船队", Role.SUBHEAD, False),
        ("去年入夏，这支船队又添了", Role.BODY, True),
        ("去年入夏，这支船队又添了", Role.SUBHEAD, False),
        ("这支平均年龄四十岁的船队去年入夏又添了三名刚满二十岁的", Role.BODY, True),
        ("去年入夏，这支船队又添了人。", Role.BODY, False),
    ],
)
def test_what_may_be_the_beginning_of_a_broken_paragraph(first: str, role: Role, *, broken: bool) -> None:
    """A short line without a pause is none: it may be a subhead that was taken for text."""
    found = fragments([(role, first), (Role.BODY, "新手，船桨声又热闹起来。")], 0, first)
    assert (found is not None) is broken
