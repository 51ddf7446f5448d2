"""Spaces in Chinese lines: those that scraping added are removed, those that newspapers print are kept."""

from __future__ import annotations

import re
from itertools import pairwise

from .chars import CLOSE, GAP, HAN, MARKS, OPEN, SPACE, has_han, is_chinese, is_traditional

_runs = re.compile(f"{SPACE}{SPACE}*")
# All of these begin with the space and look behind from there, so that the search skips to the next space.
_between = re.compile(f"{GAP}(?<=[{HAN}]{GAP}){GAP}*(?=[{HAN}])")
_beside = re.compile(
    f"{SPACE}(?:(?<!{SPACE}{SPACE}){SPACE}*(?=[{CLOSE}{MARKS}])|(?<=[{OPEN}{MARKS}]{SPACE}){SPACE}*"
    f"|(?<=[“‘]{SPACE}){SPACE}*(?=[{HAN}])|(?<=[{HAN}]{SPACE}){SPACE}*(?=[”’]))"
)
_around = re.compile(f"{GAP}(?:(?<=[{HAN}]{GAP}){GAP}*(?=[“‘{OPEN}])|(?<=[”’{CLOSE}]{GAP}){GAP}*(?=[{HAN}“‘{OPEN}]))")
# Printed spaces:
# 新华社北京3月1日电 国家…, 本报讯 昨日…, 第三条 国有…, 何： 不同意; “乘梦飞 再相约”, （记者 张三 李四）.
_head = re.compile(
    f"(?:据?(?:本报|[{HAN}]{{1,4}}[社网])[^\\s，。；？！]{{0,40}}[电讯]|第[一二三四五六七八九十百千零〇0-9]+[条章节编款]|[{HAN}]{{1,2}}：)"
    f"{SPACE}+(?:(?:本报)?(?:记者|通讯员|实习生){SPACE}+[{HAN}]{{2,4}}{SPACE}+)?"
)
_PART = f"[^{OPEN}{CLOSE}“”‘’，。；？！{GAP[1:-1]}]{{2,}}"
_titled = re.compile(f"[“‘{OPEN}](?:{_PART}{GAP})+{_PART}[”’{CLOSE}]")
# A list of names after a colon (主演：张三 李四), and the start of another item: 时间：5月6日 地点：…, 文/张三 图/李四.
_LABELS = "时间|日期|地点|地址|电话|票价|主演|导演|编剧|出品|监制|主办|承办|来源|作者|记者|编辑|责编"
_listed = re.compile(
    f"([：{GAP[1:-1]}](?:(?<=：)(?:[{HAN}]{{2,4}}{GAP}++)+[{HAN}]{{2,4}}(?=[，。；、]|$)"
    f"|(?<={GAP})(?<!{GAP}{GAP}){GAP}*+(?=(?:{_LABELS})[：/]|[文图]/|[一二三四五六七八九十]、)))"
)
_sentences = re.compile(".*[。？！；][”’）】」』]*")
_not_between = re.compile(f"{SPACE}(?:(?<![{HAN}]{GAP})|(?![{HAN}]))").search
_touch = re.compile(f"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{HAN}])")
_apart = re.compile(f"(?<=[{HAN}]){GAP}+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]){GAP}+(?=[{HAN}])")
SPELLED = 3  # most characters of a spaced-out word or name; more may be several names
SCATTERED = 3  # spaces between Han characters that show damage in a line of Traditional text,
EVERY = 20  # if there is one per so many Han characters; fewer are printed ones
WIDE = 4  # Han characters that are set apart in a line that isn't known to be a headline
# A part of a line whose characters are set apart: one of Han, perhaps with its marks, or a number.
_one = re.compile(f"[{OPEN}“‘]*(?:[{HAN}]|[0-9]{{1,4}})[{CLOSE}{MARKS}”’—…]*|[{OPEN}{CLOSE}{MARKS}“”‘’—…]+").fullmatch
_begins_wide = re.compile(f"{SPACE}*[{OPEN}“‘]*(?:[{HAN}]|[0-9]{{1,4}})[{CLOSE}{MARKS}”’]*{SPACE}").match
EM = "\u2003\u3000"  # spaces as wide as a Han character
# The commonest surnames, which show that a line may hold names.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范廖贾夏韦傅方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤文"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇魏呂盧鐘鍾譚陸賈韋鄒閆龍賀顧龔萬錢嚴湯"
)


