"""What each command reads: the table in README, tried on a file of every format."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from unsplice.config import ReadConfig
from unsplice.corpus.read import open_corpus, read_documents
from unsplice.errors import InputError
from unsplice.learn.articles import read_articles
from unsplice.model import Page
from unsplice.read.pages import find_sources, read_source
from unsplice.read.text import text_blocks

README = Path(__file__).parent.parent / "README.md"
PARAGRAPHS = [
    "柳垛镇渡口昨日复航，首班渡船载客四十余人，船票仍是两元，学生凭证免票，老人由船工搀扶上船。",
    "船工匡海生说，汛期停航整整三周，他每天到渡口量一次水位，这一天总算等到了，连夜把船擦了一遍。",
    "镇上还打算在对岸修一座候船亭，入冬以前完工，到时候等船的人不必再站在风口里，也有地方避雨。",
]
TEXT = "\n".join(PARAGRAPHS)
RECORDS = [
    {"id": "a1", "title": "柳垛镇渡口复航", "text": TEXT, "date": "2031-05-06"},
    {
        "id": "a2",
        "title": "望礁区添了新渡船",
        "text": TEXT.replace("柳垛", "望礁").replace("。", "！"),
        "date": "2031-05-07",
    },
]
LINES = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: pa.compress(data, codec="zstd", asbytes=True),
}


def delimited(delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(RECORDS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(RECORDS)
    return stream.getvalue()


TEXTS = {
    "none": TEXT,
    ".txt": TEXT,
    ".md": f"---\nid: a1\ntitle: 柳垛镇渡口复航\ndate: 2031-05-06\n---\n\n{TEXT}\n",
    ".html": f"<html><title>复航</title><body><h1>复航</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>",
    ".jsonl": LINES,
    ".json": json.dumps(RECORDS, ensure_ascii=False, indent=2),
    ".csv": delimited(","),
    ".tsv": delimited("\t"),
    "-": LINES,
}
TEXTS |= {".htm": TEXTS[".html"], ".ndjson": LINES} | dict.fromkeys((".xml", ".pdf", ".docx", ".mhtml"), TEXT)


def data(ending: str, codec: str = "utf-8") -> bytes:
    """A small file of a format."""
    stream = io.BytesIO()
    if ending == ".parquet":
        pq.write_table(pa.Table.from_pylist(RECORDS), stream)
    elif ending == ".zip":
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("inner/day.jsonl", LINES.encode(codec))
    else:
        return TEXTS[ending].encode(codec)
    return stream.getvalue()


def pages(name: str, config: ReadConfig) -> list[str]:
    found = [page for source in find_sources([name]) for page in read_source(source, config)]
    return [page.text for page in found if isinstance(page, Page)]


def documents(name: str, config: ReadConfig) -> list[str]:
    return [text for batch in read_documents(open_corpus([name], config), bad=lambda _: None) for text in batch.texts]


def articles(name: str, config: ReadConfig) -> list[str]:
    return ["\n".join(article.paragraphs) for article in read_articles(name, config)]


def tidied(name: str, config: ReadConfig) -> list[str]:
    return ["".join(text for _, text in text_blocks(name, config))]


COMMANDS = {"`run`, `check`": pages, "`dedup`": documents, "`eval`, `learn`": articles, "`tidy`": tidied}


def table() -> list[dict[str, str]]:
    """The rows of the table in README, by the words of its head."""
    section = README.read_text(encoding="utf-8").partition("## What goes in\n")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]
    end = next((at for at, row in enumerate(rows) if len(row) != len(rows[0])), len(rows))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:end]]


def endings(row: dict[str, str]) -> list[str]:
    return re.findall(r"`(-|\.\w+)`", row["ending"]) + ["none"] * ("none" in row["ending"])


CELLS = [
    (ending, command, row[command] == "yes", row["packed"] == "yes")
    for row in table()
    for ending in endings(row)
    for command in COMMANDS
]


def test_the_table_is_whole() -> None:
    assert {ending for ending, *_ in CELLS} == TEXTS.keys() | {".parquet", ".zip"}
    assert all(row[column] in ("yes", "no") for row in table() for column in [*COMMANDS, "packed"])


@pytest.mark.parametrize(("ending", "command", "reads", "packed"), CELLS)
def test_what_each_command_reads(
    ending: str, command: str, reads: bool, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for packing, pack in PACK.items():
        if ending == "-" and packing:
            continue
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(pack(data(ending)))))
        file = tmp_path / f"day{'' if ending == 'none' else ending}{packing}"
        file.write_bytes(pack(data(ending)))
        try:
            found = COMMANDS[command]("-" if ending == "-" else str(file), ReadConfig())
        except InputError:
            found = []
        assert any("渡口昨日复航" in text for text in found) == (reads and (packed or not packing)), packing


READ = [
    (ending, command)
    for ending, command, reads, _ in CELLS
    if reads and ending not in ("-", "none", ".parquet", ".zip")
]


@pytest.mark.parametrize(("ending", "command"), [*READ, (".zip", "`dedup`"), (".zip", "`run`, `check`")])
def test_the_encoding_changes_nothing(ending: str, command: str, tmp_path: Path) -> None:
    expected = None
    for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        for packing, pack in PACK.items():
            if packing and ending == ".zip":
                continue
            file = tmp_path / f"day{ending}{packing}"
            file.write_bytes(pack(data(ending, codec)))
            found = COMMANDS[command](str(file), ReadConfig())
            expected = expected or found
            assert found == expected, (codec, packing)


@pytest.mark.parametrize("command", ["`run`, `check`", "`dedup`", "`eval`, `learn`"])
@pytest.mark.parametrize("ending", [".jsonl", ".json", ".csv", ".tsv", ".parquet"])
def test_columns_may_have_other_names(
    ending: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"text": "正文", "id": "编号", "title": "标题", "date": "日期"}
    monkeypatch.setattr(f"{__name__}.RECORDS", [{names[key]: each[key] for key in each} for each in RECORDS])
    for name, text in ((".csv", delimited(",")), (".tsv", delimited("\t")), (".json", json.dumps(RECORDS))):
        monkeypatch.setitem(TEXTS, name, text)
    monkeypatch.setitem(TEXTS, ".jsonl", "".join(json.dumps(record) + "\n" for record in RECORDS))
    file = tmp_path / f"day{ending}"
    file.write_bytes(data(ending))
    found = COMMANDS[command](str(file), ReadConfig(**names))
    assert found[0] == TEXT
    with pytest.raises(InputError, match='no field or column "内容": it has 编号, 标题, 正文, 日期; name the one'):
        COMMANDS[command](str(file), ReadConfig(**{**names, "text": "内容"}))
