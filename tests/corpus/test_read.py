"""Reading a corpus: formats, packings, units, ids, and what holds no document."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.corpus.read import open_corpus, read_documents
from unsplice.corpus.units import Unit, divided, numbered
from unsplice.errors import InputError
from unsplice.model import SetAside

QUAY = "沅汐镇的新码头昨天启用，可同时停靠六条渔船。\n镇长郗望川说，下一步还要修一条通往鱼市的路。"
SCHOOL = "岚坪县第三小学添了一间木工教室，\u2028学生每周上两节课。教师臧雨禾带来了自己做的“小板凳”。"
ORCHARD = "稔溪乡的梨园进入采摘期。\n\n果农们凌晨四点下地，\n第一车梨中午就到了县城。\n \t\n今年的价格比去年高一成。"
DOCUMENTS = [("quay", QUAY), ("school", SCHOOL), ("orchard", ORCHARD)]
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]),  # as `cat a.gz b.gz` makes it
    ".zst": lambda data: pa.compress(data, codec="zstd", asbytes=True),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def jsonl(*records: object) -> bytes:
    return b"".join(orjson.dumps(record) + b"\n" for record in records)


def objects() -> list[dict[str, str]]:
    return [{"id": id_, "text": text, "date": "2031-09-02"} for id_, text in DOCUMENTS]


def delimited(rows: list[list[str]], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def table(**columns: object) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, row_group_size=2)
    return stream.getvalue()


def content(ending: str) -> bytes:
    rows = [list(each.values()) for each in objects()]
    match ending:
        case ".jsonl" | ".ndjson":
            return jsonl(*objects())
        case ".json":
            return json.dumps(objects(), ensure_ascii=False, indent=2).encode()
        case ".csv" | ".tsv":
            return delimited([["id", "text", "date"], *rows], "\t" if ending == ".tsv" else ",")
    return table(id=[r[0] for r in rows], text=[r[1] for r in rows], date=[r[2] for r in rows])


def save(folder: Path, name: str, data: bytes | str) -> Path:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder / name


def read(
    *files: Path, unit: Unit = Unit.DOCUMENT, rows: int = 20_000, **settings: Any
) -> tuple[list[tuple[str, str]], list[tuple[int | None, str]]]:
    """The documents as (id, text), and what is set aside as (line, reason)."""
    bad: list[SetAside] = []
    corpus = open_corpus([str(file) for file in files], ReadConfig(**settings), unit)
    batches = list(read_documents(corpus, rows=rows, bad=bad.append))
    assert all(0 < len(b.ids) == len(b.texts) <= rows for b in batches)
    assert {b.source for b in bad} <= set(map(str, files))
    found = [pair for b in batches for pair in zip(b.ids, b.texts, strict=True)]
    assert all(b.remedy.endswith(".") for b in bad)
    return found, [(b.record, b.reason) for b in bad]


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".json", ".csv", ".tsv"])
def test_formats_and_packings(ending: str, packed: str, tmp_path: Path) -> None:
    file = save(tmp_path, f"news{ending}{packed}", PACK[packed](content(ending)))
    assert read(file) == (DOCUMENTS, [])


@pytest.mark.parametrize("packed", PACK)
def test_a_text_file_is_one_document(packed: str, tmp_path: Path) -> None:
    file = save(tmp_path, f"2031.09.TXT{packed.upper()}", PACK[packed](ORCHARD.replace("\n", "\r\n").encode()))
    assert read(file) == ([("2031.09", ORCHARD.replace("\n", "\r\n"))], [])


def test_parquet(tmp_path: Path) -> None:
    assert read(save(tmp_path, "news.parquet", content(".parquet"))) == (DOCUMENTS, [])


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())], ids=str)
def test_types_of_strings_in_parquet(kind: pa.DataType, tmp_path: Path) -> None:
    file = save(tmp_path, "news.parquet", table(id=[7, 8, None], text=pa.array([QUAY, QUAY, SCHOOL], kind)))
    assert read(file) == ([("7", QUAY), ("8", QUAY), ("news:3", SCHOOL)], [])


TEXT_OF_UNITS = {
    Unit.DOCUMENT: [ORCHARD],
    Unit.PARAGRAPH: [
        "稔溪乡的梨园进入采摘期。",
        "果农们凌晨四点下地，\n第一车梨中午就到了县城。",
        "今年的价格比去年高一成。",
    ],
    Unit.LINE: [
        "稔溪乡的梨园进入采摘期。",
        "果农们凌晨四点下地，",
        "第一车梨中午就到了县城。",
        "今年的价格比去年高一成。",
    ],
}


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("ending", [".jsonl", ".json", ".parquet", ".csv"])
def test_units_of_records(ending: str, unit: Unit, tmp_path: Path) -> None:
    found, _ = read(save(tmp_path, f"news{ending}", content(ending)), unit=unit)
    texts = TEXT_OF_UNITS[unit]
    ids = ["orchard"] if unit is Unit.DOCUMENT else [f"orchard:{n}" for n in range(1, len(texts) + 1)]
    assert [pair for pair in found if pair[0].startswith("orchard")] == list(zip(ids, texts, strict=True))
    assert [text for id_, text in found if id_.startswith("school")] == [SCHOOL]


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("unit", "ids"), [(Unit.PARAGRAPH, ["p:2", "p:4", "p:7"]), (Unit.LINE, ["p:2", "p:4", "p:5", "p:7"])]
)
def test_units_of_text_files(unit: Unit, ids: list[str], break_: str, tmp_path: Path) -> None:
    file = save(tmp_path, "p.txt", f"\ufeff\u3000\n{ORCHARD}\n\n".replace("\n", break_))
    assert read(file, unit=unit) == (list(zip(ids, TEXT_OF_UNITS[unit], strict=True)), [])


BREAKS = st.sampled_from(["\n", "\r\n", "\r", " ", "\u3000", "\u2028", "\x1c", "潮", "渡口"])


@given(st.lists(BREAKS).map("".join), st.sampled_from([Unit.PARAGRAPH, Unit.LINE]))
def test_texts_and_text_files_are_divided_alike(text: str, unit: Unit) -> None:
    streamed = [part for _, part in numbered(io.StringIO(text, newline=None), unit)]
    parts = divided(text, unit)
    assert [part.replace("\r\n", "\n").replace("\r", "\n") for part in parts] == streamed
    assert [again for part in parts for again in divided(part, unit)] == parts
    assert "".join("".join(parts).split()) == "".join(text.split())


ID_CASES: list[tuple[bytes, str]] = [
    (b'"sluice"', "sluice"),
    (b"7", "7"),
    (b"0", "0"),
    (b"-12", "-12"),
    (b"1.50", "1.50"),
    (b"123456789012345678901234567890", "123456789012345678901234567890"),
    (b'""', "day:2"),
    (b"null", "day:2"),
    (b"true", "day:2"),
    (b"[1]", "day:2"),
    (b'{"id": 3}', "day:2"),
]


@pytest.mark.parametrize(("given_id", "expected"), ID_CASES)
def test_ids_of_json(given_id: bytes, expected: str, tmp_path: Path) -> None:
    record = b'{"more": {"id": 5.5}, "id": %s, "text": "%s"}' % (given_id, "堤".encode())
    file = save(tmp_path, "day.jsonl", b"\n" + record)
    assert read(file) == ([(expected, "堤")], [])


def test_ids_of_tables(tmp_path: Path) -> None:
    decimals = pa.array([Decimal("1.50"), None], pa.decimal128(5, 2))
    first = save(tmp_path, "a.parquet", table(id=decimals, text=["堤", "坝"]))
    second = save(tmp_path, "b.csv", delimited([["text", "nr"], ["渠", "4"], [], ["闸", ""]]))
    third = save(tmp_path, "c.parquet", table(id=[1.5, float("nan")], text=["桥", "渡"]))
    assert [id_ for id_, _ in read(first, second, third)[0]] == ["1.50", "a:2", "b:1", "b:2", "1.5", "c:2"]
    assert [id_ for id_, _ in read(second, id="nr")[0]] == ["4", "b:2"]


BAD_LINES: list[tuple[bytes, str]] = [
    (b"not json", "not JSON"),
    (b'{"id": "x", "text": "cut off', "not JSON"),
    (b'{"text": NaN}', "not JSON"),
    (b'{"id": "x", "text": "\xff\xfe\xff\xfe\xff\xfe\xff\xfe"}', "undecodable"),
    ("沅汐镇".encode("gb18030"), "not JSON"),
    (b"[1, 2]", "not JSON"),
    (b'"text"', "not JSON"),
    (b"null", "not JSON"),
    (b'{"id": "x"}', "no text field"),
    (b'{"text": null}', "no text field"),
    (b'{"text": ["x"]}', "no text field"),
    (b'{"text": ""}', "empty"),
    ('{"text": "\u3000\\n "}'.encode(), "empty"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_bad_lines(line: bytes, reason: str, tmp_path: Path) -> None:
    good = jsonl({"text": QUAY})
    found, bad = read(save(tmp_path, "day.jsonl", good + b"\n" + line + b"\r\n" + good))
    assert found == [("day:1", QUAY), ("day:4", QUAY)]
    assert [(number, each.partition(":")[0]) for number, each in bad] == [(3, reason)]


def test_bad_members_of_an_array(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf [\n{"text":\n"a[,]b"}, {"text": "\xff"}, {"text": NaN}, 5, {"text": "\\u6e20"}\n]\n'
    found, bad = read(save(tmp_path, "day.json", data))
    assert found == [("day:1", "a[,]b"), ("day:2", "\ufffd"), ("day:5", "渠")]
    assert [number for number, _ in bad] == [3, 4]


def test_json_may_be_lines(tmp_path: Path) -> None:
    assert read(save(tmp_path, "day.json", b"\n" + jsonl(*objects()))) == (DOCUMENTS, [])


def test_bad_rows(tmp_path: Path) -> None:
    rows = 'text,n\r\n"沅汐镇\r\n码头",1\r\n\r\n渠,\xff,3\n  ,4\n"a"b,5\n,6\n"闸ÿ",7\n堤,8\n"坝,9'.encode()
    found, bad = read(save(tmp_path, "day.csv", rows.replace("ÿ".encode(), b"\xff")))
    assert found == [("day:1", "沅汐镇\r\n码头"), ("day:6", "闸\ufffd"), ("day:7", "堤")]
    reasons = ["not a row: 3 columns, and not 2 as in the header", "empty", "not a row: ", "empty", "not a row: "]
    assert all(each.startswith(reason) for (_, each), reason in zip(bad, reasons, strict=True)), bad
    assert [number for number, _ in bad] == [2, 3, 4, 5, 8]


def test_long_fields_and_quotes_that_never_end(tmp_path: Path) -> None:
    book = QUAY * 5000
    assert read(save(tmp_path, "day.csv", delimited([["text"], [book]]))) == ([("day:1", book)], [])
    file = save(tmp_path, "day.csv", 'text\n渠\n"沅汐镇的新码头\n昨天启用，可同时停靠六条渔船\n闸\n堤\n')
    found, bad = read(file, max_bytes=20)
    assert found == [("day:1", "渠"), ("day:3", "闸"), ("day:4", "堤")]
    assert bad == [(2, "not a row: field larger than field limit (20)")]


def test_bad_rows_of_parquet(tmp_path: Path) -> None:
    ends = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, 1, 2, 3, 3)))
    column = pa.StringArray.from_buffers(4, ends, pa.py_buffer(b"a\xffb"))
    first = save(tmp_path, "a.parquet", table(text=column))
    second = save(tmp_path, "b.parquet", table(text=["x", None]))
    found, bad = read(first, second)
    assert found == [("a:1", "a"), ("a:2", "\ufffd"), ("a:3", "b"), ("b:1", "x")]
    assert bad == [(4, "empty"), (2, "no text field")]


@pytest.mark.parametrize("beside", [{"text": QUAY}, {"text": ""}, {"text": "\ud800"}])
def test_nul_in_a_text_is_marked_whatever_stands_beside_it(beside: dict[str, str], tmp_path: Path) -> None:
    lines = [json.dumps(each) for each in (beside, {"id": "a\0", "text": "岚坪\0县"})]
    found, _ = read(save(tmp_path, "day.jsonl", "\n".join(lines)))
    assert found[-1] == ("a\ufffd", "岚坪\ufffd县")


def test_bad_bytes_in_text_files(tmp_path: Path) -> None:
    data = "岚坪县\n\n稔溪乡\n".encode() + b"\xe5\xb2\n\n" + "沅汐镇".encode()
    file = save(tmp_path, "day.txt", data)
    assert read(file, unit=Unit.PARAGRAPH) == (
        [("day:1", "岚坪县"), ("day:3", "稔溪乡\n\ufffd"), ("day:6", "沅汐镇")],
        [],
    )
    assert read(file)[0] == [("day", "岚坪县\n\n稔溪乡\n\ufffd\n\n沅汐镇")]
    damaged = save(tmp_path, "b.txt", f"{QUAY}\n".encode() + b"\xff" * 18 + f"\n{SCHOOL}".encode())
    found, told = read(damaged, unit=Unit.LINE)
    assert [text for _, text in found] == [*QUAY.splitlines(), SCHOOL]
    assert told == [(3, "undecodable: 18 of 18 characters are damaged")]


@pytest.mark.parametrize("ending", [".jsonl", ".json", ".csv", ".txt", ".jsonl.gz"])
@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_files_without_anything_beside_others(ending: str, data: bytes, tmp_path: Path) -> None:
    if ending == ".csv":
        data = b"" if data.strip() else data.replace(b" ", b"")
    if ending.endswith(".gz"):
        data = gzip.compress(data)
    file = save(tmp_path, f"none{ending}", data)
    assert read(file, save(tmp_path, "some.jsonl", jsonl(*objects())), file)[0] == DOCUMENTS


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("break_", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_marks_and_breaks(bom: bytes, break_: bytes, last: bool, tmp_path: Path) -> None:
    lines = jsonl(*objects()).replace(b"\n", break_)
    rows = content(".csv").replace(b"\r\n", break_)
    for name, data in (("a.jsonl", lines), ("b.csv", rows)):
        file = save(tmp_path, name, bom + (data if last else data.removesuffix(break_)))
        assert read(file) == (DOCUMENTS, [])


def test_batches_end_by_rows_and_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [save(tmp_path, f"{n}.jsonl", jsonl(*objects())) for n in range(5)]
    for rows in (1, 2, 7, 100):
        assert read(*files, rows=rows) == (DOCUMENTS * 5, [])
    monkeypatch.setattr("unsplice.corpus.read.LONGEST_BATCH", len(QUAY))
    corpus = open_corpus(list(map(str, files)), ReadConfig())
    assert len(list(read_documents(corpus, bad=print))) == 5


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    files = [
        save(tmp_path, "a.jsonl", jsonl({"nr": 1, "body": "渠", "text": "x"})),
        save(tmp_path, "b.csv", "body,nr\n闸,2\n"),
        save(tmp_path, "c.parquet", table(nr=[3], body=["堤"])),
        save(tmp_path, "d.txt", "坝"),
    ]
    assert read(*files, text="body", id="nr") == ([("1", "渠"), ("2", "闸"), ("3", "堤"), ("d", "坝")], [])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", jsonl({"n": 1, "text": "x"})),
        ("a.json", b'[{"n": 1, "text": "x"}]'),
        ("a.csv", b"n,text\n1,x\n"),
        ("a.parquet", table(n=[1], text=["x"])),
    ],
)
def test_a_field_that_was_asked_for_and_is_not_there(name: str, data: bytes, tmp_path: Path) -> None:
    file = save(tmp_path, name, data)
    for key in ("text", "id"):
        with pytest.raises(InputError) as error:
            read(file, **{key: "body"})
        told = f'{file}: no field or column "body": it has n'
        assert str(error.value).startswith(told)
        assert str(error.value).endswith(f"; name the one that holds the {key} with --{key}")
    assert read(file, title="body", date="day")[0] == [("a:1", "x")]  # dedup asks for neither


NOTHING: list[tuple[str, bytes, str]] = [
    ("a.jsonl", b"", "empty."),
    ("a.jsonl", b"not json\n", "1: not JSON: "),
    ("a.jsonl", b'{"id": 1, "txt": "x"}\n', "1: no text field: it has id, txt. "),
    ("a.jsonl", b'{"id": 1, "text": ""}\n', "1: empty."),
    ("a.json", b'[{"id": 1, "txt": "x"}]', "1: no text field: it has id, txt. "),
    ("a.json", b"[]", "empty."),
    ("a.csv", b"id,Text\n1,x\n", "no text column: it has id, Text. "),
    ("a.csv", b"id,text\n", "empty."),
    ("a.parquet", table(n=[1], body=["x"], text=[3]), "no text column: it has n (int64), body, text (int64). "),
    ("a.txt", b"  \n", "empty."),
    ("a.pdf", b"%PDF", "unknown format: .pdf. "),
]


@pytest.mark.parametrize(("name", "data", "message"), NOTHING)
def test_no_document_at_all(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    file = save(tmp_path, name, data)
    with pytest.raises(InputError) as error:
        read(file)
    assert str(error.value).startswith(f"{file}:{'' if message[0].isdigit() else ' '}{message}")


def test_an_error_names_few_of_many_files(tmp_path: Path) -> None:
    files = [save(tmp_path, f"{n}.jsonl", b"") for n in range(5)]
    with pytest.raises(InputError, match=r"0\.jsonl: empty.* .*1\.jsonl: .* .*2\.jsonl: empty.* and more$"):
        read(*files)


@pytest.mark.parametrize("packed", [".gz", ".zst", ".bz2", ".xz"])
@pytest.mark.parametrize("damage", [lambda d: d[:-9], lambda d: d[: len(d) // 2], lambda _: b"no such format"])
@pytest.mark.parametrize("ending", [".jsonl", ".json", ".csv", ".txt"])
def test_damaged_packings(ending: str, packed: str, damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data = QUAY.encode() if ending == ".txt" else content(ending)
    bad = save(tmp_path, f"day{ending}{packed}", damage(PACK[packed](data)))
    found, told = read(bad, save(tmp_path, "z.txt", "渠"))
    assert found == [*DOCUMENTS[: len(found) - 1], ("z", "渠")]  # what stands before the damage goes on
    assert [reason.partition(":")[0] for _, reason in told] == ["damaged"]


BROKEN: list[tuple[str, bytes]] = [
    ("a.parquet", b""),
    ("a.parquet", b"no such format"),
    ("a.parquet", content(".parquet")[:-20]),
    ("a.json", content(".json")[:-20]),
    ("a.json", b'[{"text": "x"} {"text": "x"}]'),
    ("a.json", b"[" * 5000),
    ("a.csv", b"text,text\nx,y\n"),
    ("a.csv", b"text,\xff\nx,y\n"),
]


@pytest.mark.parametrize(("name", "data"), BROKEN)
def test_broken_files(name: str, data: bytes, tmp_path: Path) -> None:
    found, told = read(save(tmp_path, name, data), save(tmp_path, "z.txt", "渠"))
    assert found[-1] == ("z", "渠")
    assert [reason.partition(":")[0] for _, reason in told] in (["damaged"], ["not JSON"])


def test_files_that_are_found(tmp_path: Path) -> None:
    for folder in ("b", ".git", "b/deep"):
        (tmp_path / folder).mkdir()
    names = ["z.jsonl", "a.txt.gz", "b/c.PARQUET", "b/deep/d.json.zst", "b/a.tsv", "notes.md"]
    for name in [*names, ".git/x.txt", "b/.hidden.txt", "README.md", "c.parquet.gz", "jsonl", "a.pdf"]:
        save(tmp_path, name, b"x")
    (tmp_path / "loop").symlink_to(tmp_path)

    def found(*paths: Path) -> list[str]:
        sources = open_corpus([str(path) for path in paths], ReadConfig()).sources
        return [Path(source.name).relative_to(tmp_path).as_posix() for source in sources]

    assert found(tmp_path) == ["a.txt.gz", "b/a.tsv", "b/c.PARQUET", "b/deep/d.json.zst", "notes.md", "z.jsonl"]
    last, first = tmp_path / "z.jsonl", tmp_path / "a.txt.gz"
    assert found(last, first, last) == ["z.jsonl", "a.txt.gz"]
    assert found(last, tmp_path)[0] == "z.jsonl"
    assert len(found(last, tmp_path)) == len(names)


def test_paths_that_hold_no_documents(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    save(tmp_path, "empty/a.pdf", b"x")
    for name, message in (("none.jsonl", "there is no such file"), ("empty", "holds nothing to read; name files")):
        with pytest.raises(InputError, match=f"{name}'?: {message}"):
            open_corpus([str(tmp_path / name)], ReadConfig())


def test_a_file_that_went_away(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.jsonl.zst", "a.parquet", "a.txt"):
        corpus = open_corpus([str(save(tmp_path, name, b"x"))], ReadConfig())
        (tmp_path / name).unlink()
        with pytest.raises(InputError, match=f"{name}: unreadable: no such file"):
            list(read_documents(corpus, bad=lambda _: None))


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", ["day.txt", "day.jsonl", "day.json", "day.csv", "day.zip"])
def test_other_encodings(name: str, codec: str, unit: Unit, tmp_path: Path) -> None:
    text = "社區中心昨日舉行開放日，逾千名居民到場參觀。\n\n主任表示，將會增設兒童閱讀角，並延長開放時間。"
    record = json.dumps({"text": text, "id": "day"}, ensure_ascii=False)
    data = {
        ".txt": text,
        ".jsonl": record + "\n",
        ".json": f"[\n{record}\n]",
        ".csv": f'id,text\nday,"{text}"\n',
        ".zip": record,
    }[name[3:]].encode(codec)
    if name.endswith(".zip"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("inner/day.jsonl", data)
        data = stream.getvalue()
    found, told = read(save(tmp_path, name, data), unit=unit)
    assert [text for _, text in found] == divided(text, unit)
    assert {id_.partition(":")[0] for id_, _ in found} == {"day"}
    assert not told


def test_standard_input_and_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(jsonl(*objects()))))
    save(tmp_path, "a.txt", QUAY)
    found = [pair for each in read_documents(open_corpus(["-", "*.txt"], ReadConfig()), bad=print)
             for pair in zip(each.ids, each.texts, strict=True)]  # fmt: skip
    assert found == [*DOCUMENTS, ("a", QUAY)]


def test_web_pages_and_markup_in_records(tmp_path: Path) -> None:
    markup = f"<html><head><title>码头</title></head><body><h1>码头</h1><p>{QUAY.splitlines()[0]}</p></body></html>"
    files = [save(tmp_path, "a.html", markup), save(tmp_path, "b.jsonl", jsonl({"html": markup}))]
    text = f"码头\n{QUAY.splitlines()[0]}"
    assert read(*files) == ([("a", text), ("b:1", text)], [])
    found, told = read(*files, unit=Unit.LINE)
    assert [text for _, text in found] == text.splitlines()
    assert told == [(1, "no text field")]
