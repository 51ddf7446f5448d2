"""A publisher's own way, made up for one batch of made pages: forms that recur over its pages with other names.

What such a form is can't be told from its words, which no list holds, but from how often it recurs and where it stands.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ..text.forms import simplified
from . import phrases
from .templates import BYLINES, CAPTIONS, GIVEN, JUNK, SURNAMES

Place = Literal["page start", "page end", "story end", "under headline", "anywhere"]
PLACES: tuple[Place, ...] = ("page start", "page end", "story end", "under headline", "anywhere")
FORMS = (
    "subheads",
    "numbered",
    "questions",
    "items",
    "quote",
    "caption",
    "verse",
    "statute",
    "table",
    "letter",
    "roundup",
)
MIXES = ((0.2, 0.2, 0.6), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))  # shares: one story, many short, 1-6
MIXED = (0.45, 0.3, 0.1, 0.15)
SAMPLE = 20  # headlines by which a publisher's script is told


@dataclass(frozen=True, slots=True)
class Own:
    """A junk line of the publisher: its form, where it stands, and on what share of those places."""

    form: str
    place: Place
    share: float


@dataclass(frozen=True, slots=True)
class Style:
    """What a publisher does in its own way; what is empty it does not do. The texts are templates of `made.fill`."""

    latin: bool = False
    junk: tuple[str, ...] = JUNK
    own: tuple[Own, ...] = ()
    bylines: tuple[str, ...] = BYLINES
    bylined: float = 0.3  # share of the stories with a byline
    captions: tuple[str, ...] = CAPTIONS
    captioned: float = 0.2
    opening: str = ""  # stands before the first words of a story
    closing: str = ""  # its last words
    info: tuple[str, ...] = ()  # lines of the story's own: label and value
    informed: float = 0.0
    info_first: bool = False
    forms: tuple[str, ...] = ()  # forms within stories, of FORMS
    formed: float = 0.0
    mix: tuple[float, float, float] = (0.0, 0.0, 1.0)
    columns: tuple[str, ...] = ()  # headlines {t} with the name of a column
    columned: float = 0.0
    decks: tuple[str, ...] = ()  # a line or two under the headline
    decked: float = 0.0
    labels: tuple[str, ...] = ()  # lines that stand in many stories, over a part of each
    labelled: float = 0.0
    signatures: tuple[str, ...] = ()  # a line of names below the story
    signed: float = 0.0


def draw_style(rng: random.Random, titles: Sequence[str]) -> Style:
    """Make up the style of a publisher whose headlines are `titles`."""
    some = "".join(titles[:: max(1, len(titles) // SAMPLE)])
    latin = sum(x.isascii() for x in some) > len(some) / 2
    write = _traditional if sum(a != b for a, b in zip(some, simplified(some), strict=False)) > len(some) / 20 else str
    forms = _Latin(rng) if latin else _Han(rng)

    def lines(make: Callable[[], str], least: int, most: int) -> tuple[str, ...]:
        return tuple(write(make()) for _ in range(rng.randint(least, most)))

    junk = lines(forms.junk, 2, 5) if rng.random() < 0.3 else ()
    bylines = lines(forms.byline, 1, 2) if rng.random() < 0.4 else ()
    captions = lines(forms.caption, 1, 3) if rng.random() < 0.4 else ()
    info = lines(forms.info, 1, 4) if rng.random() < 0.35 else ()
    shaped = rng.random() < 0.5
    columns = lines(forms.column, 1, 6) if rng.random() < 0.3 else ()
    decks = lines(forms.deck, 1, 2) if rng.random() < 0.3 else ()
    labels = lines(forms.label, 1, 4) if rng.random() < 0.2 else ()
    signatures = lines(forms.byline, 1, 2) if rng.random() < 0.2 else ()
    return Style(
        latin=latin,
        junk=junk or JUNK,
        own=tuple(Own(x, rng.choice(PLACES), rng.choice((0.3, 0.6, 0.9, 1.0))) for x in junk),
        bylines=bylines or BYLINES,
        bylined=rng.choice((0.3, 0.7, 0.95)) if bylines else 0.3,
        captions=captions or CAPTIONS,
        captioned=rng.choice((0.2, 0.5)) if captions else 0.2,
        opening=write(forms.opening()) if rng.random() < 0.35 else "",
        closing=write(forms.closing()) if rng.random() < 0.35 else "",
        info=info,
        informed=rng.uniform(0.3, 0.9) if info else 0.0,
        info_first=rng.random() < 0.3,
        forms=tuple(rng.sample(FORMS, rng.randint(3, 6))) if shaped else (),
        formed=0.25 if shaped else 0.0,
        mix=rng.choices(MIXES, MIXED)[0],
        columns=columns,
        columned=rng.choice((0.2, 0.5, 1.0)) if columns else 0.0,
        decks=decks,
        decked=rng.choice((0.3, 0.7, 1.0)) if decks else 0.0,
        labels=labels,
        labelled=rng.choice((0.2, 0.5)) if labels else 0.0,
        signatures=signatures,
        signed=rng.choice((0.3, 0.8)) if signatures else 0.0,
    )


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def _traditional(text: str) -> str:
    """The template in Traditional characters; its fields are ASCII and stay."""
    return str(_converter().convert(text))


class _Han:
    """Forms of Chinese publishers, composed at random."""

    def __init__(self, rng: random.Random) -> None:
        self.one = rng.choice
        self.paper = self.some() + rng.choice(phrases.PAPERS)

    def some(self) -> str:
        """Two characters of a made-up name."""
        return self.one(GIVEN) + self.one(GIVEN)

    def names(self) -> str:
        return self.one(("{n}", "{n}", "{n} {n}", "{n}、{n}", "{n}/{n}"))

    def credit(self, words: Sequence[str], desks: Sequence[str] = ("",)) -> str:
        one, (left, right) = self.one, self.one(phrases.BRACKETS)
        first = one(desks) + one(words) + one(phrases.SIGNS) + self.names()
        more = one(("", "", " " + one(desks) + one(words) + one(phrases.SIGNS) + "{n}"))
        return one(phrases.BULLETS) + left + first + more + right

    def junk(self) -> str:
        one = self.one
        kinds = (
            self.editors,
            self.editors,
            self.editors,
            self.end,
            self.section,
            self.counter,
            self.service,
            self.teaser,
        )
        return one(kinds)()

    def editors(self) -> str:
        return self.credit(phrases.EDITORS, phrases.DESKS)

    def end(self) -> str:
        one, mark = self.one, self.one(phrases.MARKS)
        rule, word = one((mark, mark * 3, mark * 5, f"{mark} {mark} {mark}")), one(phrases.ENDS)
        return one((rule, f"{rule}{word}{rule}", f"（{word}）", f"{word}{mark}", f"[{word}]", rule + self.paper))

    def section(self) -> str:
        one, sign, section = self.one, self.one(phrases.SIGNS), self.one(phrases.SECTIONS)
        page = one(("{d}", "A{d}", "第{d}版", "{d}版", "P{d}", "T{d}-{d}"))
        day = one(("{d}月{d}日", "20{d}.{d}.{d}", "星期{d}", "{d}/{d}"))
        return one((section + sign + page, page + sign + section, f"{self.paper}{sign}{day}{sign}{page}", f"{day} {section}{page}"))  # fmt: skip

    def counter(self) -> str:
        one, word, unit = self.one, self.one(phrases.COUNTED), self.one(phrases.UNITS)
        return one((f"{word}{one(phrases.SIGNS)}{{d}}{{d}}{unit}", f"{{d}}{{d}}{unit}{word}", f"{word}（{{d}}）", f"{word} {{d}} {one(phrases.COUNTED)} {{d}}"))  # fmt: skip

    def service(self) -> str:
        one = self.one
        call = one(phrases.ASKED) + one(("", self.paper, "“" + self.paper + "”")) + one(phrases.THINGS)
        more = one(("", "，" + one(phrases.GAINS), " " + one(phrases.GAINS)))
        return one(phrases.BULLETS) + call + more + one(("", "", "。", "！", " {d}{d}{d}{d}", "：desk{d}@{c}.example"))

    def teaser(self) -> str:
        one = self.one
        return (
            one(phrases.BULLETS)
            + one(phrases.TEASERS)
            + one(("：", "丨", "｜", " | ", "> "))
            + one(("{t}", "{w}", "{s}"))
        )

    def byline(self) -> str:
        return self.credit(phrases.WRITERS)

    def caption(self) -> str:
        one, note, sign = self.one, self.one(phrases.NOTES), self.one(phrases.SIGNS)
        what, who = (
            one(("{t}", "{w}", "{w}。", "{s}")),
            one((f"{note}{sign}{{n}}", f"{{n}}{note}", f"{{n}} {note}", f"（{note}/{{n}}）")),
        )
        return one((f"{one(phrases.BULLETS)}{what} {who}", who, f"{what}{who}", f"{note}{sign}{what}"))

    def opening(self) -> str:
        one, place = self.one, self.some()
        who, day = (
            one(("", "（记者{n}）", "（记者 {n} 通讯员 {n}）", " 记者{n}报道 ")),
            one(("", "{d}日", "{d}月{d}日")),
        )
        return one((
            f"{self.paper}讯{who}", f"【{place}讯】", f"（{place}{{d}}日电）", f"{self.paper}{place}{day}电{who}", f"{self.paper}{day}讯{who}",
            f"【{self.paper}{{n}}{place}报道】", f"{place}消息 ", f"{one('■●◎▲')} ", f"{self.paper}消息，", f"（{self.paper}{{d}}日{place}讯）", "{p}{d}日电 ",
        ))  # fmt: skip

    def closing(self) -> str:
        one, role = self.one, self.one(phrases.WRITERS)
        return one((
            f"（{self.names()}）", f"（{role}{{n}}）", f"({one(phrases.SIGNS).strip()}{{n}})", f"（{self.paper}）", f"{{n}}{one(('摄', '供图', '文'))}",
            f" {{n}}{role}", "■", "（完）", f"◎{self.paper}", f"{one('■□◎')}{{n}}", f"（{role}/{self.names()}）", f"{self.paper}记者{{n}}",
            f"（{self.some()}）", "（{n}、{d}日）", " 图/{n}", f"[{role} {{n}}]", "（图：{n}）", f"({_agency(one)})",
        ))  # fmt: skip

    def info(self) -> str:
        one, kind = self.one, self.one(phrases.KINDS)
        return (
            one(("", "", one(phrases.BULLETS)))
            + one((one(phrases.ABOUT), "", ""))
            + kind
            + one(("：", "：", "：", ":", " "))
            + one(phrases.VALUES[kind])
        )

    def column(self) -> str:
        one = self.one
        name = one(
            (one(phrases.SECTIONS), self.some() + one(phrases.COLUMNS), one(phrases.SECTIONS) + one(phrases.COLUMNS))
        )
        return one((
            f"{name}丨{{t}}", f"【{name}】{{t}}", f"{name}：{{t}}", f"{{t}}｜{name}", f"{{t}}（{name}）", f"{name} | {{t}}", f"（{name}）{{t}}",
            f"[{name}]{{t}}", f"{name}（{{d}}）：{{t}}", f"{{t}}—{self.paper}", f"{name}/{{t}}", f"{{t}}({name}{{d}})", f"#{name}# {{t}}",
        ))  # fmt: skip

    def deck(self) -> str:
        return self.one(
            (
                "——{w}",
                "{w}",
                "{w}",
                "{s} {s}",
                "{w}；{w}",
                "— {s}",
                "导读：{w}",
                "{w}……",
                "（{w}）",
                "●{w}",
                "“{w}”",
                "{w}。{w}",
            )
        )

    def label(self) -> str:
        one, word = self.one, self.one(phrases.LABELS)
        return one(
            (
                word,
                word,
                f"【{word}】",
                f"■{word}",
                f"{word}：",
                f"▶{word}",
                f"“{self.some()}”{word}",
                f"{word}{one('①②●')}",
                self.some() + word,
            )
        )


class _Latin:
    """Forms of English publishers, composed at random."""

    def __init__(self, rng: random.Random) -> None:
        self.one = rng.choice
        self.paper = f"The {self.place()} {rng.choice(phrases.LATIN_PAPERS)}"

    def place(self) -> str:
        return (self.one(phrases.SYLLABLES) + self.one(phrases.SYLLABLES)).title()

    def junk(self) -> str:
        one, sign = self.one, self.one(phrases.LATIN_SIGNS)
        mark = one(phrases.MARKS)
        return one((
            one(phrases.LATIN_EDITORS) + sign + "{n}", one(phrases.LATIN_EDITORS) + sign + "{n} and {n}", f"[{one(phrases.LATIN_EDITORS)} {{n}}]",
            one(phrases.LATIN_SERVICES).replace("{x}", self.paper), mark * 3, f"{mark} {one(phrases.LATIN_ENDS)} {mark}",
            f"{one(phrases.LATIN_SECTIONS)}{sign}{{d}}", f"{self.paper}{sign}Page {{d}}", f"{one(phrases.LATIN_COUNTED)}{sign}{{d}}{{d}}",
            one(phrases.LATIN_TEASERS) + "{t}",
        ))  # fmt: skip

    def byline(self) -> str:
        one = self.one
        return one(
            (
                one(phrases.LATIN_WRITERS) + one(phrases.LATIN_SIGNS) + "{n}",
                "{n}, " + self.paper,
                "{n} and {n}",
                "By {n} in {p}",
            )
        )

    def caption(self) -> str:
        one, note = self.one, self.one(phrases.LATIN_NOTES) + self.one(phrases.LATIN_SIGNS)
        return one(("{t}. " + note + "{n}", note + "{n}", "{s} (" + note + "{n})", note + self.paper))

    def opening(self) -> str:
        city, agency = self.place(), _agency(self.one)
        return self.one((
            f"{city.upper()}, March {{d}} - ", f"{city.upper()} ({agency}) — ", f"({agency}) ", f"{city} — ", f"{city}, {{d}} May ({agency}) - ",
            "{p}: ", f"{self.paper}, {city} — ",
        ))  # fmt: skip

    def closing(self) -> str:
        agency = _agency(self.one)
        return self.one(
            (
                f" ({agency})",
                " — {n}",
                " ■",
                " [{n}]",
                f" — {agency}",
                " (Reporting by {n})",
                f" /{agency}",
                f" ({self.paper})",
                " {n}",
            )
        )

    def info(self) -> str:
        return self.one(phrases.LATIN_LINES)

    def column(self) -> str:
        name = self.one(phrases.LATIN_SECTIONS)
        return self.one(
            (f"{name}: {{t}}", f"{name.upper()} | {{t}}", f"{{t}} - {self.paper}", f"{{t}} ({name})", f"{name} / {{t}}")
        )

    def deck(self) -> str:
        return self.one(("{w}", "{s}; {s}", "— {w}", "{s}", "• {w}", "{w}."))

    def label(self) -> str:
        word = self.one(phrases.LATIN_LABELS)
        return self.one((word, word.upper(), f"{word}:", f"- {word} -", f"* {word}"))


def _agency(one: Callable[[str], str]) -> str:
    return "".join(one("ABCDFGHKLMNPRSTVXZ") for _ in range(3))


def han_name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice([1, 2, 2])))


def latin_name(rng: random.Random) -> str:
    return " ".join("".join(rng.sample(phrases.SYLLABLES, rng.choice([1, 2]))).title() for _ in range(2))


def place(rng: random.Random, latin: bool) -> str:
    """A made-up place."""
    return "".join(rng.sample(phrases.SYLLABLES, 2)).title() if latin else "".join(rng.sample(SURNAMES, 2))
