"""Training rows from made pages: each page as the program reads it, with the truth of every line."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import batch as reading
from ..config import DedupConfig
from ..dedup.copies import find_copies
from ..model import Evidence, Page, Passage, Ref, Role
from ..models import Models
from ..passages import roles
from ..passages.fused import FUSED_NAMES, fused_features, near, parted, tails_of
from ..passages.groups import usages, used_on
from ..passages.lines import find_passages
from ..passages.style import ROLES, Style, TailUse, lines_of
from ..reattach.page.features import pair_features, text_features
from ..reattach.page.texts import PageTexts, page_texts
from .damage import break_up, cross, make_pages
from .made import Batch, Clean, Line, MadePage
from .network import Example
from .reprinting import retitle, vary
from .style import draw_style
from .subjects import by_subject

Floats = NDArray[np.float32]
Rows = tuple[Floats, NDArray[np.int64]]  # features and labels
DAMAGES = ((0.0, 0.3), (0.4, 0.25), (1.0, 0.45))  # degree of damage, and the share of the pages
AGAIN = ((0.06, retitle), (0.04, vary))  # how stories of damaged pages are printed again; the share of the pages
FEWEST = 16  # least articles of a publisher to make pages from
TOGETHER = 24  # the fewest pages that are made
SIZES = ((6, 0.2), (24, 0.5), (60, 0.3))  # pages of a batch, which exchange copies and misplaced passages; its share
ALONE = 0.15  # share of the batches whose pages are read one by one, as a page that comes alone is
ONE_SUBJECT = 1 / 3  # share of the batches whose pages have articles of one subject, not of one day
SPLICED = 0.3  # weight of a line of two stories, labelled by its longer part
GAP = "\n\n"


@dataclass(frozen=True)
class Labelled:
    """A made page as the program reads it, with the truth of each passage."""

    page: Page
    passages: tuple[Passage, ...]
    truth: Mapping[Ref, Line]
    title_story: str | None = None  # whose headline came with the page

    def story(self, passage: Passage | None) -> str | None:
        """The true story of a passage (of two parts: that of the longer), or of the title that came with the page."""
        if passage is None:
            return self.title_story
        return max(self.truth[passage.ref].parts, key=lambda p: len(p.text)).story


def batches(articles: Sequence[Clean], pages: int, seed: int, damage: float | None = None) -> list[Batch]:
    """Damaged pages, some of them clean, some hard, in batches of neighbouring articles: of some days or one subject.

    Each batch is as of another publisher. All are damaged to the same degree if `damage` says so.
    """
    rng = random.Random(seed)
    found: list[Batch] = []
    by_day, alike = sorted(articles, key=lambda a: a.issue), by_subject(articles)
    left = max(TOGETHER, pages)
    while left > 0:
        size = rng.choices([n for n, _ in SIZES], [share for _, share in SIZES])[0]
        size = size if left - size >= SIZES[0][0] else left
        one_subject = rng.random() < ONE_SUBJECT
        count = min(len(by_day), size * 7)
        at = rng.randrange(max(1, len(by_day) - count + 1))
        degree = rng.choices([d for d, _ in DAMAGES], [share for _, share in DAMAGES])[0]
        chosen = (alike if one_subject else by_day)[at : at + count]
        style = draw_style(rng, [a.title for a in chosen])
        degree = degree if damage is None else damage
        number, again = seed * 1000 + len(found), AGAIN if degree else ()
        found.append(make_pages(chosen, size, number, degree, style, in_order=one_subject, again=again))
        left -= len(found[-1].pages)
    return found


def hurt(batch: Batch) -> Batch:
    """The batch with more broken paragraphs and swapped tails: ordinary pages have too few to learn from."""
    for page in batch.pages:
        if len(page.lines) > 2 and batch.rng.random() < 0.5:
            cross(batch, page)
        for _ in range(2):
            if len(page.lines) > 2:
                break_up(batch, page)
    return batch


def draft_rows(batch: Batch, models: Models) -> Rows:
    """Each line of the pages of a batch as the first reading sees it, and its role."""
    rows = [roles.role_features(page.text().split(GAP), models.lexicon) for page in batch.pages]
    return np.concatenate(rows), _true_roles(batch)


def role_rows(batch: Batch, models: Models) -> Rows:
    """Each line of the pages of a batch as the second reading sees it, and its role; `models` hold the first."""
    texts = [page.text().split(GAP) for page in batch.pages]
    drafts = [(lines_of(own), *roles.draft(own, models)) for own in texts]
    style = Style([(lines, chances) for lines, _, chances in drafts])
    rows = [roles.second_features(first, chances, style.features(lines, chances)) for lines, first, chances in drafts]
    return np.concatenate(rows), _true_roles(batch)


def _true_roles(batch: Batch) -> NDArray[np.int64]:
    return np.array([ROLES.index(x.role) for page in batch.pages for x in page.lines])


def fused_rows(batch: Batch, models: Models) -> Rows:
    """Each line of the pages of a batch whose tail may be a caption or credit, and whether it is one."""
    pages = [page.text().split(GAP) for page in batch.pages]
    tails = [tails_of(texts) for texts in pages]
    use, rows, labels = TailUse(tails), [], []
    for page, texts, own in zip(batch.pages, pages, tails, strict=True):
        features = use.of(own)
        for i, (text, line) in enumerate(zip(texts, page.lines, strict=True)):
            if parts := parted(text):
                rows.append(fused_features(parts, near(texts, i), features, models.lexicon))
                caption = line.parts[-1] if len(line.parts) == 2 and line.parts[1].role is Role.CAPTION else None
                labels.append(caption is not None and len(caption.text.strip()) == len(parts.tail.strip()))
    return np.array(rows, dtype=np.float32).reshape(-1, len(FUSED_NAMES)), np.array(labels, dtype=int)


def label(page: MadePage, read: Page, found: tuple[Passage, ...]) -> Labelled:
    """Look up the truth of each passage of a made page, as it was `read`, by its line."""
    starts = np.cumsum([0, *(len(t) + len(GAP) for t in read.text.split(GAP))])
    truth = {}
    for p in found:
        number = int(np.searchsorted(starts, p.start, side="right")) - 1
        line = page.lines[number]
        if len(line.parts) == 2 and p.start >= starts[number] + len(line.parts[0].text):
            line = Line(line.parts[1:], line.copy)
        elif len(line.parts) == 2 and p.end <= starts[number] + len(line.parts[0].text):
            line = Line(line.parts[:1], line.copy)
        truth[p.ref] = line
    return Labelled(read, found, truth, page.title_story)


def seen(batch: Batch, models: Models) -> list[tuple[Labelled, PageTexts]]:
    """The pages of a batch as a run sees them, with evidence about copies; in some batches each is its own group."""
    alone = batch.rng.random() < ALONE
    pages = [
        Page(
            made.name, f"{made.name if alone else ''}/{made.name}", made.text(), "utf-8",
            meta={"title": made.title} if made.title else {},
        )
        for made in batch.pages
    ]  # fmt: skip
    passages = find_passages(pages, models)
    labelled = [label(made, page, found) for made, page, found in zip(batch.pages, pages, passages, strict=True)]
    read = reading.Batch({x.page.id: x.passages for x in labelled})
    evidence = Evidence(tuple(find_copies(read, DedupConfig(), models)))
    group = usages(pages, [used_on(page) for page in pages])
    return [
        (x, page_texts(x.page, x.passages, evidence, models.within(usage)))
        for x, usage in zip(labelled, group, strict=True)
    ]


def examples(batch: Batch, models: Models) -> list[Example]:
    """The network's training examples, one per page of a batch."""
    return [example(x, texts, models) for x, texts in seen(batch, models) if texts.texts]


def example(labelled: Labelled, page: PageTexts, models: Models) -> Example:
    """A page's features and truth: the line that heads each line's story, if the page has it."""
    n = len(page.texts)
    numbers: dict[str, int] = {}
    title_of: dict[str, int] = {}
    story, weight, own = [], [], []
    for i, x in enumerate(page.texts):
        line = labelled.truth[x.ref] if x.passage else None
        name = labelled.story(x.passage)
        own.append(name)
        story.append(numbers.setdefault(name, len(numbers)) if name else -1)
        crossed = line is not None and len({p.story for p in line.parts}) > 1
        weight.append(SPLICED if crossed or (line is not None and line.copy) else 1.0)
        if name and (line is None or line.role is Role.HEADLINE) and page.outline.may_head[i]:
            title_of.setdefault(name, i)
    target = [title_of.get(name, n) if name else n + 1 for name in own]
    return Example(
        text_features(page).astype(np.float16), pair_features(page, models.seams).astype(np.float16), page.outline,
        np.array(target, dtype=np.int16), np.array(story, dtype=np.int16), np.array(weight, dtype=np.float16),
    )  # fmt: skip
