"""The order of a story's passages: where one goes in it, and which fragments are one paragraph."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from ...model import Role
from ...models import Models
from ...models.forest import log_odds
from ...text import cues
from ...text.forms import bigrams, closed, comparable, fold
from ...text.rarity import Bigrams
from ...text.sentences import breaks_off, normal, starts_within
from ...text.words import words
from ..affinity import KINDS

Floats = NDArray[np.float32]
PARTS = (Role.BODY, Role.SUBHEAD, Role.CAPTION)  # what a part of a broken paragraph may be taken for
SUBHEAD = 24  # characters: a subhead shorter than this, or a line without a pause, is no part of a paragraph
PAUSE = re.compile(r"[,，、;；:：.。!！?？…]")
AROUND = 12  # passages on either side that are searched for the source of a pull quote
ITEM = 60  # similarity, of 100, of two lines from which they are items of one list
WITHIN = 4  # passages after the first fragment that are searched for the second
TURN = re.compile(r"^(下一步|未来|目前|同时|此外|另外|其中|对此|为此|据)")
FUTURE = re.compile(r"下一步|未来|将")
FOLLOW_NAMES = (
    *KINDS, "letters", "next_letters", "next_lead", "next_continues", "lead", "continues",
    "closed", "open_quotes", "next_quotes", "colon", "next_turn", "future", "next_opens_quote", "speech", "next_speech",
    "next_dateline",
)  # fmt: skip
JOIN_NAMES = (
    "letters", "next_letters", "next_closed", "seam_rarity", "head_rarity", "tail_rarity", "straddles", "straddle_letters",
    "open_quotes", "next_quotes", "next_lead", "next_continues", "lead", "distance", "comma_end", "next_opens", "next_listed",
    "stop_inside", "next_stop_inside", "listed", "rivals", "seam", "seam_lead", "quoted", "next_quoted",
    "closed_around", "lines_around",
)  # fmt: skip


def follow_features(first: str, then: str, alike: Floats) -> list[float]:
    """Features: does the passage `then` follow `first` in one story? `alike` are their affinities."""
    a, b = normal(first), normal(then)
    return [
        *map(float, alike), math.log(len(a) + 1), math.log(len(b) + 1), bool(cues.LEAD.match(b)), bool(cues.CONTINUES.match(b)),
        bool(cues.LEAD.match(a)), bool(cues.CONTINUES.match(a)), closed(a), a.count("“") - a.count("”"), b.count("“"),
        a.endswith(":"), bool(TURN.match(b)), bool(FUTURE.search(a)), b[:1] in "“\"", bool(cues.SPEECH.search(a[-30:])),
        bool(cues.SPEECH.search(b[:40])), bool(cues.DATELINE.search(b[:40])),
    ]  # fmt: skip


def best_place(block: Sequence[str], story: Sequence[str], alike: Floats, models: Models) -> int:
    """The index of the passage of a story after which a block of passages fits best.

    `alike` (kinds, len(story) + len(block), same) holds the affinities of the story's passages and then the block's.
    """
    n, m = len(story), len(block)
    first, last = n, n + m - 1
    rows = [follow_features(story[j], block[0], alike[:, j, first]) for j in range(n)]
    rows += [follow_features(block[-1], story[j], alike[:, last, j]) for j in range(1, n)]
    rows += [follow_features(story[j - 1], story[j], alike[:, j - 1, j]) for j in range(1, n)]
    odds = log_odds(models.forest("follows").predict(np.array(rows, dtype=np.float32)))
    gain = odds[:n].copy()
    gain[:-1] += odds[n : 2 * n - 1] - odds[2 * n - 1 :]
    gain[-1] -= 1.0  # at the end there is no next passage to support the place
    return int(np.argmax(gain))


@dataclass(frozen=True, slots=True)
class Fragments:
    """A text that breaks off in mid-sentence, and candidates for its rest with their distance in passages.

    `around` are the texts near it: a candidate that also occurs in one of them is a pull quote, not a fragment.
    `closed` says of each paragraph near it, but for the candidates, whether it ends a sentence: where few do, that is the
    publisher's way.
    """

    first: str
    after: tuple[tuple[int, str], ...]
    around: tuple[str, ...]
    closed: tuple[bool, ...] = ()


def fragments(near: Sequence[tuple[Role, str]], at: int, text: str) -> Fragments | None:
    """Candidates for the rest of line `at` of a story or page, if it breaks off; None where there are none.

    `near` are the lines around, AROUND on either side; `text` is that line with what has been joined to it.
    """
    role = near[at][0]
    if role not in PARTS or not breaks_off(text):
        return None
    if len(text) < SUBHEAD and (role is not Role.BODY or not PAUSE.search(text)):
        return None
    if at and near[at - 1][0] in PARTS and _is_item(text, near[at - 1][1]):
        return None
    ahead = list(enumerate(near[at + 1 : at + 1 + WITHIN], 1))
    after = tuple((d, then) for d, (role, then) in ahead if role in PARTS and starts_within(then))
    around = tuple(other for _, other in (*near[max(0, at - AROUND) : at], *near[at + 1 : at + AROUND]))
    others = (*near[max(0, at - AROUND) : at], *near[at + 1 + WITHIN : at + AROUND])
    ends = tuple(closed(other) for role, other in others if role is Role.BODY)
    return Fragments(text, after, around, ends) if after else None


def _is_item(text: str, before: str) -> bool:
    """Is a text an item of a list, which the line before it is, too: as long, as open, and in much the same words?"""
    return breaks_off(before) and fuzz.ratio(fold(before), fold(text), score_cutoff=ITEM) > 0


def join_features(found: Fragments, models: Models) -> Floats:
    """Features (len(found.after), f): is each candidate the rest of the paragraph that breaks off?"""
    first, after = found.first, found.after
    around = [fold(t) for t in found.around]

    def quoted(text: str) -> bool:
        own = fold(text)
        return any(own in t and own != t for t in around)

    first_quoted = quoted(first)
    seam = [models.seams.score(comparable(first), comparable(then)) for _, then in after]
    rows = []
    for k, (distance, then) in enumerate(after):
        rival = max((x for j, x in enumerate(seam) if j != k), default=-10.0)
        rows.append(
            [
                *_join_row(first, then, distance, models.lexicon),
                len(after),
                seam[k],
                seam[k] - rival,
                first_quoted,
                quoted(then),
                float(np.mean(found.closed)) if found.closed else 0.5,
                len(found.closed),
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(after), len(JOIN_NAMES))


def _join_row(first: str, then: str, distance: int, rarity: Bigrams) -> list[float]:
    a, b = normal(first), normal(then)
    head, tail, seam = fold(a)[-2:], fold(b)[:2], fold(a)[-1:] + fold(b)[:1]
    rare = [
        float(rarity.bigram_weights(bigrams(x)).max(initial=0.0)) if len(x) > 1 else 0.0 for x in (seam, head, tail)
    ]
    straddling = _straddling(a[-6:], b[:6])
    row = [
        len(a), len(b), closed(b), *rare, bool(straddling), len(straddling), a.count("“") - a.count("”"),
        b.count("“") - b.count("”"), bool(cues.LEAD.match(b)), bool(cues.CONTINUES.match(b)), bool(cues.LEAD.match(a)), distance,
        a[-1:] in ",、", b[:1] in "“\"《(", bool(cues.LISTED.match(b)), "。" in a, "。" in b[:-1], bool(cues.LISTED.match(a)),
    ]  # fmt: skip
    return [float(x) for x in row]


def _straddling(left: str, right: str) -> str:
    """The word that straddles the seam when the two ends are joined; empty where there is none."""
    at = 0
    for word in words(left + right):
        found = (left + right).lower().find(word, at)
        if found < 0:
            continue
        if found < len(left) < found + len(word):
            return word
        at = found
    return ""
