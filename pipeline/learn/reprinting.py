"""Stories printed more than once: reports under another headline, and notices with one headline and other details.

The first are one story; the second look like copies and are not.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from ..model import Role
from ..text.forms import fold
from .made import Batch, Clean, Line, MadePage, Part, fill, story_lines
from .retyping import retype
from .style import place

HEADLINES = (
    "{w}", "{w}", "{s}", "{s}", "{s} {t}", "{t}：{s}", "{p}：{s}", "{t}（图）", "图文：{t}", "快讯：{s}", "聚焦{t}",
    "{t} {w}",
)  # fmt: skip
SHORTEST, LONGEST = 6, 60  # characters of a headline
LATIN_WORDS = (5, 9)  # words of a Latin one
EDITED = 0.3  # share of the paragraphs of a reprint that are retyped, where some are
CHANGED = 0.7  # share of the numbers that differ between versions
SAID = 0.5  # least share of the letters of a notice in paragraphs with a number: else its versions would be copies
NUMBER = re.compile(r"\d+")
WEEKDAY = re.compile(r"(?<=星期|礼拜)[一二三四五六日]")
PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?=[区县镇乡村區縣鎮鄉])")


def reworded(rng: random.Random, article: Clean) -> str:
    """Another headline for an article, made of its words."""
    if article.title.isascii():
        return " ".join(rng.choice(article.paragraphs).split()[: rng.randint(*LATIN_WORDS)]).rstrip(".,:;") or "Update"
    for _ in range(20):
        found = fill(rng, HEADLINES, article).strip()
        if SHORTEST <= len(found) <= LONGEST and fold(found) != fold(article.title):
            return found
    return f"{article.title}（图）"


def other_version(rng: random.Random, article: Clean) -> Clean | None:
    """The same notice with other numbers, days of the week and one other place; None if it says too few numbers."""
    said = sum(len(p) for p in article.paragraphs if NUMBER.search(p))
    if said < SAID * sum(map(len, article.paragraphs)):
        return None
    places = PLACE.findall("".join(article.paragraphs))
    there, other = (max(places, key=places.count), place(rng, latin=False)) if places else ("", "")
    paragraphs = tuple(_other_details(rng, p.replace(there, other) if there else p) for p in article.paragraphs)
    return replace(article, id=f"{article.id}-version", paragraphs=paragraphs)


def _other_details(rng: random.Random, text: str) -> str:
    """A paragraph in which some numbers, the first among them, and the days of the week differ."""
    first = NUMBER.search(text)

    def other(found: re.Match[str]) -> str:
        if found.start() != (first and first.start()) and rng.random() > CHANGED:
            return found[0]
        own = "".join(rng.choice("123456789") for _ in found[0])
        return own if own != found[0] else own[:-1] + str(9 - int(own[-1]))

    text = NUMBER.sub(other, text)
    return WEEKDAY.sub(lambda found: rng.choice([day for day in "一二三四五六日" if day != found[0]]), text)


def retitle(batch: Batch, page: MadePage) -> None:
    """Print a story of the page on another one under another headline: as it is, retyped, or without its end or
    beginning."""
    rng, story = batch.rng, batch.rng.choice(page.stories)
    other, own = _another_page(batch, page), [x for x in page.lines if x.story == story and _is_whole(x)]
    if other is None or len(own) < 2:
        return
    own = rng.choice((own, own, own[: max(2, len(own) * 2 // 3)], own[1:] if len(own) > 2 else own))
    edited = EDITED if rng.random() < 0.5 else 0.0
    texts = [retype(rng, x.text) if rng.random() < edited else x.text for x in own]
    copies = [Line((replace(x.parts[0], text=text),), True) for x, text in zip(own, texts, strict=True)]
    headline = Part(story, -1.0, reworded(rng, batch.pool[batch.home[story]]), Role.HEADLINE)
    _insert(batch, other, [Line((headline,), copy=True), *copies])


def vary(batch: Batch, page: MadePage) -> None:
    """Print another version of a story of the page on another one, under the same headline."""
    article = batch.pool[batch.home[batch.rng.choice(page.stories)]]
    other, version = _another_page(batch, page), other_version(batch.rng, article)
    if other is not None and version is not None:
        headline = Part(version.id, -1.0, version.title, Role.HEADLINE)
        _insert(batch, other, [Line((headline,)), *story_lines(version)])


def _another_page(batch: Batch, page: MadePage) -> MadePage | None:
    others = [p for p in batch.pages if p is not page]
    return batch.rng.choice(others) if others else None


def _insert(batch: Batch, page: MadePage, lines: list[Line]) -> None:
    """Insert a story before a headline of a page, or at its end."""
    starts = [i for i, x in enumerate(page.lines) if x.role is Role.HEADLINE and i]
    at = batch.rng.choice([*starts, len(page.lines)])
    page.lines[at:at] = lines


def _is_whole(line: Line) -> bool:
    return not line.copy and len(line.parts) == 1 and line.parts[0].order >= 0
