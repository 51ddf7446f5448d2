"""Forms within stories: subheads, lists, quotes, tables, letters, and the lines that a publisher adds to its stories.

Each takes a story's paragraphs with their roles and gives them back in that form; where it can't, unchanged. No word of
the story is lost but for full stops.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from ..model import Role
from ..text.forms import closed
from .made import SENTENCE, Clean, fill, name, paragraph_role
from .style import FORMS, Style, place

Told = tuple[str, Role]
Form = Callable[[random.Random, list[Told], Style], list[Told]]
HAN = "一二三四五六七八九十"
STOPS = "。！？!?；;，,、.： "


def own_way(rng: random.Random, style: Style, article: Clean) -> Clean:
    """The article as a publisher of this style would print it."""
    told = [(p, paragraph_role(p)) for p in article.paragraphs]
    if style.forms and rng.random() < style.formed:
        told = FUNCTIONS[rng.choice(style.forms)](rng, told, style)
    bodies = [i for i, (_, role) in enumerate(told) if role is Role.BODY]
    if bodies and style.opening:
        told[bodies[0]] = (fill(rng, (style.opening,), article, style.latin) + told[bodies[0]][0], Role.BODY)
    if bodies and style.closing:
        told[bodies[-1]] = (told[bodies[-1]][0] + fill(rng, (style.closing,), article, style.latin), Role.BODY)
    if style.info and rng.random() < style.informed:
        lines = [(fill(rng, (x,), article, style.latin), Role.BODY) for x in style.info if rng.random() < 0.8]
        told = [*lines, *told] if style.info_first else [*told, *lines]
    if len(told) > 2 and rng.random() < style.labelled:
        told.insert(rng.randrange(1, len(told)), (fill(rng, style.labels, article, style.latin), Role.SUBHEAD))
    if rng.random() < style.decked:
        deck = fill(rng, style.decks, article, style.latin)
        told.insert(0, (deck, Role.BODY if closed(deck) else Role.SUBHEAD))
    if rng.random() < style.signed:
        told.append((fill(rng, style.signatures, None, style.latin), Role.BYLINE))
    if rng.random() < style.columned:
        # The headline alone is filled in, whatever braces it has.
        column = fill(rng, (rng.choice(style.columns).replace("{t}", "\0"),), None, style.latin)
        article = replace(article, title=column.replace("\0", article.title))
    return replace(article, paragraphs=tuple(p for p, _ in told), roles=tuple(role for _, role in told))


# ---- the forms --------------------------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    found = re.findall(r".+?[.!?][\"')”’]*(?:\s+|$)|.+$", text) if text.isascii() else SENTENCE.findall(text)
    return [x.strip() for x in found if x.strip()]


def _long(told: list[Told], least: int, count: int = 1) -> list[int]:
    """Paragraphs of at least so many letters and sentences."""
    return [i for i, (x, r) in enumerate(told) if r is Role.BODY and len(x) >= least and len(sentences(x)) >= count]


def _clause(rng: random.Random, text: str, most: int = 14) -> str:
    """A clause of a paragraph, as long as a small headline."""
    found = [x.strip() for x in re.split(r"[^\w\s%·-]+", text)]
    most = most * 3 if text.isascii() else most
    return rng.choice([x for x in found if 4 <= len(x) <= most] or [max(found, key=len)[:most].strip()])


def _headed(rng: random.Random, told: list[Told], places: list[int], mark: Callable[[int], str]) -> list[Told]:
    """The paragraphs with small headlines above those at `places`."""
    found: list[Told] = []
    for i, (text, role) in enumerate(told):
        if i in places and (head := _clause(rng, text)):
            found.append((mark(places.index(i)) + head, Role.SUBHEAD))
        found.append((text, role))
    return found


def subheads(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    sign = rng.choice(("", "", "■", "●", "【{}】", "▌", "— {} —"))
    places = _long(told, 20)[1 :: rng.choice((2, 2, 3))]
    found = _headed(rng, told, places, lambda _: "\0")
    return [(_signed(x[1:], sign) if x.startswith("\0") else x, role) for x, role in found]


def _signed(text: str, sign: str) -> str:
    return sign.format(text) if "{}" in sign else sign + text


def numbered(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    kind = rng.choice(("1. ", "01 ", "1、") if style.latin else ("{}、", "（{}）", "之{} ", "1.", "1、", "01 "))
    places = _long(told, 20)[1 :: rng.choice((1, 2))][:10]

    def mark(k: int) -> str:
        return kind.format(HAN[k]) if "{}" in kind else kind.replace("1", str(k + 1))

    return _headed(rng, told, places, mark)


def roundup(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """A small headline above every paragraph."""
    sign = rng.choice(("", "", "◆", "● "))
    return _headed(rng, told, _long(told, 20), lambda _: sign)


def questions(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """An interview: a question before every paragraph but the first, perhaps marked, as the answers are."""
    asks = ("Q: ", "", "Question: ") if style.latin else ("问：", "", "记者：", "Q：", "——")
    ask = rng.choice(asks)
    answer = {"问：": "答：", "Q：": "A：", "Q: ": "A: ", "记者：": fill(rng, ("{n}：",))}.get(ask, "")
    asked = (
        ("What about {}?", "How do you see {}?")
        if style.latin
        else ("怎么看{}？", "{}，是这样吗？", "如何理解{}？", "为什么说{}？")
    )
    places = _long(told, 20)[1:]
    found: list[Told] = []
    for i, (text, role) in enumerate(told):
        if i in places:
            found.append((ask + rng.choice(asked).format(_clause(rng, text)), Role.BODY))
            text = answer + text
        found.append((text, role))
    return found


def _split(rng: random.Random, told: list[Told], count: int, line: Callable[[int, str], str]) -> list[Told]:
    """One paragraph's sentences as lines."""
    places = _long(told, 40, count)
    if not places:
        return told
    at = rng.choice(places)
    lines = [(line(k, x), Role.BODY) for k, x in enumerate(sentences(told[at][0])) if x.strip(STOPS)]
    return [*told[:at], *lines, *told[at + 1 :]]


