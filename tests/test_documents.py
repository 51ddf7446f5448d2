"""Copies among whole documents: three files, the lines that stay as they were, and what cannot be read counted."""

from __future__ import annotations

from pathlib import Path

import orjson
import pandas as pd
import pytest

from pipeline.documents import Summary, dedup_documents
from pipeline.errors import InputError

TEA = "砚北县的茶园抽出头一轮嫩芽，茶农说今年的春茶比往年早上市十天。茶农褟秀枝家的八亩茶园请了四个采茶工。"
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐。船长匡海生开了三十年渡船，头一回在驾驶室里吹上了空调。"
BRIDGE = "盐埠街道的三座旧桥昨天修好，桥面加宽了一米。"
DOCUMENTS = [
    {"id": "tea", "text": TEA, "date": "2031-05-11"},
    {"id": "ferry", "text": FERRY},
    {"id": "bridge", "text": BRIDGE},
    {"id": "tea-again", "text": TEA},
    {"id": "tea-typed", "text": TEA.replace("嫩芽", "嫩牙")},
    {"id": "ferry-cut", "text": FERRY[:30]},
]
EXPECTED = {"tea-again": ("tea", "exact"), "tea-typed": ("tea", "near"), "ferry-cut": ("ferry", "contained")}


def lines(*records: object) -> bytes:
    return b"".join(orjson.dumps(r) + b"\n" for r in records)


def save(folder: Path, content: bytes, name: str = "docs.jsonl") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_three_files(tmp_path: Path) -> None:
    docs, out = save(tmp_path, lines(*DOCUMENTS)), tmp_path / "out"
    before = docs.read_bytes()
    assert dedup_documents([docs], out) == Summary(documents=6, kept=3, removed=3, clusters=2, set_aside=0)
    assert {p.name for p in out.iterdir() if p.is_file()} >= {"pairs.parquet", "clusters.parquet", "kept.jsonl"}
    assert docs.read_bytes() == before

    pairs = pd.read_parquet(out / "pairs.parquet")
    assert list(pairs.columns) == ["a", "b", "kind", "similarity"]
    assert {row.a: (row.b, row.kind) for row in pairs.itertuples()} == EXPECTED
    assert pairs.similarity.between(0, 1).all()
    assert pairs.set_index("a").similarity["tea-again"] == 1

    clusters = pd.read_parquet(out / "clusters.parquet").set_index("id")
    assert list(clusters.index) == [d["id"] for d in DOCUMENTS]
    assert clusters.representative.to_dict() == {d["id"]: EXPECTED.get(d["id"], (d["id"],))[0] for d in DOCUMENTS}
    assert set(clusters.index[clusters.kept]) == {"tea", "ferry", "bridge"}
    assert clusters.cluster.notna().to_dict() == {d["id"]: d["id"] != "bridge" for d in DOCUMENTS}
    assert clusters.groupby("representative").cluster.nunique().to_dict() == {"tea": 1, "ferry": 1, "bridge": 0}
    assert (out / "kept.jsonl").read_bytes() == lines(*DOCUMENTS[:3])


def test_lines_that_stay_are_kept_byte_for_byte(tmp_path: Path) -> None:
    odd = b'{ "text" :  "\\u671b\\u7901\\u533a\\u7684\\u6e21\\u8239\\u590d\\u822a", "id":1.50 }\r'
    docs = save(tmp_path, odd + b"\n\n" + lines({"id": "tea", "text": TEA}).rstrip(b"\n"))
    assert dedup_documents([docs], tmp_path / "out").kept == 2
    assert (tmp_path / "out" / "kept.jsonl").read_bytes() == odd + b"\n" + lines({"id": "tea", "text": TEA})


BAD = [
    b"not json",
    b"[1, 2]",
    b'"text"',
    b"null",
    b'{"id": "x"}',
    b'{"id": "x", "text": null}',
    b'{"id": "x", "text": 3}',
    b'{"id": "x", "text": ""}',
    '{"id": "x", "text": "……！ "}'.encode(),
    b'{"id": "x", "text": "\xff\xfe"}',
    b'{"id": "x", "text": "cut off',
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_lines_are_counted(bad: bytes, tmp_path: Path) -> None:
    docs = save(tmp_path, lines(DOCUMENTS[0]) + bad + b"\n\n" + lines(DOCUMENTS[3]))
    assert dedup_documents([docs], tmp_path / "out") == Summary(2, 1, 1, 1, set_aside=1)
    assert (tmp_path / "out" / "kept.jsonl").read_bytes() == lines(DOCUMENTS[0])


def test_ids_that_stand_twice_or_not_at_all(tmp_path: Path) -> None:
    first = save(tmp_path, lines({"id": "x", "text": TEA}, {"id": "x", "text": TEA}, {"text": BRIDGE}), "a.jsonl")
    second = save(tmp_path, lines({"id": "x", "text": FERRY}, {"id": 7, "text": FERRY}), "b.jsonl")
    dedup_documents([first, second], tmp_path / "out")
    clusters = pd.read_parquet(tmp_path / "out" / "clusters.parquet")
    assert clusters.id.tolist() == ["x", "x#a:2", "a:3", "x#b:1", "7"]
    assert clusters.id.is_unique
    pairs = pd.read_parquet(tmp_path / "out" / "pairs.parquet")
    assert {row.a for row in pairs.itertuples()} <= set(clusters.id)
    assert len(pairs) == 2


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    docs = save(tmp_path, lines({"nr": 1, "body": TEA}, {"nr": 2, "body": TEA}))
    dedup_documents([docs], tmp_path / "out", text="body", id_field="nr")
    assert pd.read_parquet(tmp_path / "out" / "pairs.parquet").a.tolist() == ["2"]


def test_no_copies_at_all(tmp_path: Path) -> None:
    docs = save(tmp_path, lines(*DOCUMENTS[:3]))
    assert dedup_documents([docs], tmp_path / "out") == Summary(3, 3, 0, 0, 0)
    assert len(pd.read_parquet(tmp_path / "out" / "pairs.parquet")) == 0


@pytest.mark.parametrize("content", [b"", b"\n\n", b"not json\n", b'{"body": "x"}\n'])
def test_nothing_to_read(content: bytes, tmp_path: Path) -> None:
    docs = save(tmp_path, content)
    with pytest.raises(InputError, match=r"docs\.jsonl: no record with a text field 'text'; name it with --text"):
        dedup_documents([docs], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: cannot be read"):
        dedup_documents([tmp_path / "none.jsonl"], tmp_path / "out")
