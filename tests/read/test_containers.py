"""What is packed, zipped or in tables: what comes of it, what is refused, and that no bytes do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unsplice.check.findings import findings
from unsplice.config import Config, ReadConfig
from unsplice.model import Page, SetAside
from unsplice.read.formats import PAGES
from unsplice.read.pages import find_sources, read_source
from unsplice.read.plain import read_text
from unsplice.read.reading import Reading
from unsplice.run import clean
from unsplice.write.report.explain import explanation
from unsplice.write.write import write

AUTO = ReadConfig()
TEXT = "柳垛镇渡口昨日复航，首班渡船载客四十余人。\n船工说，汛期停航整整三周。\n"
ROWS = [{"id": f"r{n}", "text": f"{n} {TEXT}", "title": "渡口复航", "date": "2031-05-06"} for n in range(1, 4)]
LINES = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in ROWS)

Pack = Callable[[bytes], bytes]


def zst(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as out:
        out.write(data)
    return bytes(sink.getvalue())


PACK: dict[str, Pack] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zst}


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All paths of these tests are relative to an empty folder."""
    monkeypatch.chdir(tmp_path)


def put(name: str, data: bytes) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def read(*names: str, **limits: Any) -> list[Page | SetAside]:
    config = ReadConfig(**limits)
    return [result for source in find_sources(names or ["."]) for result in read_source(source, config)]


def told(results: list[Page | SetAside]) -> list[tuple[str, str, object]]:
    """Id, file, and the record's number or why it was set aside."""
    return [(r.id, r.source, r.reason if isinstance(r, SetAside) else r.record) for r in results]


def only(name: str, **limits: Any) -> Page | SetAside:
    (result,) = read(name, **limits)
    return result


def refused(name: str, **limits: Any) -> SetAside:
    result = only(name, **limits)
    assert isinstance(result, SetAside), result
    assert result.remedy.endswith(".")
    return result


# ---- packed files


@pytest.mark.parametrize("ending", PACK)
def test_a_packed_page_is_the_page(ending: str) -> None:
    put(f"渡口.txt{ending}", PACK[ending](TEXT.encode("gb18030")))
    (page,) = read()
    assert isinstance(page, Page)
    assert (page.source, page.text, page.encoding, page.record) == (f"渡口.txt{ending}", TEXT, "gb18030", None)


@pytest.mark.parametrize("ending", ["", *PACK])
@pytest.mark.parametrize("name", ["day.jsonl", "day.ndjson", "DAY.JSONL"])
def test_packed_records_are_the_records(name: str, ending: str) -> None:
    put(name + ending, PACK[ending](LINES) if ending else LINES)
    stem = name.partition(".")[0]
    assert told(read()) == [(f"{stem}-r{n}", name + ending, n) for n in (1, 2, 3)]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030", "utf-32"])
