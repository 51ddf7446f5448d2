"""Passages that two stories share: each keeps its own where it is at home; what strayed or was printed again goes."""

from __future__ import annotations

from dataclasses import replace

from unsplice.model import Copy, Evidence, Passage, Ref, Role
from unsplice.reasons import CopyKind, Reason
from unsplice.reattach.batch.shared import HOME, without_shared
from unsplice.reattach.page.decisions import Decision, PageDecisions

TEXT = "望礁区渡船每天往返二十趟，船票两元。"
A, B = Ref("a", 0), Ref("b", 0)  # the headlines of two pages
KEPT = Ref("a", 10)


def passage(page: str, start: int) -> Passage:
    return Passage(page, start, start + len(TEXT), 2, TEXT, Role.BODY)


def decision(page: str, start: int = 10, stay: float = 0.99, more: tuple[int, ...] = ()) -> Decision:
    over = Ref(page, 0)
    p = passage(page, start)
    copies = (p, *(passage(page, other) for other in more))
    return Decision(p, copies, over, over, Reason.IN_PLACE, stay, None, 0.0, stay, 0.0)


def pages(*found: Decision) -> list[PageDecisions]:
    return [PageDecisions(d.passage.page, d.copies, (), (d,)) for d in found]


def copies(*refs: Ref, of: Ref = KEPT) -> Evidence:
    return Evidence(tuple(Copy(ref, of, CopyKind.EXACT, 1.0) for ref in refs))


OTHER = {A: A, B: B}


def test_both_stories_keep_what_is_at_home_in_both() -> None:
    found = without_shared(pages(decision("a"), decision("b")), OTHER, copies(Ref("b", 10)))
    assert found.copies == ()


def test_a_second_copy_on_the_page_still_goes() -> None:
    given = copies(Ref("b", 10), Ref("b", 90))
    found = without_shared(pages(decision("a"), decision("b", more=(90,))), OTHER, given)
    assert [(c.passage, c.survivor) for c in found.copies] == [(Ref("b", 90), Ref("b", 10))]


def test_a_reprint_goes() -> None:
    given = copies(Ref("b", 10))
    assert without_shared(pages(decision("a"), decision("b")), {A: A, B: A}, given) == given


def test_what_is_not_at_home_goes() -> None:
    given = copies(Ref("b", 10))
    for one, other in ((HOME - 0.01, 0.99), (0.99, HOME - 0.01)):
        assert without_shared(pages(decision("a", stay=one), decision("b", stay=other)), OTHER, given) == given
    strayed = replace(decision("b"), goes=None)
    assert without_shared(pages(decision("a"), strayed), OTHER, given) == given
