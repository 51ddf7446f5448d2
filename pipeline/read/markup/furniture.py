"""Navigation, footers and the like around articles, by the names of their elements."""

from __future__ import annotations

from collections import Counter
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
    own: set[html.HtmlElement] = set()  # the elements whose names don't count
    while True:
        named = [[element for element in block.named if element not in own] for block in blocks]
        outside = sum(count for count, around in zip(letters, named, strict=True) if not around)
        held = Counter[html.HtmlElement]()
        for count, around in zip(letters, named, strict=True):
            held.update(dict.fromkeys(around, count))
        large = next((element for element, count in held.items() if count > MOST * total), None)
        if large is None or outside >= FEW * total:
            pairs = zip(blocks, named, strict=True)
            return [replace(block, furniture=True) if around else block for block, around in pairs]
        own.add(large)
