"""Makes damaged pages out of clean articles, with the truth of every line: what the decisions are fitted on.

The damages are those seen in real scrapes: passages repeated (whole, retyped, cut short), moved under another
headline, strangers without a headline, headlines lost, stories printed twice, tails swapped in mid-sentence,
captions fused to a paragraph, paragraphs broken in two, boilerplate between them, half-width punctuation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.learn.templates import BYLINES, CAPTIONS, FUSED, GIVEN, JUNK, SURNAMES
from pipeline.model import Role
from pipeline.similarity.forms import closed, fold

SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』）)]*|[^。！？!?；;]+$")
HALF = str.maketrans({"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"})
CREDIT = re.compile(r"记者|記者|通讯员|通訊員|编辑|編輯|实习生|^文/|^图/|作者|Reporter|^By ")
CAPTION = re.compile(r"摄$|攝$|摄影|攝影|^图为|^圖為|^图|制图|製圖|Photo")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a true paragraph: where it belongs. `order` grows within a story; a headline has -1."""

    story: str | None
    order: float
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a made page and its truth; `copy` says that it repeats what stands elsewhere."""

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
    """A clean article to make pages of: `issue` sorts articles of one printed page or day together."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    issue: str


@dataclass(slots=True)
class MadePage:
    """A page in the making."""

    name: str
    lines: list[Line]
    stories: list[str]
    half: bool = False

    def text(self) -> str:
        body = "\n\n".join(line.text for line in self.lines)
        return body.translate(HALF) if self.half else body


@dataclass(slots=True)
class Batch:
    """Pages in the making, and what is left of the articles."""

    rng: random.Random
    pool: list[Clean]
    pages: list[MadePage] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    home: dict[str, int] = field(default_factory=dict)


def clean_articles(records: Iterable[dict[str, object]]) -> Iterator[Clean]:
    """Articles fit for making pages: with a headline, 3-30 paragraphs, and no paragraph that stands twice."""
    seen: set[str] = set()
    for record in records:
        title = re.sub(r"\s+", " ", str(record.get("title") or "").replace(" / ", " ")).strip()
        paragraphs = [re.sub(r"[\u3000\xa0\t ]+", " ", p).strip() for p in str(record["text"]).split("\n")]
        paragraphs = [p for p in paragraphs if len(fold(p)) >= 2]
        if paragraphs and fold(paragraphs[0]) == fold(title):
            del paragraphs[0]
        keys = [fold(p) for p in paragraphs]
        long = {k for k in keys if len(k) >= 12}
        if not 5 <= len(title) <= 70 or not 2 <= len(paragraphs) <= 30 or not 120 <= sum(map(len, keys)) <= 6000:
            continue
        if title in seen or len(set(keys)) != len(keys) or long & seen:
            continue
        seen |= long | {title}
        day = "".join(f"{int(x):04d}" for x in re.findall(r"\d+", str(record.get("date") or ""))[:3])
        yield Clean(str(record["id"]), title, tuple(paragraphs), f"{day}/{record.get('page') or ''}")


def paragraph_role(text: str) -> Role:
    """The role of a paragraph of a clean article, by its shape."""
    if closed(text) or len(text) > 45:
        return Role.BODY
    if CAPTION.search(text):
        return Role.CAPTION
    return Role.BYLINE if CREDIT.search(text) else Role.SUBHEAD


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice([1, 2, 2])))


