"""The formats that articles are written in, and that what is written loads in what people load it with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.json
import pyarrow.parquet as pq
import pytest
from unsplice.config import Config, WriteConfig
from unsplice.write import layouts
from unsplice.write.layouts import plain
from unsplice.write.write import write

from tests.builders import Scene, newspaper

ALWAYS = {"articles.jsonl", "ledger.parquet", "report.html", "manifest.json"}
IDS = ("p0001-01", "p0001-02", "p0002-01", "p0002-02")


def written(out: Path, form: str, scene: Scene | None = None) -> set[str]:
    """Writes a run in a format; the names of all files that are there then."""
    config = Config(write=WriteConfig(format=form))
    write((scene or newspaper()).result(), out, inputs=[], config=config)
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def lines(out: Path) -> list[dict[str, Any]]:
    """The articles as they were written; there are some, or nothing would be compared with them."""
    found = [json.loads(line) for line in (out / "articles.jsonl").read_text("utf-8").splitlines()]
    assert found
    return found


FILES = {
    "md": {f"articles/{name}.md" for name in IDS},
    "txt": {f"articles/{name}.txt" for name in IDS},
    "json": {f"articles/{name}.json" for name in IDS},
    "jsonl": set(),
    "parquet": {"articles.parquet"},
}


@pytest.mark.parametrize("form", FILES)
def test_what_is_written(tmp_path: Path, form: str) -> None:
    assert written(tmp_path, form) == ALWAYS | FILES[form]
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert {item["name"] for item in manifest["outputs"]} == (ALWAYS | FILES[form]) - {"manifest.json"}
    assert manifest["config"]["write"] == {"format": form}


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("before", FILES)
def test_another_format_takes_the_place_of_the_first(tmp_path: Path, before: str, form: str) -> None:
    written(tmp_path, before)
    assert written(tmp_path, form) == ALWAYS | FILES[form]
    assert (tmp_path / "articles").exists() == any("/" in name for name in FILES[form])


def test_files_of_others_stay(tmp_path: Path) -> None:
    written(tmp_path, "md")
    (tmp_path / "articles" / "notes.txt").write_text("mine")
    assert written(tmp_path, "parquet") == ALWAYS | {"articles.parquet", "articles/notes.txt"}


def test_the_same_lines_in_every_format(tmp_path: Path) -> None:
    found = set()
    for form in FILES:
        written(tmp_path / form, form)
        found.add((tmp_path / form / "articles.jsonl").read_bytes())
    assert len(found) == 1


def test_text(tmp_path: Path) -> None:
    written(tmp_path, "txt")
    text = (tmp_path / "articles/p0001-01.txt").read_text("utf-8")
    assert text == (
        "鹭笛“桨王赛”: 一村人的龙舟情\n\n入夏以后，比日头更火热的是河面。\n\n文/郦一 图/揭二\n\n"
        "家家有船桨 月月有比赛\n\n据介绍,本届比赛共有21支船队参加。\n\n图为比赛现场。\n\n乡亲们说，明年还要再来。\n"
    )


def test_text_without_a_title_begins_with_an_empty_line(tmp_path: Path) -> None:
    written(tmp_path, "txt")
    assert (tmp_path / "articles/p0002-02.txt").read_text("utf-8") == "\n\n另有消息说，新校舍下月启用。\n"
    (article,) = [a for a in newspaper().result().articles if a.id == "p0001-02"]
    empty = replace(article, paragraphs=(replace(article.paragraphs[0], text=""),))
    assert plain(empty) == "旧桥改造完工\n"


def test_json_is_the_line_indented(tmp_path: Path) -> None:
    written(tmp_path, "json")
    for record in lines(tmp_path):
        text = (tmp_path / f"articles/{record['id']}.json").read_text("utf-8")
        assert json.loads(text) == record
        assert text.startswith('{\n  "id": "p000')
        assert text.endswith("}\n")


@pytest.mark.parametrize(("form", "link"), [("md", ".md"), ("txt", ".txt"), ("json", ".json"), ("parquet", "")])
def test_the_report_links_to_the_files_that_are_there(tmp_path: Path, form: str, link: str) -> None:
    written(tmp_path, form)
    report = (tmp_path / "report.html").read_text("utf-8")
    assert ("articles/p0001-01" in report) == bool(link)
    assert f'href="articles/p0001-01{link}"' in report or not link


# ---- loading it again


def same(row: dict[str, Any], record: dict[str, Any]) -> bool:
    """Is a row the record, where fields that a record lacks are null?"""
    metadata = {key: value for key, value in row["metadata"].items() if value is not None or key in record["metadata"]}
    return {**row, "metadata": metadata} == record


def test_the_table_holds_what_the_lines_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "ROWS", 3)
    written(tmp_path, "parquet")
    rows, records = pq.read_table(tmp_path / "articles.parquet").to_pylist(), lines(tmp_path)
    assert len(rows) == len(records) == 4
    assert all(same(row, record) for row, record in zip(rows, records, strict=True))


def test_the_types_of_the_table_are_those_of_any_run(tmp_path: Path) -> None:
    written(tmp_path / "some", "parquet")
    written(tmp_path / "none", "parquet", Scene())
    some, none = (pq.read_schema(tmp_path / name / "articles.parquet") for name in ("some", "none"))
    assert some == none
    assert some.field("metadata").type.field("sources").type.value_type.field("lines").type == pa.list_(pa.int64())
    assert not {"null"} & set(str(some).split())


def test_the_table_is_the_same_when_written_again(tmp_path: Path) -> None:
    written(tmp_path, "parquet")
    before = (tmp_path / "articles.parquet").stat().st_mtime_ns
    written(tmp_path, "parquet")
    assert (tmp_path / "articles.parquet").stat().st_mtime_ns == before


def test_a_field_without_a_type_is_not_left_out_in_silence(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="without a type"):
        layouts.write_table([{"id": "a", "more": 1}], tmp_path / "a.parquet")


def test_pandas_loads_both(tmp_path: Path) -> None:
    written(tmp_path, "parquet")
    frame = pd.read_json(tmp_path / "articles.jsonl", lines=True)
    table = pd.read_parquet(tmp_path / "articles.parquet")
    assert list(frame.columns) == list(table.columns) == ["id", "title", "text", "paragraphs", "metadata"]
    assert frame["text"].tolist() == table["text"].tolist() == [record["text"] for record in lines(tmp_path)]
    assert frame["id"].tolist() == table["id"].tolist() == list(IDS)
    assert table["title"].isna().tolist() == [False, False, False, True]
    assert table["metadata"][0]["byline"] == frame["metadata"][0]["byline"] == "文/郦一 图/揭二"


def test_arrow_loads_the_lines(tmp_path: Path) -> None:
    """By itself it takes a date for a time; told the types, it doesn't."""
    written(tmp_path, "jsonl")
    table = pyarrow.json.read_json(tmp_path / "articles.jsonl")
    assert table.column("text").to_pylist() == [record["text"] for record in lines(tmp_path)]
    types = pyarrow.json.ParseOptions(explicit_schema=layouts._schema())
    rows = pyarrow.json.read_json(tmp_path / "articles.jsonl", parse_options=types).to_pylist()
    assert all(same(row, record) for row, record in zip(rows, lines(tmp_path), strict=True))
