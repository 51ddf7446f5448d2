"""Bytes to text: encodings told apart, and damage kept small."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.errors import ConfigError
from unsplice.read.decode import Decoded, NotAPage, decode
from unsplice.read.encodings.mojibake import repair

AUTO = ReadConfig()
SIMPLIFIED = (
    "市水务局昨天宣布，老城区的供水管网改造工程将于下月开工，预计明年春天完成。\n"
    "“这是居民盼望多年的事，”局长在会上说，工程总投资约３．２亿元，涉及十七个社区。\n"
    "记者在现场看到，施工人员已经开始测量道路，部分路段设置了临时围挡。\n"
    "附近的商户表示，希望工程早日结束，不要影响春节期间的生意。\n"
)
TRADITIONAL = (
    "運輸署昨日公布，新的渡輪航線將於下月投入服務，連接離島與市區，航程約四十分鐘。\n"
    "署方發言人表示：「我們希望改善居民的出行，亦會檢討票價。」議員則認為班次仍然不足。\n"
    "有市民指出，碼頭附近的交通經常擠塞，要求當局增加巴士路線，並設置更多單車停泊位。\n"
    "記者到場視察時，工作人員正在安裝新的指示牌，預計週末前完成。\n"
)
ENCODINGS = [
    ("utf-8", SIMPLIFIED),
    ("utf-8", TRADITIONAL),
    ("gb18030", SIMPLIFIED),
    ("gb18030", TRADITIONAL),
    ("big5hkscs", TRADITIONAL),
]
LENGTHS = [10, 30, 100, 1000]


def sample(text: str, length: int) -> str:
    return (text * 10)[:length]


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(("codec", "text"), ENCODINGS)
def test_encoding_is_told_from_bytes(codec: str, text: str, length: int) -> None:
    text = sample(text, length)
    assert decode(text.encode(codec), AUTO) == Decoded(text, codec, 0)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(("codec", "text"), ENCODINGS)
def test_one_bad_byte_fails_no_page_and_costs_little(codec: str, text: str, length: int) -> None:
    text = sample(text, length)
    data = text.encode(codec)
    for at in range(0, len(data), max(1, len(data) // 25)):
        decoded = decode(data[:at] + b"\xff" + data[at + 1 :], AUTO)
        assert decoded.encoding == codec
        assert 1 <= decoded.bad <= 4
        assert decoded.bad == decoded.text.count("\ufffd")
        same_before, same_after = common_ends(text, decoded.text)
        assert len(text) - same_before - same_after <= 6, decoded.text


def common_ends(one: str, other: str) -> tuple[int, int]:
    """How many characters two texts share at their beginnings, and at their ends."""
    pairs = list(zip(one, other, strict=False))
    before = next((at for at, (a, b) in enumerate(pairs) if a != b), len(pairs))
    pairs = list(zip(reversed(one), reversed(other), strict=False))
    after = next((at for at, (a, b) in enumerate(pairs) if a != b), len(pairs))
    return before, after


@pytest.mark.parametrize(
    ("data", "text", "bad"),
    [
        pytest.param("年度报告".encode("gb18030")[:-1] + b"\n", "年度报\ufffd\n", 1, id="cut in the middle"),
        pytest.param("报道".encode("gb18030") + b"\xd612\n", "报道\ufffd12\n", 1, id="half before digits"),
        pytest.param(
            "今天".encode("gb18030") + b"\xd6\n" + "明天".encode("gb18030"), "今天\ufffd\n明天", 1, id="break"
        ),
        pytest.param("天".encode("gb18030") + b"\x80" + "气预报说".encode("gb18030"), "天\ufffd气预报说", 1, id="0x80"),
        pytest.param(
            "全市各地的居民".encode("gb18030")[1:], "\ufffd市各地的居民", 1, id="first byte lost, all pairs shifted"
        ),
        pytest.param("新闻".encode() + b"\xe6\x96" + "报道".encode(), "新闻\ufffd报道", 1, id="UTF-8 cut"),
        pytest.param("新闻报道".encode()[:-1], "新闻报\ufffd", 1, id="UTF-8 cut at the end"),
        pytest.param("新闻\0报道\n".encode() * 9 + b"\0", "新闻\ufffd报道\n" * 9 + "\ufffd", 10, id="NUL"),
    ],
)
def test_neighbours_of_a_bad_byte_survive(data: bytes, text: str, bad: int) -> None:
    decoded = decode(data, ReadConfig(max_bad_share=0.3, max_control_share=0.1))
    assert (decoded.text, decoded.bad) == (text, bad)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
def test_byte_order_mark_is_no_text(codec: str) -> None:
    data = SIMPLIFIED.encode(codec) if codec == "utf-8-sig" else ("\ufeff" + SIMPLIFIED).encode(codec)
    assert decode(data, AUTO) == Decoded(SIMPLIFIED, codec, 0)


def test_ascii_page_with_a_little_chinese() -> None:
    page = "<html><body class='news'>\n" * 100 + "<p>本报讯　昨天的会议决定，新的学校将在九月开学。</p>\n"
    assert decode(page.encode("gb18030"), AUTO).text == page


@pytest.mark.parametrize("line", ["─" * 2000, "＊" * 2000, "　" * 2000, "１９９８" * 300])
def test_ruled_lines_and_wide_digits_say_nothing_of_the_encoding(line: str) -> None:
    text = line + "\n" + SIMPLIFIED
    assert decode(text.encode("gb18030"), AUTO) == Decoded(text, "gb18030", 0)


def test_stray_latin_byte_in_an_ascii_page() -> None:
    decoded = decode(b"The caf\xe9 opened on Monday. " * 4, ReadConfig(max_bad_share=0.05))
    assert (decoded.encoding, decoded.bad) == ("utf-8", 4)


def test_replacement_characters_of_others_are_no_damage_of_ours() -> None:
    text = "前人留下的\ufffd\ufffd\ufffd仍在"
    assert decode(text.encode(), AUTO) == Decoded(text, "utf-8", 0)


@pytest.mark.parametrize("text", ["一行\r\n二行\r三行\n", "\n\n首行", " 空格　", "行\u2028分\x0b\x0c\x85段"])
def test_white_space_and_line_breaks_stay(text: str) -> None:
    assert decode(text.encode(), AUTO).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
        (b"\0" * 40, "binary"),
        (b"\xff\xfe" + b"\x01\0" * 40, "binary"),
        ("東京で大きな地震がありましたと気象庁は発表した".encode("shift_jis"), "undecodable: "),
        ("Правительство объявило о новых мерах".encode("cp1251"), "undecodable: "),
        ("서울시는 오늘 새로운 교통 대책을 발표했다고 밝혔다".encode("euc_kr"), "undecodable: "),
        ("L'été, le café a été fermé à cause des élections générales".encode("latin-1"), "undecodable: "),
        (b"\xff" * 50, "undecodable: "),
        (SIMPLIFIED.encode("gb18030").replace(b"\xa3\xac", b"\xff") + b"\xff." * 40, "undecodable: "),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotAPage, match=f"^{reason}"):
        decode(data, AUTO)


def test_forced_encoding() -> None:
    assert decode("ñandú".encode("latin-1"), ReadConfig(encoding="latin-1")) == Decoded("ñandú", "latin-1", 0)
    assert decode(SIMPLIFIED.encode("utf-16-le"), ReadConfig(encoding="utf-16-le")).text == SIMPLIFIED
    assert decode("\ufeff甲".encode(), ReadConfig(encoding="utf-8")).text == "甲"
    with pytest.raises(NotAPage, match="undecodable"):
        decode(SIMPLIFIED.encode("gb18030"), ReadConfig(encoding="utf-8"))


@pytest.mark.parametrize("name", ["utf-9", "hex", "", "gb 18030!", "a\0b"])
def test_unknown_encoding_names_the_remedy(name: str) -> None:
    with pytest.raises(ConfigError, match=r"read\.encoding.*gb18030"):
        decode(b"a", ReadConfig(encoding=name))


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, ReadConfig(max_bad_share=1.0))
    except NotAPage:
        return
    decoded.text.encode("utf-8")
    assert "\0" not in decoded.text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assume(repair(text) == (text, 0, 0) and not text.startswith("\ufeff"))
    assert decode(text.encode("utf-8-sig"), AUTO) == Decoded(text, "utf-8-sig", 0)
    assert decode(text.encode("utf-8"), AUTO) == Decoded(text, "utf-8", 0)


@given(
    st.text(st.sampled_from(sorted(set(SIMPLIFIED + "\r 0a"))), min_size=1, max_size=80),
    st.integers(0),
    st.binary(max_size=2),
)
def test_a_damaged_place_never_reaches_other_lines(line: str, at: int, junk: bytes) -> None:
    line = line.replace("\n", "")
    data = line.encode("gb18030")
    at %= len(data) + 1
    damaged = SIMPLIFIED.encode("gb18030") + data[:at] + junk + data[at + 1 :] + b"\n" + SIMPLIFIED.encode("gb18030")
    text = decode(damaged, ReadConfig(max_bad_share=1.0, max_control_share=1.0)).text
    assert text.startswith(SIMPLIFIED)
    assert text.endswith(SIMPLIFIED)
