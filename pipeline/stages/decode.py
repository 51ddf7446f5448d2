"""Bytes to text: which encoding they are in, and what can be saved of a damaged page.

In this order: a byte order mark, strict UTF-8, then UTF-8 with bad bytes against GB18030 against Big5, each decoded
with its errors marked and scored by how common the characters are. Nothing is dropped: what can't be decoded leaves
U+FFFD, one for each bad byte or cut character, and they are counted.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log

from pipeline.config import ReadConfig
from pipeline.errors import ConfigError

# The most frequent characters of Chinese newspapers, most frequent first: mainland ones, then Hong Kong ones.
SIMPLIFIED = (
    "的国中一人在和发大新业会全年作了为有是展不要地动进生家行化工日出方成上以民力对同实建时合等来产主个加能多重部平经高体区关开"
    "到现月共学务政长理强面我持市提用机推保设法前员公通这定制文近联好情与表分代总天过社者度网心下于自党系量央资增将们场各更入安治"
    "目示就应习记消利本济事基数电性今外视水防科当运企领美创期点交技疫次统间深也后品道万明海息内向战可两信北特金得续坚议路物正活院"
    "第式际医委从组项相报服他小程题导调最造播支护流立施台比及之村军任三管其指规十据元着农供色书位质带门世里问研界局南计子改已说西"
    "线斯复还起解源意决商广步域求闻术都义华球放车升完并布口教所控构达种至集育结效传名协京标城东需受专态打队举快收众省接级优费取团"
    "精此山办江确如境融互二亿常助风群策席手首气亚环做稳投克责势积果准处断老引案感织参件而型落类把州列监司看极形病空变转无条营非超"
)
TRADITIONAL = (
    "的有會人一在是不中國時為年他我港大以到法及月政出個事上員民行後成公要作方日長對工可們發圖表主香新指和學地前都與選議於生過多問"
    "當示得訂美被戶者同入分任關家自但期來曾社報提所其開立名持動理說能下眾加係現文本特周費內至了用認這間就建府今支通定如聯由天好向"
    "她司權應意何而面經外林警高兩次機並將因聞之全去相請部件網沒收受局道場資未等案梁安務區心正每重最程明情無回已做官進唔力記稱合首"
    "題或席小度參院士金子台接英制陳業查委鐵訊亦總交保教實否手片舉黨展反又律車解信只目告數論平鄭處調三求見團你利元代決身更票言約話"
    "管然署基庭位控起果治體黃取計華也點職界包供望第組知市條容該例北攝評己影續則嘅非馬傳萬電運物早路少西審商共項劉醫師海再結令性罪"
    "強統看站直此近據書普協九址括料常很批別派先講考健張專佢即責校辦從想感放使改打獲樣助設李巴證式二比況需達線東口投希引化護視聲原"
)
PUNCTUATION = frozenset("，。、“”（）《》：；…—？！「」『』【】·‘’\u3000")
RANK = {char: rank for table in (TRADITIONAL, SIMPLIFIED) for rank, char in enumerate(table)}

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r"))
HIGH_RUN = re.compile(rb"[\x80-\xff][\x30-\xff]*")  # no byte below 0x30 is part of a longer character, in any of them
REPEAT = re.compile(rb"(.{2,3}?)\1{2,}", re.DOTALL)  # a ruled line says nothing of the encoding, however long
LINE = re.compile(rb"[^\n]*\n|[^\n]+")
RUN = re.compile(rb"[^\x00-\x2f]+|[\x00-\x2f]+")
DOUBLE_BYTE = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950"})

MARK = "\udcff"  # stands for a bad byte until they are counted: no codec decodes anything to it
UNTEXT = re.compile("[\x00\ud800-\udfff]")  # what no text may hold: half a character, and NUL
ONE_PLACE = 6  # marks that one bad byte can leave
MARKED_PLACE = re.compile("\ufffd(?:.{0,8}\ufffd)*", re.DOTALL)  # a shift may show a few characters after its cause
MARK_COST = 12.0  # nats, as the costs below; about that of a rare character, so that shifted pairs cost more
NEXT_MARK_COST = 6.0  # of a bad byte right after another: damage comes in clumps
SAMPLE = 1024  # bytes other than ASCII that are scored: 60 already tell GB18030 from Big5
DEAREST = 9.3  # nats a character above which the winner is no Chinese either (99% of real texts of 5: under 9.1)
LONGEST_RUN = 2**16  # bytes without a break that are realigned; no real sentence is as long, and they take 0.4 s


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was in, and how many U+FFFD stand for what could not be decoded."""

    text: str
    encoding: str
    bad: int


