"""A saved HTML page -> the text that a reader sees, one line per paragraph, with the role of each by its markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import html

from ..model import Role
from .markup.about import about, body, document_title
from .markup.account import unplaced
from .markup.article import only_article
from .markup.blocks import HEADINGS, UNSEEN, Block, blocks
from .markup.content import content
from .markup.furniture import settled
from .markup.headlines import is_single, roles
from .markup.scan import Document, Scan, scan
from .markup.tags import declared
from .markup.titles import shown_title
from .markup.tree import parse

SPARE = frozenset({"noscript", "textarea"})  # elements that are looked into where nothing else holds an article
SEEN = frozenset({"script", "style", "template", "head"})  # and where even they don't: all but these
OF_PAGE = ("title", "author", "description")  # what isn't said of each article of a page of several


@dataclass(frozen=True, slots=True)
class Html:
    """A page that was markup: `text`, `lines`, `markup`, `single` and `unplaced` are those of a Page, `meta` what the
    page says of itself.

    A page without any article has an empty `text`.
    """

    text: str
    lines: tuple[int, ...] = ()
    markup: tuple[tuple[int, int, Role], ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    single: bool = False
    unplaced: int | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """One document: its lines, whether each belongs to an article, the line that shows the title, what it says."""

    seen: list[Block]
    wanted: list[bool]
    shown: Block | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


def read_html(source: str) -> Html:
    """The page's lines in order; those around its articles are in the text, too, and marked as boilerplate.

    Of a file of several documents, all are read. Where the markup holds no article, but JSON-LD does, its text is
    taken. What the file holds outside of tags and the parser doesn't give stands at the end.
    """
    scanned = scan(source)
    found = _with_articles([_document(each) for each in scanned.documents])
    own = [read for read in found if any(read.wanted)]
    if not own:
        return Html("")
    single = len(own) == 1 and is_single(
        [b for b, has in zip(own[0].seen, own[0].wanted, strict=True) if has], own[0].shown
    )
    seen = [block for read in found for block in read.seen]
    told = [
        role
        for read in found
        for role in roles(
            read.seen, read.wanted, read.shown, single=single or (len(own) > 1 and read.shown is not None)
        )
    ]
    heads = sum(role is Role.HEADLINE for role in told)
    meta = _meta([read.meta for read in own], several=heads > 1 and not single)
    if single:
        meta["title"] = next(block.text for block, role in zip(seen, told, strict=True) if role is Role.HEADLINE)
    rest = _rest(source, scanned, seen)
    text = "\n".join([*(block.text for block in seen), *(line for _, line in rest)])
    lines = (*(block.line for block in seen), *(number for number, _ in rest))
    at = sum(len(block.text) + 1 for block in seen) if rest else None
    spans = _spans(
        [*(block.text for block in seen), *(line for _, line in rest)], [*told, *[Role.BOILERPLATE] * len(rest)]
    )
    return Html(text, lines, tuple(spans), meta, single, at)


def _document(document: Document) -> _Read:
    root = parse(document.markup)
    if root is None:
        return _Read([], [])
    meta = about(root, document.source)
    titles = list(dict.fromkeys(filter(None, (meta.get("title", ""), document_title(root)))))
    for unseen in (UNSEEN, UNSEEN - SPARE, SEEN):  # what is there for readers without scripts may be all that there is
        read = _seen(root, titles, document.source, unseen)
        if any(read.wanted):
            break
    else:
        read = _with_body(_seen(root, titles, document.source, UNSEEN), body(root), root)
    title = read.shown.text if read.shown else meta.get("title", "")
    return replace(read, meta={**meta, **({"title": title} if title else {})})


def _seen(root: html.HtmlElement, titles: Sequence[str], source: str, unseen: frozenset[str]) -> _Read:
    """The page's lines, and whether each belongs to an article; those that are hidden belong to none."""
    lines = blocks(root, unseen)
    visible = settled([block for block in lines if not block.hidden])
    at = shown_title(visible, titles)
    if at is not None and visible[at].tag not in HEADINGS:  # many pages only print their headline large
        visible[at] = replace(visible[at], tag="h1")
    wanted = content(visible, root, len(source))
    if any(wanted):
        wanted = _of_one(visible, wanted, at)
    own = iter(zip(visible, wanted, strict=True))
    read = [(block, False) if block.hidden else next(own) for block in lines]
    return _Read([block for block, _ in read], [has for _, has in read], None if at is None else visible[at])


