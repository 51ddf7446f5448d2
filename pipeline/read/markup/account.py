"""What the file says outside of its tags, held against what was read of it: the rest that no parser could place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

UNFOLDED = re.compile(r"[\W_]+")


def unplaced(texts: Sequence[str], read: Iterable[str]) -> list[int]:
    """Which texts of a file, by their position, aren't in the lines that were read.

    Letters are counted: each must have been read as often as the file holds it. Where some are lacking, the texts that
    hold them and stand in no line are named; a text may be named that was read in part.
    """
    letters = UNFOLDED.sub("", "".join(read))
    lacking = Counter(UNFOLDED.sub("", "".join(texts)))
    lacking -= Counter(letters)
    if not lacking:
        return []
    counts = [Counter(UNFOLDED.sub("", text)) for text in texts]
    found: set[int] = set()
    for at, (text, count) in enumerate(zip(texts, counts, strict=True)):
        if count and count <= lacking and UNFOLDED.sub("", text) not in letters:
            found.add(at)
            lacking -= count
    for whole in (True, False):  # those of which all letters are lacking are likelier than those of which some are
        for at, count in enumerate(counts):
            if at not in found and (count & lacking) and (count <= lacking or not whole):
                found.add(at)
                lacking -= count
    return sorted(found)
