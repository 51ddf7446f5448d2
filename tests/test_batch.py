"""Batches of passages: reading order, look-ups, and cuts that keep every letter where it was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.batch import Batch, divided
from unsplice.model import Cut, Passage, Ref
from unsplice.reasons import Flag
from unsplice.text.forms import fold

from tests.batch import batch

TEXTS = st.text("渡船今早复航，。Ａａ 1", min_size=1, max_size=12)
PAGES = st.dictionaries(st.sampled_from(["p1", "p2", "p10", "q"]), st.lists(TEXTS, max_size=6), max_size=4)


@st.composite
def batches_and_cuts(draw: st.DrawFn) -> tuple[Batch, list[Cut]]:
    """A batch, and cuts of some of its passages within their text, in any order."""
    found = batch(draw(PAGES))
    cuts = []
    for p in found:
        if len(p.text) > 1 and draw(st.booleans()):
            at = draw(st.integers(p.start + 1, p.end - 1))
            cuts.append(Cut(p.ref, at, draw(st.sampled_from([Flag.SPLICED, Flag.OVERLAPPING]))))
    return found, draw(st.permutations(cuts))


@given(PAGES)
def test_a_batch_is_in_reading_order_whatever_order_its_pages_come_in(pages: dict[str, list[str]]) -> None:
    found = batch(pages)
    assert [p.ref for p in found] == sorted({p.ref for p in found})
    assert [p.text for p in found] == [text for page in sorted(pages) for text in pages[page]]
    turned = Batch(dict(reversed(found.pages.items())))
    assert list(turned) == list(found)
    assert list(turned.pages) == sorted(pages)


@given(PAGES)
def test_each_passage_is_at_its_ref(pages: dict[str, list[str]]) -> None:
    found = batch(pages)
    for p in found:
        assert p.ref in found
        assert found.at(p.ref) is p
        assert found.letters(p) == fold(p.text)
    for ref in (Ref("p1", 10_000), Ref("z", 0)):
        assert ref not in found
        with pytest.raises(KeyError):
            found.at(ref)


@given(PAGES, st.integers(-8, 8))
def test_what_stands_beside(pages: dict[str, list[str]], by: int) -> None:
    """On the same page only, and nothing beyond its ends."""
    found = batch(pages)
    for own in found.pages.values():
        for k, p in enumerate(own):
            expected = dict(enumerate(own)).get(k + by)
            assert found.beside(p.ref, by) is expected
            if expected is not None:
                assert found.beside(expected.ref, -by) is p


@given(batches_and_cuts())
def test_cuts_keep_text_and_order(made: tuple[Batch, list[Cut]]) -> None:
    before, cuts = made
    folded = {p.ref: before.letters(p) for p in before}
    after = before.cut(cuts)
    assert list(after.pages) == list(before.pages)
    for page, own in before.pages.items():
        parts = after.pages[page]
        assert "".join(p.text for p in parts) == "".join(p.text for p in own)
        assert all(p.text and p.end - p.start == len(p.text) for p in parts)
        assert all(a.end <= b.start for a, b in pairwise(parts))
    assert len(list(after)) == len(list(before)) + len(cuts)
    assert [p.ref for p in after] == sorted({p.ref for p in after})
    assert all(after.letters(p) == fold(p.text) for p in after), "a head has the ref of its whole, not its letters"
    assert {p.ref: before.letters(p) for p in before} == folded


@given(batches_and_cuts())
def test_both_parts_of_a_cut_bear_its_cause_and_nothing_else_changes(made: tuple[Batch, list[Cut]]) -> None:
    before, cuts = made
    after = before.cut(cuts)
    at = {cut.passage: cut for cut in cuts}
    for p in before:
        cut = at.get(p.ref)
        if cut is None:
            assert after.at(p.ref) is p
            continue
        head, tail = after.at(p.ref), after.at(Ref(p.page, cut.at))
        assert after.beside(head.ref, 1) is tail
        assert (head.start, head.end, tail.start, tail.end) == (p.start, cut.at, cut.at, p.end)
        assert head.text + tail.text == p.text
        for part in (head, tail):
            assert part.flags == (*p.flags, cut.cause)
            assert (part.role, part.line, part.certainty, part.headline) == (p.role, p.line, p.certainty, p.headline)


def test_without_cuts_nothing_is_made_anew() -> None:
    found = batch({"p1": ["渡船今早复航。"]})
    assert found.cut([]) is found
    assert divided(found.pages["p1"], {}) == found.pages["p1"]


def test_other_passages_in_the_stead_of_a_page_s() -> None:
    found = batch({"p1": ["渡船今早复航。", "船票两元。"], "p2": ["茶园开采。"]})
    assert [found.letters(p) for p in found] == ["渡船今早复航", "船票两元", "茶园开采"]
    first: Passage = found.pages["p1"][0]
    changed = found.with_pages({"p1": [first], "p2": ()})
    assert list(changed) == [first]
    assert changed.letters(first) == "渡船今早复航"
    assert changed.pages == {"p1": (first,), "p2": ()}
