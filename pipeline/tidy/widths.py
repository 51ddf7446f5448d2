"""Full-width letters and digits, with the marks of their numbers, and rare forms of Chinese marks."""

from __future__ import annotations

import re
import unicodedata

from .chars import is_chinese

LETTERS = "Ａ-Ｚａ-ｚ"
WIDE = f"０-９{LETTERS}"
# Small (﹐), half-width (｡) and vertical (﹁) forms. Not ﹒ and ︰, which Hong Kong papers type for · and ：.
FORMS = "﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞﹪､｡｢｣︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄"
_FULL = str.maketrans(",:;?!()", "，：；？！（）")
_USUAL = {ord(form): unicodedata.normalize("NFKC", form).translate(_FULL) for form in FORMS}
_ASCII = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {ord("∶"): ":", ord("﹒"): "."}
_DIGITS = {code: digit for code, digit in _ASCII.items() if digit.isdecimal()}
_SEPARATE = {code: char for code, char in _ASCII.items() if char not in ":,"}
_DIGIT = "[0-9０-９]"
_narrowed = re.compile(
    f"[{WIDE}][{WIDE}]*"
).sub  # faster than “+”: the search skips to the first character of a pattern
_is_wide = re.compile("[０-９]").search
_has_form = re.compile(f"[{FORMS}]").search
# Between letters: ｗｗｗ．ａ．ｃｎ, ＣＯＶＩＤ－１９; not Ａ．１２, an answer to choose.
_joint = re.compile(f"(?<=[{WIDE}])(?:[－＿＠／＆]|：／／)(?=[{WIDE}])|(?<=[{LETTERS}])．(?=[{LETTERS}])").sub
# A number with its marks, or several that marks join: ８：３０－１２：００.
_number = re.compile(
    f"(?:－(?={_DIGIT}+(?:．{_DIGIT}+)?[℃％%°]))?{_DIGIT}+(?:[．.，,：:∶﹒／/－-]{_DIGIT}+)*[％%]?"
).sub
_ranges = re.compile("([－／/-])").split
_commas = re.compile("([，,])").split
_grouped = re.compile(f"{_DIGIT}{{1,3}}(?:[，,]{_DIGIT}{{3}})+(?:[．.]{_DIGIT}+)?[％%]?").fullmatch
_ratio = re.compile(f"{_DIGIT}{{1,3}}(?:[：:∶]{_DIGIT}{{1,3}}){{1,2}}").fullmatch  # 3:2, 1:100
_clock = re.compile(f"{_DIGIT}{{1,2}}[：:∶][0-5０-５]{_DIGIT}(?:[：:∶][0-5０-５]{_DIGIT})?").fullmatch  # 9:30
# 图１：２０个…, １：２个…, ３：５人…: the colon stands between two numbers that are not one.
_labelled = re.compile("(?:[图表注附问题案步章节条款版]|(?<!比)例)\\s*$").search
_begins = re.compile("(?:^|[。；])\\s*$").search
_counts = re.compile("[年月日岁多余个名位人家项天条件户吨元万亿％%]").match
_itemized = re.compile(f"{_DIGIT}{{1,2}}．(?!{_DIGIT}+[％%])").match  # １．２０３１年…: an item of a list


def narrow(line: str, _: bool) -> str:
    """Convert full-width letters and digits to ASCII, numbers with their marks, and rare forms of marks."""
    line = _joint(_to_ascii, line)
    if _is_wide(line):
        line = _number(_number_to_ascii, line)
    line = _narrowed(_to_ascii, line)
    return line.translate(_USUAL) if _has_form(line) and is_chinese(line) else line


def _to_ascii(match: re.Match[str]) -> str:
    return match[0].translate(_ASCII)


def _number_to_ascii(match: re.Match[str]) -> str:
    """A number in ASCII, or several; one without a full-width digit stays, as 20：22 and 5％ are usual, too."""
    run, line = match[0], match.string
    if not _is_wide(run):
        return run
    before, item = line[max(0, match.start() - 3) : match.start()], ""
    if _begins(before) and _itemized(run):
        at = run.index("．") + 1
        item, run = run[:at].translate(_DIGITS), run[at:]
    pieces = _ranges(run)
    pieces[1::2] = [mark.translate(_ASCII) for mark in pieces[1::2]]
    counted = bool(_counts(line, match.end()))
    for i in range(0, len(pieces), 2):
        alone = i > 0 or not (_labelled(before) or (_begins(before) and not _clock(pieces[i])))
        pieces[i] = _one_or_more(pieces[i], ratio=alone and not counted)
    return item + "".join(pieces)


def _one_or_more(text: str, *, ratio: bool) -> str:
    """A number in ASCII; of several, the commas and, unless there may be a ratio or a time, the colons stay."""
    if _grouped(text):
        return text.translate(_ASCII)
    pieces = _commas(text)
    pieces[::2] = [piece.translate(_ASCII if ratio and _ratio(piece) else _SEPARATE) for piece in pieces[::2]]
    return "".join(pieces)
