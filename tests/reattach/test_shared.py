"""Passages that two stories share: each keeps its own where it is at home; what strayed or was printed again goes."""

from __future__ import annotations

from dataclasses import replace

from unsplice.model import Copy, Evidence, Passage, Ref, Role
from unsplice.reasons import CopyKind, Reason
from unsplice.reattach.batch.decided import Decided
from unsplice.reattach.batch.elsewhere import namesakes
from unsplice.reattach.batch.shared import HOME, SOUND, without_shared
from unsplice.reattach.page.decisions import Decision, Headline, PageDecisions
from unsplice.reattach.profiles import profile

TEXT = "望礁区渡船每天往返二十趟，船票两元。"
RETYPED = "望礁区渡船每天往返二十趟，船栗两元。"
A, B, C = Ref("a", 0), Ref("b", 0), Ref("c", 0)  # the headlines of three pages
KEPT = Ref("a", 10)


def passage(page: str, start: int, text: str = TEXT) -> Passage:
    return Passage(page, start, start + len(text), 2, text, Role.BODY)


def decision(page: str, stay: float = 0.99, more: tuple[Passage, ...] = ()) -> Decision:
    over = Ref(page, 0)
    p = passage(page, 10)
    return Decision(p, (p, *more), over, over, Reason.IN_PLACE, stay, None, 0.0, stay, 0.0)


def copies_after(
    found: list[Decision], copies: list[Ref], story_of: dict[Ref, Ref], *, damaged: bool = True
) -> dict[Ref, Copy]:
    """The copies of a passage on page a, once the shared ones are taken out."""
    pages = [PageDecisions(d.passage.page, d.copies, (), (d,), damaged=damaged) for d in found]
    evidence = Evidence(tuple(Copy(ref, KEPT, CopyKind.EXACT, 1.0) for ref in copies))
    return without_shared(Decided.of(pages, evidence), story_of).copy_of


THREE = {A: A, B: B, C: C}


def test_both_stories_keep_what_is_at_home_in_both() -> None:
    assert copies_after([decision("a"), decision("b")], [Ref("b", 10)], THREE) == {}


def test_a_second_copy_on_the_page_still_goes() -> None:
    """It is a copy of the page's own now, and as like it as it is."""
    found = [decision("a"), decision("b", more=(passage("b", 90), passage("b", 200, RETYPED)))]
    left = copies_after(found, [Ref("b", 10), Ref("b", 90), Ref("b", 200)], THREE)
    assert [(c.passage, c.survivor) for c in left.values()] == [(Ref("b", s), Ref("b", 10)) for s in (90, 200)]
    assert (left[Ref("b", 90)].kind, left[Ref("b", 90)].similarity) == (CopyKind.EXACT, 1.0)
    assert left[Ref("b", 200)].kind is CopyKind.EDITED
    assert 0.9 < left[Ref("b", 200)].similarity < 1


def test_a_reprint_goes() -> None:
    left = copies_after([decision("a"), decision("b")], [Ref("b", 10)], {A: A, B: A})
    assert left.keys() == {Ref("b", 10)}


def test_a_story_on_two_pages_keeps_it_once() -> None:
    """The story of b and c shares it with that of a; c's is a copy of b's, not of a's."""
    found = [decision("a"), decision("b"), decision("c")]
    left = copies_after(found, [Ref("b", 10), Ref("c", 10)], {A: A, B: B, C: B})
    assert [(c.passage, c.survivor) for c in left.values()] == [(Ref("c", 10), Ref("b", 10))]


def test_what_is_not_at_home_goes() -> None:
    for low, damaged in ((HOME - 0.01, True), (SOUND - 0.01, False)):
        for one, other in ((low, 0.99), (0.99, low)):
            found = [decision("a", stay=one), decision("b", stay=other)]
            assert copies_after(found, [Ref("b", 10)], THREE, damaged=damaged).keys() == {Ref("b", 10)}
    doubtful = [decision("a", stay=SOUND + 0.01), decision("b", stay=HOME - 0.01)]
    assert copies_after(doubtful, [Ref("b", 10)], THREE, damaged=False) == {}
    strayed = replace(decision("b"), goes=None)
    assert copies_after([decision("a"), strayed], [Ref("b", 10)], THREE).keys() == {Ref("b", 10)}


def decided_under(titles: dict[str, str], stay: float) -> Decided:
    """Pages that hold the passage under headlines; all copies but the first page's."""
    found = [decision(page, stay=stay) for page in titles]
    heads = {page: (Headline(Ref(page, 0), title, None, profile([])),) for page, title in titles.items()}
    pages = [PageDecisions(d.passage.page, d.copies, heads[d.passage.page], (d,), damaged=True) for d in found]
    return Decided.of(pages, Evidence(tuple(Copy(Ref(page, 10), KEPT, CopyKind.EXACT, 1.0) for page in [*titles][1:])))


def test_two_versions_keep_what_both_have_even_in_doubt() -> None:
    """They have one headline, and are no reprints of one another."""
    for title, left in (("渡船告示", set()), ("桥梁告示", {Ref("b", 10)})):
        decided = decided_under({"a": "渡船告示", "b": title}, HOME - 0.2)
        assert without_shared(decided, {A: A, B: B}).copy_of.keys() == left


def test_no_passage_goes_to_another_version_of_its_story() -> None:
    decided = decided_under({"a": "渡船告示", "b": "渡船告示"}, 0.1)
    own, loose = decision("a"), replace(decision("a"), stands=None)
    named = {"渡船告示": {A, B}}
    assert namesakes(own, named, decided) == {A, B}
    assert not namesakes(loose, named, decided)