def test_packed_records_in_any_encoding(codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""
    put("day.jsonl.gz", gzip.compress((mark + LINES.decode()).encode(codec)))
    results = read(encoding="utf-32") if codec == "utf-32" else read()  # its mark begins as that of UTF-16 does
    assert [result.text for result in results if isinstance(result, Page)] == [row["text"] for row in ROWS]


def test_a_wide_file_is_read_piece_by_piece() -> None:
    row = json.dumps({"text": TEXT * 50}, ensure_ascii=False) + "\n"
    put("wide.jsonl.gz", gzip.compress(("\ufeff" + row * 800).encode("utf-16-le") + b"\x00"))
    results = read()
    assert len(results) == 801  # a last line that is half a character
    assert all(isinstance(result, Page) and result.text == TEXT * 50 for result in results[:800])


def test_several_streams_in_one_file_are_one() -> None:
    put("day.jsonl.gz", b"".join(gzip.compress(line + b"\n") for line in LINES.splitlines()))
    assert len(read()) == 3


def test_files_that_differ_in_their_packing_have_ids_of_their_own() -> None:
    put("raw/page.txt.gz", gzip.compress(TEXT.encode()))
    alone = told(read("raw"))
    put("raw/page.txt", TEXT.encode())
    put("raw/page.zip", zipped({"a.txt": TEXT.encode()}))
    ids = {source: page_id for page_id, source, _ in told(read("raw"))}
    assert alone == [("page", "raw/page.txt.gz", None)]
    assert re.fullmatch(r"page-[0-9a-f]{8}", ids["raw/page.txt"])
    assert len(set(ids.values())) == 3


def test_a_packed_file_that_is_named_needs_no_ending_that_is_known() -> None:
    put("raw/2031-05-06.gz", gzip.compress(TEXT.encode()))
    put("raw/a.txt", b"x")
    assert told(read("raw/2031-05-06.gz")) == [("2031-05-06", "raw/2031-05-06.gz", None)]
    assert told(read("raw/*.gz")) == [("2031-05-06", "raw/2031-05-06.gz", None)]
    assert told(read("raw")) == [("a", "raw/a.txt", None)]


def test_another_format_of_one_page_a_file_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads it is found by its ending in folders and zips, and behind gz."""

    def upper(data: bytes, config: ReadConfig) -> Reading:
        return replace(read_text(data, config), text=data.decode().upper())

    put("raw/a.shout", b"ferry")
    put("raw/b.shout.gz", gzip.compress(b"ferry"))
    put("raw/c.zip", zipped({"d.shout": b"ferry", "e.txt": b"ferry"}))
    assert told(read("raw")) == [("c-e", "raw/c.zip/e.txt", None)]
    monkeypatch.setitem(PAGES, ".shout", upper)  # type: ignore[arg-type]
    texts = {page.source: page.text for page in read("raw") if isinstance(page, Page)}
    assert texts == {
        "raw/a.shout": "FERRY",
        "raw/b.shout.gz": "FERRY",
        "raw/c.zip/d.shout": "FERRY",
        "raw/c.zip/e.txt": "ferry",
    }


@pytest.mark.parametrize("name", ["a.zip.gz", "a.parquet.zst"])
def test_a_container_that_is_packed_once_more_is_set_aside(name: str) -> None:
    put(name, b"x")
    put("raw/b.txt", b"x")
    put(f"raw/{name}", b"x")
    assert told(read("raw")) == [("b", "raw/b.txt", None)]
    found = refused(name)
    assert (found.reason, found.id) == (f"packed twice: .{name.split('.')[1]} within .{name.split('.')[2]}", "a")
    assert found.remedy == "Unpack it, and name the folder that it is in then."


# ---- damage


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("how", ["cut", "none of the kind"])
def test_a_damaged_page_is_set_aside(ending: str, how: str) -> None:
    whole = PACK[ending](TEXT.encode())
    put(f"a.txt{ending}", whole[:-9] if how == "cut" else TEXT.encode())
    found = refused(f"a.txt{ending}")
    assert found.reason.startswith("damaged: ")
    assert (found.id, found.record, found.remedy) == ("a", None, "Get it again; or leave it out, if the rest is lost.")


@pytest.mark.parametrize("ending", PACK)
def test_records_before_a_damage_go_on(ending: str) -> None:
    random = Random(1)
    texts = [f"{n}{random.randbytes(9000).hex()}" for n in range(120)]
    whole = PACK[ending](b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts))
    put(f"day.jsonl{ending}", whole[: len(whole) * 2 // 3])
    *good, bad = read()
    assert isinstance(bad, SetAside)
    assert bad.reason.startswith("damaged: ")
    assert bad.reason.endswith(f", after record {len(good)}")
    assert (bad.id, bad.record) == ("day", len(good) + 1)
    assert len(good) > 40  # bz2 has blocks of 900 KB
    assert [page.text for page in good if isinstance(page, Page)] == texts[: len(good)]


def test_no_record_before_the_end_of_a_cut_file_is_lost() -> None:
    packer = zlib.compressobj(wbits=31)
    put("day.jsonl.gz", packer.compress(LINES) + packer.flush(2))  # all of it, but for the end of the stream
    assert [record for _, _, record in told(read())][:3] == [1, 2, 3]
    assert "after record 3" in str(read()[3])


# ---- bombs


@pytest.fixture(scope="module")
def ten_gigabytes() -> bytes:
    """10 GB of spaces as gz, made of one block that is repeated: 10 MB."""
    compressor = zlib.compressobj(9, wbits=-15)
    block = compressor.compress(b" " * 2**24) + compressor.flush(3)  # ends on a byte, and needs nothing before it
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + block * 640


def peak() -> int:
    """The most memory that this process has had so far, in KB; 0 where the system counts otherwise."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def quick() -> Iterator[None]:
    """In two seconds of work and 300 MB, whatever the file would unpack to."""
    before, start = peak(), time.process_time()
    yield
    assert time.process_time() - start < 2
    assert peak() - before < 300 * 2**10


@pytest.mark.parametrize(
    ("name", "reason"), [("a.txt.gz", "too large: more than "), ("a.jsonl.gz", "unpacks to too much: ")]
)
def test_a_bomb_of_gz(ten_gigabytes: bytes, name: str, reason: str) -> None:
    put(name, ten_gigabytes)
    with quick():
        found = refused(name)
    assert found.reason.startswith(reason)
    assert found.size == len(ten_gigabytes)


@pytest.mark.parametrize("ending", [".bz2", ".xz", ".zst"])
def test_bombs_of_other_kinds(ending: str) -> None:
    put(f"a.jsonl{ending}", PACK[ending](b" " * 2**20) * 300)
    with quick():
        assert refused(f"a.jsonl{ending}").reason.startswith("unpacks to too much: ")
    put(f"b.txt{ending}", PACK[ending](b" " * 2**20) * 300)
    with quick():
        assert refused(f"b.txt{ending}").reason == "too large: more than 33554432 bytes"


def zip_that_claims(packed: bytes, claimed: int) -> bytes:
    """A zip of one member of these raw deflated bytes, which claims a size that may be a lie."""
    name = b"a.jsonl"
    sizes = (len(packed), claimed, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, *sizes) + name
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, *sizes, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    return local + packed + entry + end


@pytest.mark.parametrize("claimed", [2**32 - 2, 100])
def test_a_bomb_of_zip(ten_gigabytes: bytes, claimed: int) -> None:
    put("a.zip", zip_that_claims(ten_gigabytes[10:], claimed))
    expected = "unpacks to too much: 4294967294 bytes out of " if claimed > 100 else "damaged: "
    with quick():
        assert refused("a.zip").reason.startswith(expected)


def test_a_zip_whose_members_lie_upon_one_another() -> None:
    """Many entries of a directory for one and the same bytes."""
    good = zipped({"a.jsonl": b"".join(b'{"text": "%d"}\n' % (n * 7919 % 100_003) for n in range(2_000))})
    at = good.index(b"PK\1\2")
    end = good.index(b"PK\5\6")
    entry = good[at:end]
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 400, 400, len(entry) * 400, at, 0)
    put("a.zip", good[:at] + entry * 400 + tail)
    results = read("a.zip", max_bytes=2**16, max_ratio=20)
    last = results[-1]
    assert isinstance(last, SetAside)
    assert last.reason.startswith(("unpacks to too much: ", "damaged: Overlapped entries"))  # as newer Pythons say
    assert sum(isinstance(result, Page) for result in results) < 100_000


