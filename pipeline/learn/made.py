"""Made pages: pages composed of clean articles, so that each line's true story, position and role are known."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..model import Role
from ..text.forms import closed, fold
from .style import Place, Style, han_name, latin_name, place

SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』）)]*|[^。！？!?；;]+$")
HALF = str.maketrans({"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"})
CREDIT = re.compile(r"记者|記者|通讯员|通訊員|编辑|編輯|实习生|^文/|^图/|作者|Reporter|^By ")
CAPTION = re.compile(r"摄$|攝$|摄影|攝影|^图为|^圖為|^图|制图|製圖|Photo")


LONG, OFTEN = 12, 5  # letters from which a paragraph is not shared by chance; articles from which it is a footer


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an original paragraph and where it belongs. `order` increases within a story; a headline has -1."""

    story: str | None
    order: float
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a made page and its truth; `copy`: it repeats another line."""

    parts: tuple[Part, ...]
    copy: bool = False

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.parts)

    @property
    def story(self) -> str | None:
        return self.parts[0].story

    @property
    def role(self) -> Role:
        return self.parts[0].role


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean article to make pages from: `issue` sorts articles of one printed page or day together.

    `roles` are those of its paragraphs, where they are known; else their shape tells.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    issue: str
    roles: tuple[Role, ...] = ()


@dataclass(slots=True)
class MadePage:
    """A page being made."""

    name: str
    lines: list[Line]
    stories: list[str]
    half: bool = False
    title: str = ""  # a headline that came with the page and is not in its text, and its story
    title_story: str | None = None

    def text(self) -> str:
        body = "\n\n".join(line.text for line in self.lines)
        return body.translate(HALF) if self.half else body


@dataclass(slots=True)
class Batch:
    """Pages of one publisher being made, and the unused articles."""

    rng: random.Random
    pool: list[Clean]
    style: Style = field(default_factory=Style)
    pages: list[MadePage] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    home: dict[str, int] = field(default_factory=dict)


def clean_articles(records: Iterable[Mapping[str, object]]) -> list[Clean]:
    """Articles fit for making pages: with a headline, 2-30 paragraphs, and no paragraph repeated.

    A paragraph found in 1 % of the articles is the publisher's, not the story's, and is left out.
    """
    read = [(r, _paragraphs(str(r["text"]))) for r in records]
    times = Counter(k for _, found in read for k in {fold(p) for p in found} if len(k) >= LONG)
    common = {k for k, n in times.items() if n > max(OFTEN, len(read) // 100)}
    seen: set[str] = set()
    chosen = []
    for record, found in read:
        title = re.sub(r"\s+", " ", str(record.get("title") or "").replace(" / ", " ")).strip()
        paragraphs = [p for p in found if fold(p) not in common]
        if paragraphs and fold(paragraphs[0]) == fold(title):
            del paragraphs[0]
        keys = [fold(p) for p in paragraphs]
        long = {k for k in keys if len(k) >= LONG}
        if not 5 <= len(title) <= 90 or not 2 <= len(paragraphs) <= 30 or not 120 <= sum(map(len, keys)) <= 6000:
            continue
        if title in seen or len(set(keys)) != len(keys) or long & seen:
            continue
        seen |= long | {title}
        day = "".join(f"{int(x):04d}" for x in re.findall(r"\d+", str(record.get("date") or ""))[:3])
        chosen.append(Clean(str(record["id"]), title, tuple(paragraphs), f"{day}/{record.get('page') or ''}"))
    return chosen


def _paragraphs(text: str) -> list[str]:
    found = (re.sub(r"[\u3000\xa0\t ]+", " ", p).strip() for p in text.split("\n"))
    return [p for p in found if len(fold(p)) >= 2]


def paragraph_role(text: str) -> Role:
    """The role of a paragraph of a clean article, by its shape."""
    if closed(text) or len(text) > 45:
        return Role.BODY
    if CAPTION.search(text):
        return Role.CAPTION
    return Role.BYLINE if CREDIT.search(text) else Role.SUBHEAD


def name(rng: random.Random, latin: bool = False) -> str:
    return latin_name(rng) if latin else han_name(rng)


def fill(rng: random.Random, templates: tuple[str, ...], article: Clean | None = None, latin: bool = False) -> str:
    """A random template, filled in with names {n}, numbers {d}, a piece of the headline {t} or the text {s}, or a short
    sentence {w}, places {p}, letters {c}. Names are Chinese or, of `latin` publishers, Latin."""
    title = text = sentence = ""
    if article:
        title = max(re.split(r"[\s，,：:！!？?“”]", article.title), key=len)[: rng.randint(4, 20)]
        own = [p for p in article.paragraphs if len(p) >= 30 or not article.roles]  # not what a style added
        clauses = [c for p in own for c in re.split(r"\W+", p) if 6 <= len(c) <= 26]
        text = rng.choice(clauses) if clauses else title
        short = [x[:-1] for p in own for x in SENTENCE.findall(p) if 9 <= len(x) <= 32 and x.isprintable()]
        short = [x for x in short if x.isalpha()]
        sentence = rng.choice(short) if short else text
    values = {
        "n": lambda: name(rng, latin),
        "d": lambda: str(rng.randint(1, 24)),
        "t": lambda: title,
        "s": lambda: text,
        "w": lambda: sentence,
        "p": lambda: place(rng, latin),
        "c": lambda: "".join(rng.sample("ABCDFGHKLMNPRSTVXZ", 3)),
    }
    return re.sub(r"\{(.)\}", lambda m: values[m[1]](), rng.choice(templates))


def story_lines(article: Clean, start: int = 0, stop: int | None = None) -> list[Line]:
    roles = article.roles or tuple(map(paragraph_role, article.paragraphs))
    told = list(enumerate(zip(article.paragraphs, roles, strict=True)))
    return [Line((Part(article.id, float(i), p, role),)) for i, (p, role) in told[start:stop]]


def new_page(batch: Batch, articles: list[Clean]) -> MadePage:
    page = MadePage(f"p{len(batch.pages):05d}", [], [a.id for a in articles])
    rng, style = batch.rng, batch.style
    page.lines += own_junk(batch, "page start")
    for a in articles:
        page.lines.append(Line((Part(a.id, -1.0, a.title, Role.HEADLINE),)))
        page.lines += own_junk(batch, "under headline")
        if rng.random() < style.bylined:
            page.lines.append(Line((Part(a.id, -0.5, fill(rng, style.bylines, None, style.latin), Role.BYLINE),)))
        body = story_lines(a)
        if rng.random() < style.captioned:
            at = rng.randint(0, len(body))
            text = fill(rng, style.captions, a, style.latin)
            body.insert(at, Line((Part(a.id, at - 0.3, text, Role.CAPTION),)))
        page.lines += body + own_junk(batch, "story end")
    page.lines += own_junk(batch, "page end")
    for line in own_junk(batch, "anywhere"):
        page.lines.insert(rng.randint(0, len(page.lines)), line)
    return page


def own_junk(batch: Batch, at: Place) -> list[Line]:
    """The publisher's own junk lines of one place."""
    rng = batch.rng
    return [junk_line(batch, (x.form,)) for x in batch.style.own if x.place == at and rng.random() < x.share]


def junk_line(batch: Batch, templates: tuple[str, ...]) -> Line:
    """A line of no story; what it may quote is of any article."""
    rng, style = batch.rng, batch.style
    quoted = rng.choice(batch.pool) if style.own else None
    return Line((Part(None, 0.0, fill(rng, templates, quoted, style.latin), Role.BOILERPLATE),))


def take(batch: Batch, near: int, fits: Callable[[Clean], bool] = bool) -> Clean | None:
    """The next unused article from a position in the pool on, of those that fit."""
    for k in range(len(batch.pool)):
        at = (near + k) % len(batch.pool)
        if at not in batch.used and fits(batch.pool[at]):
            batch.used.add(at)
            batch.home[batch.pool[at].id] = at
            return batch.pool[at]
    return None
