"""Credits of authors, photographers and editors: lines and brackets that are nothing but credits.

A credit is a sequence of labels (记者, 通讯员, 摄影, 责任编辑) and lists of names. Some labels precede their names,
some follow them, some do either, depending on context. A credit that cannot be parsed completely gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from .names import Spans, find_names, is_name

Found = dict[str, list[str]]  # kind -> names as they are written

ONE_HOUSE = r"(?:本[报刊网台社]|[\u3400-\u9fff]{1,8}?(?:[报社网台刊]|周刊|杂志|客户端|融媒体?中心|传媒|新闻|在线))"
HOUSE = rf"{ONE_HOUSE}(?:[·/]{ONE_HOUSE})?"
RANK = r"(?:全媒体|融媒体?|首席|特派|特约|见习|实习|高级|资深|文字|本报|客户端|前方|体育|财经|时政|视频)"
RANKS = rf"{RANK}*(?:驻[\u3400-\u9fff]{{1,6}}?{RANK}*)?"  # one place at most: several can be told apart in 6 ways each
EDITING = r"(?:责任|值班|本版|本期|执行|见习|实习|文字|本报|网络|新媒体|栏目|图文|[一二]审)"
OTHER = (
    r"(?:[一二三四初复终]审|审核|审读|审校|审稿|监审|核稿|译者|副?主编|副?总编辑?|美术编辑|美编|组版|排版|版式|视觉|制图|绘图|编译|翻译|"
    r"监制|统筹|策划|签发|供稿|供图|设计|制作|编导)"
)
LABELS = {
    "other": OTHER,
    "editor": rf"{EDITING}*(?:编辑|责编)|(?:责任|本版)?校对",
    "both": r"文\s*[/、·&]?\s*图片?|图\s*[/、·&]?\s*文(?!字)|文\s*[/、]\s*摄影?|文并摄|(?:摄影|图文)报[道导]|"
    r"(?:撰文|采写)[、/ ]摄影",
    "photographer": r"摄影记者|(?<![拍航抓翻跟偷])摄(?:影(?![家师展协部作比大])|(?![氏像取入影]))|图片?(?=\s*[/:|])",
    "reporter": rf"(?:(?:本[报刊网台社]|新华社|中新社|中新网|中新财经|总台(?:央视)?|(?<![^\s(、,;/|·:]){HOUSE})\s*)?"
    rf"{RANKS}\s*(?:记者|实习生)",
    "writer": r"采写|采访(?:[、/]?(?:撰文|整理))?(?=\s*[/:])|撰文|撰稿|(?:本版)?文字?(?=\s*[/:|])",
    "correspondent": r"(?:(?:本[报刊网台社]|特约|新华社)\s*)*通讯员",
    "author": r"(?:本文)?作者(?=\s*[/:|])",
    "reported": r"(?:采访|综合|联合)?(?:整理|报[道导])",
}
TOKEN = re.compile(rf"(?:{'|'.join(f'(?P<{kind}>{form})' for kind, form in LABELS.items())})(?P<colon>\s*[/:|])?")
SPACES = " ,、;/|。·"
MARKS = re.compile(r"[\s□■◆◇▲△▶►◎○·*—–\-/|>_]*")
WHERE_FROM = re.compile(r"(?<=摄)\s*\([^()]{1,16}\)$")  # 张三摄（影像中国）
# Separators of credits on web pages.
BETWEEN = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?|星期[一二三四五六日天]|版[次面]\s*:\s*第?\s*[A-Z]{0,2}\d{1,3}\s*版?(?:\s*[:·]\s*[\u3400-\u9fff]{2,6})?|"
    r"打印(?:本页)?|关闭(?:窗口)?|分享(?:到)?|收藏|"
    r"我要评论|我要纠错|纠错|字[号体].*$|(?:点击|阅读|浏览|评论)(?:数|量|次数)?\s*:.*$|A-|A\+|(?:发布)?(?:日期|时间)\s*:"
)
ONLY_BEHIND, EITHER = {"reported"}, {"both", "photographer", "other"}
BRACKETS = re.compile(r"^(\s*)\((.*)\)([\s。]*)$")  # around the whole line
PLACE = re.compile(r"(\s|/)\s*((?:(?!摄影|图文|采访|综合|联合|记者|通讯|编辑)[\u3400-\u9fff]){2,6})(?=报[道导])")
PROSE = re.compile(r"[。!?][\s)]*[^\s。)]")  # a sentence that ends before the line does
# A paper's short name before 记者; a sentence has other words there: 有多名记者, 随队记者, 前线记者.
HOUSE_NAME = re.compile(
    r"(?:(?![有名位个多些两对向被的是在与和据随让给从该这那各等])[\u3400-\u9fff]){2,8}(?<![讯队线])"
)
TITLE = re.compile(r"\s*编辑[\u3400-\u9fff]+\s*")  # 编辑手记, 编辑推荐: not surely an editor's name
LONGEST = 300  # most characters of a credit


@dataclass(frozen=True, slots=True)
class Token:
    """A label of some kind, or the text between two labels (kind "names")."""

    kind: str
    start: int
    end: int
    form: str = ""
    colon: bool = False


@dataclass(slots=True)
class Part:
    """A list of names, and the labels that apply to it."""

    names: Spans
    labels: set[str]

    def kinds(self) -> set[str]:
        """The kinds of the names: whoever took the picture is the photographer, whatever other labels say."""
        found = self.labels & {"editor", "reporter", "correspondent", "author"}
        if {"reporter", "correspondent"} <= found:
            return set()  # 本报记者 本报通讯员 张三
        if "photographer" in self.labels:
            return {"photographer"}
        if "both" in self.labels:
            return (found or {"reporter"}) | {"photographer"}
        return found or ({"reporter"} if "writer" in self.labels else set())


def find_credits(written: str, text: str, *, line: bool = False) -> Found:
    """The credits that make up a line, or the inside of a bracket; `text` is its plain form.

    `line`: it is a whole line, which may also be speech in an interview (记者：明白).

    >>> from unsplice.write.metadata.plain import plain
    >>> def of(line): return find_credits(line, plain(line))
    >>> of("本报记者 张三 通讯员 李 四 摄影报道")
    {'photographer': ['张三', '李四'], 'reporter': ['张三'], 'correspondent': ['李四']}
    >>> of("（責任編輯：張三）"), of("记者从市水务局获悉")
    ({'editor': ['張三']}, {})
    """
    if len(text) > LONGEST or PROSE.search(text) or not TOKEN.search(text) or (line and TITLE.fullmatch(text)):
        return {}
    for pattern in (WHERE_FROM, BETWEEN):
        text = pattern.sub(lambda m: " " * len(m[0]), text)
    text = _without_place(BRACKETS.sub(r"\1 \2 \3", text))
    found: Found = {}
    for part in (each for each in _parts(text, line) if each.names):
        for kind in sorted(part.kinds()):
            found.setdefault(kind, []).extend(_name(written[a:b]) for a, b in part.names)
    return found


def _name(written: str) -> str:
    return " ".join(written.split()) if written.isascii() else "".join(written.split())


def _without_place(text: str) -> str:
    """The text without the place before 报道: 记者 张三 北京报道, 记者张三／台北报导."""
    m = PLACE.search(text)
    return text if not m or (is_name(m[2]) and m[1] != "/") else text[: m.start()] + " " * len(m[0]) + text[m.end() :]


def _parts(text: str, line: bool) -> list[Part]:
    """The parts of a credit; none where something in it is neither a label nor a name."""
    tokens = _without_houses(text, list(_tokens(text)))
    parts: list[Part] = []
    waiting: list[Token] = []  # labels whose names have not come yet
    unlabelled = 0  # the parts from here on may be followed by their label
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.kind == "names":
            names = find_names(text, token.start, token.end)
            if not names and not (waiting and waiting[-1].colon):
                return []
            parts.append(Part(names, {w.kind for w in waiting}))
            waiting = []
        elif _stands_behind(token, len(parts) > unlabelled and not waiting, after):
            for part in parts[unlabelled:]:
                part.labels.add(token.kind)
            unlabelled = len(parts)
        elif waiting and waiting[-1].colon and token.colon:
            waiting = [token]  # 编辑： 校对：张三: the first is empty
        else:
            waiting.append(token)
    whole = all(w.colon for w in waiting) and all(p.labels for p in parts)
    return parts if whole and not (line and _is_speech(tokens, parts)) else []


def _tokens(text: str) -> Iterator[Token]:
    """Labels, and the text between them without marks and spaces."""
    at = MARKS.match(text).end()  # type: ignore[union-attr]
    for m in TOKEN.finditer(text, at):
        if text[at : m.start()].strip(SPACES):
            yield Token("names", at, m.start())
        kind = next(k for k in LABELS if m[k] is not None)
        yield Token(kind, *m.span(), m[kind], m["colon"] is not None)
        at = m.end()
    if text[at:].strip(SPACES):
        yield Token("names", at, len(text))


def _without_houses(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens without short names of papers, which are what runs into 记者: 采写：南都记者 张三."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        labelled = at > 0 and not tokens[at - 1].colon  # 通讯员张三记者李四
        joined = (
            token.kind == "names"
            and after is not None
            and after.kind == "reporter"
            and not (after.colon or after.form[0].isspace())
        )
        if not joined or labelled or not HOUSE_NAME.fullmatch(text[token.start : token.end]):
            found.append(token)
    return found


def _stands_behind(token: Token, names_before: bool, after: Token | None) -> bool:
    """Does a label apply to the names before it?"""
    if not names_before or token.colon:
        return False
    if token.kind in ONLY_BEHIND or token.form == "摄" or token.form.endswith(("报道", "报导")):
        return True
    return token.kind in EITHER and (after is None or after.kind != "names")


def _is_speech(tokens: list[Token], parts: list[Part]) -> bool:
    """A question or answer of an interview, such as “记者：明白”?"""
    alone = len(tokens) == 2 and sum(len(p.names) for p in parts) < 2
    return alone and tokens[0].form in ("记者", "翻译") and tokens[0].colon