def test_a_table_of_one_text_a_million_times() -> None:
    text = pa.array(["渡" * 100_000]).dictionary_encode()
    pq.write_table(pa.table({"text": text.take(pa.array([0] * 1_000_000))}), "a.parquet")
    with quick():
        *pages, last = read()
    assert isinstance(last, SetAside)
    assert last.reason.startswith("unpacks to too much: ")
    assert len(pages) < 300


def test_a_table_of_one_long_text() -> None:
    pq.write_table(pa.table({"text": ["a" * 10**8]}), "a.parquet", compression="zstd")
    with quick():
        assert refused("a.parquet").reason.startswith("unpacks to too much: 100000")


def test_the_limits_are_settings() -> None:
    put("a.zip", zipped({f"{n}.txt": TEXT.encode() for n in range(4)}))
    put("b.jsonl.gz", gzip.compress(LINES))
    assert refused("a.zip", max_members=3).reason == "too many members: 4, and not 3 at most"
    assert len(read("a.zip", max_members=4)) == 4
    assert refused("b.jsonl.gz", max_unpacked=100).reason == "unpacks to too much: more than 100 bytes"
    assert len(read("b.jsonl.gz", max_unpacked=10_000)) == 3
    assert refused("b.jsonl.gz", max_ratio=1, max_bytes=10).reason.startswith("unpacks to too much: ")


# ---- zips


