"""Which encoding bytes are in: the table in the docs held, files of several encodings, text that was read wrongly."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.read.decode import NotAPage, decode
from unsplice.read.encodings.costs import is_chinese
from unsplice.read.encodings.detect import by_line, by_rule
from unsplice.read.encodings.mojibake import repair

from benchmarks.encodings import accuracy

RAW = Path(__file__).parents[2] / "raw"
AUTO = ReadConfig()
SIMPLE = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("2031-05-06_p0*.txt"))]
TRADITIONAL = [(RAW / "2031-05-07_hk.txt").read_text(encoding="utf-8")]
ONE = "市水务局昨天宣布，老城区的供水管网改造工程将于下月开工。\n"
TWO = "工程总投资约3.2亿元，涉及十七个社区，预计明年春天完成。\n"
OLD = "運輸署昨日公布，新的渡輪航線將於下月投入服務，航程約四十分鐘。\n"

FLOORS = [("utf-8", SIMPLE), ("utf-16-le", SIMPLE), ("utf-16-be", SIMPLE), ("hz", SIMPLE), ("gb18030", SIMPLE)]
FLOORS += [("utf-8", TRADITIONAL), ("gb18030", TRADITIONAL), ("big5hkscs", TRADITIONAL)]


@pytest.mark.parametrize("length", [30, 100, 1000])
@pytest.mark.parametrize(("codec", "texts"), FLOORS)
def test_the_floors_of_the_table(codec: str, texts: list[str], length: int) -> None:
    """30 characters and more: .99 clean, .98 with one bad byte, on pieces of the sample pages."""
    clean, damaged = accuracy(texts, codec, length, count=150, seed=5, peers=False)["unsplice"]
    assert clean >= 0.99
    assert damaged >= 0.98


@pytest.mark.parametrize(
    ("parts", "encoding"),
    [
        ([(ONE, "utf-8"), (TWO, "gb18030")], "utf-8+gb18030"),
        ([(ONE, "gb18030"), (TWO, "utf-8"), (ONE, "gb18030")], "gb18030+utf-8"),
        ([(OLD, "big5hkscs"), (ONE, "gb18030"), (OLD, "utf-8")], "big5hkscs+gb18030+utf-8"),
        ([("\ufeff" + ONE, "utf-8"), (TWO, "gb18030")], "utf-8+gb18030"),
        ([("\ufeff", "utf-8"), (ONE + TWO, "gb18030")], "gb18030"),
        ([("plain\n" * 30 + ONE, "utf-8"), ("plain\n" * 30, "ascii"), (TWO, "gb18030")], "utf-8+gb18030"),
    ],
)
def test_files_of_several_encodings_line_by_line(parts: list[tuple[str, str]], encoding: str) -> None:
    decoded = decode(b"".join(text.encode(codec) for text, codec in parts), AUTO)
    assert decoded.text == "".join(text for text, _ in parts).removeprefix("\ufeff")
    assert decoded.encoding == encoding
    assert decoded.bad == 0


@pytest.mark.parametrize("text", [*SIMPLE, *TRADITIONAL])
@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_a_file_of_one_encoding_is_not_taken_apart(text: str, codec: str) -> None:
    data = text.encode(codec, "ignore")
    assert [each for _, each in by_line(data, codec)] == [codec]


WRONG = [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "cp1252"), ("big5hkscs", "latin-1")]


@pytest.mark.parametrize(("true", "read_as"), WRONG)
def test_text_read_in_the_wrong_encoding_is_repaired(true: str, read_as: str) -> None:
    text = OLD if true == "big5hkscs" else ONE + "\n" + TWO
    spoilt = text.encode(true).decode(read_as)
    decoded = decode(spoilt.encode(), AUTO)
    assert decoded.text == text
    assert decoded.encoding == "utf-8"
    assert decoded.notes == (f"mojibake:{len([x for x in text.split(chr(10)) if x])}",)


def test_utf8_read_as_gbk_is_repaired_where_nothing_was_lost() -> None:
    words = [ONE[at : at + 2] for at in range(0, len(ONE) - 1, 2)] + ["新闻", "，今", "。汀"]
    exact = "".join(word for word in words if _goes_back(word)) + "\n"
    assert len(exact) > 10
    assert repair(exact.encode().decode("gb18030")) == (exact, 1, 0)


def _goes_back(text: str) -> bool:
    try:
        return text.encode().decode("gb18030").encode("gb18030").decode() == text
    except UnicodeError:
        return False


@pytest.mark.parametrize(
    "line",
    [
        "前面的字锟斤拷锟斤拷没有了。",
        "é\x99\x88å¸\x82�¹´å\x8f\x91å±\x95æ\x8a¥å\x91\x8aæ\x91\x98è¦\x81",
        "甯傛按鍔″眬鏄ㄥぉ瀹ｅ竷锛岃�佸煄鍖虹殑渚涙按绠＄綉锛?",
    ],
)
def test_what_was_lost_is_counted_and_stays(line: str) -> None:
    decoded = decode((line + "\n" + ONE).encode(), AUTO)
    assert decoded.text == line + "\n" + ONE
    assert decoded.notes == ("mojibake-left:1",)


@pytest.mark.parametrize(
    "line",
    [
        ONE,
        OLD,
        "Der Bürgermeister von Überlingen grüßte die Gäste aus Åre und Łódź.",
        "Ce n’est pas à Orléans qu’il a été élu, mais à Évry.",
        "茶叶卖到£12一磅，气温35℃，±2毫米，§3",
        "鐵路職工鈕先生說，鏽蝕的鋼軌已更換。",
        "浜海新区的涓流计划，鏖战三年。",
        "x ~{a} y ~} z",
        "",
    ],
)
def test_what_was_read_rightly_stays(line: str) -> None:
    assert repair(line) == (line, 0, 0)


@given(st.text(st.sampled_from(sorted({*ONE, *TWO, *OLD, "锛", "鈥", "Ã", "¥", "a"})), max_size=60))
def test_repair_changes_whole_lines_or_nothing(text: str) -> None:
    fixed = repair(text)
    assert fixed.text.count("\n") == text.count("\n")
    assert (fixed.text == text) == (fixed.lines == 0)


def test_hz_in_code_is_no_chinese() -> None:
    assert by_rule(b"r'~{2,3}' and \\~{a} in TeX ~} end") is None
    assert by_rule(ONE.encode("hz")) == "hz"
    assert by_rule(b"a { color: red }\n" * 400 + ONE.encode("hz")) == "hz"


@pytest.mark.parametrize("data", [b"Bush hid the facts", b"this app can break", b"\x00" * 60, b"one line\x00\n" * 9])
def test_what_is_no_utf16(data: bytes) -> None:
    assert by_rule(data) is None


def test_a_pages_last_character_cut_in_utf16() -> None:
    decoded = decode(ONE.strip().encode("utf-16-le")[:-1], AUTO)
    assert (decoded.text, decoded.encoding, decoded.bad) == (ONE.strip()[:-1] + "\ufffd", "utf-16-le", 1)


def test_a_reading_in_doubt_is_noted() -> None:
    notes = [decode(word.encode("big5"), AUTO).notes for word in ("中", "文", "三藩市", "旺角")]
    assert any(note == () for note in notes)
    assert any(note[:1] and note[0].startswith("encoding-in-doubt:") for note in notes)


def test_what_cannot_be_read_names_what_it_might_be() -> None:
    text = "東京で大きな地震がありましたと気象庁は発表した。被害の状況を調べています。政府は対策本部を設置した。"
    with pytest.raises(NotAPage, match=r"bad bytes by encoding: .*gb18030 \d+%.*; charset-normalizer takes it for"):
        decode(text.encode("shift_jis"), AUTO)


def test_other_languages_are_no_chinese() -> None:
    korean = "서울시는 오늘 새로운 교통 대책을 발표했다고 밝혔다 정부는 내년부터 새로운 정책을 시행할 예정".encode(
        "euc_kr"
    )
    assert not is_chinese(korean.decode("gb18030", "ignore"))
    assert is_chinese(ONE)


def test_mutations_of_real_files_are_decoded_flagged_or_set_aside() -> None:
    """Cut, flipped, put together: no crash, and no character that a file can't hold."""
    rng = random.Random(11)
    seeds = [path.read_bytes() for path in sorted(RAW.iterdir()) if path.is_file()]
    seeds += [text.encode(codec, "ignore") for text in (*SIMPLE, *TRADITIONAL) for codec in ("hz", "utf-16-le", "big5")]
    read = 0
    for _ in range(150):
        data = rng.choice(seeds)
        at, to = sorted(rng.randrange(len(data)) for _ in range(2))
        other = rng.choice(seeds)
        data = rng.choice(
            [data[at:to], data[:at] + data[to:], data[:at] + other, data[:at] + rng.randbytes(9) + data[at:]]
        )
        with suppress(NotAPage):
            decode(data, AUTO).text.encode()
            read += 1
    assert 20 < read < 150, "some are read, some set aside"
