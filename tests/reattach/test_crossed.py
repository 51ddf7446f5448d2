"""Tails that two paragraphs swapped in mid-sentence, put back without any copy: by stories and seams."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from unsplice.batch import Batch, divided
from unsplice.config import Config, DedupConfig, ReattachConfig
from unsplice.dedup.copies import find_copies
from unsplice.model import Action, Cut, Evidence, Page, Passage, Ref, Result
from unsplice.models import load
from unsplice.passages.lines import find_passages
from unsplice.reasons import Flag
from unsplice.reattach.page.crossed import CROSSED_NAMES, Crossed, find_crossed, surely_crossed
from unsplice.reattach.page.texts import PageTexts, page_texts
from unsplice.run import clean
from unsplice.text.forms import fold

from tests.pages import longer, stories

MODELS = load()


def crossed_page(a: int, b: int, cuts: tuple[int, int]) -> tuple[PageTexts, list[Ref | None], tuple[int, int]]:
    """Two invented stories, the longest paragraph of each with the other's tail; the page, and each text's story."""
    both = [stories()[a], stories()[b]]
    chosen = [max(s.paragraphs, key=len) for s in both]
    places = tuple(_letters(text, cut) for text, cut in zip(chosen, cuts, strict=True))
    swapped = [chosen[0][: places[0]] + chosen[1][places[1] :], chosen[1][: places[1]] + chosen[0][places[0] :]]
    lines, owner = [], []
    for k, s in enumerate(both):
        for text in (s.title, *s.paragraphs):
            lines.append(swapped[k] if text == chosen[k] else text)
            owner.append(k)
    page = Page("p", "p", "\n".join(lines), "utf-8")
    found = next(find_passages([page], MODELS))
    assert not find_copies(Batch({"p": found}), DedupConfig(), MODELS)
    seen = page_texts(page, found, Evidence(), MODELS)
    headlines = [next(p.ref for p in found if p.text == s.title) for s in both]
    story = {fold(line): headlines[k] for line, k in zip(lines, owner, strict=True)}
    return seen, [story.get(fold(x.text)) for x in seen.texts], (places[0], places[1])


def _letters(text: str, share: int) -> int:
    """A place between two letters, about so many percent on."""
    at = len(text) * share // 100
    return next(k for k in range(at, len(text)) if text[k - 1 : k + 1].isalpha())


# Two stories, and where the long paragraph of each breaks off: the rest of it stands in the other's. Of 140 such pairs
# of places, chosen at random, 23 come home; the others stay uncut.
CUT = [
    ("court", "school", "人民币八百余", "学生志愿者走"),
    ("court", "school", "百余万元。检", "课程，由家长"),
    ("court", "school", "所谓的安全账", "开设书法、合"),
    ("clinic", "court", "后，医生和护", "察机关指控的"),
    ("clinic", "school", "患者当晚就可", "的孩子答疑补"),
    ("school", "tea", "，由家长和学", "杀青、当天烘"),
    ("school", "tea", "还聘请退休教", "台销往全国各"),
]
THIRD = "match"  # the story whose end stands under another headline: swapped tails are looked for on damaged pages only


def crossed_at(name: str, end: str) -> tuple[str, str]:
    """The long paragraph of a story in two, the first of which ends so."""
    text = longer()[name].paragraphs[1]
    assert text.count(end) == 1
    at = text.index(end) + len(end)
    return text[:at], text[at:]


def page_of(first: str, then: str, long: tuple[str, str]) -> list[str]:
    """The lines of a page of three stories, `long` in place of the second paragraphs of two of them."""
    a, b, c = (longer()[name] for name in (first, then, THIRD))
    return [
        a.title, a.paragraphs[0], long[0], a.paragraphs[2],
        b.title, b.paragraphs[0], long[1], c.paragraphs[2], b.paragraphs[2],
        c.title, *c.paragraphs[:2],
    ]  # fmt: skip


def cleaned(lines: Sequence[str], folder: Path, config: Config | None = None) -> Result:
    (folder / "page.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return clean([str(folder / "page.txt")], config, workers=1)


def told(found: Result) -> dict[str | None, tuple[str, ...]]:
    return {a.title: tuple(p.text for p in a.paragraphs) for a in found.articles}


def cuts(lines: Sequence[str], found: Result) -> set[int]:
    """Where rows of the ledger begin within a line of the page, offsets into its text."""
    text = found.pages[0].text
    return {r.start for r in found.placements if r.action is not Action.BLANK} - {text.index(line) for line in lines}


def came_home(found: Result) -> bool:
    """Was the page damaged, so that swapped tails were looked for? Then the third story's end is back with it."""
    third = longer()[THIRD]
    return third.paragraphs[2] in told(found)[third.title]


@pytest.mark.parametrize(("first", "then", "ends"), [(a, b, ends) for a, b, *ends in CUT])
def test_swapped_tails_come_home_without_any_copy(first: str, then: str, ends: list[str], tmp_path: Path) -> None:
    """Both paragraphs come out whole, each in its own article, cut to the letter."""
    head, tail = crossed_at(first, ends[0])
    other_head, other_tail = crossed_at(then, ends[1])
    lines = page_of(first, then, (head + other_tail, other_head + tail))
    found = cleaned(lines, tmp_path)
    for name in (first, then):
        assert told(found)[longer()[name].title] == longer()[name].paragraphs
    text = found.pages[0].text
    places = {text.index(other_tail), text.index(tail)}
    assert cuts(lines, found) == places
    tails = [r for r in found.placements if r.start in places]
    assert [r.action for r in tails] == [Action.MOVED, Action.MOVED]
    joined = [[(s.start, s.end) for s in p.sources] for a in found.articles for p in a.paragraphs if len(p.sources) > 1]
    assert [[text[a:b] for a, b in spans] for spans in joined] == [[head, tail], [other_head, other_tail]]