def test_the_members_of_a_zip_are_files() -> None:
    members = {
        "inner/page.txt": TEXT.encode("gb18030"),
        "inner/day.jsonl": LINES,
        "packed.txt.gz": gzip.compress(TEXT.encode()),
        "多页.ndjson.xz": lzma.compress(LINES),
        "empty.txt": b"",
        "folder/": b"",
        "notes.pdf": b"%PDF",
        ".hidden.txt": b"x",
        ".git/a.txt": b"x",
        "__MACOSX/inner/._page.txt": b"x",
        "__MACOSX/inner/page.txt": b"x",
    }
    put("pages.zip", zipped(members))
    page_id = read("pages.zip")[0].id.rpartition("-r1")[0]
    assert page_id.startswith("pages-DuoYe-")
    assert told(read("pages.zip")) == [
        *[(f"{page_id}-r{n}", "pages.zip/多页.ndjson.xz", n) for n in (1, 2, 3)],
        ("pages-empty", "pages.zip/empty.txt", "empty"),
        *[(f"pages-inner-day-r{n}", "pages.zip/inner/day.jsonl", n) for n in (1, 2, 3)],
        ("pages-inner-page", "pages.zip/inner/page.txt", None),
        ("pages-packed", "pages.zip/packed.txt.gz", None),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zips_packed_in_other_ways(method: int) -> None:
    put("a.zip", zipped({"p.txt": TEXT.encode(), "d.jsonl": LINES}, method))
    assert [type(result) for result in read()] == [Page] * 4


def test_ids_stay_when_members_come() -> None:
    members = {"a.txt": b"x", "b/c.txt": b"x", "新闻.txt": b"x", "m.jsonl": LINES}
    put("z.zip", zipped(members))
    before = {source: page_id for page_id, source, record in told(read()) if record is None}
    records = [page_id for page_id, _, record in told(read()) if record]
    put("z.zip", zipped({"0.txt": b"x", **members, "b/0.txt": b"x", "体育.txt": b"x", "m-r9.txt": b"x"}))
    after = told(read())
    assert before.items() <= {source: page_id for page_id, source, _ in after}.items()
    assert [page_id for page_id, _, record in after if record] == records == ["z-m-r1", "z-m-r2", "z-m-r3"]


def test_members_do_not_take_the_ids_of_others() -> None:
    put("z-a.txt", b"x")
    put("z.zip", zipped({"a.txt": b"x", "m.jsonl": b'{"id": "b", "text": "x"}\n', "m-b.txt": b"x", "M/B.txt": b"x"}))
    put("z.jsonl", b'{"id": "a", "text": "x"}\n')
    results = read()
    assert len({result.id.lower() for result in results}) == len(results) == 6
    assert {source for page_id, source, _ in told(results) if page_id in ("z-a", "z-m-b", "z-M-B")} >= {"z-a.txt"}


@pytest.mark.parametrize(
    ("codec", "names"),
    [
        ("gbk", ["第一版/渡口复航.txt", "第二版/新馆开放了.txt"]),
        ("utf-8", ["第一版/渡口复航.txt", "第二版/新館開放了.txt"]),
        ("big5", ["第一版/社區中心.txt", "第二版/圖書館落成.txt"]),
        ("cp437", ["café.txt", "Ünder.txt"]),
    ],
)
def test_names_that_are_not_said_to_be_utf8(codec: str, names: list[str]) -> None:
    raw = [name.encode(codec) for name in names]
    data = zipped({"x" * len(name): TEXT.encode() for name in raw})
    for name in sorted(raw, key=len, reverse=True):
        data = data.replace(b"x" * len(name), name)
    put("a.zip", data)
    assert sorted(source for _, source, _ in told(read())) == sorted(f"a.zip/{name}" for name in names)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/渡口.txt", "a.zip/etc/渡口.txt"),
        ("/etc/a.txt", "a.zip/etc/a.txt"),
        ("..\\..\\a.txt", "a.zip/a.txt"),
        ("版面\\a.txt", "a.zip/版面/a.txt"),
        ("a\nb\x1b.txt", "a.zip/a?b?.txt"),
        ("./a.txt", "a.zip/a.txt"),
    ],
)
def test_odd_names_are_harmless(name: str, shown: str) -> None:
    put("in/a.zip", zipped({name: TEXT.encode()}))
    (page,) = read("in/a.zip")
    assert page.source == f"in/{shown}"
    assert page.id.startswith("a-")
    assert page.id.isascii()
    assert [path.name for path in Path().rglob("*") if path.is_file()] == ["a.zip"]


def encrypted(data: bytes) -> bytes:
    """The same zip, whose first member says that it is encrypted."""
    at = data.index(b"PK\1\2") + 8
    return data[:6] + b"\x01" + data[7:at] + b"\x01" + data[at + 1 :]


