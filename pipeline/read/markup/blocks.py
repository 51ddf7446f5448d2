"""The tree -> the lines that a reader sees, in order: each with its tag, its place, and how much of it is links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from lxml import etree, html

# Elements that begin a line of their own; a line break does, too.
BLOCK = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form founder-author founder-content founder-pretitle founder-subtitle founder-title frameset h1 h2 h3
    h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead title
    tr ul""".split()  # noqa: SIM905
)
UNSEEN = frozenset(
    """script style noscript template head iframe svg math canvas object embed audio video select textarea button input
    datalist map rp rt frame noframes applet title""".split()  # noqa: SIM905
)
WORDLESS = frozenset(("script", "style", "template"))  # elements whose text is no words
HEADINGS = frozenset(("h1", "h2", "h3"))
FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu"))
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|foot|footer|copyright|share|related|relate|recommend|hot|rank|sidebar|"
    r"comments?|breadcrumbs?|crumbs?|pager|pagination|page-?nav|ads?|advert|toolbar|login|search|tags?|links?)"
    r"(?=[\s_-]|$)",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)  # what is only invisible, scripts show later
SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")  # a line of a page holds no line break of any kind
HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
WRAPPED = re.compile(rf"(?<={HAN})[ \t]*[\r\n\f][ \t\r\n\f]*(?={HAN})")  # a line that only the source breaks
INDENT = re.compile("(?:[\u3000\u2003]{2}|\u00a0{4})")
INDENTED = re.compile(f"(?<=[。！？…”」』）!?])\\s*{INDENT.pattern}")  # where no indent begins the line
LETTER = re.compile(r"[^\W_]")
UNFOLDED = re.compile(r"[\W_]+")  # what is no letter or digit
# What an element of a line of credits holds: a date, or a label, perhaps with what it labels.
CREDIT = re.compile(
    r"\W*(?:[\d０-９]{4}\s*[-－/／.．_年]\s*[\d０-９]{1,2}\s*[-－/／.．_月]\s*[\d０-９]{1,2}"
    r"(?![\d０-９])[^，。、]{0,24}"
    r"|(?:[^\W\d_]{0,4}(?:[来來]源|作者|[编編][辑輯]|[责責][编編]|校[对對]|[时時][间間]|日期|版次)"
    r"|Source|Author|Editor|Date)\s*[:：].*"
    r"|[^\W\d_]{0,6}(?:[记記]者|通[讯訊][员員])|By [A-Z].*"
    r"|(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?),? \d{4})\W*"
)
SENTENCE = re.compile("[，。！？；]")
MOST_CREDITS = 160  # characters of a line of credits
LONGEST_NAME = 14  # letters of a paper's or person's name in it
ENDS = re.compile("[。！？；!?.][”’」』）)]*")
SENTENCES = 25  # letters from which a line with a full stop is running text, not a teaser
MOST_NAMED = 40  # elements around a line whose names are looked at, the outermost: more would cost each line its depth
MOST_LINKED = 0.3  # of a line's letters that running text may have in links


@dataclass(frozen=True)
class Block:
    """A line of the page: its text, its tag, the source line of its element, the element that holds it.

    `links` is the share of its letters that stand in links. `named` are the elements around it, the outermost first,
    that are named as what stands around articles: navigation, a footer, a list of other stories. `furniture` says
    that the line does stand around them, `hidden` that no reader sees it: the text of a button, of a list to choose
    from, of an element that isn't shown.
    """

    text: str
    tag: str
    line: int
    parent: html.HtmlElement = field(repr=False, compare=False)
    links: float = 0.0
    named: tuple[html.HtmlElement, ...] = field(default=(), repr=False, compare=False)
    furniture: bool = False
    hidden: bool = False

    @cached_property
    def letters(self) -> str:
        """Its letters and digits."""
        return UNFOLDED.sub("", self.text)

    @cached_property
    def running(self) -> bool:
        """Is it running text, by its length, its full stop and its links?"""
        return len(self.letters) >= SENTENCES and self.links <= MOST_LINKED and bool(ENDS.search(self.text))


@dataclass(slots=True)
class _Open:
    """The line that is being gathered, and what surrounds the place that has been reached."""

    parts: list[str] = field(default_factory=list)
    joints: list[int] = field(default_factory=list)  # parts before which one element ends and another begins
    ended: bool = False  # has an element just ended?
    linked: int = 0  # letters of the line that stand in links
    line: int = 1
    depth_of_link: int = 0
    named: list[html.HtmlElement] = field(default_factory=list)  # elements around that are named as furniture
    broken: dict[html.HtmlElement, bool] = field(default_factory=dict)  # whether a block holds line breaks, once known
    holders: list[html.HtmlElement] = field(default_factory=list)  # elements around that are blocks
    hidden: list[Block] = field(default_factory=list)  # what is hidden within the line


def blocks(root: html.HtmlElement, unseen: frozenset[str] = UNSEEN) -> list[Block]:
    """The lines of a page in the order of the source, without those that hold no letter.

    What elements named in `unseen` hold, or such as aren't shown, is hidden: a line for each, behind that around it.
    """
    return list(_walk(root, unseen))


