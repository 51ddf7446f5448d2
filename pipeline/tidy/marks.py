"""Half-width punctuation in Chinese text."""

from __future__ import annotations

import re
from functools import lru_cache

from .chars import CLOSE, GAP, HAN, MARKS, OPEN, SPACE, has_han, is_chinese, is_traditional, touching

_FULL = str.maketrans(",:;?!().", "，：；？！（）。")
ENDS = "”’…—①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"  # at the end of words, Chinese or not
SIGNS = "%％‰℃°"  # after a number
_WORD = "[A-Za-z][A-Za-z0-9_'’-]*"
_KEEP = (
    # Without brackets, as it may be in Chinese ones: （https://a.cn）; Han only where the address surely goes on.
    r"(?:(?:https?|ftp)://|www\.)[!-'*-~]*[A-Za-z0-9_/=&%#~-](?:[\u4e00-\u9fff]+[?&=/_.#][!-'*-~]*[A-Za-z0-9_/=&%#~-])*"
    r"|[A-Za-z]:[\\/][^\s，。；]*|<[A-Za-z/!][^<>]*>|&#?[A-Za-z0-9]+;|`[^`]*`|\{[^{}]*\}|::+|[:;]-?\)(?=\s|$)"
    # Calls, read_page(名称) and print("好"), and three Latin words with the end of their sentence.
    rf"|(?<![A-Za-z0-9_'’-])(?:[A-Za-z]+(?:_[A-Za-z0-9_]*\(|\([\"'])[^()]*\)|{_WORD}(?:,? {_WORD}){{2,}}[.?!]?)"
)
half = re.compile("[,:;?!().](?:(?<![0-9][,:.])|(?![0-9]))").search  # but in numbers
_may_keep = re.compile(r"[A-Za-z<&`{:;](?:(?<![:;])|:(?<=::)|-?\))").search
_MARKS = r"[,:;?!.](?:(?<!\.)[,:;?!]+)?"  # a run of marks, or one full stop
_plain = re.compile(_MARKS)
# The rare marks that their neighbours don't at once show to be Chinese.
_unsure = re.compile(
    f"[,:;?!.](?:(?<![{HAN}{OPEN}{CLOSE}{MARKS}{ENDS}{SIGNS}][,:;?!])(?<![0-9][.])"
    f"|(?=[,:;?!=/\\\\@])|(?<=[{ENDS}{SIGNS}].)(?!\\S)|(?<=[{SIGNS}]:))"
).search
_with_kept = re.compile(f"(?=[A-Za-z<&`{{:;])(?P<keep>{_KEEP})|{_MARKS}")
_joined = re.compile(r"[=/\\@]").match  # 甲!=乙, 甲:=乙
_beginning = re.compile(f"(?=\\S|$|{GAP}+[{HAN}“‘{OPEN}])").match
_after_sign = re.compile(f"(?=\\S|$| [{HAN}])").match
_opening = re.compile(f"[{HAN}“‘{OPEN}]").match
_closing = re.compile(f"[”’{CLOSE}]").match
_spaced_han = re.compile(f" [{HAN}]").match
# No full stop between Han characters (乔治.布什), after a number (一. 总则), or within a line that has “。”.
_line_end = re.compile(f"(?=[”’」』）)]*{SPACE}*$)").match
_sentence_end = re.compile(f"(?=[”’」』]|{GAP}[{HAN}])").match
_solid = re.compile(f"[{HAN}{OPEN}{CLOSE}{MARKS}]").match
DIGITS = " 0123456789"
NUMERALS = "一二三四五六七八九十"
_brackets = re.compile("[()（）]").finditer
_brackets_with_kept = re.compile(f"(?=[A-Za-z<&`{{:;])(?P<keep>{_KEEP})|[()（）]").finditer
_extension = re.compile("\\.[A-Za-z0-9]{2,5}(?![A-Za-z0-9])").match  # 报告(终稿).docx
_behind = re.compile(f"{GAP}(?<=[，；：？！。]{GAP}){GAP}*(?=[{HAN}“‘{OPEN}])")
_around = re.compile(f"{GAP}(?<!{GAP}{GAP}){GAP}*([，；：？！。][，；：？！]*){GAP}*")
_gap = re.compile(GAP).match
# What may come after a mark that is typed behind a space: not :D, .com or = (你好 :D, 后缀 .com).
_goes_on = re.compile(f"$|[{HAN}{OPEN}{CLOSE}“”‘’0-9]|{GAP}").match
_goes_on_in_han = re.compile(f"{GAP}*[{HAN}{OPEN}“‘]").match