def test_what_cannot_be_read_of_a_zip_is_set_aside_alone() -> None:
    text, inner = TEXT.encode(), zipped({"a.txt": b"x"})
    put("z.zip", encrypted(zipped({"a.txt": text, "b.txt": text, "in.zip": inner, "t.parquet": b"x"})))
    assert told(read()) == [
        ("z-a", "z.zip/a.txt", "encrypted"),
        ("z-b", "z.zip/b.txt", None),
        ("z-in", "z.zip/in.zip", "zip in a zip"),
        ("z-t", "z.zip/t.parquet", "Parquet in a zip"),
    ]
    assert [r.remedy for r in read() if isinstance(r, SetAside)] == [
        "Unpack it with its password, and name the folder that it is in then.",
        "Unpack it, and name the folder that it is in then.",
        "Unpack it, and name the folder that it is in then.",
    ]


def test_a_damaged_member_is_set_aside_alone() -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode(), "c.txt": TEXT.encode()}))
    data[45] ^= 0xFF  # in the packed bytes of the first
    method = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4) + 10
    data[method] = 97  # of the second, as the directory says: WavPack
    put("z.zip", bytes(data))
    first, second, third = read()
    assert isinstance(first, SetAside)
    assert first.reason.startswith("damaged: ")
    assert (second.reason, type(third)) == ("unknown packing: method 97", Page)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged: File is not a zip file"),
        (TEXT.encode(), "damaged: File is not a zip file"),
        (zipped({"a.txt": TEXT.encode()})[:-30], "damaged: File is not a zip file"),
        (zipped({}), "no page in it"),
        (zipped({"a.pdf": b"%PDF", "b.xml": b"<a/>"}), "no page in it"),
    ],
)
def test_a_zip_without_pages(data: bytes, reason: str) -> None:
    put("a.zip", data)
    found = refused("a.zip")
    assert (found.id, found.source, found.reason, found.size) == ("a", "a.zip", reason, len(data))


# ---- Parquet


def test_the_rows_of_a_table_are_pages() -> None:
    columns = {
        "url": ["https://example.org/1", None, ""],
        "text": [TEXT, "甲\0乙", " "],
        "id": [7, 8, None],
        "date": [date(2031, 5, 6), None, None],
        "title": pa.array(["渡口复航", None, "无"]).dictionary_encode(),
        "body": ["x", "x", "x"],
    }
    pq.write_table(pa.table(columns), "day.parquet")
    first, second, third = read()
    meta = {"id": "7", "title": "渡口复航", "url": "https://example.org/1", "date": "2031-05-06"}
    assert first == Page("day-7", "day.parquet", TEXT, "utf-8", 1, meta)
    assert second == Page("day-8", "day.parquet", "甲\ufffd乙", "utf-8", 2, {"id": "8"}, ("bad-bytes:1@1",))
    assert isinstance(third, SetAside)
    assert (third.id, third.record, third.reason) == ("day-0003", 3, "empty")


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
@pytest.mark.parametrize("compression", ["snappy", "zstd", "none"])
def test_texts_of_any_type(kind: pa.DataType, compression: str) -> None:
    table = pa.table({"text": pa.array([TEXT, None] * 150, pa.string()).cast(kind)})
    pq.write_table(table, "day.parquet", compression=compression, row_group_size=70)
    results = read()
    assert [result.record for result in results] == list(range(1, 301))
    assert [type(result) for result in results] == [Page, SetAside] * 150
    assert results[1].reason == "no text field"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([datetime(2031, 5, 6)], "2031-05-06"),
        ([datetime(2031, 5, 6, 8, 30)], "2031-05-06 08:30:00"),
        (pa.array([20310506], pa.int32()), "20310506"),
        (pa.array([10**17], pa.timestamp("ns")), "1973-03-03 09:46:40"),
        ([True], None),
        ([["2031"]], None),
        ([b"2031"], None),
        ([None], None),
    ],
)
def test_dates_of_any_type(values: Any, shown: str | None) -> None:
    pq.write_table(pa.table({"text": [TEXT], "date": values}), "day.parquet")
    (page,) = read()
    assert isinstance(page, Page)
    assert page.meta.get("date") == shown


