"""Credits and datelines of one paragraph or line: as a whole line, at its beginning, at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from .citations import find_citation
from .credits import find_credits
from .datelines import Dateline, find_dateline
from .english import find_english
from .folios import comes_from, find_labelled, goes_to
from .infolines import find_info
from .names import find_names, is_name
from .plain import plain
from .publishers import blank_source, find_source

HEAD, TAIL, LINE = 160, 400, 300  # characters searched: of a beginning, an end, and a line that is all credits
# Most paragraphs have none of these, and are not searched further.
CUE = re.compile(
    r"[记記]者|通[讯訊][员員]|[摄攝影]|[编編][辑輯]|[责責][编編]|校[对對]|作者|[文图圖字][/／∕:：图圖]|采写|撰[文稿]|[来來]源|[转轉][载載]?自|出[处處]|"
    r"[电電讯訊]|消息|[/／∕][^。]{0,10}[报報][道導]|实习生|實習生|[转轉接续承见][^。]{0,6}[版页頁叠]|版[次面]|"
    r"--|\) [-–—]|By |BY |by |Source|Editor|Photo|Text:|Reporter"
)
YEAR = re.compile(r"[\d０-９]{4}\s*[-－/／.．_年]|[〇○零一二三四五六七八九]{4}年|民[国國]")
CITES = re.compile(r"》[^》]*[\d０-９]{4}|[)）】\]][\d０-９]{6,7}\s*$")
CITATION = 160  # characters at the end of a text that hold one
BRACKETS = 8  # at the end of a passage that are looked into
IN_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]{2,120})\)")
LAST_BRACKET = re.compile(r"\((?P<inside>[^()]{2,380})\)[\s。.]*$")
REPORTED = re.compile(r"\s*(?P<inside>[^。!?()]{0,16}?(?:记者|通讯员)[^。!?()]{2,60}?报[道导])(?=[\s:,。]|$)")
BEFORE_DAY = re.compile(
    r"\s*(?P<inside>(?:记者|通讯员|实习生)[^。!?(),:]{2,40}?)(?=\s*(?:近日|日前|昨[日天]|今[日天]|\d{1,2}月|\d{1,2}日))"
)
WRITTEN_DOWN = re.compile(r"[,。;]\s*(?P<inside>(?:本[报刊]|新华社)[^,。;]{0,8}记者[^,。;]{2,60}整理)")
AUTHOR_IS = re.compile(r"(?:本文)?作者\s*(?P<name>[\u3400-\u9fff]{2,4}?)\s*(?:为|系|是|,)")
PHOTO_BY = re.compile(r"[.!?)] (?P<line>\(?Photos?(?: by|:) [^.!?()]{3,60}\)?)$")
PICTURE = re.compile(r"(?:摄影?|摄影报[道导]|(?:摄影?|图片?)\s*[/:]\s*[^。!?]{2,12}|文\s*[/、]?\s*图)[\s。]*$")
REPORTS = ("报道", "报导", "报道)", "报导)")
SPACE = re.compile(r"[\s,:]")
SENTENCE_END = re.compile(r"[。!?…”’)][\s]*")


@dataclass(slots=True)
class Mentions:
    """What a passage says about its story: people by kind, and texts."""

    people: dict[str, list[str]] = field(default_factory=dict)
    source: str = ""
    agency: str = ""
    place: str = ""
    dateline: Dateline | None = None
    continued_from: str = ""
    continued_to: str = ""
    print_page: str = ""
    section: str = ""
    published: date | None = None  # as a system added it at the end

    def add(self, people: dict[str, list[str]]) -> None:
        for kind, names in people.items():
            known = self.people.setdefault(kind, [])
            known.extend(name for name in names if name not in known)


def find_mentions(written: str) -> Mentions:
    """What a paragraph or line says about its story; nothing where the form is uncertain."""
    mentions = Mentions()
    written = _without_citation(written, mentions)
    head, tail = written[:HEAD], written[-TAIL:]
    if len(written) <= LINE and _info(written, mentions):
        return mentions
    if not CUE.search(head) and (len(written) <= HEAD or not CUE.search(tail)):
        return mentions
    if len(written) <= LINE and _whole_line(written, mentions):
        return mentions
    if CUE.search(head):
        _beginning(head, mentions)
    _end(tail, mentions)
    return mentions


def says_something(line: str) -> bool:
    """Does a line say anything about a story?"""
    return find_mentions(line) != Mentions()


def _whole_line(written: str, mentions: Mentions) -> bool:
    """Is the line nothing but credits?"""
    text = plain(written)
    if source := find_source(text):
        mentions.source = written[slice(*source)]
    if found := find_labelled(text):
        mentions.print_page, mentions.section = found
    mentions.add(find_english(text) or find_credits(written, blank_source(text), line=not source))
    if mentions.people and text.endswith(REPORTS):
        _dateline(written, text, mentions)  # 记者甲/台中报导
    return bool(mentions.people)


def _info(written: str, mentions: Mentions) -> bool:
    """Is the line nothing but a date, a paper and its authors?"""
    found = find_info(plain(written)) if YEAR.search(written) else None
    if not found:
        return False
    source, names = found
    mentions.source = written[slice(*source)]
    mentions.add({"author": _names(written, names)} if names else {})
    return True


def _without_citation(written: str, mentions: Mentions) -> str:
    """The text without the citation of a paper or the day of editing at its end; only names before it are authors."""
    tail = written[-CITATION:]
    found = find_citation(plain(tail)) if CITES.search(tail) else None
    if not found:
        return written
    mentions.published, mentions.print_page, mentions.section = found.published, found.page, found.section
    before = written[: len(written) - len(tail) + found.start]
    if found.source:
        mentions.source = tail[slice(*found.source)]
        names = find_names(plain(before)) if len(before) <= HEAD else []
        mentions.add({"author": _names(before, names)} if names else {})
    return before


def _names(written: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    return ["".join(written[a:b].split()) for a, b in spans]


def _beginning(written: str, mentions: Mentions) -> None:
    """Find the dateline, and the reporters in brackets, before 报道 or before the day."""
    text = plain(written)
    mentions.continued_from = comes_from(text)
    at = _dateline(written, text, mentions)
    m = IN_BRACKETS.match(text, at) or REPORTED.match(text, at) or (BEFORE_DAY.match(text, at) if at else None)
    if m:
        start, end = m.span("inside")
        mentions.add(find_credits(written[start:end], text[start:end]))


def _end(written: str, mentions: Mentions) -> None:
    """Find what is in the brackets at the end, the last first, and the photographer."""
    text = plain(written)
    mentions.continued_to = goes_to(text)
    for _ in range(BRACKETS):
        if not (m := LAST_BRACKET.search(text)):
            break
        start, end = m.span("inside")
        if source := find_source(text[start:end]):
            mentions.source = written[start:end][slice(*source)]
        start += _dateline(written[start:end], text[start:end], mentions)
        mentions.add(
            find_credits(written[start:end], blank_source(text[start:end])) or _sentence(written, text, start, end)
        )
        text = text[: m.start()]
        written = written[: m.start()]
    if m := PHOTO_BY.search(text):
        mentions.add(find_english(m["line"]))
    if PICTURE.search(text[-30:]):
        mentions.add(next((found for a in _credit_starts(text) if (found := find_credits(written[a:], text[a:]))), {}))


def _sentence(written: str, text: str, start: int, end: int) -> dict[str, list[str]]:
    """The people of a bracket that says more: （作者为馆长，本报记者张三整理。图片由该馆提供）, （作者张三为馆长）."""
    if m := WRITTEN_DOWN.search(text, start, end):
        return find_credits(written[slice(*m.span("inside"))], m["inside"])
    m = AUTHOR_IS.match(text, start, end)
    return {"author": [written[slice(*m.span("name"))]]} if m and is_name(m["name"]) else {}


def _credit_starts(text: str) -> Iterator[int]:
    """Where the credit at the end of a caption may begin: after the sentence, then at spaces, the last first."""
    ends = [m.end() for m in SENTENCE_END.finditer(text, 0, len(text) - 3)]
    after = ends[-1] if ends else 0
    yield after
    yield from (m.end() for m in reversed([*SPACE.finditer(text, max(after, len(text) - 60))]))


def _dateline(written: str, text: str, mentions: Mentions) -> int:
    """Keep the first dateline; returns where it ends."""
    found = find_dateline(text)
    if found is None:
        return 0
    if mentions.dateline is None:
        mentions.dateline = found
        mentions.agency = written[slice(*found.agency)] if found.agency else ""
        mentions.place = written[slice(*found.place)].strip() if found.place else ""
    if found.reporters:
        mentions.add({"reporter": _names(written, found.reporters)})
    return found.end
