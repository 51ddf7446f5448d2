"""Which lines of a page its markup calls headlines and subheads, and whether it names a single headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lxml import html

from ...model import Role
from ...text.forms import fold
from .blocks import HEADINGS, MOST_LINKED, Block
from .titles import CHANNEL, is_name

SIGNED = re.compile(
    r"\d{4}\s?[-年/.]\s?\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}:\d\d|记者|記者|通讯员|作者|来源|來源|責任?編輯|责编|\bBy\s",
    re.IGNORECASE,
)
LINE = 60  # most letters of a line with a date or a name of who wrote
NEAR = 3  # lines behind a headline among which that is looked for


def is_single(own: Sequence[Block], shown: Block | None) -> bool:
    """Does the markup name one headline for all lines of the articles?

    It does by a line that shows the page's title, or by one <h1> that is no name of a site or channel, unless several
    headings have containers of their own, and a date or name of an author there.
    """
    if _signed(own, shown):
        return False
    if shown is not None:
        return True
    heads = {fold(block.text) for block in own if block.tag == "h1"} if headline_tag(own) == "h1" else set()
    return len(heads) == 1 and all(len(head) > CHANNEL and not is_name(head) for head in heads)


def roles(seen: Sequence[Block], wanted: Sequence[bool], shown: Block | None, *, single: bool) -> Iterator[Role | None]:
    """The role of each line by the markup; None where there is none. `shown` is the line that shows the title."""
    own = [block for block, has in zip(seen, wanted, strict=True) if has]
    tag = headline_tag(own)
    signed = set(map(id, _signed(own, shown)))
    title = fold(shown.text) if shown else ""
    above = single and shown is not None
    for block, has in zip(seen, wanted, strict=True):
        heading = block.tag in HEADINGS
        above = above and block is not shown
        if not has or (above and heading and fold(block.text) != title):  # a site's name stands above its headline
            yield Role.BOILERPLATE
        elif fold(block.text) == title if single and shown else block.tag == tag or id(block) in signed:
            yield Role.HEADLINE
        elif heading:
            yield Role.SUBHEAD
        else:
            yield Role.CAPTION if block.tag == "figcaption" else None


def headline_tag(own: Sequence[Block]) -> str | None:
    """The tag of the headlines: that of the highest headings, but for one that heads nothing but other headings.

    Such a one is the page's name ("第3版：民生"), unless the heading below it is the only one: a second line.
    """
    tags = [block.tag for block in own]
    levels = sorted({tag for tag in tags if tag in HEADINGS})
    for tag, below in zip_longest(levels, levels[1:], fillvalue=""):
        heads = [at for at, each in enumerate(tags) if each == tag]
        empty = all(at + 1 < len(tags) and tags[at + 1] == below for at in heads)
        if not (empty and tags.count(below) > 1):
            return tag
    return None


def _signed(own: Sequence[Block], shown: Block | None) -> list[Block]:
    """Headings of several articles: none where most text stands right below the line that shows the page's title."""
    apart = signed_headings(own)
    return [] if _has_most(own, shown, apart) else apart


def signed_headings(own: Sequence[Block]) -> list[Block]:
    """Several headings, each in an element of its own with text, and a date or an author behind it.

    Headings that are links, or have links among the lines behind them, are of a list of other stories.
    """
    found: dict[html.HtmlElement, Block] = {}
    for at, block in enumerate(own):
        behind = own[at + 1 : at + 1 + NEAR]
        if block.tag not in HEADINGS or any(line.links > MOST_LINKED for line in (block, *behind)):
            continue
        signed = any(len(line.text) <= LINE and SIGNED.search(line.text) for line in behind)
        if signed and any(line.running for line in behind):
            holder = _common(block.parent, behind[0].parent)
            if holder is not None:
                found.setdefault(holder, block)
    around = {element for holder in found for element in holder.iterancestors()}
    apart = [block for holder, block in found.items() if holder not in around]
    return apart if len(apart) > 1 else []


def _has_most(own: Sequence[Block], shown: Block | None, others: Sequence[Block]) -> bool:
    """Does most running text stand between a headline and the first of the others below it?"""
    texts = [len(block.text) * block.running for block in own]
    start = next((at for at, block in enumerate(own) if block is shown), None)
    if start is None:
        return False
    apart = set(map(id, others))
    end = next((at for at in range(start + 1, len(own)) if id(own[at]) in apart), len(own))
    return 2 * sum(texts[start:end]) > sum(texts)


def _common(first: html.HtmlElement, second: html.HtmlElement) -> html.HtmlElement | None:
    """The innermost element that holds both."""
    around = {first, *first.iterancestors()}
    return next((each for each in (second, *second.iterancestors()) if each in around), None)