def test_text_that_is_no_utf8() -> None:
    raw = pa.array([TEXT.encode() + b"\xff", b"x"], pa.binary())
    pq.write_table(pa.table({"text": pa.Array.from_buffers(pa.string(), 2, raw.buffers())}), "day.parquet")
    first, second = read()
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.text, first.flags, second.text) == (TEXT + "\ufffd", (f"bad-bytes:1@{len(TEXT)}",), "x")


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"txt": ["x"], "id": ["1"]}, "no text column: it has txt, id"),
        ({"Text": ["x"], "title": ["1"]}, "no text column: it has Text, title"),
        ({"text": [1], "body": ["x"]}, "no text column: it has text (int64), body"),
        ({"n": [1]}, "no text column: it has n (int64)"),
        ({"text": pa.array([], pa.string())}, "empty"),
    ],
)
def test_a_table_without_texts(columns: dict[str, Any], reason: str) -> None:
    pq.write_table(pa.table(columns), "day.parquet")
    assert refused("day.parquet").reason == reason


def test_rows_before_a_damage_go_on() -> None:
    texts = [f"{n} {TEXT * 40}" for n in range(400)]
    pq.write_table(
        pa.table({"text": texts}), "day.parquet", row_group_size=100, compression="none", use_dictionary=False
    )
    data = bytearray(Path("day.parquet").read_bytes())
    start = pq.ParquetFile("day.parquet").metadata.row_group(2).column(0).data_page_offset
    data[start : start + 60] = bytes(60)
    put("day.parquet", bytes(data))
    *pages, bad = read()
    assert isinstance(bad, SetAside)
    assert bad.reason.startswith("damaged: ")
    assert [page.text for page in pages if isinstance(page, Page)] == texts[:200]
    assert bad.record == 201


@pytest.mark.parametrize("data", [b"", TEXT.encode(), b"PAR1" + bytes(20) + b"PAR1"])
def test_what_is_no_table(data: bytes) -> None:
    put("day.parquet", data)
    assert refused("day.parquet").reason.startswith("damaged: ")


def test_a_large_row_is_set_aside_alone() -> None:
    pq.write_table(pa.table({"text": ["前", "长" * 100, "后"]}), "day.parquet")
    assert [record for _, _, record in told(read(max_bytes=100))] == [1, "too large: more than 100 bytes", 3]


# ---- from end to end


def test_findings_name_the_member_and_the_line() -> None:
    text = f"渡口复航\n\n{TEXT}\n{TEXT.splitlines()[0]}\n"
    put(
        "raw/day.zip",
        zipped({"汀桐/p1.txt": text.encode(), "d.jsonl": json.dumps({"text": text}).encode(), "e.txt": b""}),
    )
    result = clean(["raw"])
    lines = [str(finding) for finding in findings(result, Config().tidy)]
    assert any(line.startswith("raw/day.zip/汀桐/p1.txt:") for line in lines)
    assert any(line.startswith("raw/day.zip/d.jsonl:1: ") for line in lines)
    assert "raw/day.zip/e.txt:1: U901 empty. Scrape it again, or leave it out." in lines
    write(result, Path("cleaned"), inputs=[Path("raw/day.zip")], config=Config())
    told = list(explanation(Path("cleaned/ledger.parquet"), "raw/day.zip/汀桐/p1.txt:1"))
    assert told[0].startswith("day-TingTong-p1-")
    assert json.loads(Path("cleaned/manifest.json").read_bytes())["inputs"][0]["name"] == "day.zip"


# ---- any bytes


def samples() -> dict[str, bytes]:
    table = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT, "x"], "id": [1, 2]}), table)
    return {
        **{f"a.txt{ending}": pack(TEXT.encode()) for ending, pack in PACK.items()},
        **{f"a.jsonl{ending}": pack(LINES) for ending, pack in PACK.items()},
        "a.zip": zipped({"p.txt": TEXT.encode(), "d.jsonl": LINES, "q.txt.gz": gzip.compress(b"x")}),
        "a.parquet": table.getvalue(),
    }


SAMPLES = samples()


@given(st.sampled_from(sorted(SAMPLES)), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
def test_any_bytes_give_pages_or_set_asides(name: str, data: st.DataObject) -> None:
    """Random bytes, and sound files with some bytes changed, cut off or put in."""
    whole = SAMPLES[name]
    if data.draw(st.booleans()):
        content = data.draw(st.binary(max_size=200))
    else:
        at = data.draw(st.integers(0, len(whole)))
        gone = data.draw(st.integers(0, 8))
        content = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + gone :]
    put(name, content)
    results = read(name)
    assert results
    assert len({result.id.lower() for result in results}) == len(results)
    for result in results:
        assert result.id.isascii()
        repr(result).encode()
        assert 0 <= result.size <= len(content) * 20 if isinstance(result, SetAside) else result.text.strip()
