"""Writing what stays: byte for byte where a record is whole, shortened where it isn't, never out of step."""

from __future__ import annotations

import datetime
import gzip
import json
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.corpus.kept import kept_lines, kept_name, write_kept_parquet
from unsplice.corpus.read import Corpus, open_corpus, read_documents
from unsplice.corpus.units import Unit
from unsplice.errors import InputError
from unsplice.read.json_values import value_span

FERRY = "芦棹镇到鹳屿的渡轮恢复通航。\r\n\r\n船长邬听潮说，头班船坐了六十人。\n\n\n票价仍是三元。"
WELL = "槐塬村打出第一口深井，村民阚小满尝了头一碗水。"
LINES, PARAGRAPHS, WHOLE = Unit.LINE, Unit.PARAGRAPH, Unit.DOCUMENT


def save(folder: Path, name: str, data: bytes | str) -> Path:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder / name


def save_table(folder: Path, name: str, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), folder / name)
    return folder / name


def opened(files: list[Path], unit: Unit) -> Corpus:
    return open_corpus([str(file) for file in files], ReadConfig(), unit)


def lines(files: list[Path], unit: Unit, *kept: int, sound: bool = False) -> bytes:
    return b"".join(kept_lines(opened(files, unit), np.array(kept, dtype=bool), sound=sound))


def table(files: list[Path], unit: Unit, *kept: int) -> Any:
    target = files[0].parent / "kept.parquet"
    write_kept_parquet(opened(files, unit), np.array(kept, dtype=bool), target)
    return pq.read_table(target)


def documents(files: list[Path], unit: Unit) -> list[str]:
    return [text for b in read_documents(opened(files, unit), bad=lambda _: None) for text in b.texts]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.parquet", "b.PARQUET"], "kept.parquet"),
        (["a.parquet", "b.csv"], "kept.jsonl"),
        (["a.jsonl.gz"], "kept.jsonl"),
    ],
)
def test_names(names: list[str], expected: str, tmp_path: Path) -> None:
    assert kept_name(opened([save(tmp_path, name, b"x") for name in names], WHOLE)) == expected


ODD = b'{ "text" :  "\\u69d0\\u586c\\u6751", "id":1.50, "big": 123456789012345678901234567890 }\r'
PLAIN = orjson.dumps({"text": WELL + "\u2028"})


