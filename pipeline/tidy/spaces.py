"""Spaces in Chinese lines: those that scraping left, and those that newspapers print."""

from __future__ import annotations

import re

from .chars import CLOSE, GAP, HAN, MARKS, OPEN, SPACE, has_han, is_chinese, is_traditional

_runs = re.compile(f"{SPACE}{SPACE}*")
# In all of these the space comes first and what is before it second: so the search skips to the next space at once.
_between = re.compile(f"{GAP}(?<=[{HAN}]{GAP}){GAP}*(?=[{HAN}])")
_beside = re.compile(
    f"{SPACE}(?:(?<!{SPACE}{SPACE}){SPACE}*(?=[{CLOSE}{MARKS}])|(?<=[{OPEN}{MARKS}]{SPACE}){SPACE}*"
    f"|(?<=[“‘]{SPACE}){SPACE}*(?=[{HAN}])|(?<=[{HAN}]{SPACE}){SPACE}*(?=[”’]))"
)
_around = re.compile(f"{GAP}(?:(?<=[{HAN}]{GAP}){GAP}*(?=[“‘{OPEN}])|(?<=[”’{CLOSE}]{GAP}){GAP}*(?=[{HAN}“‘{OPEN}]))")
# Here the space is printed:
# 新华社北京3月1日电 国家…, 本报讯 昨日…, 第三条 国有…, 何： 不同意; “乘梦飞 再相约”, （记者 张三 李四）.
_head = re.compile(
    f"(?:据?(?:本报|[{HAN}]{{1,4}}[社网])[^\\s，。；？！]{{0,40}}[电讯]|第[一二三四五六七八九十百千零〇0-9]+[条章节编款]|[{HAN}]{{1,2}}：)"
    f"{SPACE}+(?:(?:本报)?(?:记者|通讯员|实习生){SPACE}+[{HAN}]{{2,4}}{SPACE}+)?"
)
_PART = f"[^{OPEN}{CLOSE}“”‘’，。；？！{GAP[1:-1]}]{{2,}}"
_titled = re.compile(f"[“‘{OPEN}](?:{_PART}{GAP})+{_PART}[”’{CLOSE}]")
# A list of names behind a colon (主演：张三 李四), and what begins another item: 时间：5月6日 地点：…, 文/张三 图/李四.
_LABELS = "时间|日期|地点|地址|电话|票价|主演|导演|编剧|出品|监制|主办|承办|来源|作者|记者|编辑|责编"
_listed = re.compile(
    f"([：{GAP[1:-1]}](?:(?<=：)(?:[{HAN}]{{2,4}}{GAP}++)+[{HAN}]{{2,4}}(?=[，。；、]|$)"
    f"|(?<={GAP})(?<!{GAP}{GAP}){GAP}*+(?=(?:{_LABELS})[：/]|[文图]/|[一二三四五六七八九十]、)))"
)
_sentences = re.compile(".*[。？！；][”’）】」』]*")
_not_between = re.compile(f"{SPACE}(?:(?<![{HAN}]{GAP})|(?![{HAN}]))").search
_touch = re.compile(f"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{HAN}])")
_apart = re.compile(f"(?<=[{HAN}]){GAP}+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]){GAP}+(?=[{HAN}])")
SPELLED = 3  # characters of a word or name that is spaced out; more may be several names
SCATTERED = 3  # spaces between Han characters that show damage in a line of Traditional text, and
EVERY = 20  # Han characters for each of them at most: where such text has few, they are printed


def close_up(line: str, headline: bool) -> str:
    """Takes out spaces, but not those that newspapers print: a line's last words without a full stop are a headline,
    a credit or a list of names, and Traditional text has them behind marks and names."""
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


def _is_scattered(line: str) -> bool:
    spaces = len(_between.findall(line))
    return spaces >= SCATTERED and EVERY * spaces >= len(line)


def _close_sentences(text: str) -> str:
    """Spaces in quoted titles are meant, unless the text has such spaces elsewhere, too; so are those of lists."""
    parts = _listed.split(_around.sub("", text))
    parts[::2] = [_between.sub("", part) if _between.search(_titled.sub("“”", part)) else part for part in parts[::2]]
    return "".join(parts)


def beside_latin(line: str, wanted: str) -> str:
    """Puts a space between Han and Latin characters or digits ("add"), takes it out ("drop"), or neither ("keep")."""
    if wanted == "add":
        return _touch.sub(" ", line) if is_chinese(line) else line
    return _apart.sub("", line) if wanted == "drop" and is_chinese(line) else line
