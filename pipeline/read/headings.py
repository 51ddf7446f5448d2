"""What the # headings of a Markdown text without front matter are: headlines, subheads, or the name of the paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Role
from ..text.dates import CHINESE, ENGLISH, NUMERIC, find_dates, number

HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
CLOSING = re.compile(r"(?<=[ \t])#+$")  # marks behind a heading, which may have as many as before it
RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}")
NUMERAL = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
NUMBERED = re.compile(
    rf"(?:[（(【\[]{NUMERAL}[)）】\]]|(?:No\.? ?|第)?{NUMERAL}[.．、):：）](?!\d)|第{NUMERAL}[条則则篇]|([①-⑳]))\s*",
    re.IGNORECASE,
)
LONGEST = 120  # characters of the name of a paper, with its date and the like
CIRCLED = ord("①") - 1
# The name of a paper or round-up; with a date or an issue behind it, or what numbers its stories, it heads a page.
PAPER = re.compile(
    r"《?(?:\S{0,12}?(?:[日晚早周晨时時]?[报報]|[周週月旬]刊|新闻|新聞|要闻|要聞|快讯|快訊|简报|簡報|头条|頭條|摘要|速览|文摘|[网網社])|"
    r"(?:[A-Z][\w'’-]* ){0,5}(?:Daily|Times|News|Post|Gazette|Herald|Journal|Weekly|Tribune|Digest|Headlines))》?",
)
OF_A_PAGE = re.compile(
    r"[\s,，、:：|｜/·•—–-]*(?:(?:星期|周|週)[一二三四五六日天]|\w{3,6}day|第?\s*[A-Z]?\d{1,5}\s*[期版])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading: the index of its line, its level, its text, and whether text of its own follows."""

    line: int
    level: int
    text: str
    bare: bool


def heading(line: str) -> tuple[int, str] | None:
    """The level and the text of a heading; None for any other line.

    >>> heading("## 鹭笛镇 ##"), heading("# C #"), heading("#鹭笛")
    ((2, '鹭笛镇'), (1, 'C'), None)
    """
    match = HEADING.fullmatch(line)
    if match is None:
        return None
    text = match[2].rstrip(" \t")
    return len(match[1]), CLOSING.sub("", text).rstrip(" \t")


def is_markdown(text: str) -> bool:
    """Is a text surely Markdown: by several headings that stand apart, or one of level 1 above an empty line?"""
    lines = ["", *text.removeprefix("\ufeff").lstrip().splitlines(), ""]
    found = [
        at
        for at in range(1, len(lines) - 1)
        if heading(lines[at]) and not (lines[at - 1].strip() and lines[at + 1].strip())
    ]
    hashes = sum(line.startswith("#") for line in lines)
    return len(found) == hashes and (
        len(found) > 1 or (found == [1] and lines[1].startswith("# ") and not lines[2].strip())
    )


def roles(lines: Sequence[str]) -> dict[int, Role]:
    """The roles of the headings, and of the name of the paper above them, by the index of their line.

    Headings of level 1 are headlines, and others subheads; but where the highest ones only name the paper or its parts,
    or there are none, the next ones are the headlines.
    """
    found = _headings(lines)
    if not found:
        return {}
    main = min((h.level for h in found if not h.bare), default=found[0].level)
    mains = [h for h in found if h.level == main]
    above = [h for h in found if h.level < main]
    before = [at for at, line in enumerate(lines[: found[0].line]) if _is_text(line)]
    ordered = bool(numbers(mains)) or any(map(RULE.fullmatch, lines[mains[0].line : mains[-1].line]))
    names = [*(lines[at] for at in before), *(h.text for h in above)]
    named = len(before) < 2 and bool(names) and _names_paper(names[0], ordered=ordered)
    if main > 1 and not (named or (not names and len(mains) > 1)):
        return {h.line: Role.HEADLINE if h.level == 1 else Role.SUBHEAD for h in found}
    told = {h.line: Role.HEADLINE if h.level == main else Role.SUBHEAD for h in found}
    if named:
        told |= dict.fromkeys([*before, *(h.line for h in above)], Role.BOILERPLATE)
    elif found[0].bare and len(mains) > 1 and _names_paper(found[0].text, ordered=ordered):
        told[found[0].line] = Role.BOILERPLATE
    return told


def number_ends(lines: Sequence[str], told: Mapping[int, Role]) -> dict[int, int]:
    """The length of the number at the head of each headline, by its line; empty if they are not numbered 1, 2, 3, …"""
    return numbers([h for h in _headings(lines) if told.get(h.line) is Role.HEADLINE])


def numbers(headlines: Sequence[Headed]) -> dict[int, int]:
    """The length of the number that each headline begins with, by its line, where they are numbered 1, 2, 3, …"""
    found = [NUMBERED.match(h.text) for h in headlines]
    if len(found) < 2 or [match and _value(match) for match in found] != list(range(1, len(found) + 1)):
        return {}
    return {h.line: match.end() for h, match in zip(headlines, found, strict=True) if match}


def _value(match: re.Match[str]) -> int:
    text = next(group for group in match.groups() if group)
    return ord(text) - CIRCLED if text in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" else number(text)


def _headings(lines: Sequence[str]) -> list[Headed]:
    found = [(at, *told) for at, line in enumerate(lines) if (told := heading(line)) and told[1]]
    starts = [*(at for at, _, _ in found), len(lines)]
    return [
        Headed(at, level, text, not any(map(_is_text, lines[at + 1 : starts[n]])))
        for n, (at, level, text) in enumerate(found, 1)
    ]


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not RULE.fullmatch(line)


def _names_paper(text: str, *, ordered: bool) -> bool:
    """Is a line the name of a paper with its date, either alone, or without a date above stories that are numbered?"""
    if len(text) > LONGEST:
        return False
    rest, dated = text, False
    for start, end, _ in sorted(find_dates(text, CHINESE, NUMERIC, ENGLISH), reverse=True):
        rest, dated = rest[:start] + rest[end:], True
    name = PAPER.match(rest)
    behind = rest[name.end() :] if name else rest
    issue = OF_A_PAGE.sub("", behind).strip()
    return not issue and (dated or (name is not None and ordered))