def close_up(line: str, headline: bool) -> str:
    """Remove spaces, except those that newspapers print: in a line's last words without a full stop (a headline, a
    credit or a list of names), and after marks and names in Traditional text."""
    if (solid := _set_solid(line, headline)) is not None:
        return solid
    if (is_traditional(line) and not _is_scattered(line)) or not is_chinese(line):
        return line
    if headline:
        return _beside.sub("", _runs.sub(" ", line))
    head = match.end() if (match := _head.match(line)) else 0
    if head and not _runs.search(line, head):
        return line
    meant = head or line[-1] not in "。？！；" or _not_between(line) or _titled.search(line) or _listed.search(line)
    if not meant:
        return line.replace(" ", "").replace("\t", "").replace("\u00a0", "")  # most damaged lines
    line = line[:head] + _beside.sub("", line[head:])
    body = match.end() if (match := _sentences.match(line, head)) else head
    body = len(line) if "，" in line[body:] else body
    if body == len(line):
        return line[:head] + _close_sentences(line[head:])
    tail = line[body:]
    parts = _runs.split(tail.strip())
    spelled = len(parts) <= SPELLED and all(len(part) == 1 and has_han(part) for part in parts)  # 通 知
    return line[:head] + _close_sentences(line[head:body]) + (_runs.sub("", tail) if spelled else tail)


def _set_solid(line: str, headline: bool) -> str | None:
    """A line whose single characters are set apart, 通 知 公 告, without the spaces; None for any other line.

    Of spaces of several widths the narrowest are between the characters of a word, and the others remain as one.
    """
    if not _begins_wide(line):
        return None
    text = line.strip()
    parts, gaps = _runs.split(text), [sum(char in EM or 0.5 for char in gap) for gap in _runs.findall(text)]
    han = sum(bool(has_han(part)) for part in parts)
    least = 2 if headline and not is_traditional(line) else WIDE
    if not gaps or han < max(least, len(parts) / 2) or not all(map(_one, parts)):
        return None
    narrowest = min(gaps)
    edges = [0, *(at for at, gap in enumerate(gaps, 1) if gap > narrowest), len(parts)]
    words = [parts[start:end] for start, end in pairwise(edges)]
    if any(len(word) < 2 for word in words) or (len(words) == 1 and _may_be_names(parts)):
        return None
    return line.replace(text, " ".join(map("".join, words)))


def _may_be_names(parts: list[str]) -> bool:
    """May a line be several names, 程 焕 曾 坤? A headline is seldom closed up wrongly, but then two names are one."""
    seconds = parts[2:-1:2] if len(parts) % 2 == 0 else []  # where surnames stand if all names have two characters
    if seconds and 2 * sum(part in SURNAMES for part in seconds) >= len(seconds):
        return True
    return parts[0] in SURNAMES and any(part in SURNAMES for part in parts[2:-1])


def _is_scattered(line: str) -> bool:
    spaces = len(_between.findall(line))
    return spaces >= SCATTERED and EVERY * spaces >= len(line)


def _close_sentences(text: str) -> str:
    """Remove spaces within sentences. Those in quoted titles stay unless the text has others; those in lists stay."""
    parts = _listed.split(_around.sub("", text))
    parts[::2] = [_between.sub("", part) if _between.search(_titled.sub("“”", part)) else part for part in parts[::2]]
    return "".join(parts)


def beside_latin(line: str, wanted: str) -> str:
    """Add a space between Han and Latin characters or digits ("add"), remove it ("drop"), or do neither ("keep")."""
    if wanted == "add":
        return _touch.sub(" ", line) if is_chinese(line) else line
    return _apart.sub("", line) if wanted == "drop" and is_chinese(line) else line
