"""Datelines, with agency, place and day: 新华社北京1月1日电, 本报讯, BEIJING, Jan. 1 (AP) --."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...text.dates import MONTHS, NAMED, NUMBER, number
from .names import find_names

OWN = r"本[报刊网台社]"
KNOWN = (
    r"新华社|中新社|中新网|中通社|中央社|人民网|新华网|央视网|国际在线|法新社|路透社|美联社|塔斯社|共同社|韩联社|朝中社"
)
AGENCY = rf"(?P<agency>{OWN}|{KNOWN}|[\u3400-\u9fff]{{1,7}}?[社报网])"
# Not 电 as part of a word, nor after 记者 or 来: 本报5月6日电力供应, 本报记者5月6日电话采访.
WIRE = r"\s*(?P<wire>专?电|综合(?:外电)?报[道导]|消息|讯)(?![力视影话子脑网器缆池站价梯动台商车息号灯])"
PLACE = (
    r"(?P<place>[\u3400-\u9fff]{2,8}(?:[、,][\u3400-\u9fff]{2,8}){0,9}|"
    r"(?:[\u3400-\u9fff]{1,6}·){1,2}[\u3400-\u9fff]{1,6})??"
)
DAY = rf"(?<![一二三四五六七八九十廿\d])(?:(?P<year>\d{{4}})年)?(?:(?P<month>{NUMBER})月)?(?P<day>{NUMBER})日"
DATED = re.compile(rf"[\s(]*(?:据\s*)?{AGENCY}\s*/?\s*{PLACE}\s*{DAY}{WIRE}")
SHORT = re.compile(
    rf"[\s(]*(?P<agency>{OWN}|{KNOWN}|[\u3400-\u9fff]{{1,6}}?(?:报|网(?=讯\s*\()))(?P<wire>[快专]?讯|消息)"
    r"(?:\s*\)|(?=[\s(:,]|\d|$))"
)
UNDATED = re.compile(
    rf"[\s(]*(?:据\s*)?(?P<agency>{OWN}|{KNOWN})(?P<place>[\u3400-\u9fff]{{2,6}}?)?电(?=\s*[(:]|\s+记者|$)"
)
# Where a place directly follows a reporter's name, as in Taiwan, only known places can be separated from it.
PLACES = (
    r"台北|新北|桃园|台中|台南|高雄|基隆|新竹|嘉义|花莲|台东|屏东|宜兰|苗栗|彰化|南投|云林|澎湖|金门|香港|澳门|北京|上海|广州|东京|首尔|"
    r"华盛顿|纽约|洛杉矶|伦敦|巴黎|柏林|莫斯科|曼谷|河内|马尼拉|新加坡|吉隆坡|雅加达|悉尼|渥太华|日内瓦|布鲁塞尔|新德里"
)
SOME = r"(?P<reporters>[\u3400-\u9fff]{2,4}?(?:\s*[、,]\s*[\u3400-\u9fff]{2,4}?){0,5})"
ANYWHERE = r"[\u3400-\u9fff]{2,6}?(?:、[\u3400-\u9fff]{2,6}?){0,2}"
REPORTED = rf"(?:(?:(?P<month>{NUMBER})月)?(?P<day>{NUMBER})日)?(?:专?电|报[道导])"
REPORTER_FIRST = re.compile(
    rf"[\s(]*(?:(?P<agency>{OWN}|{KNOWN})\s*)?(?:特派|特约|实习|驻[\u3400-\u9fff]{{1,4}})?记者\s*{SOME}\s*"
    rf"(?:/\s*)?(?:综合|(?P<place>{PLACES})){REPORTED}"
)
# A stroke tells any place from the names before it; then even 记者 may be missing: (甲、乙/台中报导).
STROKE = re.compile(
    rf"[\s(]*(?:(?P<agency>{OWN}|{KNOWN})\s*)?(?:(?:特派|特约|实习|驻[\u3400-\u9fff]{{1,4}})?记者\s*)?{SOME}\s*"
    rf"/\s*(?:综合(?:外电)?|(?P<place>{ANYWHERE})){REPORTED}(?=[\s):,]|$)"
)
NO_AGENCY = re.compile(
    r"记者|通讯|消息|据|获悉|日前|近日|昨|今|编辑|讯|从|在|于|自|的|举报|情报|预报|海报|捷报|互联网|旅行社|出版社|电网"
)
NO_PLACE = re.compile(r"记者|通讯|消息|据|获悉|日前|近日|昨|今|编辑|刊|讯|电|报|驻|从|在|于|自|的")
ENGLISH = re.compile(
    rf"(?P<place>[A-Z][A-Z.'’ -]{{1,30}}(?:, [A-Z][A-Za-z. ]{{1,20}}?)?)"
    rf"(?:, (?P<month>(?:{NAMED})[a-z]*)\.? (?P<day>\d{{1,2}}))?\s*"
    r"\((?P<agency>[A-Z][A-Za-z. ]{1,30})\)\s*(?:--|[-–—])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The parts of a dateline; `end` and the spans of agency and place are offsets into the text."""

    end: int
    agency: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    reporters: tuple[tuple[int, int], ...] = ()


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the beginning of a paragraph (or of the inside of a bracket), in plain form.

    >>> d = find_dateline("新华社北京1月1日电 新年")
    >>> d.end, d.month, d.day
    (10, 1, 1)
    >>> find_dateline("本报5月6日电力供应"), find_dateline("通报讯问")
    (None, None)
    """
    return _dated(text) or _short(text) or _reporter_first(text) or _english(text)


def _dated(text: str) -> Dateline | None:
    m = DATED.match(text)
    if not m or NO_PLACE.search(m["place"] or "") or NO_AGENCY.search(m["agency"]):
        return None
    year, month = m["year"], m["month"]
    place = m.span("place") if m["place"] else None
    return Dateline(
        m.end(),
        m.span("agency"),
        place,
        int(year) if year else None,
        number(month) if month else None,
        number(m["day"]),
    )


def _short(text: str) -> Dateline | None:
    if (m := SHORT.match(text)) and not NO_AGENCY.search(m["agency"]):
        return Dateline(m.end(), m.span("agency"))
    m = UNDATED.match(text)
    if not m or NO_PLACE.search(m["place"] or ""):
        return None
    return Dateline(m.end(), m.span("agency"), m.span("place") if m["place"] else None)


def _reporter_first(text: str) -> Dateline | None:
    """（中央社記者王小明台北1日電）, 〔記者王小明、李小華／台北報導〕, （王小明／台北報導）."""
    m = REPORTER_FIRST.match(text) or STROKE.match(text)
    names = find_names(text, *m.span("reporters")) if m else []
    if not m or not names or NO_PLACE.search(m["place"] or ""):
        return None
    agency = m.span("agency") if m["agency"] else None
    month, day = (number(m[k]) if m[k] else None for k in ("month", "day"))
    place = m.span("place") if m["place"] else None
    return Dateline(m.end(), agency, place, None, month, day, tuple(names))


def _english(text: str) -> Dateline | None:
    m = ENGLISH.match(text)
    if not m or not m["place"][:3].isupper() or not m["agency"][0].isupper():
        return None
    month = MONTHS.index(m["month"][:3].lower()) + 1 if m["month"] else None
    return Dateline(m.end(), m.span("agency"), m.span("place"), None, month, int(m["day"]) if m["day"] else None)
