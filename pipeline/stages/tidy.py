"""Tidies the typography of Chinese paragraphs, line by line, and leaves alone whatever is in doubt.

No Han character, letter or digit is dropped or changed (full-width Latin ones become ASCII), and to tidy twice is
to tidy once. A line that is hardly Chinese only loses its ends and what cannot be seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from pipeline.config import TidyConfig

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPEN, _CLOSE, _MARKS = "（【《〈「『", "）】》〉」』", "，。、；：？！"  # Chinese wherever they stand, as “” are not
_GAP = "[ \t\u00a0]"  # what scraping puts between characters
_SPACE = "[ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]"  # the others were typed: “绿色低碳　电亮未来”
_UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_JOINED = "\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"  # joiners are letters between two of these
_FULL = str.maketrans(",:;?!().", "，：；？！（）。")
_ASCII = {ord(c) + 0xFEE0: c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_WORD = "[A-Za-z][A-Za-z0-9_'’-]*"
_KEEP = (
    r"(?:https?|ftp)://[!-'*-~]*[A-Za-z0-9_/=&%#~-]"  # without brackets, as in Chinese ones: （https://a.cn）
    r"|[A-Za-z]:[\\/][^\s，。；]*|<[A-Za-z/!][^<>]*>|&#?[A-Za-z0-9]+;|`[^`]*`|\{[^{}]*\}|::+|[:;]-?\)(?=\s|$)"
    # Calls, read_page(名称) and print("好"), and three Latin words with what ends their sentence.
    rf"|(?<![A-Za-z0-9_'’-])(?:[A-Za-z]+(?:_[A-Za-z0-9_]*\(|\([\"'])[^()]*\)|{_WORD}(?:,? {_WORD}){{2,}}[.?!]?)"
)

_breaks = re.compile("(\r\n|[\n\r\u2028\u2029])")
_suspect = re.compile(f"[{_UNSEEN}\u200c\u200d\\s,:;?!().\"'０-９Ａ-Ｚａ-ｚ]").search
_has_han, _all_han = re.compile(f"[{_HAN}]").search, re.compile(f"[{_HAN}]").findall
_latin_words = re.compile(" [A-Za-z]").findall
_wide = re.compile("[０-９Ａ-Ｚａ-ｚ]").search
_invisible = re.compile(f"[{_UNSEEN}]|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_no_quotes = re.compile(
    r"[=<>{}\\`「]|[A-Za-z0-9_]\([\"']"
).search  # code, or a text that has quotation marks of its own
_quotes = (("“”", re.compile('"')), ("‘’", re.compile("(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")))
_inches = re.compile(r"(?<![A-Za-z0-9.-])[0-9]{1,2}(?:\.[0-9])?$").search
_touching = re.compile(f"[{_HAN}{_OPEN}{_CLOSE}{_MARKS}“”‘’…—]").match
_half = re.compile("[,:;?!().]").search
_marks = re.compile(
    f"(?P<keep>{_KEEP})"
    f"|(?<=[{_HAN}{_OPEN}{_CLOSE}{_MARKS}])[,:;?!]++(?![=/\\\\@])"
    f"|(?<=[”’…—])[,:;?!]+(?=\\S|$|{_GAP}+[{_HAN}“‘{_OPEN}])|(?<=[%％‰℃])[,;?!]+(?=\\S|$| [{_HAN}])"
    f"|(?<=[0-9A-Za-z])[,:;?]+(?=[{_HAN}“‘{_OPEN}])|(?<=[0-9])[,;](?= [{_HAN}])"
    f"|(?<=[0-9A-Za-z])[?!]+(?=[”’{_CLOSE}])"
    # No full stop between Han characters (乔治.布什) or after a number (一. 总则).
    f"|(?<=[{_HAN}])(?<![一二三四五六七八九十])\\.(?=[”’」』）)]*{_SPACE}*$|[”’」』]|{_GAP}[{_HAN}])"
)
_bracket = re.compile(f"(?P<keep>{_KEEP})|[()（）]")
_extension = re.compile("\\.[A-Za-z0-9]{2,5}(?![A-Za-z0-9])").match  # 报告(终稿).docx
_runs = re.compile(f"{_SPACE}+")
_between = re.compile(f"(?<=[{_HAN}]){_GAP}+(?=[{_HAN}])")
_beside = re.compile(
    f"(?<!{_SPACE}){_SPACE}+(?=[{_CLOSE}{_MARKS}])|(?<=[{_OPEN}{_MARKS}]){_SPACE}+"
    f"|(?<=[“‘]){_SPACE}+(?=[{_HAN}])|(?<=[{_HAN}]){_SPACE}+(?=[”’])"
)
_around = re.compile(f"(?<=[{_HAN}]){_GAP}+(?=[“‘{_OPEN}])|(?<=[”’{_CLOSE}]){_GAP}+(?=[{_HAN}“‘{_OPEN}])")
# Here the space is printed: 新华社北京3月1日电 国家…, 本报讯 昨日…, 第三条 国有…; “乘梦飞 再相约”, （记者 张三 李四）.
_head = re.compile(
    f"(?:据?(?:本报|[{_HAN}]{{1,4}}[社网])[^\\s，。；？！]{{0,40}}[电讯]|第[一二三四五六七八九十百千零〇0-9]+[条章节编款])"
    f"{_SPACE}+"
)
_PART = f"[^{_OPEN}{_CLOSE}“”‘’，。；？！{_GAP[1:-1]}]{{2,}}"
_titled = re.compile(f"[“‘{_OPEN}](?:{_PART}{_GAP})+{_PART}[”’{_CLOSE}]")
_sentences = re.compile(".*[。？！；][”’）】」』]*")
_DEFAULT = TidyConfig()

Rule = Callable[[str, bool], str]


def tidy(text: str, config: TidyConfig = _DEFAULT, *, headline: bool = False) -> str:
    """The text, tidied; `headline` says that it is a headline, subhead or byline, whose spaces are meant."""
    return _tidied(text, config, headline, Counter())


def changes(text: str, config: TidyConfig = _DEFAULT, headline: bool = False) -> list[tuple[str, int]]:
    """The rules (named like their switches) that change the text, each with the number of characters changed."""
    counts: Counter[str] = Counter()
    _tidied(text, config, headline, counts)
    return [(name, counts[name]) for name, _ in _RULES if counts[name]]


def _tidied(text: str, config: TidyConfig, headline: bool, counts: Counter[str]) -> str:
    if not config.enabled or not _suspect(text):
        return text
    rules = [(name, rule) for name, rule in _RULES if getattr(config, name)]
    pieces = _breaks.split(text)
    pieces[::2] = [_line(piece, rules, headline, counts) for piece in pieces[::2]]
    return "".join(pieces)


def _line(line: str, rules: list[tuple[str, Rule]], headline: bool, counts: Counter[str]) -> str:
    """Applies the rules until none finds anything, so that nothing is left for a second run to find."""
    before = None
    while line != before:
        before = line
        for name, rule in rules:
            old, line = line, rule(line, headline)
            if line != old:
                counts[name] += abs(len(old) - len(line)) or sum(a != b for a, b in zip(old, line, strict=True))
    return line


def _is_chinese(line: str) -> bool:
    """Whether the line has Han characters, and more of them than two for each Latin word after a space."""
    words = len(_latin_words(line))
    return bool(_has_han(line)) and (not words or len(_all_han(line)) > 2 * words)


def _curl(line: str, _: bool) -> str:
    """Makes straight quotes curly, all of a kind or none: one wrong pair would turn all that follow."""
    if ('"' in line or "'" in line) and _is_chinese(line) and not _no_quotes(line):
        for curly, straight in _quotes:
            parts = straight.split(line)
            if len(parts) % 2 and all(_is_quoted(*parts[i - 1 : i + 2]) for i in range(1, len(parts), 2)):
                line = "".join(part + curly[i % 2] for i, part in enumerate(parts[:-1])) + parts[-1]
    return line


def _is_quoted(before: str, inside: str, after: str) -> bool:
    crossed = inside.count('"') % 2 or any(inside.count(a) != inside.count(b) for a, b in ("“”", "‘’"))
    if crossed or not inside or inside != inside.strip() or _inches(before):
        return False
    return bool(_has_han(inside) or _touching(before[-1:]) or _touching(after))


def _widen(line: str, _: bool) -> str:
    """Makes punctuation full-width where what it stands next to is Chinese."""
    if not _half(line) or not _is_chinese(line):
        return line
    line = _marks.sub(lambda m: m["keep"] or m[0].translate(_FULL), line)
    return _widen_brackets(line) if "(" in line or ")" in line else line


def _widen_brackets(line: str) -> str:
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    chars = list(line)
    for match in _bracket.finditer(line):
        at = match.start()
        if match[0] in "(（":
            opened.append(at)
        elif match[0] in ")）" and opened:
            pairs.append((opened.pop(), at))
        elif match[0] == ")" and at and _touching(chars[at - 1]):
            chars[at] = "）"
    for start, end in sorted(pairs):  # outer ones first: those inside see them
        before = "".join(chars[max(start - 2, 0) : start])
        if chars[start] == "（" or chars[end] == "）" or _is_chinese_pair(line, before, start, end):
            chars[start], chars[end] = "（", "）"
    for at in reversed(opened):
        chars[at] = "（" if _touching("".join(chars[at + 1 : at + 2])) else chars[at]
    return "".join(chars)


def _is_chinese_pair(line: str, before: str, start: int, end: int) -> bool:
    """Whether the brackets hold or touch Chinese and are no part of a file's name, a link or a call: f(x)."""
    if before.rstrip().endswith(("]", "=")) or _extension(line, end + 1):
        return False
    if _has_han(line, start, min(end, start + 300)) or _touching(before.rstrip()[-1:]):
        return True
    named = not before or before[-1].isdecimal() or (before.isascii() and before.isalnum() and len(before) > 1)
    return named and bool(_touching(line[end + 1 : end + 3].lstrip()))


