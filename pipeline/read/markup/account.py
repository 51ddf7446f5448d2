"""What the file says outside of its tags, held against what was read of it: the rest that no parser could place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .blocks import UNFOLDED, Block


def unplaced(texts: Sequence[str], read: Sequence[Block]) -> list[int]:
    """Which texts of a file, by their position, aren't in the lines that were read.

    Letters are counted: each must have been read as often as the file holds it. Where some are lacking, the texts that
    hold them and stand in no line are named; a text may be named that was read in part.
    """
    letters, whole = "".join(line.letters for line in read), UNFOLDED.sub("", "".join(texts))
    if whole == letters or not (lacking := Counter(whole) - Counter(letters)):
        return []
    said = [UNFOLDED.sub("", text) for text in texts]
    counts = [Counter(text) for text in said]
    found: set[int] = set()
    for at, count in enumerate(counts):
        if count and count <= lacking and said[at] not in letters:
            found.add(at)
            lacking -= count
    for only in (True, False):  # those of which all letters are lacking are likelier than those of which some are
        for at, count in enumerate(counts):
            if at not in found and (count & lacking) and (count <= lacking or not only):
                found.add(at)
                lacking -= count
    return sorted(found)