def fill(rng: random.Random, templates: tuple[str, ...], article: Clean | None = None) -> str:
    """One of the templates filled in: names {n}, numbers {d}, a piece of the headline {t}, of the text {s}, a short
    sentence {w}."""
    title = text = sentence = ""
    if article:
        title = max(re.split(r"[\s，,：:！!？?“”]", article.title), key=len)[: rng.randint(4, 20)]
        clauses = [c for p in article.paragraphs for c in re.split(r"\W+", p) if 6 <= len(c) <= 26]
        text = rng.choice(clauses) if clauses else title
        short = [
            x[:-1] for p in article.paragraphs for x in SENTENCE.findall(p) if 9 <= len(x) <= 32 and x.isprintable()
        ]
        short = [x for x in short if x.isalpha()]
        sentence = rng.choice(short) if short else text
    values = {
        "n": lambda: name(rng),
        "d": lambda: str(rng.randint(1, 24)),
        "t": lambda: title,
        "s": lambda: text,
        "w": lambda: sentence,
    }
    return re.sub(r"\{(.)\}", lambda m: values[m[1]](), rng.choice(templates))


def story_lines(rng: random.Random, article: Clean, start: int = 0, stop: int | None = None) -> list[Line]:
    return [
        Line((Part(article.id, float(i), p, paragraph_role(p)),))
        for i, p in enumerate(article.paragraphs[start:stop], start)
    ]


def new_page(batch: Batch, articles: list[Clean]) -> MadePage:
    page = MadePage(f"p{len(batch.pages):05d}", [], [a.id for a in articles])
    rng = batch.rng
    for a in articles:
        page.lines.append(Line((Part(a.id, -1.0, a.title, Role.HEADLINE),)))
        if rng.random() < 0.3:
            page.lines.append(Line((Part(a.id, -0.5, fill(rng, BYLINES), Role.BYLINE),)))
        body = story_lines(rng, a)
        if rng.random() < 0.2:
            caption = Part(a.id, rng.randint(0, len(body)) - 0.3, fill(rng, CAPTIONS, a), Role.CAPTION)
            body.insert(int(caption.order + 0.3), Line((caption,)))
        page.lines += body
    return page


def take(batch: Batch, near: int) -> Clean | None:
    """The next unused article from a place in the pool on."""
    for k in range(len(batch.pool)):
        at = (near + k) % len(batch.pool)
        if at not in batch.used:
            batch.used.add(at)
            batch.home[batch.pool[at].id] = at
            return batch.pool[at]
    return None


def make_pages(articles: list[Clean], pages: int, seed: int, damage: float) -> Batch:
    """Pages of neighbouring articles (one printed page or day), damaged `damage` times as often as usual."""
    rng = random.Random(seed)
    pool = list(articles)
    rng.shuffle(pool)
    pool.sort(key=lambda a: a.issue)
    batch = Batch(rng, pool)
    while len(batch.pages) < pages:
        at = rng.randrange(len(pool))
        for _ in range(3):
            chosen = [a for a in (take(batch, at) for _ in range(rng.choice([1, 2, 3, 3, 4, 5, 6]))) if a]
            if chosen:
                batch.pages.append(new_page(batch, chosen))
        if len(batch.used) == len(pool):
            break
    for chance, operation in OPERATIONS:
        for page in batch.pages:
            if len(page.lines) > 2 and rng.random() < chance * damage:
                operation(batch, page)
    for page in batch.pages:
        page.half = rng.random() < 0.4 * min(1.0, damage)
    return batch


# ---- the damages: each takes a page and does nothing where it finds no place ----------------------------------


def whole_bodies(page: MadePage, least: int) -> list[int]:
    return [
        i
        for i, x in enumerate(page.lines)
        if len(x.parts) == 1 and not x.copy and x.story and x.parts[0].order >= 0
        and x.parts[0].order % 1 == 0 and len(x.text) >= least
    ]  # fmt: skip


def slot_in_other(batch: Batch, page: MadePage, story: str | None, early: bool = False) -> tuple[int, str] | None:
    """A place inside or at the end of another story's text, and that story."""
    spans: dict[str, list[int]] = {}
    for i, x in enumerate(page.lines):
        if x.story and x.story != story and x.story in page.stories and not x.copy:
            spans.setdefault(x.story, []).append(i)
    spans = {s: span for s, span in spans.items() if len(span) >= 2}
    if not spans:
        return None
    host = batch.rng.choice(sorted(spans))
    span = spans[host]
    return (span[batch.rng.choice([0, 0, 1])] if early else batch.rng.choice(span)) + 1, host


