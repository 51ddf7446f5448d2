"""Repetition that the author meant: pull quotes, summaries, items of lists, refrains; and pieces that no author cut."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from ..model import Copy, CopyKind, Passage, Role
from ..text.forms import closed, fold, fold_map

QUOTATION = re.compile(r"^\s*[“「《\"][^”」》\"]*[”」》\"][。！？!?]?\s*$")  # all of it
QUOTED = re.compile(r"^[“「《\"]")
ITEM = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十百零\d]+[条條章节節]|\d+[、.．)]|[一二三四五六七八九十]+、|[■●◆▲□○◇△★☆])"
)
SOURCE = re.compile(r"^\s*(?:——|--)")
TAIL = 6  # letters by which the end of a mistyped piece is found
MARK = re.compile(r"^\s*【[^】]*】")  # before captions, and before what an editing system left
WORDS = 3  # letters in a row that are more than a slip of the pen
OFTEN = 3  # times that a line stands in one story from which on it is a label, a source or a refrain
REFRAIN = 20  # letters below which that is so
RUN, RUN_LETTERS = 3, 120  # passages and letters of a run that stands again whole, as no author repeats himself

Key = tuple[str, int]


def meant(copies: Iterable[Copy], passages: Sequence[Passage]) -> set[Key]:
    """Which of the copies stand in the story of what they repeat, in a way that authors repeat themselves.

    What an accident doubles is whole sentences, or pieces cut off. A pull quote lacks the full stop of the sentence
    that it repeats, or who says it; sources begin with a dash; labels and refrains are short, and end in the open or
    stand there three times; items of a list stand among items. But the headline in the text, captions, and a whole run
    of passages that stands again are left over from the making of the page.
    """
    at = {p.key: p for p in passages}
    beside = {(p.page, p.index): p for p in passages}
    story = _stories(passages)
    titles = {story[p.key]: fold(p.text) for p in passages if p.role is Role.HEADLINE}
    own = [c for c in copies if story[c.passage] == story[c.survivor]]
    times = Counter((c.survivor, story[c.passage]) for c in own)
    pasted = _pasted(own, at)
    found = set()
    for c in own:
        one, other = at[c.passage], at[c.survivor]
        short, often = len(fold(one.text)) < REFRAIN, times[c.survivor, story[c.passage]] >= OFTEN - 1
        open_ends = [not closed(p.text) for p in (one, other)]
        if c.kind is CopyKind.CONTAINED:
            quote = bool(QUOTATION.match(one.text))
        else:
            quote = open_ends[0] != open_ends[1] or _adds_words(one.text, other.text)
        lead = SOURCE.match(one.text) or ITEM.match(one.text)
        label = (short and often) or (all(open_ends) and (short or often or bool(lead)))
        left_over = _is_same_caption(one.text, other.text) or fold(one.text) == titles.get(story[one.key])
        if c.passage not in pasted and not left_over and (quote or label or _is_among_items(one, beside)):
            found.add(c.passage)
    return found


def _is_same_caption(a: str, b: str) -> bool:
    """Are two lines one caption, with a mark such as 【图】 before one of them or both?"""
    return bool(MARK.match(a) or MARK.match(b)) and fold(MARK.sub("", a)) == fold(MARK.sub("", b))


def _adds_words(a: str, b: str) -> bool:
    """Does one text have words besides that no typing error adds, such as who says it?"""
    edits = Levenshtein.opcodes(fold(a), fold(b))
    return any(abs((e.src_end - e.src_start) - (e.dest_end - e.dest_start)) >= WORDS for e in edits)


def _is_among_items(p: Passage, beside: Mapping[tuple[str, int], Passage]) -> bool:
    """Is a passage an item of a list, and so are its neighbours?"""
    near = [beside.get((p.page, p.index + step), p) for step in (-1, 1)]
    return all(ITEM.match(each.text) for each in (p, *near))


def _stories(passages: Sequence[Passage]) -> dict[Key, tuple[str, int]]:
    """For each passage its page and the headline before it, by the number of headlines so far."""
    found: dict[Key, tuple[str, int]] = {}
    headlines: dict[str, int] = defaultdict(int)
    for p in sorted(passages, key=lambda p: p.key):
        headlines[p.page] += p.role is Role.HEADLINE
        found[p.key] = p.page, headlines[p.page]
    return found


def _pasted(copies: Sequence[Copy], at: Mapping[Key, Passage]) -> set[Key]:
    """The copies that stand in a run of copies of a run: the page, or a part of it, was pasted twice."""
    index = {c.passage: (at[c.passage], at[c.survivor]) for c in copies}
    runs: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for one, other in sorted(index.values(), key=lambda pair: pair[0].key):
        runs[one.page, one.index - other.index].append(one)
    found: set[Key] = set()
    for run in runs.values():
        start = 0
        for end in range(1, len(run) + 1):
            if end == len(run) or run[end].index != run[end - 1].index + 1:
                part = run[start:end]
                if len(part) >= RUN and sum(len(fold(p.text)) for p in part) >= RUN_LETTERS:
                    found |= {p.key for p in part}
                start = end
    return found


def is_piece(piece: str, whole: str, at: int) -> bool:
    """Is `piece`, whose letters stand in `whole` from letter `at` on, a cut piece and no quotation of it?

    The beginning of a text is a piece, where it breaks off in mid-sentence or is whole sentences; what comes later
    only where it sets in within a sentence and ends one. Words that authors set apart in quotes are none.
    """
    letters, offsets = fold_map(whole)
    own = fold(piece)
    end = at + len(own)
    if letters[at:end] != own and own in letters:  # characters before it that count otherwise
        at = letters.index(own)
        end = at + len(own)
    elif letters[at:end] != own:  # mistyped: where it ends there, its last letters tell
        found = letters.find(own[-TAIL:], max(0, end - 2 * TAIL), end + 2 * TAIL)
        if found < 0:
            return False
        end = found + TAIL
    if at == 0:
        return closed(piece) or (end < len(offsets) and offsets[end] == offsets[end - 1] + 1)
    return closed(piece) and offsets[at] == offsets[at - 1] + 1 and not QUOTED.match(piece)
