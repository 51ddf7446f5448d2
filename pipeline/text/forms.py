"""Comparison forms of texts, never written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

SPACE = re.compile(r"\s+")
NOT_LETTER = re.compile(r"[\W_]+")
UNSTACKED = 1000  # characters of a text that is normalized at once, whatever marks it stacks: a millisecond at most
STACK = 30  # marks in a row that count as one character, as in the Stream-Safe Text Format (Unicode annex 15)
CLOSED = re.compile(r"[。！？!?；;…][”’」』）)\]\"]*$|[”’」』：:]$|[a-z0-9][\"')]*[.?!][\"')]*$")


def normalized(text: str, form: Literal["NFKC", "NFKD"] = "NFKC") -> str:
    """The text in a normal form of Unicode, in linear time.

    Marks above and below one letter are sorted, which takes quadratic time: after STACK in a row, the next ones are
    sorted by themselves.
    """
    if len(text) <= UNSTACKED:
        return unicodedata.normalize(form, text)
    edges = [0, *(match.end() for match in _stacked().finditer(text)), len(text)]
    return "".join(unicodedata.normalize(form, text[start:end]) for start, end in pairwise(edges))


@lru_cache(maxsize=1)
def _stacked() -> re.Pattern[str]:
    """STACK marks in a row; of a character that is several marks, more."""
    planes = map(chr, range(0x300, 0x1F000))  # no mark lies beyond
    marks = (c for c in planes if unicodedata.combining(unicodedata.normalize("NFKD", c)[0]))
    return re.compile(f"[{''.join(marks)}]{{{STACK}}}")


def fold(text: str) -> str:
    """The text's letters, digits and Han characters only, NFKC, lower case.

    >>> fold("“ＡＢＣ”， 第１届 开幕！")
    'abc第1届开幕'
    """
    return NOT_LETTER.sub("", normalized(text)).lower()


_letters_of = lru_cache(maxsize=2**16)(fold)  # of a character


@lru_cache(maxsize=4)  # a text is compared with several, one after another
def fold_map(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters its offset in `text`."""
    letters = list(map(_letters_of, text))
    return "".join(letters), [at for at, folded in enumerate(letters) for _ in folded]


def closed(text: str) -> bool:
    """Does the text end a sentence: with a full stop or the like, perhaps in closing brackets or quotes?"""
    return bool(CLOSED.search(text))


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters converted to Simplified, so that one lexicon serves both."""
    return str(_simplifier().convert(text))


def comparable(text: str) -> str:
    """NFKC and Simplified, without white space: the form in which seams are scored."""
    return SPACE.sub("", simplified(normalized(text)))


def bigrams(text: str) -> NDArray[np.uint64]:
    """Sorted distinct character bigrams of a folded text as (first << 21 | second) code points, shape (n,)."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    return np.unique(points[:-1] << np.uint64(21) | points[1:])