def move(batch: Batch, page: MadePage) -> None:
    rng, story = batch.rng, batch.rng.choice(page.stories)
    own = [i for i in whole_bodies(page, 2) if page.lines[i].story == story]
    if len(own) < 3:
        return
    start = rng.randrange(0 if rng.random() < 0.15 else 1, len(own))
    run = own[start : start + rng.choice([1, 1, 2, 3])]
    moved = [page.lines[i] for i in run]
    before, page.lines = page.lines, [x for i, x in enumerate(page.lines) if i not in run]
    place = slot_in_other(batch, page, story)
    if place is None:
        page.lines = before
        return
    if rng.random() < 0.25:  # the passages stand in their right place, too
        page.lines = before
        place = slot_in_other(batch, page, story) or place
        moved = [replace(x, copy=True) for x in moved]
    page.lines[place[0] : place[0]] = moved


def stranger(batch: Batch, page: MadePage) -> None:
    """A piece of a story that has no headline anywhere: its beginning, or passages from its middle."""
    rng = batch.rng
    place = slot_in_other(batch, page, None, early=rng.random() < 0.5)
    article = take(batch, batch.home[place[1]]) if place else None
    if place is None or article is None:
        return
    count = rng.choice([1, 1, 2, 2, 3, 4])
    start = 0 if rng.random() < 0.6 else rng.randrange(max(1, len(article.paragraphs) - count))
    page.lines[place[0] : place[0]] = story_lines(rng, article, start, start + count)


def stray(batch: Batch, page: MadePage) -> None:
    """Passages of a story of another page of the batch."""
    rng, place = batch.rng, slot_in_other(batch, page, None)
    at = batch.pages.index(page)
    others = [p for p in batch.pages[max(0, at - 3) : at + 4] if p is not page]
    if place is None or not others:
        return
    other = rng.choice(others)
    found = [i for i in whole_bodies(other, 30) if other.lines[i].parts[0].order >= 1]
    if found:
        page.lines[place[0] : place[0]] = [other.lines.pop(rng.choice(found))]


def behead(batch: Batch, page: MadePage) -> None:
    titles = [i for i, x in enumerate(page.lines) if x.role is Role.HEADLINE and i]
    if titles:
        del page.lines[batch.rng.choice(titles)]


