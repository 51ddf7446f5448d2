"""Navigation, footers and the like around articles, by the names of their elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lxml import html

from .blocks import Block

MOST = 0.5  # of the page's running text from which an element holds the article, whatever its name
FEW = 0.2  # of the running text that stands in no such element: where there is more, that is the article


def settled(blocks: Sequence[Block]) -> list[Block]:
    """The lines, each told whether it is furniture: whether an element around it is named as such.

    A name doesn't count where the article itself stands in the element: of a class "hot news" or "share-content"
    around all that there is to read.
    """
    letters = [len(block.text) * block.running for block in blocks]
    total = sum(letters)
    held: dict[html.HtmlElement, list[int]] = defaultdict(list)  # the lines in each
    for at, block in enumerate(blocks):
        for element in block.named:
            held[element].append(at)
    around = [len(block.named) for block in blocks]  # elements around each line whose names count
    outside = sum(count for count, named in zip(letters, around, strict=True) if not named)
    for own in held.values():
        if outside >= FEW * total:
            break
        if sum(letters[at] for at in own) > MOST * total:
            for at in own:
                around[at] -= 1
                outside += letters[at] * (not around[at])
    return [replace(block, furniture=True) if named else block for block, named in zip(blocks, around, strict=True)]