def widen(line: str, _: bool) -> str:
    """Make punctuation next to Chinese text full-width, and remove the spaces around it.

    A Traditional line whose other marks are full-width has half-width brackets on purpose: 第16條(2).
    """
    if not is_chinese(line):
        return line
    if _may_keep(line):
        wide = _with_kept.sub(_widened, line)
    elif _unsure(line):
        wide = _plain.sub(_widened, line)
    else:
        wide = line.replace(",", "，").replace(":", "：").replace(";", "；").replace("?", "？").replace("!", "！")
    if wide != line and (_behind.search(wide) or _around.search(wide)):
        wide = "".join(_without_spaces(wide, line))
    if ("(" in wide or ")" in wide) and not (wide == line and is_traditional(line)):
        wide = _widen_brackets(wide)
    return wide


def _widened(match: re.Match[str]) -> str:
    """A run of marks, full-width where the text before and after it is Chinese."""
    if match.lastgroup:  # what is kept as it is
        return match[0]
    line, start, end = match.string, *match.span()
    before = line[start - 1 : start]
    if _gap(before):
        wide = _is_wide_behind_space(line, match)
    elif match[0] == ".":
        ends = _line_end(line, end) or (_sentence_end(line, end) and _stops(line))
        wide = bool(ends) and before not in NUMERALS and bool(has_han(before) or _closing(before, 0))
    elif _solid(before):
        wide = not _joined(line, end)
    elif before in ENDS:
        wide = bool(before) and bool(_beginning(line, end))
    elif before in SIGNS:
        wide = ":" not in match[0] and bool(_after_sign(line, end))
    else:
        wide = before.isascii() and before.isalnum() and _is_wide_behind_latin(line, match[0], before, end)
    return match[0].translate(_FULL) if wide else match[0]


def _is_wide_behind_space(line: str, match: re.Match[str]) -> bool:
    """Is a mark behind a space, as in 他说 :好 ,走了, that of the Chinese text before the space?"""
    at = match.start()
    while at and line[at - 1].isspace():
        at -= 1
    before = line[at - 1 : at] if at else ""
    if match[0] == ".":
        return bool(has_han(before) or _closing(before, 0)) and bool(_line_end(line, match.end()))
    if has_han(before) or (before and before in f"{CLOSE}”’"):
        return bool(_goes_on(line, match.end()))
    named = before.isalnum() or (before and before in SIGNS)
    return bool(named and match[0] in (",", ";") and _goes_on_in_han(line, match.end()))


@lru_cache(maxsize=1)  # a line is asked about at each of its full stops
def _stops(line: str) -> bool:
    """Does a line use Latin full stops? A single one may be part of a name: 乔治. 布什."""
    return "。" not in line and line.rstrip().rstrip("”’」』）)").endswith(".")


def _is_wide_behind_latin(line: str, marks: str, before: str, end: int) -> bool:
    if _opening(line, end):
        return "!" not in marks
    if _closing(line, end):
        return not set(marks) - {"?", "!"} and not is_traditional(line)  # where 「Fine!」 is usual
    return before.isdecimal() and marks in (",", ";") and bool(_spaced_han(line, end))


def _without_spaces(wide: str, line: str) -> list[str]:
    """The characters of a line, without the spaces around marks that have just been made full-width."""
    chars = list(wide)
    for match in _behind.finditer(wide):
        if line[match.start() - 1] != wide[match.start() - 1]:
            chars[match.start() : match.end()] = [""] * (match.end() - match.start())
    for match in _around.finditer(wide):
        at = match.start(1)
        if match.start() and line[at] != wide[at]:
            for start, end in ((match.start(), at), (match.end(1), match.end())):
                chars[start:end] = [""] * (end - start)
    return chars


def _widen_brackets(line: str) -> str:
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    chars = list(line)
    for match in (_brackets_with_kept if _may_keep(line) else _brackets)(line):
        at = match.start()
        if match[0] in "(（":
            opened.append(at)
        elif match[0] in ")）" and opened:
            pairs.append((opened.pop(), at))
        elif match[0] == ")" and at and touching(chars[at - 1]):
            chars[at] = "）"
    for start, end in sorted(pairs):  # outer ones first, as inner ones depend on them
        before = "".join(chars[max(start - 2, 0) : start])
        if chars[start] == "（" or chars[end] == "）" or _is_chinese_pair(line, before, start, end):
            chars[start], chars[end] = "（", "）"
    for at in reversed(opened):
        chars[at] = "（" if touching("".join(chars[at + 1 : at + 2])) else chars[at]
    return "".join(chars)


def _is_chinese_pair(line: str, before: str, start: int, end: int) -> bool:
    """Whether the brackets hold or touch Chinese, and are not part of a file name, a link or a call: f(x)."""
    if before.rstrip().endswith(("]", "=")) or _extension(line, end + 1):
        return False
    if has_han(line, start, min(end, start + 300)) or touching(before.rstrip()[-1:]):
        return True
    if not before and line[start + 1 : end].isdecimal():  # (20)1月16日
        return bool(touching(line[end + 1 : end + 9].lstrip(DIGITS)))
    named = not before or before[-1].isdecimal() or (before.isascii() and before.isalnum() and len(before) > 1)
    return named and bool(touching(line[end + 1 : end + 3].lstrip()))