def test_lines_of_json_stay_byte_for_byte(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + ODD + b"\n\nnot json\n" + PLAIN + b"\n\xff\n" + ODD + b"\n" + PLAIN
    for file in (save(tmp_path, "a.jsonl", data), save(tmp_path, "b.ndjson.gz", gzip.compress(data))):
        assert lines([file], WHOLE, 1, 1, 1, 1) == b"\n".join([ODD, PLAIN, ODD, PLAIN, b""])
        assert lines([file], WHOLE, 1, 0, 0, 1) == ODD + b"\n" + PLAIN + b"\n"
        again = save(tmp_path, f"again-{file.name}", file.read_bytes())
        assert lines([file, again], WHOLE, 0, 0, 0, 0, 0, 1, 0, 0) == PLAIN + b"\n"
        assert lines([file], LINES, 1, 1, 1, 1) == b"\n".join([ODD, PLAIN, ODD, PLAIN, b""])


def test_members_of_an_array_become_lines(tmp_path: Path) -> None:
    file = save(tmp_path, "a.json", b'[\r\n  {"n": 1.50,\n   "text": "\\u4e95 [ ]"},  {"text": "b"}\n]')
    assert lines([file], WHOLE, 1, 1) == b'{"n": 1.50,"text": "\\u4e95 [ ]"}\n{"text": "b"}\n'


# Of the three paragraphs: what stays, and the text that is left.
SHORTENED = [
    ((1, 1, 1), FERRY),
    ((1, 1, 0), "芦棹镇到鹳屿的渡轮恢复通航。\n\n船长邬听潮说，头班船坐了六十人。"),
    ((0, 0, 1), "票价仍是三元。"),
    ((0, 0, 0), None),
]


@pytest.mark.parametrize(("kept", "left"), SHORTENED)
def test_records_that_lose_paragraphs(kept: tuple[int, ...], left: str | None, tmp_path: Path) -> None:
    record = {"text": FERRY, "n": "7"}
    expected = [] if left is None else [{"text": left, "n": "7"}]
    csv = save(tmp_path, "a.csv", f'text,n\n"{FERRY}",7\n')
    json = save(tmp_path, "a.jsonl", orjson.dumps(record))
    parquet = save_table(tmp_path, "a.parquet", text=[FERRY], n=["7"])
    for file in (csv, json, parquet):
        assert [orjson.loads(line) for line in lines([file], PARAGRAPHS, *kept).splitlines()] == expected
    assert table([parquet], PARAGRAPHS, *kept).to_pylist() == expected


def test_nothing_but_the_text_of_a_shortened_line_changes(tmp_path: Path) -> None:
    line = b'{"a": {"text": "x\\ny"}, "n": 1.50 ,"text" :"%s\\n\\u4e95\\n\\"", "text2": [{"text": "\\\\"}, 1e400]}\r\n'
    line = (line % WELL.encode()).replace(b"1e400", b"1e-400")
    file = save(tmp_path, "a.jsonl", line)
    expected = line.replace(WELL.encode() + b'\\n\\u4e95\\n\\"', '井\\n\\"'.encode())
    assert lines([file], LINES, 0, 1, 1) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text('a"\\,:{}[]\n\u4e95', max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", '"', "a:"]), inner),
)


@given(st.dictionaries(st.sampled_from(["id", '"', "a:", ",", "n"]), JSON), st.integers(0, 5))
def test_where_a_value_stands(record: dict[str, Any], at: int) -> None:
    items = list(record.items())
    items.insert(at, ("text", 'x"\n'))
    for option in (0, orjson.OPT_INDENT_2):
        line = orjson.dumps(dict(items), option=option)
        start, end = value_span(line, "text")
        assert line[start:end] == b'"x\\"\\n"'


def test_the_last_of_two_fields_of_one_name_counts(tmp_path: Path) -> None:
    file = save(tmp_path, "a.jsonl", b'{"text": "x\\ny", "text": "p\\nq"}\n')
    assert documents([file], LINES) == ["p", "q"]
    assert lines([file], LINES, 0, 1) == b'{"text": "x\\ny", "text": "q"}\n'


def test_text_files(tmp_path: Path) -> None:
    file = save(tmp_path, "d.txt", f"\n{WELL}\n\n票价\n三元\n")
    assert lines([file], WHOLE, 1) == orjson.dumps({"id": "d", "text": file.read_text(encoding="utf-8")}) + b"\n"
    assert lines([file], PARAGRAPHS, 0, 1) == orjson.dumps({"id": "d:4", "text": "票价\n三元"}) + b"\n"
    assert lines([file], LINES, 0, 0, 1) == orjson.dumps({"id": "d:5", "text": "三元"}) + b"\n"


def test_files_of_several_formats(tmp_path: Path) -> None:
    files = [
        save(tmp_path, "a.tsv", f"id\ttext\n1\t{WELL}\n2\t井\n"),
        save_table(
            tmp_path,
            "b.parquet",
            text=["渡", "船"],
            when=pa.array([0, 1], pa.timestamp("ns", "Asia/Shanghai")),
            price=[Decimal("1.50"), None],
            raw=[b"\xff", None],
            tags=[["a"], []],
            share=[float("nan"), 0.5],
        ),
        save(tmp_path, "c.jsonl", PLAIN),
    ]
    found = [orjson.loads(line) for line in lines(files, WHOLE, 1, 0, 1, 0, 1).splitlines()]
    assert found[0] == {"id": "1", "text": WELL}
    assert found[1].pop("when").startswith("1970-01-01")
    assert found[1] == {"text": "渡", "price": "1.50", "raw": "/w==", "tags": ["a"], "share": None}
    assert found[2] == orjson.loads(PLAIN)


def test_parquet_keeps_columns_types_and_order(tmp_path: Path) -> None:
    columns = {
        "n": pa.array([1, 2, 3, None], pa.int16()),
        "text": pa.array([WELL, None, FERRY, WELL]).dictionary_encode(),
        "when": pa.array([datetime.date(2031, 4, 5)] * 4),
        "tags": [["a"], [], None, ["b", "c"]],
    }
    file = save_table(tmp_path, "a.parquet", **columns)
    found = table([file], WHOLE, 1, 0, 1)
    assert found.equals(pq.read_table(file).take([0, 3]))
    assert pq.ParquetFile(tmp_path / "kept.parquet").metadata.row_group(0).column(1).compression == "ZSTD"
    shortened = table([file], PARAGRAPHS, 1, 0, 1, 1, 0)
    assert shortened.schema == pq.read_schema(file)
    assert shortened.column("text").to_pylist() == [WELL, "船长邬听潮说，头班船坐了六十人。\n\n票价仍是三元。"]
    assert shortened.column("n").to_pylist() == [1, 3]


def test_parquet_files_of_unlike_columns(tmp_path: Path) -> None:
    first = save_table(tmp_path, "a.parquet", text=["渡"], n=pa.array([1], pa.int32()))
    second = save_table(tmp_path, "b.parquet", url=["u"], n=[2**40], text=pa.array(["船"], pa.large_string()))
    found = table([first, second], WHOLE, 1, 1)
    assert found.to_pylist() == [{"text": "渡", "n": 1, "url": None}, {"text": "船", "n": 2**40, "url": "u"}]
    third = save_table(tmp_path, "c.parquet", text=["井"], n=[["x"]])
    with pytest.raises(InputError, match=r"c\.parquet: can't be put into one table: .* one by one"):
        table([first, third], WHOLE, 1, 1)


def test_parquet_of_pandas_with_nothing_or_little_left(tmp_path: Path) -> None:
    pd.DataFrame({"text": ["渡", "船", "井"]}).to_parquet(tmp_path / "a.parquet")
    for kept, left in (((0, 0, 0), []), ((0, 1, 0), ["船"])):
        table([tmp_path / "a.parquet"], WHOLE, *kept)
        assert pd.read_parquet(tmp_path / "kept.parquet").text.tolist() == left


def test_row_groups_end_by_rows_and_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = save_table(tmp_path, "a.parquet", text=[f"渡口{n}" for n in range(5000)])
    kept = [n % 2 for n in range(5000)]
    expected = documents([file], WHOLE)[1::2]
    for name, limit in (("GROUP_ROWS", 1000), ("GROUP_BYTES", 20_000)):
        monkeypatch.setattr(f"unsplice.corpus.kept.{name}", limit)
        assert table([file], WHOLE, *kept).column("text").to_pylist() == expected
        assert pq.ParquetFile(tmp_path / "kept.parquet").metadata.num_row_groups == 3


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("count", [0, 1, 100])
def test_files_that_changed_meanwhile(unit: Unit, count: int, tmp_path: Path) -> None:
    files = [save(tmp_path, "a.jsonl", orjson.dumps({"text": FERRY})), save(tmp_path, "b.txt", FERRY)]
    for each in (files, [save_table(tmp_path, "a.parquet", text=[FERRY, FERRY])]):
        for sound in (False, True):
            with pytest.raises(InputError, match=r"holds other documents than when it was first read; let nothing"):
                lines(each, unit, *[1] * count, sound=sound)
    with pytest.raises(InputError, match=r"a\.jsonl.*: holds other documents"):
        lines(files[:1], unit, *[1] * (count + 5), sound=True)
    with pytest.raises(InputError, match=r"a\.parquet: holds other documents"):
        table(each, unit, *[1] * count)


# JSON escapes all control characters but this one, which makes a file of one short line look binary.
CHARS = st.characters(codec="utf-8", exclude_characters="\x7f")
GOOD = st.builds(
    lambda text, id_, space, end: b'{"id":%s,%s"text": %s}%s' % (orjson.dumps(id_), space, orjson.dumps(text), end),
    st.text('渡口井 \n\r\u2028\x1cab"\\', max_size=12).filter(str.strip),
    st.none()
    | st.integers(0, 2**70).map(lambda n: n % 2**63)
    | st.floats(allow_nan=False)
    | st.text(CHARS, max_size=3),
    st.sampled_from([b"", b" ", b"\t"]),
    st.sampled_from([b"", b" ", b"\r"]),
)
NO_GOOD = st.sampled_from([b"", b" ", b"\r", b"{", b"[]", b"\xff", b'{"text": " "}', b'{"text": 1}', b'"text"'])


@given(st.lists(st.tuples(GOOD, st.just(True)) | st.tuples(NO_GOOD, st.just(False))), st.booleans(), st.data())
def test_both_passes_agree(content: list[tuple[bytes, bool]], last: bool, data: st.DataObject) -> None:
    good = [line for line, is_good in content if is_good]
    with tempfile.TemporaryDirectory() as folder:
        file = save(Path(folder), "a.jsonl", b"\n".join(line for line, _ in content) + b"\n" * last)
        if not good:
            with pytest.raises(InputError):
                documents([file], WHOLE)
            return
        for unit in Unit:
            texts = documents([file], unit)
            whole = b"".join(line + b"\n" for line in good)
            assert lines([file], unit, *[1] * len(texts)) == whole
            sound = all(line.strip() == b"" for line, is_good in content if not is_good)
            assert not sound or lines([file], unit, *[1] * len(texts), sound=True) == whole
            stay = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
            kept = lines([file], unit, *stay)
            if any(stay):
                again = documents([save(Path(folder), "b.jsonl", kept)], unit)
                assert again == [text for text, stays in zip(texts, stay, strict=True) if stays]
            else:
                assert not kept


@pytest.mark.parametrize("codec", ["gb18030", "utf-16"])
def test_lines_of_other_encodings_are_written_in_utf8(codec: str, tmp_path: Path) -> None:
    records = [{"text": FERRY, "题": "渡轮"}, {"text": WELL, "题": "深井"}]
    dumped = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    file = save(tmp_path, "a.jsonl", "".join(dumped).encode(codec))
    for sound in (False, True):
        assert lines([file], WHOLE, 0, 1, sound=sound) == dumped[1].encode()
    assert [orjson.loads(line) for line in lines([file], PARAGRAPHS, 1, 0, 0, 1).splitlines()] == [
        {"text": "芦棹镇到鹳屿的渡轮恢复通航。", "题": "渡轮"},
        records[1],
    ]


def test_what_stays_of_a_zip_and_of_web_pages(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.jsonl", orjson.dumps({"text": WELL}))
        archive.writestr("c.md", f"---\ntitle: 深井\nid: c-01\ndate: 2031-05-06\n---\n\n{WELL}\n")
        archive.writestr("d.xml.gz", b"x")
    found = lines([tmp_path / "a.zip"], WHOLE, 1, 1)
    assert [orjson.loads(line) for line in found.splitlines()] == [
        {"text": WELL},
        {"id": "c-01", "title": "深井", "date": "2031-05-06", "text": WELL + "\n"},
    ]
    page = f"<html><head><title>深井</title></head><body><h1>深井</h1><p>{WELL}</p></body></html>"
    assert orjson.loads(lines([save(tmp_path, "e.html", page)], WHOLE, 1)) == {
        "id": "e",
        "title": "深井",
        "text": f"深井\n{WELL}",
    }


def test_records_before_a_damage_stay(tmp_path: Path) -> None:
    file = save(tmp_path, "a.jsonl.gz", gzip.compress(PLAIN + b"\n" + PLAIN + b"\n")[:-3])
    assert documents([file], WHOLE) == [WELL + "\u2028"] * 2
    assert lines([file], WHOLE, 0, 1) == PLAIN + b"\n"
