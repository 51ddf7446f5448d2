"""Make damaged pages from clean articles, with the truth of every line: the training data of the decisions.

The damages are those of real scrapes: passages repeated (whole, retyped, cut short), moved under another headline,
passages of stories without a headline, lost headlines, stories printed twice, tails swapped in mid-sentence, captions
fused to a paragraph, paragraphs broken in two, boilerplate between them, half-width punctuation.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..model import Role
from .made import Batch, Clean, Line, MadePage, Part, fill, junk_line, new_page, story_lines, take
from .retyping import cut_point, cut_short, retype
from .story_forms import own_way
from .style import Style
from .templates import FUSED

Operation = Callable[[Batch, MadePage], None]
MOST, SHORT = 20, 400  # short articles of a page, and the most letters of such a one
LIFTED = 0.08  # share of the pages whose first headline is not in the text but came as the title


def make_pages(
    articles: list[Clean],
    pages: int,
    seed: int,
    damage: float,
    style: Style | None = None,
    *,
    in_order: bool = False,
    again: Sequence[tuple[float, Operation]] = (),
) -> Batch:
    """Pages of neighbouring articles, damaged `damage` times as often as usual.

    Neighbours are those of one printed page or day, or else those that `articles` has `in_order`. `again`: how stories
    are printed a second time, each with the share of the pages.
    """
    rng = random.Random(seed)
    pool = list(articles)
    if not in_order:
        rng.shuffle(pool)
        pool.sort(key=lambda a: a.issue)
    batch = Batch(rng, [own_way(rng, style, a) for a in pool], style) if style else Batch(rng, pool)
    while len(batch.pages) < pages:
        at = rng.randrange(len(pool))
        for _ in range(3):
            chosen = stories(batch, at)
            if chosen:
                batch.pages.append(new_page(batch, chosen))
        if len(batch.used) == len(pool):
            break
    for chance, operation in OPERATIONS:
        for page in batch.pages:
            if len(page.lines) > 2 and rng.random() < chance * damage:
                operation(batch, page)
    for page in batch.pages:
        if rng.random() < LIFTED:
            lift(batch, page)
        page.half = rng.random() < 0.4 * min(1.0, damage)
    printing = replace(batch, rng=random.Random(f"{seed} again"))  # so that all else is the same with and without
    for chance, print_again in again:
        for page in batch.pages:
            if printing.rng.random() < chance:
                print_again(printing, page)
    return batch


def stories(batch: Batch, near: int) -> list[Clean]:
    """Unused articles for a page: one, a few, or many short ones."""
    rng, mix = batch.rng, batch.style.mix
    kind = rng.choices(("one", "short", "few"), mix)[0] if mix[2] < 1 else "few"
    found: list[Clean | None] = []
    if kind == "short":
        found = [take(batch, near, is_short) for _ in range(rng.randint(6, MOST))]
    if kind == "one" or not any(found):
        found = [take(batch, near) for _ in range(1 if kind == "one" else rng.choice([1, 2, 3, 3, 4, 5, 6]))]
    return [a for a in found if a]


def is_short(article: Clean) -> bool:
    letters = sum(map(len, article.paragraphs))
    return len(article.paragraphs) <= 6 and letters <= (SHORT * 3 if article.paragraphs[0].isascii() else SHORT)


# ---- the damages: each changes a page, or does nothing where it does not apply --------------------------------


def whole_bodies(page: MadePage, least: int) -> list[int]:
    return [
        i
        for i, x in enumerate(page.lines)
        if len(x.parts) == 1 and not x.copy and x.story and x.parts[0].order >= 0
        and x.parts[0].order % 1 == 0 and len(x.text) >= least
    ]  # fmt: skip


def slot_in_other(batch: Batch, page: MadePage, story: str | None, early: bool = False) -> tuple[int, str] | None:
    """A position within or at the end of another story's text, and that story."""
    spans: dict[str, list[int]] = {}
    for i, x in enumerate(page.lines):
        if x.story and x.story != story and x.story in page.stories and not x.copy:
            spans.setdefault(x.story, []).append(i)
    spans = {s: span for s, span in spans.items() if len(span) >= 2}
    if not spans:
        return None
    other = batch.rng.choice(sorted(spans))
    span = spans[other]
    return (span[batch.rng.choice([0, 0, 1])] if early else batch.rng.choice(span)) + 1, other


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
    if rng.random() < 0.25:  # a copy stays in the right place
        page.lines = before
        place = slot_in_other(batch, page, story) or place
        moved = [replace(x, copy=True) for x in moved]
    page.lines[place[0] : place[0]] = moved


def stranger(batch: Batch, page: MadePage) -> None:
    """Insert part of a story that has no headline anywhere: its beginning, or passages from its middle."""
    rng = batch.rng
    place = slot_in_other(batch, page, None, early=rng.random() < 0.5)
    article = take(batch, batch.home[place[1]]) if place else None
    if place is None or article is None:
        return
    count = rng.choice([1, 1, 2, 2, 3, 4])
    start = 0 if rng.random() < 0.6 else rng.randrange(max(1, len(article.paragraphs) - count))
    page.lines[place[0] : place[0]] = story_lines(article, start, start + count)


def stray(batch: Batch, page: MadePage) -> None:
    """Insert passages of a story of another page of the batch."""
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


def swap(batch: Batch, page: MadePage) -> None:
    """Swap two headlines: each is now above the other's text."""
    titles = [i for i, x in enumerate(page.lines) if x.role is Role.HEADLINE]
    if len(titles) >= 2:
        i, j = batch.rng.sample(titles, 2)
        page.lines[i], page.lines[j] = page.lines[j], page.lines[i]


def double(batch: Batch, page: MadePage) -> None:
    """Repeat a headline elsewhere, above none of its own text."""
    titles = [x for x in page.lines if x.role is Role.HEADLINE]
    if titles:
        line = replace(batch.rng.choice(titles), copy=True)
        page.lines.insert(batch.rng.randint(0, len(page.lines)), line)


def lift(batch: Batch, page: MadePage) -> None:
    """Make the first headline the page's title, and remove it from the text."""
    if page.lines[0].role is Role.HEADLINE:
        line = page.lines.pop(0)
        page.title, page.title_story = line.text, line.story


def repeat(batch: Batch, page: MadePage) -> None:
    """Repeat a run of passages: unchanged, slightly different, or cut short."""
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
        line = junk_line(batch, batch.style.junk)
        page.lines.insert(batch.rng.randint(0, len(page.lines)), line)


OPERATIONS = (
    (0.55, move),
    (0.35, stranger),
    (0.25, stray),
    (0.15, behead),
    (0.05, swap),
    (0.05, double),
    (0.6, repeat),
    (0.4, repeat),
    (0.12, reprint),
    (0.12, cross),
    (0.25, fuse),
    (0.2, break_up),
    (0.4, junk),
)