OFF = [ReattachConfig(move=False), ReattachConfig(crossed=1.0)]


@pytest.mark.parametrize("config", OFF)
def test_nothing_is_cut_that_must_not_be(config: ReattachConfig, tmp_path: Path) -> None:
    """The page of the first case above, where nothing may move, or no probability is enough."""
    first, then, *ends = CUT[0]
    (head, tail), (other_head, other_tail) = crossed_at(first, ends[0]), crossed_at(then, ends[1])
    lines = page_of(first, then, (head + other_tail, other_head + tail))
    found = cleaned(lines, tmp_path, Config(reattach=config))
    assert cuts(lines, found) == set()
    assert told(found)[longer()[first].title][1] == head + other_tail


@pytest.mark.parametrize(("first", "then"), list(combinations(sorted(longer().keys() - {THIRD}), 2)))
def test_sound_paragraphs_are_not_cut(first: str, then: str, tmp_path: Path) -> None:
    lines = page_of(first, then, (longer()[first].paragraphs[1], longer()[then].paragraphs[1]))
    found = cleaned(lines, tmp_path)
    assert cuts(lines, found) == set()
    for name in (first, then):
        assert told(found)[longer()[name].title] == longer()[name].paragraphs
    assert came_home(found)


ROUND_UP = (
    "今年以来，青篱区办成了一批民生实事，六十所中小学开设课后服务，学生在教师辅导下完成书面作业，"
    "法院则判处电信诈骗案被告人有期徒刑，为四十七名被害人追回存款八百余万元。"
)
COURT_DAY = (
    "法庭当天向市民开放，被告人邰某的诈骗经过和判决书在大屏幕上逐一展示，法官当庭讲解量刑的理由，"
    "区教育局还组织六所学校的学生旁听，班主任把这堂法治课布置成了课后的作业。"
)


def test_paragraphs_that_tell_of_two_stories_are_not_cut(tmp_path: Path) -> None:
    """One goes from school to court in mid-sentence, the other back: as if they had swapped their tails, yet sound."""
    lines = page_of("court", "school", (COURT_DAY, ROUND_UP))
    found = cleaned(lines, tmp_path)
    assert cuts(lines, found) == set()
    assert came_home(found)


SHORT = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13), (14, 15)]


@pytest.mark.parametrize(("a", "b"), SHORT)
def test_short_paragraphs_tell_too_little(a: int, b: int) -> None:
    """Rather no cut than a wrong one: of texts of some 90 letters nothing is sure, right as the likeliest may be."""
    seen, targets, _ = crossed_page(a, b, (45, 60))
    found = find_crossed(seen, targets, MODELS)
    assert found
    assert surely_crossed(found, ReattachConfig().crossed, MODELS) == []


def test_a_cut_is_found_to_the_letter() -> None:
    seen, targets, places = crossed_page(6, 7, (45, 60))
    best = max(find_crossed(seen, targets, MODELS), key=lambda x: x.features[0])
    assert (best.first_at, best.then_at) == places


def test_one_story_has_nothing_to_swap_with() -> None:
    seen, targets, _ = crossed_page(0, 1, (50, 50))
    first = next(t for t in targets if t)
    assert find_crossed(seen, [first if t else None for t in targets], MODELS) == []
    assert find_crossed(seen, [None] * len(targets), MODELS) == []


def test_no_paragraph_is_cut_twice() -> None:
    rows = np.zeros((3, len(CROSSED_NAMES)), dtype=np.float32)
    rows[:, 0] = 40, 39, 38
    rows[:, 3] = 12
    found = [Crossed(i, j, 20, 30, row) for (i, j), row in zip([(1, 5), (5, 9), (7, 9)], rows, strict=True)]
    chosen = surely_crossed(found, 0.0, MODELS)
    used = [n for x, _ in chosen for n in (x.first, x.then)]
    assert len(used) == len(set(used))
    assert surely_crossed(found, 1.0, MODELS) == []
    assert surely_crossed([], 0.5, MODELS) == []


def test_splitting_keeps_every_letter() -> None:
    page = Page("p", "p", "渡船今早复航，船票两元。\n茶园开采，茶农们上山采茶。", "utf-8")
    found = next(find_passages([page], MODELS))
    parts = divided(found, {found[0].ref: Cut(found[0].ref, found[0].start + 4, Flag.SPLICED)})
    assert [p.ref for p in parts] == [Ref("p", 0), Ref("p", 4), Ref("p", 13)]
    assert [p.text for p in parts] == ["渡船今早", "复航，船票两元。", "茶园开采，茶农们上山采茶。"]
    assert all(page.text[p.start : p.end] == p.text for p in parts)
    assert [Flag.SPLICED in p.flags for p in parts] == [True, True, False]
    assert isinstance(parts[0], Passage)
