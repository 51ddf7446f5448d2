"""What a run leaves on the disk."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.json
import pyarrow.parquet as pq
import pytest
from unsplice.config import Config, TidyConfig
from unsplice.errors import InputError, LedgerError, OutputError
from unsplice.model import Action
from unsplice.models.card import FORMAT, Card
from unsplice.write.ledger import COLUMNS
from unsplice.write.metadata import FIELDS
from unsplice.write.write import write

from tests.builders import Scene, newspaper

NAMES = [
    "articles.jsonl",
    "articles/p0001-01.md",
    "articles/p0001-02.md",
    "articles/p0002-01.md",
    "articles/p0002-02.md",
    "ledger.parquet",
    "report.html",
]


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    raw = tmp_path / "raw"
    (raw / "二").mkdir(parents=True)
    files = [raw / "p0001.txt", raw / "二" / "p0002.txt"]
    for file in files:
        file.write_text(file.name)
    return [raw, *files]


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_everything_is_there_and_the_manifest_lists_it(tmp_path: Path, inputs: list[Path]) -> None:
    out = tmp_path / "cleaned"
    write(newspaper().result(config=TidyConfig()), out, inputs=inputs, config=Config())
    found = contents(out)
    manifest = json.loads(found.pop("manifest.json"))
    assert sorted(found) == NAMES
    assert manifest["outputs"] == [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(found.items())
    ]
    assert [item["name"] for item in manifest["inputs"]] == ["p0001.txt", "二/p0002.txt"]
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(b"p0001.txt").hexdigest()
    assert manifest["config"]["tidy"]["punctuation"] is True
    assert str(tmp_path) not in json.dumps(manifest)
    assert manifest["models"] is None


def test_the_manifest_names_the_models(tmp_path: Path) -> None:
    card = Card(FORMAT, "0.7", (), {"joins.npz": "ab"})
    write(newspaper().result(), tmp_path, inputs=[], config=Config(), models=card)
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["models"] == {"version": "0.7", "sha256": hashlib.sha256(b"joins.npz ab\n").hexdigest()}


def test_the_article_as_markdown(tmp_path: Path) -> None:
    write(newspaper().result(config=TidyConfig()), tmp_path, inputs=[], config=Config())
    text = (tmp_path / "articles/p0001-01.md").read_text("utf-8")
    assert text.startswith("---\ntitle: 鹭笛“桨王赛”：一村人的龙舟情\n")
    assert text.split("---\n\n")[1] == (
        "入夏以后，比日头更火热的是河面。\n\n文/郦一 图/揭二\n\n## 家家有船桨 月月有比赛\n\n"
        "据介绍，本届比赛共有21支船队参加。\n\n*图为比赛现场。*\n\n乡亲们说，明年还要再来。\n"
    )


def test_the_articles_as_json_lines(tmp_path: Path) -> None:
    write(newspaper().result(), tmp_path, inputs=[], config=Config())
    records = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["p0001-01", "p0001-02", "p0002-01", "p0002-02"]
    assert all(list(record) == ["id", "title", "text", "paragraphs", "metadata"] for record in records)
    last = records[-1]
    assert last == {
        "id": "p0002-02",
        "title": None,
        "text": "另有消息说，新校舍下月启用。",
        "paragraphs": [
            {
                "role": "body",
                "text": "另有消息说，新校舍下月启用。",
                "sources": [{"page": "p0002", "start": 34, "end": 48}],
            }
        ],
        "metadata": {
            **{field: list(empty) if isinstance(empty, tuple) else empty for field, empty in FIELDS.items()},
            "sources": [{"page": "p0002", "file": "raw/p0002.txt", "start": 34, "end": 48, "lines": [7, 7]}],
            "flags": ["untitled"],
        },
    }
    assert records[0]["text"].split("\n") == [p["text"] for p in records[0]["paragraphs"]]
    assert records[0]["metadata"]["byline"] == "文/郦一 图/揭二"
    assert records[1]["metadata"]["editors"] == ["王三"]


def test_every_record_has_the_same_fields_of_the_same_types(tmp_path: Path) -> None:
    """So that a table can be made of them, whatever the first ones know."""
    scene = newspaper()
    result = scene.result()
    bare = replace(result.articles[-1], meta={})
    write(replace(result, articles=(*result.articles[:-1], bare)), tmp_path, inputs=[], config=Config())
    records = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()]
    kinds = [{key: type(value) for key, value in record["metadata"].items()} for record in records]
    assert all(kind == kinds[0] for kind in kinds)
    assert set(kinds[0].values()) == {str, list}
    table = pyarrow.json.read_json(tmp_path / "articles.jsonl")
    assert table.num_rows == len(records)
    assert len(pd.read_json(tmp_path / "articles.jsonl", lines=True)) == len(records)


def test_the_ledger_gives_every_page_back(tmp_path: Path) -> None:
    scene = newspaper()
    write(scene.result(), tmp_path, inputs=[], config=Config())
    assert pq.read_schema(tmp_path / "ledger.parquet").names == list(COLUMNS)
    frame = pd.read_parquet(tmp_path / "ledger.parquet")
    for page in scene.pages:
        rows = frame[frame.page == page.id]
        assert "".join(page.text[a:b] for a, b in zip(rows.start, rows.end, strict=True)) == page.text
    assert frame.action.value_counts().to_dict() == {
        "kept": 11,
        "blank": 13,
        "duplicate": 2,
        "moved": 1,
        "boilerplate": 1,
        "quarantined": 1,
    }
    moved = frame[frame.action == "moved"].iloc[0]
    assert (moved.article, moved.position, moved.runner_up, moved.score) == ("p0001-01", 5, "p0002-01", 0.91)


def test_running_again_changes_nothing_and_another_order_neither(tmp_path: Path, inputs: list[Path]) -> None:
    out, other = tmp_path / "cleaned", tmp_path / "other"
    result = newspaper().result()
    write(result, out, inputs=inputs, config=Config())
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    write(result, out, inputs=inputs, config=Config())
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.*")} == {
        path: time for path, time in times.items() if path.suffix
    }
    write(result, other, inputs=inputs[::-1], config=Config())
    assert contents(out) == contents(other)


def test_an_account_that_does_not_add_up_is_not_written(tmp_path: Path) -> None:
    result = newspaper().result()
    with pytest.raises(LedgerError, match="p0002 at"):
        write(replace(result, placements=result.placements[:-1]), tmp_path / "out", inputs=[], config=Config())
    assert not (tmp_path / "out").exists()


def test_an_unsafe_id_is_refused(tmp_path: Path) -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("一", "../a", 0)
    with pytest.raises(LedgerError, match="not safe as a file name"):
        write(scene.result(), tmp_path, inputs=[], config=Config())
    assert list(tmp_path.rglob("*.md")) == []


def test_an_input_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"p1\.txt: cannot be read again"):
        write(newspaper().result(), tmp_path / "out", inputs=[tmp_path / "p1.txt"], config=Config())


def test_an_output_folder_among_the_inputs(tmp_path: Path, inputs: list[Path]) -> None:
    with pytest.raises(OutputError, match="inside the input folder"):
        write(newspaper().result(), inputs[0] / "out", inputs=inputs, config=Config())


def test_a_name_in_no_encoding(tmp_path: Path) -> None:
    scene = Scene()
    scene.page("p1", source="raw/\udcb9\udce3.txt")
    scene.row("一", "a", 0)
    write(scene.result(), tmp_path, inputs=[], config=Config())
    assert "file: raw/\\udcb9\\udce3.txt" in (tmp_path / "articles/a.md").read_text("utf-8")


def test_a_run_without_pages(tmp_path: Path) -> None:
    write(Scene().result(), tmp_path, inputs=[], config=Config())
    assert (tmp_path / "articles.jsonl").read_bytes() == b""
    assert len(pd.read_parquet(tmp_path / "ledger.parquet")) == 0


def test_a_disk_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("unsplice.write.outbox.os.fsync", full)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write(newspaper().result(), tmp_path, inputs=[], config=Config())
    assert list(tmp_path.glob("*.*")) == []


def test_roles_of_rows_without_role_in_an_article_are_a_fault(tmp_path: Path) -> None:
    scene = Scene()
    scene.page("p1")
    scene.row("一", "a", 0, role=None, action=Action.MOVED)
    with pytest.raises(LedgerError, match="moved but without"):
        write(scene.result(), tmp_path, inputs=[], config=Config())
