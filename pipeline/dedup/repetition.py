"""Tell intended repetition (pull quotes, summaries, list items, refrains) from copies and cut-off pieces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Levenshtein

from ..batch import Batch
from ..model import Copy, Passage, Ref, Role
from ..reasons import CopyKind
from ..text.forms import closed, fold, fold_map

QUOTATION = re.compile(r"^\s*[“「《\"][^”」》\"]*[”」》\"][。！？!?]?\s*$")  # all of it
QUOTED = re.compile(r"^[“「《\"]")
ITEM = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十百零\d]+[条條章节節]|\d+[、.．)]|[一二三四五六七八九十]+、|[■●◆▲□○◇△★☆])"
)
SOURCE = re.compile(r"^\s*(?:——|--)")
TAIL = 6  # last letters of a mistyped piece by which its end is found
MARK = re.compile(r"^\s*【[^】]*】")  # before captions, or left by an editing system
WORDS = 3  # letters in a row that are too many for a typing error
OFTEN = 3  # times that a line occurs in one story from which it is a label, a source or a refrain
REFRAIN = 20  # most letters of such a line
RUN, RUN_LETTERS = 3, 120  # passages and letters from which a repeated run is no author's intention


def meant(copies: Iterable[Copy], batch: Batch) -> set[Ref]:
    """The copies that the author intended: in the same story as their survivor, in a form that authors use.

    Accidents repeat whole sentences, or cut-off pieces. A pull quote lacks the full stop of the sentence that it
    repeats, or the speaker; sources begin with a dash; labels and refrains are short, and have no full stop or occur
    three times; list items are among other items. But the headline in the text, captions, and whole runs of repeated
    passages are left over from page production.
    """
    story = _stories(batch)
    titles = {story[p.ref]: batch.letters(p) for p in batch if p.role is Role.HEADLINE}
    own = [c for c in copies if story[c.passage] == story[c.survivor]]
    times = Counter((c.survivor, story[c.passage]) for c in own)
    pasted = _pasted(own, batch)
    found = set()
    for c in own:
        one, other = batch.at(c.passage), batch.at(c.survivor)
        short, often = len(batch.letters(one)) < REFRAIN, times[c.survivor, story[c.passage]] >= OFTEN - 1
        open_ends = [not closed(p.text) for p in (one, other)]
        if c.kind is CopyKind.CONTAINED:
            quote = bool(QUOTATION.match(one.text))
        else:
            quote = open_ends[0] != open_ends[1] or _adds_words(batch.letters(one), batch.letters(other))
        lead = SOURCE.match(one.text) or ITEM.match(one.text)
        label = (short and often) or (all(open_ends) and (short or often or bool(lead)))
        left_over = _is_same_caption(one.text, other.text) or batch.letters(one) == titles.get(story[one.ref])
        if c.passage not in pasted and not left_over and (quote or label or _is_among_items(one, batch)):
            found.add(c.passage)
    return found


def _is_same_caption(a: str, b: str) -> bool:
    """Are two lines the same caption, apart from a mark such as 【图】 before it?"""
    return bool(MARK.match(a) or MARK.match(b)) and fold(MARK.sub("", a)) == fold(MARK.sub("", b))


def _adds_words(a: str, b: str) -> bool:
    """Does one folded text have more words than a typing error adds, such as the speaker of a quote?"""
    edits = Levenshtein.opcodes(a, b)
    return any(abs((e.src_end - e.src_start) - (e.dest_end - e.dest_start)) >= WORDS for e in edits)


def _is_among_items(p: Passage, batch: Batch) -> bool:
    """Is a passage an item of a list, and so are its neighbours?"""
    near = [batch.beside(p.ref, step) or p for step in (-1, 1)]
    return all(ITEM.match(each.text) for each in (p, *near))


def _stories(batch: Batch) -> dict[Ref, tuple[str, int]]:
    """For each passage its page and the headline before it, by the number of headlines so far."""
    found: dict[Ref, tuple[str, int]] = {}
    for page, own in batch.pages.items():
        headlines = 0
        for p in own:
            headlines += p.role is Role.HEADLINE
            found[p.ref] = page, headlines
    return found


def _pasted(copies: Iterable[Copy], batch: Batch) -> set[Ref]:
    """The copies that stand in a run of copies of a run: the page, or a part of it, was pasted twice."""
    survivor = {c.passage: c.survivor for c in copies}
    found: set[Ref] = set()
    run: list[Ref] = []  # that isn't yet found to be one
    before: Passage | None = None
    count = letters = 0
    for ref in sorted(survivor):
        p = batch.at(ref)
        if not (before and _goes_on(before, p, survivor, batch)):
            run, count, letters = [], 0, 0
        run.append(ref)
        before, count, letters = p, count + 1, letters + len(batch.letters(p))
        if count >= RUN and letters >= RUN_LETTERS:
            found.update(run)
            run = []
    return found


def _goes_on(before: Passage, p: Passage, survivor: Mapping[Ref, Ref], batch: Batch) -> bool:
    """Does a copy follow another directly, in the way its survivor follows the other's survivor?"""
    follows, followed = batch.beside(p.ref, -1), batch.beside(survivor[p.ref], -1)
    return follows == before and followed is not None and followed.ref == survivor[before.ref]


def is_piece(piece: str, whole: str, at: int) -> bool:
    """Is `piece`, whose letters are in `whole` from letter `at` on, a cut-off piece rather than a quotation of it?

    The beginning of a text is a piece if it breaks off in mid-sentence or is whole sentences; a later part only if it
    begins within a sentence and ends one. Words in quotation marks are no piece.
    """
    letters, offsets = fold_map(whole)
    own = fold(piece)
    end = at + len(own)
    if letters[at:end] != own and own in letters:  # characters before it count differently here
        at = letters.index(own)
        end = at + len(own)
    elif letters[at:end] != own:  # mistyped: its last letters show where it ends
        found = letters.find(own[-TAIL:], max(0, end - 2 * TAIL), end + 2 * TAIL)
        if found < 0:
            return False
        end = found + TAIL
    if at == 0:
        return closed(piece) or (end < len(offsets) and offsets[end] == offsets[end - 1] + 1)
    return closed(piece) and offsets[at] == offsets[at - 1] + 1 and not QUOTED.match(piece)
