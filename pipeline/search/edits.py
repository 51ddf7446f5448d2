"""Differences between two similar texts: typing errors, or numbers, names and words with another meaning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from ..text.rarity import Bigrams
from .compiled import kernel

NUMERALS = "0123456789〇零一二两三四五六七八九十百千万亿"
NEGATIONS = "不没未无非"  # a letter that reverses the meaning of a sentence
PLAUSIBLE = 10.0  # rarity of a bigram (ln of paragraphs per occurrence) beyond which a typing error is likely
CHANCE = 2  # most letters in a row that two different phrases share by chance
SLIPS, LETTERS, WORDS, PLAIN_WORDS, NAMES, NUMBERS, DIGITS, AGAIN, LONGEST, RIVALS = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    10,
)  # columns below


class Differences(NamedTuple):
    """Counts, (pairs,) each, of the places where two texts differ."""

    slips: NDArray[np.int32]  # a letter dropped or added, or replaced so that one text has an implausible bigram
    letters: NDArray[np.int32]  # a letter replaced by another that is plausible, too
    words: NDArray[np.int32]  # two or more letters replaced, one text with an implausible bigram
    plain_words: NDArray[np.int32]  # the same where both are plausible
    names: NDArray[np.int32]  # the same where both have an implausible bigram, as names do
    numbers: NDArray[np.int32]  # different numbers
    digits: NDArray[np.int32]  # single numerals and negations that only one text has
    again: NDArray[np.int32]  # repeated replacements: the same name or value again
    longest: NDArray[np.int32]  # letters, (pairs, 2): the longest phrase that only the first, only the second text has
    rivals: NDArray[np.int32]  # letters of the shorter of two phrases that replace each other


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint8]:
    """1 for numerals, 2 for negations, (65536,)."""
    table = np.zeros(0x10000, np.uint8)
    table[[ord(c) for c in NUMERALS]] = 1
    table[[ord(c) for c in NEGATIONS]] = 2
    return table


def differences(a: Sequence[str], b: Sequence[str], lexicon: Bigrams) -> Differences:
    """Align the pairs of folded texts with the fewest edits, and count the edits by kind."""
    blocks = [Levenshtein.editops(x, y).as_matching_blocks() for x, y in zip(a, b, strict=True)]
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(blocks)), np.int64).reshape(-1, 3)
    where = np.concatenate(([0], np.cumsum([len(x) for x in blocks], dtype=np.int64)))
    found = _count(
        *_joined(a),
        *_joined(b),
        flat,
        where,
        _kinds(),
        lexicon.bigram_keys,
        lexicon.bigram_idf,
        np.float32(lexicon.unseen),
    )
    counts = {name: found[:, column] for name, column in zip(Differences._fields, range(LONGEST), strict=False)}
    return Differences(**counts, longest=found[:, LONGEST:RIVALS], rivals=found[:, RIVALS])


def variants(found: Differences) -> NDArray[np.bool_]:
    """Which pairs differ in content (numbers, dates, names, values) rather than by typing errors, (pairs,).

    Sums of the log-odds of an instalment of a series (weather, prices, obituaries) against a mistyped copy. Different
    numbers and words are evidence for a series, more so if repeated; single letters dropped, added or replaced by
    nonsense are evidence against. Extra phrases are no evidence: an updated report has them, and so has the next day's.
    """
    score = (
        5.0 * found.numbers
        + 3.5 * found.plain_words
        + 2.0 * found.words
        + 3.0 * found.names
        + 2.0 * found.digits
        + 1.0 * found.letters
        + 6.0 * found.again
        - 2.5 * found.slips
    )
    return score > 0


def _joined(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return points, np.concatenate(([0], np.cumsum([len(t) for t in texts], dtype=np.int64)))


@kernel
def _rarest(text, start, end, keys, idf, unseen):
    """The rarity of the rarest bigram of text[start:end]; 0 where there is none."""
    most = np.float32(0)
    for i in range(start, end - 1):
        key = np.uint64(text[i]) << np.uint64(21) | np.uint64(text[i + 1])
        at = np.searchsorted(keys, key)
        here = idf[at] if at < len(keys) and keys[at] == key else unseen
        most = max(most, here)
    return most


@kernel
def _number(text, first, last, start, end, kinds):
    """The span of numerals around text[start:end] within text[first:last]; (0, 0) if it is not in a number."""
    for i in range(start, end):
        if text[i] > 0xFFFF or kinds[text[i]] != 1:
            return 0, 0
    while start > first and text[start - 1] <= 0xFFFF and kinds[text[start - 1]] == 1:
        start -= 1
    while end < last and text[end] <= 0xFFFF and kinds[text[end]] == 1:
        end += 1
    return start, end


@kernel
def _telling(text, start, end, kinds):
    """Is there a numeral or a negation in text[start:end]?"""
    found = False
    for i in range(start, end):
        found |= text[i] <= 0xFFFF and kinds[text[i]] > 0
    return found


@kernel
def _alike(text, a1, a2, b1, b2):
    same = a2 - a1 == b2 - b1
    for i in range(a2 - a1):
        same = same and text[a1 + i] == text[b1 + i]
    return same


@kernel
def _count(left, left_at, right, right_at, blocks, where, kinds, keys, idf, unseen):
    n = len(where) - 1
    out = np.zeros((n, 11), np.int32)
    for k in range(n):
        a0, a9, b0, b9 = left_at[k], left_at[k + 1], right_at[k], right_at[k + 1]
        i, j = a0, b0
        own_a, own_b = 0, 0
        number_end = -1
        swaps = np.empty((where[k + 1] - where[k], 4), np.int64)
        many = 0
        for block in range(where[k], where[k + 1]):
            i2, j2, size = a0 + blocks[block, 0], b0 + blocks[block, 1], blocks[block, 2]
            x, y = i2 - i, j2 - j
            if x or y:
                own_a, own_b = own_a + x, own_b + y
                out[k, RIVALS] = max(out[k, RIVALS], min(own_a, own_b))
                out[k, LONGEST] = max(out[k, LONGEST], x - y)
                out[k, LONGEST + 1] = max(out[k, LONGEST + 1], y - x)
                rarity_a = _rarest(left, max(a0, i - 1), min(a9, i2 + 1), keys, idf, unseen)
                rarity_b = _rarest(right, max(b0, j - 1), min(b9, j2 + 1), keys, idf, unseen)
                odd = max(rarity_a, rarity_b) >= PLAUSIBLE
                both_odd = min(rarity_a, rarity_b) >= PLAUSIBLE
                p, q = _number(left, a0, a9, i, i2, kinds)
                r, s = _number(right, b0, b9, j, j2, kinds)
                if q > p and s > r and ((x and y) or x + y > 1):
                    out[k, NUMBERS] += p >= number_end
                    number_end = q
                elif x + y == 1:
                    telling = not odd and (_telling(left, i, i2, kinds) or _telling(right, j, j2, kinds))
                    telling |= q > p and s > r  # a numeral added to or dropped from a number
                    out[k, DIGITS if telling else SLIPS] += 1
                elif x == 1 and y == 1:
                    out[k, SLIPS if odd else LETTERS] += 1
                elif x and y:
                    out[k, NAMES if both_odd else WORDS if odd else PLAIN_WORDS] += 1
                if x and y:
                    for t in range(many):
                        if _alike(left, swaps[t, 0], swaps[t, 1], i, i2) and _alike(
                            right, swaps[t, 2], swaps[t, 3], j, j2
                        ):
                            out[k, AGAIN] += 1
                            break
                    swaps[many] = i, i2, j, j2
                    many += 1
            if size > CHANCE:
                own_a, own_b = 0, 0
            i, j = i2 + size, j2 + size
    return out
