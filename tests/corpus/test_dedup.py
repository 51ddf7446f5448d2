"""A corpus in files without its duplicates: what is written, what stays byte for byte, new documents against old."""

from __future__ import annotations

from pathlib import Path

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from unsplice.config import Config, ReadConfig
from unsplice.corpus import index as index_module
from unsplice.corpus.dedup import Options, dedup_documents
from unsplice.corpus.units import Unit
from unsplice.errors import InputError, OutputError

TEA = "砚北县的茶园抽出头一轮嫩芽，茶农说今年的春茶比往年早上市十天。茶农褟秀枝家的八亩茶园请了四个采茶工。"
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐。船长匡海生开了三十年渡船，头一回在驾驶室里吹上了空调。"
BRIDGE = "盐埠街道的三座旧桥昨天修好，桥面加宽了一米。"
WEATHER = "据气象台预报，柳垛镇5月6日白天多云，夜间有小雨，偏南风二到三级，最低气温19度，最高气温26度。"
DOCUMENTS = [
    {"id": "tea", "text": TEA, "date": "2031-05-11"},
    {"id": "ferry", "text": FERRY},
    {"id": "bridge", "text": BRIDGE},
    {"id": "tea-again", "text": TEA},
    {"id": "tea-typed", "text": TEA.replace("嫩芽", "嫩牙")},
    {"id": "ferry-cut", "text": FERRY[:30]},
    {"id": "sixth", "text": WEATHER},
    {"id": "seventh", "text": WEATHER.replace("6日", "7日").replace("26", "24")},
]
ALL = Options(sensitive=True)
FILES = {
    "pairs.parquet",
    "clusters.parquet",
    "kept.jsonl",
    "summary.json",
    "report.html",
    "index.arrow",
    "manifest.json",
}


def lines(*records: object) -> bytes:
    return b"".join(orjson.dumps(r) + b"\n" for r in records)


def save(folder: Path, content: bytes, name: str = "docs.jsonl") -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def representatives(out: Path) -> dict[str, str]:
    clusters = pd.read_parquet(out / "clusters.parquet")
    return dict(zip(clusters.id, clusters.representative, strict=True))


def test_what_is_written(tmp_path: Path) -> None:
    docs, out = save(tmp_path, lines(*DOCUMENTS)), tmp_path / "out"
    before = Path(docs).read_bytes()
    summary = dedup_documents([docs], out, ALL)
    assert (summary.documents, summary.kept, summary.removed, summary.clusters) == (8, 5, 3, 2)
    assert summary.pairs == {"exact": 1, "near": 2, "contained": 1, "variant": 1}
    assert {p.name for p in out.iterdir()} == FILES
    assert Path(docs).read_bytes() == before

    pairs = pd.read_parquet(out / "pairs.parquet")
    assert list(pairs.columns) == ["a", "b", "kind", "similarity"]
    assert ("tea-again", "tea", "exact", 1.0) in set(pairs.itertuples(index=False, name=None))
    assert {(r.a, r.b) for r in pairs.itertuples() if r.kind == "contained"} == {("ferry-cut", "ferry")}
    assert {frozenset((r.a, r.b)) for r in pairs.itertuples() if r.kind == "variant"} == {
        frozenset(("sixth", "seventh"))
    }

    clusters = pd.read_parquet(out / "clusters.parquet").set_index("id")
    assert list(clusters.columns) == ["cluster", "representative", "kept"]
    assert list(clusters.index) == [d["id"] for d in DOCUMENTS]
    assert set(clusters.index[clusters.kept]) == {"tea", "ferry", "bridge", "sixth", "seventh"}
    assert clusters.cluster.dropna().tolist() == [1, 2, 1, 1, 2]
    assert (out / "kept.jsonl").read_bytes() == lines(*[d for d in DOCUMENTS if clusters.kept[d["id"]]])

    told = orjson.loads((out / "summary.json").read_bytes())
    assert told["removed"] == 3
    assert told["largest"][0] == {"representative": "tea", "documents": 3}
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "Weakest copies" in report
    assert "ferry-cut" in report
    assert "Variants" in report


def test_the_report_escapes_what_it_shows(tmp_path: Path) -> None:
    odd = "<script>alert('渡船今早复航，票价两元')</script>" + FERRY
    docs = save(tmp_path, lines({"id": "<b>", "text": odd}, {"id": "&", "text": odd.replace("往返", "住返")}))
    dedup_documents([docs], tmp_path / "out", ALL)
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script>" not in report
    assert "&lt;script&gt;" in report
    assert "&lt;b&gt;" in report


def test_parquet_in_parquet_out(tmp_path: Path) -> None:
    table = pa.table({"nr": [1, 2, 3], "body": [TEA, FERRY, TEA], "score": [0.1, 0.2, 0.3]})
    pq.write_table(table, tmp_path / "docs.parquet")
    dedup_documents([str(tmp_path / "docs.parquet")], tmp_path / "out", config=Config(ReadConfig(text="body", id="nr")))
    assert pq.read_table(tmp_path / "out" / "kept.parquet").to_pylist() == table.to_pylist()[:2]
    assert representatives(tmp_path / "out") == {"1": "1", "2": "2", "3": "1"}


def test_lines_of_a_text_recur_by_right(tmp_path: Path) -> None:
    text = f"多方联动\n{TEA}\n多方联动\n{FERRY}\n{TEA}\n"
    docs = save(tmp_path, text.encode(), "notes.txt")
    summary = dedup_documents([docs], tmp_path / "out", Options(Unit.LINE))
    assert (summary.documents, summary.removed) == (5, 1)
    kept = [r["text"] for r in map(orjson.loads, (tmp_path / "out" / "kept.jsonl").read_bytes().splitlines())]
    assert kept == ["多方联动", TEA, "多方联动", FERRY]