def _walk(root: html.HtmlElement, unseen: frozenset[str]) -> Iterator[Block]:
    here = _Open()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):  # a comment or an instruction: only what follows it counts
            if event == "end":
                _gather(here, element.tail)
            continue
        starts = event == "start"
        hidden = element.tag in unseen or _hidden(element)
        if starts and hidden:
            events.skip_subtree()
            _hide(here, element)
        if element.tag in BLOCK or element.tag == "br":
            yield from _line(here)
        _surround(here, element, 1 if starts else -1)
        if starts:
            if here.ended:
                here.joints.append(len(here.parts))
            here.line = element.sourceline or here.line
            _gather(here, None if hidden else element.text)
        else:
            _gather(here, element.tail, ended=True)
    yield from _line(here)


def _surround(here: _Open, element: html.HtmlElement, step: int) -> None:
    """An element begins (1) or ends (-1)."""
    here.depth_of_link += step * (element.tag == "a")
    around = [here.named] * _is_furniture(element) + [here.holders] * (element.tag in BLOCK)
    for elements in around:
        if step > 0:
            elements.append(element)
        else:
            elements.pop()


def _gather(here: _Open, text: str | None, *, ended: bool = False) -> None:
    here.ended = ended and not text
    if text and here.holders:
        if here.holders[-1].tag != "pre":
            text = SPACE.sub(" ", WRAPPED.sub("", text))
        here.parts.append(text)
        if here.depth_of_link:
            here.linked += len(UNFOLDED.sub("", text))


def _hide(here: _Open, element: html.HtmlElement) -> None:
    """Keep the text of an element that isn't shown; that of <head> are titles, which are metadata."""
    words = (text for text in _words(element) if LETTER.search(text))
    text = " ".join(SPACE.sub(" ", WRAPPED.sub("", each)).strip() for each in words)
    if text:
        here.hidden.append(Block(text, str(element.tag), element.sourceline or here.line, element, hidden=True))


def _words(element: html.HtmlElement) -> Iterator[str]:
    titles = element.tag == "head"
    events = etree.iterwalk(element, events=("start", "end"))
    for event, each in events:
        wordless = each.tag in WORDLESS or (titles and each.tag == "title")
        if event == "start" and wordless:
            events.skip_subtree()
        text = each.tail if event == "end" else None if wordless else each.text
        if text and (event == "start" or each is not element):
            yield text


def _line(here: _Open) -> Iterator[Block]:
    """The line that has been gathered, if it holds a letter, and what is hidden in it."""
    yield from _shown(here)
    yield from here.hidden
    here.hidden = []


def _shown(here: _Open) -> Iterator[Block]:
    """The line that has been gathered; several, if indents show several paragraphs."""
    text, linked = _joined(here.parts, here.joints), here.linked
    here.parts, here.joints, here.linked = [], [], 0
    letters = len(UNFOLDED.sub("", text))
    if not letters:
        return
    holder = here.holders[-1]
    lines = text.splitlines() if holder.tag == "pre" else _paragraphs(text, here)
    for line in lines:
        if LETTER.search(line):
            yield Block(line.strip(), _tag(here), here.line, holder, linked / letters, tuple(here.named[:MOST_NAMED]))


def _joined(parts: list[str], joints: list[int]) -> str:
    """The text of a line. In a line of credits, elements that touch are words apart: a style sheet parts them."""
    text = "".join(parts)
    if not joints or len(text) > MOST_CREDITS or SENTENCE.search(text):
        return text
    edges = [0, *joints, len(parts)]
    pieces = [piece for a, b in pairwise(edges) if (piece := "".join(parts[a:b]).strip())]
    lengths = [0 if CREDIT.fullmatch(piece) else len(LETTER.findall(piece)) for piece in pieces]
    # One letter is a part of a word, from a word processor; many are the headline of another story, before its date.
    credit = 0 in lengths and 1 not in lengths and max(lengths) <= LONGEST_NAME
    return " ".join(pieces) if credit else text


def _paragraphs(text: str, here: _Open) -> list[str]:
    """The paragraphs that indents alone show: where no element and no line break does, each indent may."""
    holder = here.holders[-1]
    alone = holder.tag != "p" and INDENT.match(text) is not None
    if alone and holder not in here.broken:
        here.broken[holder] = holder.find(".//br") is not None
    alone = alone and not here.broken[holder]
    return [part for part in (INDENT if alone else INDENTED).split(text) if part]


def _tag(here: _Open) -> str:
    """The tag that tells most: of a heading or caption around the line, else of the nearest block."""
    near = [element.tag for element in here.holders[-3:]]
    return str(next((tag for tag in reversed(near) if tag in HEADINGS or tag == "figcaption"), near[-1]))


def _hidden(element: html.HtmlElement) -> bool:
    """Is the element not shown? The page itself is, in the end: scripts take such a style off it."""
    if element.tag in ("html", "body"):
        return False
    return "hidden" in element.attrib or bool(HIDDEN.search(element.get("style") or ""))


def _is_furniture(element: html.HtmlElement) -> bool:
    if element.tag in FURNITURE_TAGS:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in BLOCK and element.tag not in ("body", "html") and bool(FURNITURE.search(named))