class NotAPage(ValueError):
    """A file or record that can't be a page: the message is the reason, a short stable phrase."""


def decode(data: bytes, config: ReadConfig) -> Decoded:
    """The text of one page, without its byte order mark.

    Raises NotAPage with the reason ("binary", "undecodable: ..."), ConfigError for an encoding that doesn't exist.
    """
    codec = forced(config) or marked_codec(data)
    if codec is None and binary(data, config):
        raise NotAPage("binary")
    codec = codec or likely_codec(data)
    try:
        text, bad = mend(_marked(data, codec).removeprefix("\ufeff"))
    except UnicodeError as error:  # of the codecs that know no error handlers, which only a user can ask for
        raise NotAPage(f"undecodable: not {codec}") from error
    if binary(text.encode("utf-8"), config):
        raise NotAPage("binary")
    if _ruined(text, bad, config.max_bad_share):
        raise NotAPage(f"undecodable: {bad} of {len(text)} characters are damaged as {codec}")
    return Decoded(text, codec, bad)


def forced(config: ReadConfig) -> str | None:
    """The encoding that the user asks for, or None for "auto"."""
    if config.encoding == "auto":
        return None
    try:
        b"a".decode(config.encoding, "replace")
    except (LookupError, ValueError) as error:
        remedy = 'take "auto" or the name of a codec that Python knows, such as "gb18030"'
        raise ConfigError(f"read.encoding: {config.encoding!r} is no text encoding; {remedy}") from error
    return config.encoding