def test_lines_against_lines_that_recur(tmp_path: Path) -> None:
    lined = Options(Unit.LINE)
    dedup_documents([save(tmp_path, f"多方联动\n{TEA}\n多方联动\n".encode(), "old.txt")], tmp_path / "old", lined)
    new = save(tmp_path, f"多方联动\n{FERRY}\n{TEA}\n".encode(), "new.txt")
    against = Options(Unit.LINE, against=(tmp_path / "old",))
    assert dedup_documents([new], tmp_path / "new", against).removed == 1
    assert representatives(tmp_path / "new") == {"new:1": "new:1", "new:2": "new:2", "new:3": "old:2"}


def test_new_documents_against_old_ones(tmp_path: Path) -> None:
    old = save(tmp_path, lines(*DOCUMENTS[:3]), "old.jsonl")
    dedup_documents([old], tmp_path / "old")
    Path(old).unlink()  # never read again
    new = save(
        tmp_path, lines({"id": "n1", "text": TEA.replace("嫩芽", "嫩牙")}, {"id": "n2", "text": WEATHER}), "new.jsonl"
    )
    dedup_documents([new], tmp_path / "new", Options(against=(tmp_path / "old",)))
    assert representatives(tmp_path / "new") == {"n1": "tea", "n2": "n2"}
    assert pd.read_parquet(tmp_path / "new" / "pairs.parquet")[["a", "b"]].isin(["n1", "tea"]).all(axis=None)
    third = save(
        tmp_path, lines({"id": "t1", "text": WEATHER}, {"id": "t2", "text": BRIDGE}, {"id": "t3", "text": BRIDGE})
    )
    dedup_documents([third], tmp_path / "third", Options(against=(tmp_path / "old", tmp_path / "new")))
    assert representatives(tmp_path / "third") == {"t1": "n2", "t2": "bridge", "t3": "bridge"}
    assert (tmp_path / "third" / "kept.jsonl").read_bytes() == b""


def test_ids_of_old_and_new_documents_are_kept_apart(tmp_path: Path) -> None:
    old = save(tmp_path, lines({"id": 1, "text": TEA}), "old.jsonl")
    dedup_documents([old], tmp_path / "old")
    new = save(tmp_path, lines({"id": 1, "text": FERRY}, {"id": 2, "text": TEA}), "new.jsonl")
    dedup_documents([new], tmp_path / "new", Options(against=(tmp_path / "old",)))
    assert representatives(tmp_path / "new") == {"1#2": "1#2", "2": "1"}


def test_an_index_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = save(tmp_path, lines(*DOCUMENTS))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no index of an earlier run"):
        dedup_documents([docs], tmp_path / "out", Options(against=(tmp_path / "empty",)))
    dedup_documents([docs], tmp_path / "plain", Options(index=False))
    assert not (tmp_path / "plain" / "index.arrow").exists()
    dedup_documents([docs], tmp_path / "old")
    monkeypatch.setattr(index_module, "_version", lambda: b"another")
    with pytest.raises(InputError, match="was made by another version"):
        dedup_documents([docs], tmp_path / "out", Options(against=(tmp_path / "old",)))
    (tmp_path / "old" / "index.arrow").write_bytes(b"nonsense")
    with pytest.raises(InputError, match="is no index"):
        dedup_documents([docs], tmp_path / "out", Options(against=(tmp_path / "old",)))


def test_ids_that_stand_twice_or_not_at_all(tmp_path: Path) -> None:
    first = save(tmp_path, lines({"id": "x", "text": TEA}, {"id": "x", "text": TEA}, {"text": BRIDGE}), "a.jsonl")
    second = save(tmp_path, lines({"id": "x", "text": FERRY}, {"id": 7, "text": FERRY}), "b.jsonl")
    dedup_documents([first, second], tmp_path / "out")
    assert representatives(tmp_path / "out") == {"x": "x", "x#2": "x", "a:3": "a:3", "x#3": "x#3", "7": "x#3"}


def test_what_holds_no_document_is_set_aside(tmp_path: Path) -> None:
    docs = save(tmp_path, lines(DOCUMENTS[0]) + b"not json\n\n" + lines({"id": "x"}, {"id": "y", "text": "……"}))
    summary = dedup_documents([docs], tmp_path / "out")
    assert (summary.documents, summary.kept, summary.set_aside) == (2, 2, 2)
    assert [(b.record, b.reason[:8]) for b in summary.first_set_aside] == [(2, "not JSON"), (4, "no text ")]
    assert (tmp_path / "out" / "kept.jsonl").read_bytes() == lines(DOCUMENTS[0], {"id": "y", "text": "……"})


def test_an_interrupt_leaves_the_old_results(tmp_path: Path) -> None:
    docs, out = save(tmp_path, lines(*DOCUMENTS)), tmp_path / "out"
    dedup_documents([docs], out)
    before = {p.name: p.read_bytes() for p in out.iterdir()}

    def interrupt(stage: str, done: int, total: int) -> None:
        if stage == "comparing":
            raise KeyboardInterrupt

    Path(docs).write_bytes(lines(*DOCUMENTS[:4]))
    with pytest.raises(KeyboardInterrupt):
        dedup_documents([docs], out, progress=interrupt)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_what_is_not_ours_is_not_touched(tmp_path: Path) -> None:
    docs = save(tmp_path, lines(*DOCUMENTS))
    with pytest.raises(OutputError, match="holds the input"):
        dedup_documents([docs], tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "pairs.parquet").write_bytes(b"somebody's")
    with pytest.raises(OutputError, match="not of our making"):
        dedup_documents([docs], tmp_path / "out")
    assert (tmp_path / "out" / "pairs.parquet").read_bytes() == b"somebody's"
