"""Made pages as the program reads them, with the truth of every line: the rows that each decision is fitted on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..config import DedupConfig
from ..dedup.copies import find_copies
from ..model import Page, Passage, Role
from ..passages import lines as reading
from ..passages import roles
from ..reattach.page.texts import Scene, node_features, pair_features, scene
from ..text import cues
from .damage import break_up, cross, make_pages
from .made import Batch, Clean, Line, MadePage
from .network import Example

Floats = NDArray[np.float32]
Rows = tuple[Floats, NDArray[np.int64]]  # features and labels
DAMAGES = ((0.0, 0.3), (0.4, 0.25), (1.0, 0.45))  # how badly, and the share of the pages
FEWEST = 16  # articles of a publisher from which pages are made
TOGETHER = 24  # pages made together: a batch of its own, with its strays and copies
SPLICED = 0.3  # how much a line of two stories counts as one of the longer part's
GAP = "\n\n"


@dataclass(frozen=True)
class Labelled:
    """A made page as the program reads it, and the truth of each passage."""

    page: Page
    passages: tuple[Passage, ...]
    truth: tuple[Line, ...]  # beside the passages
    title_story: str | None = None  # whose headline came with the page

    def story(self, passage: Passage) -> str | None:
        """The true story of a passage; of a passage of two parts, that of the part that holds more."""
        line = self.truth[passage.index]
        return max(line.parts, key=lambda p: len(p.text)).story


def batches(articles: Sequence[Clean], pages: int, seed: int) -> list[Batch]:
    """So many damaged pages, some of them clean, some hard, in small batches of neighbouring articles."""
    rng = random.Random(seed)
    found = []
    ordered = sorted(articles, key=lambda a: a.issue)
    count = min(len(ordered), TOGETHER * 7)
    for k in range(max(1, pages // TOGETHER)):
        at = rng.randrange(max(1, len(ordered) - count))
        damage = rng.choices([d for d, _ in DAMAGES], [share for _, share in DAMAGES])[0]
        found.append(make_pages(ordered[at : at + count], TOGETHER, seed * 1000 + k, damage))
    return found


def hurt(batch: Batch) -> Batch:
    """The batch with more paragraphs broken in two or with swapped tails: usual pages have few to learn from."""
    for page in batch.pages:
        if len(page.lines) > 2 and batch.rng.random() < 0.5:
            cross(batch, page)
        for _ in range(2):
            if len(page.lines) > 2:
                break_up(batch, page)
    return batch


def role_rows(page: MadePage) -> Rows:
    texts = page.text().split(GAP)
    return roles.role_features(texts), np.array([roles.ROLES.index(x.role) for x in page.lines])


def fused_rows(page: MadePage) -> Rows:
    texts, rows, labels = page.text().split(GAP), [], []
    for i, (text, line) in enumerate(zip(texts, page.lines, strict=True)):
        match = cues.TAIL.match(text)
        if match and len(match[1]) >= reading.LEAST_HEAD:
            around = texts[max(0, i - 12) : i] + texts[i + 1 : i + 13]
            rows.append(reading.fused_features(match[1], match[2], match[3], around))
            caption = line.parts[-1] if len(line.parts) == 2 and line.parts[1].role is Role.CAPTION else None
            labels.append(caption is not None and len(caption.text.strip()) == len(match[3].strip()))
    return np.array(rows, dtype=np.float32).reshape(-1, len(reading.FUSED_NAMES)), np.array(labels, dtype=int)


def label(page: MadePage) -> Labelled:
    """Reads a made page, and finds the truth of each passage by its line."""
    text = page.text()
    read = Page(page.name, page.name, text, "utf-8", meta={"title": page.title} if page.title else {})
    found = reading.passages(read)
    starts = np.cumsum([0, *(len(t) + len(GAP) for t in text.split(GAP))])
    truth = []
    for p in found:
        number = int(np.searchsorted(starts, p.start, side="right")) - 1
        line = page.lines[number]
        if len(line.parts) == 2 and p.start >= starts[number] + len(line.parts[0].text):
            line = Line(line.parts[1:], line.copy)
        elif len(line.parts) == 2 and p.end <= starts[number] + len(line.parts[0].text):
            line = Line(line.parts[:1], line.copy)
        truth.append(line)
    return Labelled(read, found, tuple(truth), page.title_story)


def seen(batch: Batch, *, evidence: bool = True) -> list[tuple[Labelled, Scene]]:
    """The pages of a batch as a run sees them, their copies found; without `evidence` as if there were no copies."""
    labelled = [label(page) for page in batch.pages]
    copies = find_copies([p for x in labelled for p in x.passages], DedupConfig()) if evidence else []
    survivor = {c.passage: c.survivor for c in copies}
    return [(x, scene(x.page, x.passages, survivor)) for x in labelled]


def examples(batch: Batch, *, evidence: bool = True) -> list[Example]:
    """What the network is fitted on: a batch's pages."""
    return [example(x, view) for x, view in seen(batch, evidence=evidence) if view.nodes]


def example(labelled: Labelled, view: Scene) -> Example:
    """A page's features and truth: the line that heads each line's story, if the page has it."""
    n = len(view.nodes)
    numbers: dict[str, int] = {}
    title_of: dict[str, int] = {}
    story, weight, own = [], [], []
    for i, x in enumerate(view.nodes):
        line = labelled.truth[x.passage.index] if x.passage else None
        name = labelled.story(x.passage) if x.passage else labelled.title_story
        own.append(name)
        story.append(numbers.setdefault(name, len(numbers)) if name else -1)
        crossed = line is not None and len({p.story for p in line.parts}) > 1
        weight.append(SPLICED if crossed or (line is not None and line.copy) else 1.0)
        if name and (line is None or line.role is Role.HEADLINE) and view.heads[i]:
            title_of.setdefault(name, i)
    target = [title_of.get(name, n) if name else n + 1 for name in own]
    return Example(
        node_features(view).astype(np.float16), pair_features(view).astype(np.float16), view.heads,
        np.array(target, dtype=np.int16), np.array(story, dtype=np.int16), np.array(weight, dtype=np.float16),
    )  # fmt: skip
