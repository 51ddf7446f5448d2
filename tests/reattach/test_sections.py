"""Long pages in sections: nothing lost, headlines kept, what is cut off within a story stays with it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from unsplice.model import Passage, Role
from unsplice.reasons import Flag, Reason
from unsplice.reattach.page import sections
from unsplice.run import clean

from tests.pages import stories


def lines(*roles: Role) -> list[Passage]:
    return [Passage("p", 2 * i, 2 * i + 1, i + 1, "x", role) for i, role in enumerate(roles)]


H, B = Role.HEADLINE, Role.BODY


@pytest.mark.parametrize(
    ("roles", "sizes"),
    [
        ([], []),
        ([H, B, B], [3]),
        ([H, B, B, B, B, H, B], [5, 2]),  # at the first headline after four
        ([H, B, H, B, H, B], [4, 2]),
        ([H, *[B] * 10], [8, 3]),  # no headline: after eight
    ],
)
def test_where_sections_end(monkeypatch: pytest.MonkeyPatch, roles: Sequence[Role], sizes: Sequence[int]) -> None:
    monkeypatch.setattr(sections, "SECTION", 4)
    monkeypatch.setattr(sections, "LIMIT", 8)
    assert [len(s) for s in sections.sections(lines(*roles))] == sizes


def test_a_page_in_sections_is_accounted_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "SECTION", 12)
    monkeypatch.setattr(sections, "LIMIT", 20)
    text = "\n".join(x for a in stories()[:12] for x in (a.title, *a.paragraphs))
    found = clean(["-"], stdin=text.encode())
    assert "".join(text[r.start : r.end] for r in found.placements) == text
    titles = {a.title for a in found.articles}
    assert len(titles & {a.title for a in stories()[:12]}) >= 9


def test_what_is_cut_off_within_a_story_stays_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "SECTION", 4)
    monkeypatch.setattr(sections, "LIMIT", 4)
    story = stories()[0]
    found = clean(["-"], stdin="\n".join((story.title, *story.paragraphs)).encode())
    named = next(a for a in found.articles if a.title == story.title)
    assert Flag.IN_DOUBT in named.flags
    assert len(named.paragraphs) >= len(story.paragraphs) - 1


def test_what_is_cut_off_without_any_headline_is_one_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "SECTION", 4)
    monkeypatch.setattr(sections, "LIMIT", 4)
    paragraphs = [p for a in stories()[:12] for p in a.paragraphs if len(p) > 60][:14]
    found = clean(["-"], stdin="\n".join(paragraphs).encode())
    rows = [r for r in found.placements if r.reason is Reason.TOO_LONG]
    assert len(rows) >= 8
    assert len({r.article for r in rows}) == 1
    assert {a.title for a in found.articles} == {None}
