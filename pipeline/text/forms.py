"""Comparison forms of texts, never written out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SPACE = re.compile(r"\s+")
NOT_LETTER = re.compile(r"[\W_]+")
CLOSED = re.compile(r"[。！？!?；;…][”’」』）)\]\"]*$|[”’」』：:]$|[a-z0-9][\"')]*[.?!][\"')]*$")


def fold(text: str) -> str:
    """The text's letters, digits and Han characters only, NFKC, lower case.

    >>> fold("“ＡＢＣ”， 第１届 开幕！")
    'abc第1届开幕'
    """
    return NOT_LETTER.sub("", unicodedata.normalize("NFKC", text)).lower()


def fold_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters its offset in `text`."""
    letters: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        folded = fold(char)
        letters.append(folded)
        offsets.extend([at] * len(folded))
    return "".join(letters), offsets


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
    return SPACE.sub("", simplified(unicodedata.normalize("NFKC", text)))


def bigrams(text: str) -> NDArray[np.uint64]:
    """Sorted distinct character bigrams of a folded text as (first << 21 | second) code points, shape (n,)."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    return np.unique(points[:-1] << np.uint64(21) | points[1:])
