"""Which lines of a page belong to its articles: by an extractor, or by rule where that loses text."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import html

from .blocks import HEADINGS, MOST_LINKED, SENTENCES, UNFOLDED, Block

MOST_BYTES = 2**21  # of markup that the extractor is asked about: it takes a second for each MiB, and more where deep
DEEPEST = 200  # elements within one another beyond which the extractor, which recurses, gives nothing
MOST_SEARCHED = 2 * 10**8  # characters looked through for lines, which takes a tenth of a second; then the rule counts
KEPT = 0.8  # of the letters of all sentences that the extractor must have taken to be trusted
LONG = 12  # letters of a line that is not found in another by chance
HALF_LINKED = 0.5  # of a short line's letters from which it is a way to other pages, and no text
ABOVE = 8  # lines between a headline and its text: date, source, reporter, buttons


def content(blocks: Sequence[Block], root: html.HtmlElement, size: int) -> list[bool]:
    """Whether each line belongs to an article: (len(blocks),). `size` is the length of the markup."""
    folded = [block.letters for block in blocks]
    running = [block.running and not block.furniture for block in blocks]
    taken = _located(folded, _extracted(root, size))
    there = sum(len(text) for text, wanted in zip(folded, running, strict=True) if wanted)
    kept = sum(len(text) for text, wanted, has in zip(folded, running, taken, strict=True) if wanted and has)
    if kept < KEPT * there:
        taken = [own or wanted for own, wanted in zip(taken, running, strict=True)]
    if not any(taken):  # lists of names, tables, verse: all that is neither navigation nor links
        taken = [_is_plain(block) and len(text) >= SENTENCES for block, text in zip(blocks, folded, strict=True)]
    aside = [_is_aside(block, text) for block, text in zip(blocks, folded, strict=True)]
    taken = [has and not off for has, off in zip(taken, aside, strict=True)]
    return _with_headings(blocks, _filled(blocks, taken))


def _extracted(root: html.HtmlElement, size: int) -> str:
    """The letters of what trafilatura takes for the article, in one; empty where it is not asked."""
    if size > MOST_BYTES or _is_deeper(root, DEEPEST):
        return ""
    from trafilatura import extract  # late: a tenth of a second, for pages that are HTML only

    try:
        own = copy.deepcopy(root)  # it takes the tree apart
        text = extract(own, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):  # of a tree that it did not foresee
        return ""
    return UNFOLDED.sub("", text or "")


def _is_deeper(root: html.HtmlElement, limit: int) -> bool:
    level = list(root)
    for _ in range(limit):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _located(folded: Sequence[str], text: str) -> list[bool]:
    """Which lines stand in a text; a short one only right behind the line before it."""
    at, found, left = 0, [], MOST_SEARCHED
    for line in folded:
        here = at if line and text.startswith(line, at) else -1
        if here < 0 and len(line) >= LONG and left > 0:
            here = text.find(line, at)
            here = here if here >= 0 else text.find(line)  # the extractor puts some lines at the end
            left -= abs(here - at) if here >= 0 else 2 * len(text)
        found.append(here >= 0)
        at = here + len(line) if here >= 0 else at
    return found


def _is_plain(block: Block) -> bool:
    """Is the line neither named as furniture nor made of links?"""
    return not block.furniture and block.links <= MOST_LINKED


def _is_aside(block: Block, letters: str) -> bool:
    """Is it a short line, of those that an extractor takes, that is furniture or a way to other pages?"""
    linked = block.links >= HALF_LINKED and block.tag not in HEADINGS
    return len(letters) < SENTENCES and (block.furniture or linked)


def _filled(blocks: Sequence[Block], taken: Sequence[bool]) -> list[bool]:
    """Add short lines next to an article's lines in the same element."""
    holders = {block.parent.getparent() for block, has in zip(blocks, taken, strict=True) if has}
    holders |= {block.parent for block, has in zip(blocks, taken, strict=True) if has}
    found = list(taken)
    for own in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):  # downwards, then upwards
        reached = False  # is the line before, in this direction, the article's?
        for at in own:
            block = blocks[at]
            beside = block.parent in holders or block.parent.getparent() in holders
            found[at] = found[at] or (reached and beside and _is_plain(block))
            reached = found[at]
    return found


def _with_headings(blocks: Sequence[Block], taken: Sequence[bool]) -> list[bool]:
    """Add the heading before each stretch of text, and the few lines between the two."""
    found = list(taken)
    for at, has in enumerate(taken):
        if not has or (at and taken[at - 1]):
            continue
        above = range(at - 1, max(-1, at - 1 - ABOVE), -1)
        head = next((k for k in above if blocks[k].tag in HEADINGS or taken[k]), None)
        if head is not None and not taken[head] and not blocks[head].furniture:
            for k in range(head, at):
                found[k] = _is_plain(blocks[k])
    return found