def _of_one(lines: Sequence[Block], wanted: Sequence[bool], at: int | None) -> list[bool]:
    """The lines that belong to an article, where the page has one: its title stands at `at`, or in its only heading."""
    found = [has or k == at for k, has in enumerate(wanted)]
    own = [line for line, has in zip(lines, found, strict=True) if has]
    headings = [k for k, has in enumerate(found) if has and lines[k].tag in HEADINGS]
    if headings and not is_single(own, None if at is None else lines[at]):
        return found
    head = at if at is not None else min((k for k in headings if lines[k].tag == "h1"), default=0)
    return only_article(lines, found, head)


def _with_articles(found: Sequence[_Read]) -> list[_Read]:
    """The documents, those without running text without articles where others have it: a header or footer in a file.

    Of several that have articles, one whose title no line shows begins with its title.
    """
    text = [any(block.running for block, has in zip(read.seen, read.wanted, strict=True) if has) for read in found]
    some = [
        read if has or not any(text) else replace(read, wanted=[False] * len(read.wanted))
        for read, has in zip(found, text, strict=True)
    ]
    several = sum(any(read.wanted) for read in some) > 1
    return [_titled(read) if several and any(read.wanted) else read for read in some]


def _titled(read: _Read) -> _Read:
    own = [block for block, has in zip(read.seen, read.wanted, strict=True) if has]
    title = read.meta.get("title")
    if not title or any(block.tag in HEADINGS for block in own):
        return read
    shown = Block(title, "h1", own[0].line, own[0].parent)
    return replace(read, seen=[shown, *read.seen], wanted=[True, *read.wanted], shown=shown)


def _meta(told: Sequence[Mapping[str, str]], *, several: bool) -> dict[str, str]:
    """What all documents with articles say alike; of a page of several articles, nothing that is of one of them."""
    first, *others = told
    alike = {key: value for key, value in first.items() if all(each.get(key) == value for each in others)}
    return {key: value for key, value in alike.items() if not (several and key in OF_PAGE)}


def _rest(source: str, scanned: Scan, seen: Sequence[Block]) -> list[tuple[int, str]]:
    """What the file says and no line does: the line of the file that each begins in, and what it says."""
    found = []
    number, done = 1, 0
    for start, text in (scanned.texts[at] for at in unplaced([text for _, text in scanned.texts], seen)):
        number, done = number + source.count("\n", done, start), start
        found.append((number, " ".join(text.split())))
    return found


def charset_note(source: str, encoding: str) -> tuple[str, ...]:
    """A note where the page names an encoding that its bytes are not in: "charset-says:gb18030"."""
    told = declared(source)
    same = not told or encoding.startswith(told) or source.isascii()  # utf-8-sig is utf-8, and utf-16-le is utf-16
    return () if same else (f"charset-says:{told}",)


def _with_body(read: _Read, paragraphs: Sequence[str], root: html.HtmlElement) -> _Read:
    added = [Block(text, "p", 1, root) for text in paragraphs]
    return replace(read, seen=[*read.seen, *added], wanted=[*read.wanted, *[True] * len(added)])


def _spans(lines: Sequence[str], told: Sequence[Role | None]) -> Iterator[tuple[int, int, Role]]:
    at = 0
    for line, role in zip(lines, told, strict=True):
        if role is not None:
            yield at, at + len(line), role
        at += len(line) + 1
