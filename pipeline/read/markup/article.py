"""The element that holds the article of a page of one headline: what stands outside it is around the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import html

from .blocks import HEADINGS, MOST_LINKED, Block
from .headlines import LINE, SIGNED, signed_headings

MOST = 0.85  # of an element's running text from which the element within that holds so much is the article's
KEPT = 0.8  # of all running text but that of lists of other stories that the article's element holds at least
LINKED = 0.15  # of an element's letters in links from which it is a list of other stories
FEW = 0.2  # of the page's running text below which the headline may stand somewhere else than the article
OTHERS = re.compile(
    r"(?:[为為][你您]推[荐薦]|猜[你您]喜[欢歡]|大家都?[在爱愛]看|(?:您|你)可能(?:感[兴興]趣|喜[欢歡])的.{0,4}|"
    r"(?:相[关關]|推[荐薦]|延伸|[热熱][门門点點]?|更多|精彩|往期|[图圖]片)"
    r"(?:新[闻聞]|推[荐薦]|[阅閱][读讀]|文章|[报報][导導道]|精彩|[内內]容|[回图圖][顾顧集]|[资資][讯訊]|[链鏈連]接)|"
    r"(?:related|more|recommended|popular|latest)\s(?:news|stories|articles|reading|posts|from\b.{0,30})|"
    r"read (?:more|next)|you (?:may|might) also like|recommended(?: for you)?|related)",
    re.IGNORECASE,
)  # a line that leads to other stories
PARAGRAPHS = frozenset(("p", "li", "dd", "blockquote", "figure", "pre"))  # elements within an article
BEHIND = 3  # lines behind the article's element that may name its editors


@dataclass(slots=True)
class _Letters:
    """Letters in each element, of running text, of all lines, and in links; its lines, and which hold a heading."""

    running: Counter[html.HtmlElement] = field(default_factory=Counter)
    lines: Counter[html.HtmlElement] = field(default_factory=Counter)
    all: Counter[html.HtmlElement] = field(default_factory=Counter)
    linked: Counter[html.HtmlElement] = field(default_factory=Counter)
    headed: set[html.HtmlElement] = field(default_factory=set)

    def lists(self, element: html.HtmlElement) -> bool:
        """Is it a list of other stories: of links, or with a heading and links?"""
        linked = self.linked[element]
        return linked > LINKED * self.all[element] or (linked > 0 and element in self.headed)


def only_article(lines: Sequence[Block], wanted: Sequence[bool], head: int) -> list[bool]:
    """Which lines belong to the article below the headline at `head`, of those that are wanted: (len(lines),).

    From the outermost element the way goes inwards, as long as one element holds nearly all running text. Wanted are
    the lines in the last of them, the headline, the lines between, and names of editors right behind.
    """
    root = lines[head].parent.getroottree().getroot()
    letters = _letters(lines, head, root)
    own = _article(letters, root)
    total = sum(len(line.letters) for line in lines if line.running and not line.furniture)
    if letters.running[own] < FEW * total:
        return list(wanted)
    elements = set(own.iter())
    inside = [at for at, line in enumerate(lines) if line.parent in elements]
    teasers = signed_headings([line for line, has in zip(lines, wanted, strict=True) if has])
    last = _before_others(lines, range(max(head, inside[0]), inside[-1] + 1), teasers)
    found = [has and min(head, inside[0]) <= at <= last for at, has in enumerate(wanted)]
    for at in range(last + 1, min(last + 1 + BEHIND, len(lines))):
        line = lines[at]
        if not wanted[at] or line.links > MOST_LINKED or len(line.text) > LINE or not SIGNED.search(line.text):
            break
        found[at] = True
    return found


def _before_others(lines: Sequence[Block], inside: range, teasers: Sequence[Block]) -> int:
    """The last line of an article, before the first teaser or a line that leads to other stories, unless the article
    goes on behind it."""
    apart = set(map(id, teasers))
    last = {lines[at].parent.getparent(): at for at in inside if lines[at].running}  # running text in each element
    until = -1  # the last running text in one of the elements that have held some so far
    for at in inside:
        line = lines[at]
        if until >= 0 and (id(line) in apart or (OTHERS.fullmatch(line.text.strip(" 　:：>»|【】[]")) and until <= at)):
            return at - 1
        if line.running:
            until = max(until, last[line.parent.getparent()])
    return inside[-1]


def _letters(lines: Sequence[Block], head: int, root: html.HtmlElement) -> _Letters:
    letters = _Letters()
    for at, line in enumerate(lines):
        count, element = len(line.letters), line.parent
        letters.lines[element] += 1
        letters.all[element] += count
        letters.linked[element] += round(count * line.links)
        if line.running and not line.furniture and at >= head:
            letters.running[element] += count
        if line.tag in HEADINGS and at > head:
            letters.headed.add(element)
    for element in reversed(list(root.iterdescendants())):  # what an element holds its parent does
        parent = element.getparent()
        if letters.lines[element]:
            for counter in (letters.lines, letters.all, letters.linked, letters.running):
                counter[parent] += counter[element]
        if element in letters.headed:
            letters.headed.add(parent)
    return letters


def _article(letters: _Letters, root: html.HtmlElement) -> html.HtmlElement:
    element, share = root, 1.0
    while True:
        within = [child for child in element if letters.running[child] and child.tag not in PARAGRAPHS]
        if not within:
            return element
        most = max(within, key=lambda child: letters.running[child])
        lists = sum(letters.running[child] for child in within if child is not most and letters.lists(child))
        if letters.lines[most] == 1:
            return element
        part = letters.running[most] / (letters.running[element] - lists)
        share *= part
        if part < MOST or share < KEPT:
            return element
        element = most
