"""The account must add up, and each way in which it may not is caught and named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import TidyConfig
from unsplice.errors import LedgerError
from unsplice.model import Action, Paragraph, Placement, Ref, Role
from unsplice.reasons import CopyKind, Reason
from unsplice.write.ledger import COLUMNS, check_ledger, table, words

from tests.builders import Scene, newspaper


def test_a_sound_account_passes() -> None:
    scene = newspaper()
    for config in (TidyConfig(), TidyConfig(enabled=False)):
        result = scene.result(config=config)
        assert {r.action for r in result.placements} == set(Action) - {Action.QUARANTINED}
        check_ledger(scene.by_id, result.placements, result.articles)


def test_an_empty_page_needs_no_rows() -> None:
    scene = Scene()
    scene.page("p1")
    check_ledger(scene.by_id, [])


KEPT: dict[str, Any] = {"action": Action.KEPT, "article": "a", "position": 0}
COPY: dict[str, Any] = {"action": Action.DUPLICATE, "copy_kind": CopyKind.EXACT, "similarity": 1.0}
COPY |= {"survivor": Ref("p1", 0)}
FAULTS: list[tuple[str, list[tuple[int, int, dict[str, Any]]], str]] = [
    ("gap", [(0, 1, KEPT), (2, 4, KEPT)], "p1 at 1: the next row begins at 2"),
    ("late start", [(1, 4, KEPT)], "p1 at 0: the next row begins at 1"),
    ("overlap", [(0, 3, KEPT), (2, 4, KEPT)], "p1 at 3: the next row begins at 2"),
    ("short", [(0, 3, KEPT)], "p1 at 3: the rows end here, the text at 4"),
    ("long", [(0, 5, KEPT)], "p1 at 5: the rows end here, the text at 4"),
    ("none", [], "p1 at 0: the rows end here"),
    ("out of order", [(2, 4, KEPT), (0, 2, KEPT)], "p1 at 0"),
    ("empty row", [(0, 0, KEPT), (0, 4, KEPT)], "p1 at 0: a row that ends at 0"),
    ("no article", [(0, 4, KEPT | {"article": None})], "p1 at 0: kept but without article"),
    ("no position", [(0, 4, KEPT | {"position": None, "action": Action.MOVED})], "moved but without"),
    ("no role", [(0, 4, KEPT | {"role": None})], "kept but without"),
    ("odd position", [(0, 4, KEPT | {"position": -2})], "position -2"),
    ("blank with text", [(0, 4, {"action": Action.BLANK})], "blank but with text"),
    ("boilerplate in article", [(0, 4, KEPT | {"action": Action.BOILERPLATE})], "boilerplate but in article a"),
    ("no survivor", [(0, 4, COPY | {"survivor": None})], "duplicate without a survivor"),
    ("no kind", [(0, 2, KEPT), (2, 4, COPY | {"copy_kind": None})], "p1 at 2: duplicate without a survivor, a kind"),
    ("no similarity", [(0, 2, KEPT), (2, 4, COPY | {"similarity": None})], "p1 at 2: duplicate without a .*similarity"),
    ("kept survivor", [(0, 4, KEPT | {"survivor": Ref("p1", 0)})], "kept but with a survivor"),
    ("lost survivor", [(0, 4, COPY | {"survivor": Ref("p9", 3)})], "survivor p9 at 3 has no row"),
    ("own survivor", [(0, 4, COPY)], "survivor p1 at 0 is duplicate"),
]


@pytest.mark.parametrize(("rows", "message"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_faults_are_named(rows: list[tuple[int, int, dict[str, Any]]], message: str) -> None:
    scene = Scene()
    scene.page("p1", text="一二三四")
    made = [Placement("p1", start, end, 1, **{"role": Role.BODY} | fields) for start, end, fields in rows]
    with pytest.raises(LedgerError, match=message):
        check_ledger(scene.by_id, made)


def test_rows_of_an_unknown_page() -> None:
    with pytest.raises(LedgerError, match="p7 at 0"):
        check_ledger({}, [Placement("p7", 0, 1, 1, Role.BODY, Action.KEPT, "a", 0)])


def test_a_chain_of_duplicates_ends_nowhere() -> None:
    scene = newspaper()
    duplicate = next(i for i, row in enumerate(scene.rows) if row.action is Action.DUPLICATE)
    last = max(i for i, row in enumerate(scene.rows) if row.action is Action.DUPLICATE)
    scene.rows[last] = replace(scene.rows[last], survivor=scene.rows[duplicate].ref)
    with pytest.raises(LedgerError, match="is duplicate"):
        check_ledger(scene.by_id, scene.rows)


def test_articles_must_say_what_the_ledger_says() -> None:
    scene = newspaper()
    result = scene.result()
    first, *others = result.articles
    mended = replace(first.paragraphs[0], text=first.paragraphs[0].text.replace("河面", "湖面"))
    for wrong, message in [
        (replace(first, paragraphs=(mended, *first.paragraphs[1:])), "p0001 at 18: its paragraph in p0001-01"),
        (replace(first, paragraphs=first.paragraphs[1:]), "p0001 at 18: .*not equally often"),
        (replace(first, paragraphs=(*first.paragraphs, first.paragraphs[0])), "not equally often"),
        (replace(first, title=None), "p0001 at 0: its headline is not in p0001-01"),
    ]:
        with pytest.raises(LedgerError, match=message):
            check_ledger(scene.by_id, result.placements, (wrong, *others))
    with pytest.raises(LedgerError, match="not equally often"):
        check_ledger(scene.by_id, result.placements, (first,))


def test_typography_is_no_other_word() -> None:
    for one, other in [("Ａ１，“好”", 'A1,"好"'), ("ｶﾞ", "ガ"), ("e\u0301", "é"), ("中 国", "中国"), ("①…", "1...")]:
        assert words(one) == words(other)
    assert words("一二") != words("二一")


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6), st.randoms())
def test_any_text_composed_of_any_parts_adds_up(texts: list[str], random: Any) -> None:
    scene = Scene()
    scene.page("p1")
    order = list(range(len(texts)))
    random.shuffle(order)
    for part, text in zip(order, texts, strict=True):
        scene.row(text, "a", part % 2, part=part, touching=random.random() < 0.5)
    result = scene.result(config=TidyConfig())
    check_ledger(scene.by_id, result.placements, result.articles)


def test_table() -> None:
    result = newspaper().result()
    frame = table(result.placements, result.set_aside)
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(result.placements) + 1
    near, exact = frame[frame.action == "duplicate"].to_dict("records")
    assert (near["survivor"], exact["survivor"]) == ("p0001:9", "p0001:9")
    assert [near[x] for x in ("cluster", "reason", "copy_kind", "similarity")] == [1, "copy", "near", 0.94]
    assert [exact[x] for x in ("reason", "copy_kind", "similarity")] == ["copy", "exact", 1.0]
    assert frame[frame.action == "duplicate"].score.isna().all()
    last = frame.iloc[-1]
    assert (last.page, last.action, last.start, last.end) == ("p0003", "quarantined", 0, 1234)
    assert (last.reason, last.evidence) == ("unreadable", "binary. Leave it out.")
    assert set(frame.reason.dropna()) <= set(Reason)
    assert frame.position.isna().sum() == (~frame.action.isin(["kept", "moved"])).sum()
    assert frame["flags"].tolist()[10] == ["fused"]
    assert type(frame["flags"].tolist()[10][0]) is str


def test_table_without_rows() -> None:
    assert list(table([]).columns) == list(COLUMNS)


def test_words_of_a_paragraph_may_change_only_in_typography() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("据介绍,共有18支", "a", 0)
    result = scene.result()
    article = result.articles[0]
    for text, sound in [("据介绍，共有１８支", True), ("据介绍，共有18只", False), ("据介绍，共有18", False)]:
        changed = replace(article, paragraphs=(Paragraph(Role.BODY, text, article.paragraphs[0].sources),))
        if sound:
            check_ledger(scene.by_id, result.placements, [changed])
        else:
            with pytest.raises(LedgerError):
                check_ledger(scene.by_id, result.placements, [changed])
