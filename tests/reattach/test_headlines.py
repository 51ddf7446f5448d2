"""Which lines of a page are headlines, by the scores of the network; a page with a title is one article."""

from __future__ import annotations

import numpy as np
import pytest
from unsplice.config import ReattachConfig
from unsplice.reattach.page.headlines import LEADS, SPLIT, belonging
from unsplice.reattach.page.texts import Floats, Outline

CONFIG = ReattachConfig()


def titles(
    own: list[float], heads: dict[int, int], *, title: int = -1, by_shape: set[int], repeats: bool = False
) -> set[int]:
    """The headlines of a page: `own` is each line's probability of heading its own story, `heads` the line that surely
    heads each other line's story, `by_shape` the lines with the shape of headlines."""
    n = len(own)
    point = np.zeros((n, n + 2), dtype=np.float32)
    for i, chance in enumerate(own):
        goal = heads.get(i, n)
        point[i, goal] = 1 - chance if goal != i else 0
        point[i, i] = chance
    return _titles(point, title, by_shape, repeats)


def _titles(point: Floats, title: int, by_shape: set[int], repeats: bool) -> set[int]:
    n = len(point)
    shape = np.array([i in by_shape for i in range(n)])
    outline = Outline(
        tuple((10 * k,) for k in range(n)), np.ones(n, dtype=bool), shape, np.zeros(n, dtype=bool), repeats, title
    )
    found = belonging(point, np.zeros((n, n), dtype=np.float32), outline, CONFIG)
    return set(np.flatnonzero(found.titles).tolist())


def test_a_headline_heads_its_own_story() -> None:
    assert titles([0.9, 0, 0.9, 0], {1: 0, 3: 2}, by_shape={0, 2}) == {0, 2}


def test_a_subhead_does_not() -> None:
    assert titles([0.9, 0, 0.1, 0], {1: 0, 2: 0, 3: 0}, by_shape={0, 2}) == {0}


def test_what_the_next_text_belongs_to_is_a_headline() -> None:
    """Even where the line by itself may be a subhead: it is over its story's first words."""
    assert titles([0.9, 0, 0.3, 0], {1: 0, 2: 0, 3: 2}, by_shape={0, 2}) == {0, 2}
    assert titles([0.9, 0, 0.3, 0], {1: 0, 2: 0, 3: 2}, by_shape={0}) == {0}, "a paragraph heads nothing"
    point = np.zeros((2, 4), dtype=np.float32)
    point[0, [0, 2]], point[1, [0, 2]] = (0.3, 0.7), (LEADS - 0.01, 1 - LEADS + 0.01)
    assert _titles(point, -1, {0}, repeats=False) == set()


@pytest.mark.parametrize("chance", [0.5, SPLIT])
def test_a_page_with_a_title_is_one_article(chance: float) -> None:
    own, heads = [0.9, 0, chance, 0], {1: 0, 2: 0, 3: 2}
    assert titles(own, heads, by_shape={0, 2}, title=0) == {0}
    assert titles(own, heads, by_shape={0, 2}) == {0, 2}


def test_but_for_a_page_that_surely_holds_several() -> None:
    own, heads = [0.9, 0, 0.99, 0, 0.6, 0], {1: 0, 3: 2, 5: 4}
    assert titles(own, heads, by_shape={0, 2, 4}, title=0) == {0, 2, 4}


def test_or_that_shows_damage() -> None:
    assert titles([0.9, 0, 0.6, 0], {1: 0, 3: 2}, by_shape={0, 2}, title=0, repeats=True) == {0, 2}
