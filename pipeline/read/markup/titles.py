"""The headline of a page by its titles: without the names of the site, and whole, as one of its lines shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...text.forms import fold
from .blocks import HEADINGS, Block

STRONG = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+")  # what stands before a name, and rarely in a headline
WEAK = re.compile(r"\s*([-–—]+)\s*")  # what headlines have, too: "甲地2-1胜乙地"
NAME = re.compile(
    r".{0,12}(?:[网網报報]|[日晚早]刊|周刊|週刊|杂志|雜誌|通讯社|通訊社|新闻|新聞|[新要]闻|在线|在線|频道|頻道|客户端|客戶端|"
    r"电视台|電視台|[数數]字[报報]|电子版|電子版|门户|官网|官網|资讯|資訊)|(?:[A-Z][\w.']*\s){0,4}"
    r"(?:News|Times|Post|Daily|Herald|Tribune|Journal|Gazette|Online|Weekly|Mail|Standard)",
)
CHANNEL = 6  # most letters of a channel's name before that of the site
QUOTES = "\"'“”‘’「」『』《»«"
CUT = re.compile(r"(?<![\s.…])[\s.…]+$")  # how a title ends that was cut
SHORT = 4  # letters of a title from which a heading that begins with it is the same, whole
LONGEST = 120  # letters of a line that may be a headline
MOST_LINKED = 0.5  # of a headline's letters that may stand in links, unless it is a heading


def site_name_off(title: str) -> str:
    """A title without the names of site and channel at its end or beginning.

    >>> site_name_off("鹭笛镇海塘加固完工_汀桐新闻网"), site_name_off("新书《山-海》出版")
    ('鹭笛镇海塘加固完工', '新书《山-海》出版')
    >>> site_name_off("鹭笛镇海塘加固完工--社会--汀桐网"), site_name_off("汀桐晚报数字报-鹭笛镇海塘加固完工")
    ('鹭笛镇海塘加固完工', '鹭笛镇海塘加固完工')
    """
    marks, parts = STRONG.findall(title), STRONG.split(title)
    first, last = _without_leading(parts), len(parts)
    while last - first > 1 and (
        is_name(parts[last - 1]) or len(parts[last - 1]) < sum(map(len, parts[first : last - 1]))
    ):
        last -= 1
    kept = "".join(x for at in range(first, last) for x in (marks[at - 1] if at > first else "", parts[at]))
    return _without_weak(kept) or title


def _without_weak(title: str) -> str:
    """Names behind, or one before, a dash as headlines have it, too."""
    found = list(WEAK.finditer(title))
    parts = WEAK.split(title)[::2]
    first, last = _without_leading(parts), len(parts)
    while last - first > 1 and is_name(parts[last - 1]):
        last -= 1
        mark = found[last - 1][1]
        if last - first > 1 and len(fold(parts[last - 1])) <= CHANNEL and found[last - 2][1] == mark:
            last -= 1
    start = found[first - 1].end() if first else 0
    return title[start : found[last - 1].start() if last < len(parts) else len(title)].strip()


def _without_leading(parts: Sequence[str]) -> int:
    """How many parts before the headline are a name: one at most, and none where all are."""
    return int(len(parts) > 1 and is_name(parts[0]) and not all(map(is_name, parts[1:])))


def is_name(text: str) -> bool:
    """Is a text the name of a site, a paper or a channel?"""
    return NAME.fullmatch(text.strip()) is not None


def told_title(told: str, title: str) -> str:
    """The title by Open Graph or JSON-LD, or by <title> where there is none or a quotation mark in it ended it."""
    whole = site_name_off(title)
    behind = title.removeprefix(told)[:1]
    cut = told and title.startswith(told) and behind and behind in QUOTES
    return site_name_off(told) if told and not cut else whole


def shown_title(lines: Sequence[Block], titles: Sequence[str]) -> int | None:
    """The line that shows the page's title, by its position; None where none does.

    It says a title, or a part of one that names of sites can stand around; a heading also, what a title goes on from or
    was cut from. The longest counts, and of equal ones a heading, the first.
    """
    folded = [fold(title) for title in titles]
    found: list[tuple[int, int, int]] = []
    for at, line in enumerate(lines):
        letters = fold(line.text) if len(line.text) <= LONGEST and not line.furniture else ""
        heading = line.tag in HEADINGS
        if len(letters) < 2 or (line.links > MOST_LINKED and not heading) or is_name(line.text):
            continue
        if any(_shows(line, letters, title, key) for title, key in zip(titles, folded, strict=True)):
            found.append((-len(letters), not heading, at))
    return min(found)[2] if found else None


def _shows(line: Block, letters: str, title: str, key: str) -> bool:
    if letters == key:
        return True
    if line.tag in HEADINGS and (_is_cut(title, line.text) or (len(letters) >= SHORT and key.startswith(letters))):
        return True
    at = title.find(line.text) if len(letters) > SHORT else -1
    if at < 0:
        return False
    before, behind = title[:at], title[at + len(line.text) :]
    return _ends_part(before[::-1]) and _ends_part(behind) and 2 * len(letters) > len(fold(before))


def _ends_part(rest: str) -> bool:
    """Does a part of a title end before this? A dash or the like must follow."""
    return not rest or bool(re.match(r"\s*[-–—_|｜·]", rest))


def _is_cut(title: str, heading: str) -> bool:
    """Is a title a heading's beginning, cut by its length or at a quotation mark?"""
    start = CUT.sub("", title)
    if not start or not heading.startswith(start):
        return False
    return len(fold(start)) >= SHORT or heading[len(start) : len(start) + 1] in QUOTES