def marked_codec(data: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning tells."""
    return next((codec for bom, codec in BOMS if data.startswith(bom)), None)


def mend(text: str) -> tuple[str, int]:
    """The text with U+FFFD for halves of characters and for NUL, which no file may hold, and their number."""
    return UNTEXT.subn("\ufffd", text)


def binary(data: bytes, config: ReadConfig) -> bool:
    """Are there more control characters than a text has?"""
    return len(data) - len(data.translate(None, CONTROLS)) > config.max_control_share * len(data)


def _ruined(text: str, bad: int, max_share: float) -> bool:
    """Is more of the text damaged than may be? One bad byte never ruins a page, though it may shift those after it."""
    if bad <= max_share * len(text):
        return False
    one_place = bad <= ONE_PLACE and len(MARKED_PLACE.findall(text)) == 1
    return not one_place or 2 * bad > len(text)


def likely_codec(data: bytes) -> str:
    """The encoding of bytes without a mark: UTF-8 if they are valid, else the likeliest of three.

    UTF-8 also where that is no Chinese: in a page of ASCII with a stray byte, all but that byte can be read.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        codec, dearness = best_codec(data)
        return codec if dearness <= DEAREST else "utf-8"
    return "utf-8"


def best_codec(data: bytes) -> tuple[str, float]:
    """The likeliest of UTF-8, GB18030 and Big5, and its cost in nats for a decoded character that isn't ASCII.

    All three explain the same bytes, so that their total costs (negative log likelihoods) can be compared.
    """
    sample = b""
    for run in HIGH_RUN.finditer(data):
        sample += REPEAT.sub(rb"\1\1", run[0][: 4 * SAMPLE])[:SAMPLE] + b"\n"
        if len(sample) >= SAMPLE:
            break
    texts = {codec: _marked(sample, codec) for codec in ("utf-8", "gb18030", "big5hkscs")}
    costs = {codec: sum(map(cost, text)) for codec, text in texts.items()}
    best = min(costs, key=lambda codec: costs[codec])
    high = [cost(char) for char in texts[best] if not char.isascii() and char != MARK]
    return best, sum(high) / max(1, len(high))


@lru_cache(maxsize=2**16)
def cost(char: str) -> float:
    """How surprising a character is in a newspaper, in nats: measured for frequent ones, rough for the others."""
    if char in RANK:
        return 3.5 + 0.7 * log(1 + RANK[char])
    if char in PUNCTUATION or char.isascii():
        return 4.0
    if char == MARK:
        return MARK_COST
    if "\u4e00" <= char <= "\u9fff":
        return 9.5 if _everyday(char) else 12.5
    if "\uff01" <= char <= "\uff5e":
        return 6.5  # digits and letters of full width, of which old pages are full
    return 11.0 if "\u00a0" <= char <= "\u33ff" or "\uff00" <= char <= "\uffef" else 15.0


def _everyday(char: str) -> bool:
    """Is the character on the first level of GB 2312 or Big5, which are about the ones that people write?"""
    simplified, traditional = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0" <= simplified < b"\xd8" or b"\xa4" <= traditional < b"\xc7"


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Mark one bad byte and go on with the next: Python's own handlers drop up to four, good ones among them."""
    assert isinstance(error, UnicodeDecodeError)
    return MARK, error.end if error.encoding.startswith("utf") else error.start + 1


codecs.register_error("unsplice.mark", _mark)


def _marked(data: bytes, codec: str, parts: tuple[re.Pattern[bytes], ...] = (LINE, RUN)) -> str:
    """The text with MARK for each bad byte; only the smallest part around an error is looked at closely."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        if codecs.lookup(codec).name not in DOUBLE_BYTE:
            return data.decode(codec, "unsplice.mark")
    if parts:
        return "".join([_marked(part, codec, parts[1:]) for part in parts[0].findall(data)])
    return _realigned(data, codec) if len(data) <= LONGEST_RUN else data.decode(codec, "unsplice.mark")


def _realigned(run: bytes, codec: str) -> str:
    """The cheapest reading of a damaged run of double-byte text.

    Where a byte is missing, all pairs after it are shifted and still look valid to a decoder. So all ways to cut the
    run into characters and bad bytes are compared (Viterbi), and the one with the commonest characters is taken.
    """
    total = [0.0] + [inf] * len(run)
    read = [(0, "")] * (len(run) + 1)  # the length in bytes and the text of the last step of the best way here
    for at in range(len(run)):
        for length in range(1, min(4, len(run) - at) + 1):
            text, price = _step(run[at : at + length], codec)
            if price < inf and total[at] + price < total[at + length]:
                total[at + length] = total[at] + price
                read[at + length] = length, text
    texts = []
    at = len(run)
    while at:
        length, text = read[at]
        texts.append(text)
        at -= length
    return "".join(reversed(texts))


@lru_cache(maxsize=2**17)
def _step(code: bytes, codec: str) -> tuple[str, float]:
    """Some bytes as one character if they are one, else as bad bytes, of which the second costs less than the first."""
    if code[0] < 0x80:
        return (chr(code[0]), cost(chr(code[0]))) if len(code) == 1 else ("", inf)
    if len(code) % 2 == 0 and (len(code) == 2 or 0x30 <= code[1] <= 0x39):
        try:
            text = code.decode(codec)
            return text, sum(map(cost, text))
        except UnicodeDecodeError:
            pass
    all_high = min(code) >= 0x80 and len(code) <= 3
    return (MARK * len(code), MARK_COST + NEXT_MARK_COST * (len(code) - 1)) if all_high else ("", inf)
