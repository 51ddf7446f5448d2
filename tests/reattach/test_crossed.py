"""Tails that two paragraphs swapped in mid-sentence, put back without any copy: by stories and seams."""

from __future__ import annotations

import numpy as np
import pytest
from unsplice.config import DedupConfig, ReattachConfig
from unsplice.dedup.copies import find_copies
from unsplice.model import Page, Passage
from unsplice.passages.lines import passages
from unsplice.reattach.page.crossed import CROSSED_NAMES, Crossed, find_crossed, split, surely_crossed
from unsplice.reattach.page.texts import Scene, scene
from unsplice.text.forms import fold

from tests.pages import stories


def crossed_page(a: int, b: int, cuts: tuple[int, int]) -> tuple[Scene, list[int], tuple[int, int]]:
    """Two invented stories, the longest paragraph of each with the other's tail; their scene, and each line's story."""
    told = [stories()[a], stories()[b]]
    chosen = [max(s.paragraphs, key=len) for s in told]
    places = tuple(_letters(text, cut) for text, cut in zip(chosen, cuts, strict=True))
    swapped = [chosen[0][: places[0]] + chosen[1][places[1] :], chosen[1][: places[1]] + chosen[0][places[0] :]]
    lines, owner = [], []
    for k, s in enumerate(told):
        for text in (s.title, *s.paragraphs):
            lines.append(swapped[k] if text == chosen[k] else text)
            owner.append(k)
    page = Page("p", "p", "\n".join(lines), "utf-8")
    found = passages(page)
    assert not find_copies(found, DedupConfig())
    seen = scene(page, found, {})
    story = {fold(line): k for line, k in zip(lines, owner, strict=True)}
    return seen, [story.get(fold(x.text), -1) for x in seen.nodes], (places[0], places[1])


def _letters(text: str, share: int) -> int:
    """A place between two letters, about so many percent on."""
    at = len(text) * share // 100
    return next(k for k in range(at, len(text)) if text[k - 1 : k + 1].isalpha())


PAGES = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13), (14, 15)]


def test_a_cut_is_found_to_the_letter() -> None:
    seen, targets, places = crossed_page(6, 7, (45, 60))
    best = max(find_crossed(seen, targets), key=lambda x: x.features[0])
    assert (best.first_at, best.then_at) == places


@pytest.mark.parametrize(("a", "b"), PAGES)
def test_what_is_cut_is_cut_right(a: int, b: int) -> None:
    """Short texts of made-up places tell little: rather no cut than a wrong one."""
    seen, targets, places = crossed_page(a, b, (45, 60))
    for found, _ in surely_crossed(find_crossed(seen, targets), ReattachConfig().crossed):
        assert (found.first_at, found.then_at) == places


def test_one_story_has_nothing_to_swap_with() -> None:
    seen, targets, _ = crossed_page(0, 1, (50, 50))
    assert find_crossed(seen, [0 if t >= 0 else -1 for t in targets]) == []
    assert find_crossed(seen, [-1] * len(targets)) == []


def test_no_paragraph_is_cut_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.zeros((3, len(CROSSED_NAMES)), dtype=np.float32)
    rows[:, 0] = 40, 39, 38
    rows[:, 3] = 12
    found = [Crossed(i, j, 20, 30, row) for (i, j), row in zip([(1, 5), (5, 9), (7, 9)], rows, strict=True)]
    chosen = surely_crossed(found, 0.0)
    used = [n for x, _ in chosen for n in (x.first, x.then)]
    assert len(used) == len(set(used))
    assert surely_crossed(found, 1.0) == []
    assert surely_crossed([], 0.5) == []


def test_splitting_keeps_every_letter_and_numbers_anew() -> None:
    page = Page("p", "p", "渡船今早复航，船票两元。\n茶园开采，茶农们上山采茶。", "utf-8")
    found = passages(page)
    parts = split(found, {found[0].index: found[0].start + 4})
    assert [p.index for p in parts] == [0, 1, 2]
    assert [p.text for p in parts] == ["渡船今早", "复航，船票两元。", "茶园开采，茶农们上山采茶。"]
    assert all(page.text[p.start : p.end] == p.text for p in parts)
    assert ["spliced" in p.flags for p in parts] == [True, True, False]
    assert isinstance(parts[0], Passage)