def _close_up(line: str, headline: bool) -> str:
    """Takes out spaces, but not those that newspapers print: a line's last words without a full stop are a headline,
    a credit or a list of names."""
    if not _runs.search(line) or not _is_chinese(line):
        return line
    line = _beside.sub("", _runs.sub(" ", line) if headline else line)
    if headline:
        return line
    head = match.end() if (match := _head.match(line)) else 0
    body = match.end() if (match := _sentences.match(line, head)) else head
    body = len(line) if "，" in line[body:] else body
    tail = line[body:]
    spelled = all(len(part) == 1 and _has_han(part) for part in _runs.split(tail.strip()))  # 通 知
    return line[:head] + _close_sentences(line[head:body]) + (_runs.sub("", tail) if spelled else tail)


def _close_sentences(text: str) -> str:
    """Spaces in quoted titles are meant, unless the text has such spaces elsewhere, too."""
    text = _around.sub("", text)
    return _between.sub("", text) if _between.search(_titled.sub("“”", text)) else text


_RULES: tuple[tuple[str, Rule], ...] = (
    ("invisible", lambda line, _: _invisible.sub("", line)),
    ("width", lambda line, _: line.translate(_ASCII) if _wide(line) else line),
    ("quotes", _curl),
    ("punctuation", _widen),
    ("spaces", _close_up),
    ("ends", lambda line, _: line.strip()),
)
