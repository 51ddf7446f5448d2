"""Each kind of damage has its code, its line and a message that one can act on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from unsplice.check.codes import CODES
from unsplice.check.findings import Finding, findings
from unsplice.config import TidyConfig
from unsplice.model import Action, Role, SetAside
from unsplice.reasons import CopyKind, Flag, Reason
from unsplice.run import clean

from tests.builders import Scene, newspaper
from tests.dedup.test_overlaps import FERRY, FIRST, THEN

OFF = TidyConfig(enabled=False)


def told(scene: Scene, config: TidyConfig = OFF) -> list[str]:
    return [str(finding) for finding in findings(scene.result(), config)]


def test_all_of_a_newspaper() -> None:
    assert told(newspaper()) == [
        "raw/p0001.txt:11: U303 “图为比赛现场。” is run together with its neighbour, a caption with a paragraph",
        "raw/p0001.txt:17: U102 “据介绍，本届比赛共21支船队参加…” is a near copy of raw/p0001.txt:9 (similarity 0.94)",
        "raw/p0001.txt:19: U401 “责任编辑：王三” is boilerplate",
        "raw/p0002.txt:1: U501 bytes that are no gb18030 text in 1 place",
        "raw/p0002.txt:3: U203 “今年夏粮\ufffd收，粮价平稳。” is left where it stands, though in doubt (score 0.55); "
        "it may belong to “旧桥改造完工” (p0001-02)",
        "raw/p0002.txt:3: U501 bytes that are no gb18030 text in 1 place",
        "raw/p0002.txt:5: U201 “乡亲们说，明年还要再来。” is misplaced: it belongs to "
        "“鹭笛“桨王赛”: 一村人的龙舟情” (p0001-01) (score 0.91)",
        "raw/p0002.txt:7: U202 the story that begins “另有消息说，新校舍下月启用。” has no headline; kept as p0002-02",
        "raw/p0002.txt:9: U101 “据介绍,本届比赛共有21支船队参…” is an exact copy of raw/p0001.txt:9",
        "raw/p0003.txt:1: U901 binary. Leave it out.",
    ]


@pytest.mark.parametrize(
    ("reason", "kind", "similarity", "code", "words"),
    [
        (Reason.COPY_OF_HEADLINE, CopyKind.EXACT, 1.0, "U101", "is an exact copy of raw/p1.txt:1"),
        (Reason.COPY, CopyKind.EXACT, 1.0, "U101", "is an exact copy of raw/p1.txt:1"),
        (Reason.COPY, CopyKind.NEAR, 0.9, "U102", "is a near copy of raw/p1.txt:1 (similarity 0.90)"),
        (Reason.COPY, CopyKind.NEAR, None, "U102", "is a near copy of raw/p1.txt:1"),
        (Reason.COPY, CopyKind.EDITED, 0.8, "U102", "is a mistyped copy of raw/p1.txt:1 (similarity 0.80)"),
        (Reason.COPY, CopyKind.CONTAINED, 0.4, "U103", "is a cut-short copy of raw/p1.txt:1 (similarity 0.40)"),
        (Reason.COPY, CopyKind.CONTAINED, 1.0, "U103", "is a cut-short copy of raw/p1.txt:1"),
        (Reason.COPY, CopyKind.OVERLAP, 1.0, "U104", "repeats the end of raw/p1.txt:1"),
    ],
)
def test_copies(reason: Reason, kind: CopyKind, similarity: float | None, code: str, words: str) -> None:
    scene = Scene()
    scene.page("p1")
    key = scene.row("一二三四", "a", 0)
    scene.row("一二三四", action=Action.DUPLICATE, survivor=key, reason=reason, copy_kind=kind, similarity=similarity)
    found = findings(scene.result({"a": "题"}), OFF)
    assert [(f.line, f.code, f.message) for f in found] == [(3, code, f"“一二三四” {words}")]


@pytest.mark.parametrize(
    ("flag", "code"),
    [
        (Flag.IN_DOUBT, "U203"),
        (Flag.TRUNCATED_HEAD, "U301"),
        (Flag.TRUNCATED_TAIL, "U302"),
        (Flag.FUSED, "U303"),
        (Flag.BROKEN, "U304"),
        (Flag.SPLICED, "U305"),
    ],
)
def test_flags(flag: Flag, code: str) -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("一二三四", "a", 0, flags=(flag, Flag.OVERLAPPING, Flag.UNTITLED))
    found = findings(scene.result({"a": "题"}), OFF)
    assert [(f.file, f.line, f.code) for f in found] == [("raw/p1.txt", 1, code)]


def test_what_overlaps_is_told_once() -> None:
    lines = ["柳垛镇老茶场试种抗寒新苗 首轮嫩芽提前十天上市", FIRST, THEN, FERRY]
    found = findings(clean(["-"], stdin="\n\n".join(lines).encode()), OFF)
    assert [(f.line, f.code) for f in found if f.code in ("U101", "U102", "U103", "U104", "U305")] == [(5, "U104")]
    (overlap,) = [f for f in found if f.code == "U104"]
    assert overlap.message.endswith("…” repeats the end of -:3")


def test_typography_names_the_rules_and_looks_only_at_what_is_written() -> None:
    scene = Scene()
    scene.page("p1")
    key = scene.row("据介绍,共有21支船队参加。", "a", 0)
    scene.row("鹭笛“桨王赛”: 一村人 的龙舟情", "a", 1, role=Role.SUBHEAD)
    copy = {"reason": Reason.COPY, "copy_kind": CopyKind.EXACT, "similarity": 1.0}
    scene.row("据介绍,共有21支船队参加。", action=Action.DUPLICATE, survivor=key, **copy)
    scene.row("责任编辑,王三", action=Action.BOILERPLATE, role=Role.BOILERPLATE)
    found = findings(scene.result({"a": "题"}), TidyConfig())
    assert [(f.line, f.code) for f in found if f.code == "U601"] == [(1, "U601")] + [
        (f.line, f.code) for f in found if f.line == 3
    ]
    assert found[0].message == "“据介绍,共有21支船队参加。” needs tidying: punctuation (1)"


def test_lines_of_records() -> None:
    scene = Scene()
    scene.page("r7", source="raw/all.jsonl", record=7, flags=("bad-bytes:2",))
    scene.row("一\ufffd\n二\ufffd", "a", 0)
    scene.set_aside.append(SetAside("r8", "raw/all.jsonl", "not JSON", "Write one object on each line.", 9, record=8))
    assert told(scene) == [
        "raw/all.jsonl:7: U202 the story that begins “一\ufffd二\ufffd” has no headline; kept as a",
        "raw/all.jsonl:7: U501 bytes that are no utf-8 text in 2 places",
        "raw/all.jsonl:8: U901 not JSON. Write one object on each line.",
    ]


def test_damage_that_left_no_mark_is_told_at_the_first_line() -> None:
    scene = Scene()
    scene.page("p1", flags=("bad-bytes:1",))
    scene.row("一", "a", 0)
    assert "raw/p1.txt:1: U501 bytes that are no text (bad-bytes:1)" in told(scene)


def test_a_clean_page_has_no_findings() -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("旧桥改造完工", "a", -1)
    scene.row("旧桥改造工程昨日完工。", "a", 0)
    assert told(scene, TidyConfig()) == []


def test_findings_are_sorted_and_each_told_once() -> None:
    found = findings(newspaper().result(), TidyConfig())
    assert found == sorted(set(found))
    assert Finding("a", 2, "U101", "") < Finding("a", 10, "U101", "") < Finding("b", 1, "U101", "")


def test_a_file_name_in_no_encoding_can_be_printed() -> None:
    scene = Scene()
    scene.page("p1", source="\udcb9.txt")
    scene.row("一", "a", 0)
    (line,) = told(scene)
    assert line.encode().startswith(b"\\udcb9.txt:1: U202")


def test_codes_are_stable_and_explained() -> None:
    known: dict[str, Any] = dict(CODES)
    assert list(known) == sorted(known)
    assert all(re.fullmatch(r"U\d{3}", code) and text for code, text in known.items())
    assert {f.code for f in findings(newspaper().result(), TidyConfig())} <= known.keys()