def items(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """A paragraph's sentences as a list's items, which begin alike."""
    marks = (
        ("• ", "- ", "* ", "({}) ")
        if style.latin
        else ("●", "· ", "—", "▲", "（{}）", "其{}，", "第{}，", "●今年，", "{}是", "为此，")
    )
    mark, bare = rng.choice(marks), rng.random() < 0.5

    def line(k: int, text: str) -> str:
        number = str(k + 1) if style.latin or k >= len(HAN) else HAN[k]
        return mark.format(number) + (text.rstrip(STOPS) if bare else text)

    return _split(rng, told, 3, line)


def verse(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """One clause a line, without full stops."""
    places = _long(told, 30)
    if not places:
        return told
    at = rng.choice(places)
    found: list[Told] = []
    for x in re.split(r"[。！？!?；;，,]+", told[at][0]):
        if x.strip():
            found.append((x.strip(), Role.BODY))
    return [*told[:at], *found, *told[at + 1 :]]


def statute(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """A sentence a line, each with its number."""
    kind, bare = (
        ("Article {}. " if style.latin else rng.choice(("第{}条 ", "第{}条　", "第{}款："))),
        rng.random() < 0.7,
    )

    def line(k: int, text: str) -> str:
        number = str(k + 1) if style.latin or k >= len(HAN) else HAN[k]
        return kind.format(number) + (text.rstrip(STOPS) if bare else text)

    return _split(rng, told, 2, line)


def _sentence(rng: random.Random, told: list[Told], most: int) -> str | None:
    found = [x for i in _long(told, 20) for x in sentences(told[i][0]) if 10 <= len(x) <= most and "“" not in x]
    return rng.choice(found) if found else None


def quote(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """A sentence of the story again, on its own line."""
    text = _sentence(rng, told, 150 if style.latin else 45)
    if not text:
        return told
    left, right = rng.choice((("", ""), ("“", "”"), ("", "。"), ("「", "」"), ("▍", "")))
    at = rng.randint(1, len(told))
    return [*told[:at], (left + text.rstrip(STOPS) + right, Role.SUBHEAD), *told[at:]]


def caption(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """A caption that repeats a sentence of its story."""
    text = _sentence(rng, told, 180 if style.latin else 60)
    if not text:
        return told
    end = rng.choice(("", "", fill(rng, ("{n}摄", " {n} 摄", "（{n}摄）")))) if not style.latin else ""
    at = rng.randint(0, len(told))
    return [*told[:at], (text + end, Role.CAPTION), *told[at:]]


def table(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """Results, a line each, at the end or between paragraphs."""
    rows: tuple[str, ...] = ("{p} {d} {p} {d}", "{d}. {n} ({p}) {d}:{d}", "{p}  {d}  {d}  {d}", "{n} {d} pts")
    if not style.latin:
        rows = (
            "{p}队 {d}:{d} {p}队",
            "{d} {n} {p} {d}分{d}秒",
            "{p}{d}比{d}{p}",
            "{p}　{d}　{d}　{d}",
            "第{d}名 {n}",
            "{n} {d}票",
            "{p}：{d}.{d}",
        )
    row, at = rng.choice(rows), rng.choice((len(told), rng.randint(1, len(told))))
    lines = [(fill(rng, (row,), None, style.latin), Role.BODY) for _ in range(rng.randint(3, 10))]
    return [*told[:at], *lines, *told[at:]]


def letter(rng: random.Random, told: list[Told], style: Style) -> list[Told]:
    """A letter: whom it is to, and at its end who wrote it."""
    if style.latin:
        first, end = rng.choice(("Dear editor,", "To the editor:", "Dear readers,")), [(name(rng, True), Role.BYLINE)]
        return [(first, Role.BODY), *told, *end]
    who = place(rng, False) + rng.choice(("居民", "读者", "市民", "学校"))
    first = rng.choice(("编辑同志：", "各位读者：", "亲爱的朋友们：", "编辑部：", f"{name(rng)}先生："))
    wish = rng.choice(([], [("此致", Role.BODY), ("敬礼！", Role.BODY)], [("祝好！", Role.BODY)]))
    return [(first, Role.BODY), *told, *wish, (rng.choice((who + " ", "")) + name(rng), Role.BYLINE)]


FUNCTIONS: dict[str, Form] = dict(
    zip(
        FORMS,
        (subheads, numbered, questions, items, quote, caption, verse, statute, table, letter, roundup),
        strict=True,
    )
)