def retype(rng: random.Random, text: str) -> str:
    chars = list(text)
    for i in rng.sample(range(len(chars)), max(1, len(chars) * rng.randint(1, 7) // 100)):
        kind = rng.random()
        if kind < 0.4 and "\u4e00" <= chars[i] <= "\u9fff":
            chars[i] = chr(ord(chars[i]) + rng.choice([-2, -1, 1, 2]))
        elif kind < 0.6:
            chars[i] = ""
        elif kind < 0.7:
            chars[i] *= 2
        elif kind < 0.85:
            chars[i] += " "
        else:
            chars[i] = chars[i].translate(HALF)
    return "".join(chars)


def cut_point(rng: random.Random, text: str) -> int | None:
    """A place inside a sentence, between two letters."""
    places = [i for i in range(8, len(text) - 8) if text[i - 1 : i + 1].isalpha()]
    return rng.choice(places) if places else None


def cut_short(rng: random.Random, text: str) -> str:
    sentences = SENTENCE.findall(text)
    if len(sentences) > 1 and rng.random() < 0.6:
        return "".join(sentences[: rng.randint(1, len(sentences) - 1)])
    return text[: cut_point(rng, text) or 0]


def repeat(batch: Batch, page: MadePage) -> None:
    """A run of passages stands again: as it was, a little different, or cut short."""
    rng, bodies = batch.rng, whole_bodies(page, 25)
    if not bodies:
        return
    kind = rng.choice(["exact", "exact", "retype", "stub"])
    start = rng.choice(bodies)
    run = page.lines[start : start + (rng.choice([1, 1, 2, 3, 5]) if kind == "exact" else 1)]
    copies = []
    for x in run:
        if len(x.parts) != 1 or x.copy or not x.story:
            continue
        text = {"exact": x.text, "retype": retype(rng, x.text), "stub": cut_short(rng, x.text)}[kind]
        if len(text) >= 12 or kind == "exact":
            copies.append(Line((replace(x.parts[0], text=text),), copy=True))
    slot = rng.randint(1, len(page.lines))
    page.lines[slot:slot] = copies


def reprint(batch: Batch, page: MadePage) -> None:
    rng = batch.rng
    others = [p for p in batch.pages if p is not page]
    if not others:
        return
    other, story = rng.choice(others), rng.choice(page.stories)
    copies = []
    for x in page.lines:
        if x.story == story and not x.copy and len(x.parts) == 1:
            text = retype(rng, x.text) if rng.random() < 0.25 and x.parts[0].order >= 0 else x.text
            copies.append(Line((replace(x.parts[0], text=text),), copy=True))
    starts = [i for i, x in enumerate(other.lines) if x.role is Role.HEADLINE] + [len(other.lines)]
    slot = rng.choice(starts)
    other.lines[slot:slot] = copies


def cross(batch: Batch, page: MadePage) -> None:
    rng, bodies = batch.rng, whole_bodies(page, 50)
    stories = sorted({page.lines[i].story or "" for i in bodies})
    if len(stories) < 2:
        return
    a, b = (rng.choice([i for i in bodies if page.lines[i].story == s]) for s in rng.sample(stories, 2))
    x, y = page.lines[a].parts[0], page.lines[b].parts[0]
    cx, cy = cut_point(rng, x.text), cut_point(rng, y.text)
    if cx and cy:
        page.lines[a] = Line((replace(x, text=x.text[:cx]), replace(y, text=y.text[cy:], order=y.order + 0.1)))
        page.lines[b] = Line((replace(y, text=y.text[:cy]), replace(x, text=x.text[cx:], order=x.order + 0.1)))


def fuse(batch: Batch, page: MadePage) -> None:
    rng = batch.rng
    bodies = [i for i in whole_bodies(page, 25) if page.lines[i].text[-1] in "。！？”」."]
    if bodies:
        i = rng.choice(bodies)
        part = page.lines[i].parts[0]
        article = batch.pool[batch.home[part.story or ""]]
        caption = Part(part.story, part.order + 0.2, fill(rng, FUSED, article), Role.CAPTION)
        page.lines[i] = Line((part, caption))


def break_up(batch: Batch, page: MadePage) -> None:
    rng, bodies = batch.rng, whole_bodies(page, 50)
    if not bodies:
        return
    i = rng.choice(bodies)
    part = page.lines[i].parts[0]
    cut = cut_point(rng, part.text)
    if not cut:
        return
    between = []
    if i + 1 in bodies and rng.random() < 0.6:
        between = [page.lines.pop(i + 1)]
    tail = Line((replace(part, text=part.text[cut:], order=part.order + 0.1),))
    page.lines[i : i + 1] = [Line((replace(part, text=part.text[:cut]),)), *between, tail]


def junk(batch: Batch, page: MadePage) -> None:
    for _ in range(batch.rng.randint(1, 4)):
        line = Line((Part(None, 0.0, fill(batch.rng, JUNK), Role.BOILERPLATE),))
        page.lines.insert(batch.rng.randint(0, len(page.lines)), line)


OPERATIONS = (
    (0.55, move),
    (0.35, stranger),
    (0.25, stray),
    (0.15, behead),
    (0.6, repeat),
    (0.4, repeat),
    (0.12, reprint),
    (0.12, cross),
    (0.25, fuse),
    (0.2, break_up),
    (0.4, junk),
)
