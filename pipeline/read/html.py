"""A saved HTML page -> the text that a reader sees, one line per paragraph, with the role of each by its markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from lxml import html

from ..model import Role
from ..text.forms import fold
from .markup.about import about, body
from .markup.blocks import HEADINGS, UNSEEN, Block, blocks
from .markup.content import content
from .markup.furniture import settled
from .markup.tags import declared
from .markup.tree import parse

SPARE = frozenset({"noscript", "textarea"})  # elements that are looked into where nothing else holds an article


@dataclass(frozen=True, slots=True)
class Html:
    """A page that was markup: `text`, `lines` and `markup` are those of a Page, `meta` what the page says of itself.

    A page without any article has an empty `text`.
    """

    text: str
    lines: tuple[int, ...] = ()
    markup: tuple[tuple[int, int, Role], ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)


def read_html(source: str) -> Html:
    """The page's lines in order; those around its articles are in the text, too, and marked as boilerplate.

    Where the markup holds no article, but JSON-LD does, its text is taken.
    """
    root = parse(source)
    if root is None:
        return Html("")
    meta = about(root, source)
    title = meta.get("title", "")
    seen, wanted = _seen(root, title, source, UNSEEN)
    if not any(wanted):  # what is there for readers without scripts may be all that there is
        seen, wanted = _seen(root, title, source, UNSEEN - SPARE)
    if not any(wanted):
        seen, wanted = _with_body(seen, body(root), root)
    if not any(wanted):
        return Html("")
    roles = list(_roles(seen, wanted))
    if sum(role is Role.HEADLINE for role in roles) > 1:  # these are the page's, and not those of each of its articles
        meta = {key: value for key, value in meta.items() if key not in ("title", "author", "description")}
    return Html("\n".join(block.text for block in seen), tuple(b.line for b in seen), tuple(_spans(seen, roles)), meta)


def _seen(root: html.HtmlElement, title: str, source: str, unseen: frozenset[str]) -> tuple[list[Block], list[bool]]:
    """The page's lines, and whether each belongs to an article."""
    lines = _with_title(settled(blocks(root, unseen)), title)
    return lines, content(lines, root, len(source))


def charset_note(source: str, encoding: str) -> tuple[str, ...]:
    """A note where the page names an encoding that its bytes are not in: "charset-says:gb18030"."""
    told = declared(source)
    same = not told or encoding.startswith(told) or source.isascii()  # utf-8-sig is utf-8, and utf-16-le is utf-16
    return () if same else (f"charset-says:{told}",)


def _with_title(seen: list[Block], title: str) -> list[Block]:
    """The lines, the first that says the page's title made a heading where none is: many pages only print it large."""
    same = [at for at, block in enumerate(seen) if title and fold(block.text) == fold(title) and not block.furniture]
    if same and not any(seen[at].tag in HEADINGS for at in same):
        seen[same[0]] = replace(seen[same[0]], tag="h1")
    return seen


def _with_body(seen: Sequence[Block], paragraphs: Sequence[str], root: object) -> tuple[list[Block], list[bool]]:
    added = [Block(text, "p", 1, root) for text in paragraphs]
    return [*seen, *added], [False] * len(seen) + [True] * len(added)


def _roles(seen: Sequence[Block], wanted: Sequence[bool]) -> Iterator[Role | None]:
    """The role of each line by the markup; None where there is none."""
    own = [block for block, has in zip(seen, wanted, strict=True) if has]
    heading = _headline_tag(own)
    for block, has in zip(seen, wanted, strict=True):
        if not has:
            yield Role.BOILERPLATE
        elif block.tag == heading:
            yield Role.HEADLINE
        elif block.tag in HEADINGS:
            yield Role.SUBHEAD
        else:
            yield Role.CAPTION if block.tag == "figcaption" else None


def _headline_tag(own: Sequence[Block]) -> str | None:
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


def _spans(seen: Sequence[Block], roles: Sequence[Role | None]) -> Iterator[tuple[int, int, Role]]:
    at = 0
    for block, role in zip(seen, roles, strict=True):
        if role is not None:
            yield at, at + len(block.text), role
        at += len(block.text) + 1
