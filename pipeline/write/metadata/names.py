"""Lists of people's names, all or nothing: if one item is not surely a name, none is taken."""

from __future__ import annotations

import re

from .surnames import COMMON, COMPOUND, SINGLE, WORDS

Spans = list[tuple[int, int]]  # of names in the text

BETWEEN = re.compile(r"[、,;/|&]+")
HAN = re.compile(r"[\u3400-\u9fff]+")
FOREIGN = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}")
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ.'’-]*(?: (?:[A-Z][A-Za-zÀ-ɏ.'’-]*|de|van|von|der|bin|al)){1,3}")
ROLES = re.compile(
    r"记者|通讯|编辑|责编|校对|摄影|作者|来源|报道|提供|整理|告诉|参与|采访|表示|介绍|获悉|本报|本版|本刊|新华|中新|图片|文字"
)
# Endings of names of institutions, places and columns that hardly any personal name has.
INSTITUTION = re.compile(r"[报社网台站局委部厅院校会厂县镇乡村市省区司所组队团室处厘版讯电号摄图表栏刊榜]$")
LONGEST = 400  # most characters of a list


def find_names(text: str, start: int = 0, end: int | None = None) -> Spans:
    """The spans of the names of a list in plain text; empty where it is not a list of names.

    >>> [text[a:b] for text in ["张 三、欧阳小四 王五"] for a, b in find_names(text)]
    ['张 三', '欧阳小四', '王五']
    >>> find_names("张三、市水务局")
    []
    """
    end = len(text) if end is None else end
    if end - start > LONGEST:
        return []
    found: Spans = []
    at = start
    for mark in [*BETWEEN.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        some = _between_marks(text, at, stop)
        if not some and text[at:stop].strip():
            return []
        found += some
        at = mark.end() if mark else end
    return found


def is_name(text: str) -> bool:
    """Is it surely a name?

    >>> [x for x in ["张三", "欧阳娜娜", "阿米尔·汗", "水务局", "时间", "张"] if is_name(x)]
    ['张三', '欧阳娜娜', '阿米尔·汗']
    """
    if FOREIGN.fullmatch(text) or LATIN.fullmatch(text):
        return not ROLES.search(text)
    if not HAN.fullmatch(text) or text in WORDS or ROLES.search(text):
        return False
    if text[:2] in COMPOUND and 3 <= len(text) <= 4:
        return True
    return 2 <= len(text) <= 3 and text[0] in SINGLE and not (len(text) == 3 and INSTITUTION.search(text))


def _between_marks(text: str, start: int, end: int) -> Spans:
    """Names between two marks; spaces separate names, or the two characters of one."""
    if LATIN.fullmatch(text[start:end].strip()):
        stripped = text[start:end].strip()
        begin = text.index(stripped, start)
        return [(begin, begin + len(stripped))]
    if joined := _joined(text[start:end].strip()):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        return [(begin + a, begin + b) for a, b in joined]
    words = [m.span() for m in re.finditer(r"\S+", text[start:end])]
    words = [(a + start, b + start) for a, b in words]
    found: Spans = []
    while words:
        a, b = words.pop(0)
        if words and _begins(text[a:b]) and words[0][1] - words[0][0] <= 2:
            b = words.pop(0)[1]
        if not is_name(text[a:b].replace(" ", "")):
            return []
        found.append((a, b))
    return found


def _joined(text: str) -> Spans:
    """Two names with common surnames that lost the space between them, if only one split is possible.

    >>> _joined("周秋棠邱望帆"), _joined("周秋棠"), _joined("张文明李四")
    ([(0, 3), (3, 6)], [], [])
    """
    if not HAN.fullmatch(text) or not 4 <= len(text) <= 6 or text[:2] in COMPOUND or text in WORDS:
        return []
    ways = [at for at in (2, 3) if is_name(text[:at]) and is_name(text[at:])]
    three = len(text) == 6 and all(is_name(text[at : at + 2]) for at in (0, 2, 4))
    if len(ways) != 1 or three or not {text[0], text[ways[0]]} <= COMMON:
        return []
    return [(0, ways[0]), (ways[0], len(text))]


def _begins(word: str) -> bool:
    """Is it just a surname?"""
    return word in SINGLE or word in COMPOUND
