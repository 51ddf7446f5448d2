"""The tags of a file, found without a parser: its documents, and the text that stands outside of tags.

A parser follows the rules of HTML, by which text may vanish: behind `</html>`, behind a comment or a script that never
ends, in a tag that lacks its end. Here such slips are mended before the parser sees them, and the text is listed apart
from it, so that what it reads can be held against what the file holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

# A quoted value holds < or > only where what follows its end can follow a value: else a quotation mark is missing.
# Nothing behind the attributes can fail, so nothing is tried twice: no page takes long. (Possessive quantifiers around
# groups are broken in several versions of Python 3.11.)
TOKEN = re.compile(
    r"""<(?:
    (?P<comment>!--) | (?P<cdata>!\[CDATA\[) | (?P<declaration>[!?][^<>]*+>) |
    (?P<end>/?)(?P<name>[a-z][\w:.-]*+)
    (?P<attributes>(?:
        [^<>"'=]+ | =\s*(?:"[^"<>]*"|"[^"]*"(?=[\s/>])|'[^'<>]*'|'[^']*'(?=[\s/>])|(?P<stray>["'])|) | ["']
    )*)(?P<closed>>?))""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
COMMENT_END = re.compile("--!?>")
CDATA_END = re.compile(re.escape("]]>"))
RAW = frozenset(("script", "style", "template", "textarea", "title"))  # of these the tags within are no tags
ENDS = {name: re.compile(rf"</{name}(?=[\s/>])[^<>]*>?", re.IGNORECASE) for name in RAW}
TEMPLATE = re.compile(r"<(/?)template(?=[\s/>])[^<>]*>?", re.IGNORECASE)
# Elements whose content the parser would take as one text, tags and all -> what is read in the same way with tags.
RENAMED = {"iframe": "noscript", "noembed": "noscript", "noframes": "noscript", "xmp": "pre", "plaintext": "pre"}
RENAMED_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RENAMED}
AGAIN = re.compile(r"<(?:p|div|h[1-6]|table|ul|section|article|body|br)\b", re.IGNORECASE)
EMPTY = re.compile(r"[\s\"']/$")  # XHTML: an element without content; else the slash may be of an address
JSON_LD = re.compile(r"ld\+json", re.IGNORECASE)
DOCTYPE = re.compile(r"!doctype\b", re.IGNORECASE)
TAG = re.compile("</?[a-z]", re.IGNORECASE)
FEW_ATTRIBUTES, MOST_ATTRIBUTES = 1000, 200  # characters, and attributes, of a tag: a parser compares each with each
ATTRIBUTE = re.compile(r"[\s/\"'][^\s/\"'=]")
TITLE = 300  # characters of a title that holds tags from which it is a page whose title never ends
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Document:
    """One HTML document of a file: its mended markup, whose lines are those of the file, and its own characters."""

    markup: str
    source: str


@dataclass(slots=True)
class Scan:
    """The documents of a file, and its texts outside of tags, comments, scripts, styles, templates and titles: the
    offset of each, and what it says."""

    documents: list[Document] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """What has been reached of a document; `missing` are the names of elements that don't end any more."""

    source: str
    start: int = 0
    parts: list[str] = field(default_factory=list)
    closed: bool = False  # has </body> or </html> been seen?
    begun: bool = False  # has it any text or element?
    titled: bool = False
    missing: set[str] = field(default_factory=set)
    ends: dict[str, re.Match[str]] = field(default_factory=dict)  # the next end of each kind that was found


def scan(source: str) -> Scan:
    """Takes linear time, however broken the markup is."""
    found, state, at = Scan(), _State(source), 0
    while match := TOKEN.search(source, at):
        _text(found, state, at, source[at : match.start()])
        at = _token(found, state, match)
    _text(found, state, at, source[at:])
    _end(found, state, len(source))
    return found


def _token(found: Scan, state: _State, match: re.Match[str]) -> int:
    """Go over a token; the offset behind it."""
    if match["name"]:
        name = match["name"].lower()
        return _end_tag(state, match, name) if match["end"] else _start_tag(found, state, match, name)
    if match["comment"]:
        end = _search(state, COMMENT_END, "comment", match.start() + 2)
        return _skipped(state, match.start(), end.end()) if end else match.end()
    if match["cdata"]:
        end = _search(state, CDATA_END, "cdata", match.end())
        if end:
            _text(found, state, match.end(), state.source[match.end() : end.start()], plain=True)
        return end.end() if end else match.end()
    if DOCTYPE.match(match["declaration"]) and (state.closed or state.begun):
        _end(found, state, match.start())
    return _skipped(state, match.start(), match.end())


def _end_tag(state: _State, match: re.Match[str], name: str) -> int:
    if name in ("body", "html"):  # behind these, a parser reads nothing
        state.closed = True
        return _skipped(state, match.start(), match.end())
    return _tag(state, match, RENAMED.get(name, name))


def _start_tag(found: Scan, state: _State, match: re.Match[str], name: str) -> int:
    if name in ("html", "head") and state.closed:
        _end(found, state, match.start())
    state.begun = state.begun or name not in ("html", "head", "meta", "link")
    empty = EMPTY.search(match["attributes"]) is not None
    if name in RAW:
        return _skipped(state, match.start(), match.end()) if empty else _raw(found, state, match, name)
    if name in RENAMED and (empty or not _search(state, RENAMED_ENDS[name], name, match.end())):
        return match.end() if name != "plaintext" else _tag(state, match, "pre")
    return _tag(state, match, RENAMED.get(name, name))


def _tag(state: _State, match: re.Match[str], name: str) -> int:
    """A tag as it stands, or where it lacks its end or a quotation mark, put right."""
    attributes = match["attributes"]
    if match["closed"] and not match["stray"]:
        same = name == match["name"].lower() and _few(attributes) == attributes
        state.parts.append(match[0] if same else f"<{match['end']}{name}{_few(attributes)}>")
        return match.end()
    beyond = None if match["closed"] else BEYOND_ASCII.search(attributes)
    if beyond:  # "<div本报讯 …": what is no attribute is text
        attributes = attributes[: beyond.start()]
    state.parts.append(f"<{match['end']}{name} {_few(attributes.replace(chr(34), ' ').replace(chr(39), ' '))}>")
    return match.start("attributes") + beyond.start() if beyond else match.end()


def _few(attributes: str) -> str:
    """The attributes of a tag; none where there are more than any page has."""
    many = len(attributes) > FEW_ATTRIBUTES and len(ATTRIBUTE.findall(attributes)) > MOST_ATTRIBUTES
    return "" if many else attributes


def _raw(found: Scan, state: _State, match: re.Match[str], name: str) -> int:
    """An element without tags in it: of scripts only JSON-LD is kept, of styles and templates nothing."""
    source, start, inside = state.source, match.start(), match.end()
    end = _template_end(state, inside) if name == "template" else _search(state, ENDS[name], name, inside)
    if end is None:
        if name not in ("script", "style"):
            return inside
        again = AGAIN.search(source, inside)  # the page goes on behind a script that never ends
        return _skipped(state, start, again.start() if again else len(source))
    if name == "title" and end.start() - inside > TITLE and TAG.search(source, inside, end.start()):
        return inside
    content = source[inside : end.start()]
    if name == "textarea" or (name == "title" and state.titled):
        found.texts.append((inside, unescape(content)))
    if name in ("textarea", "title") or (name == "script" and JSON_LD.search(match["attributes"])):
        state.titled = state.titled or name == "title"
        state.parts += (f"<{name}{_few(match['attributes'])}>", content, f"</{name}>")
        return end.end()
    return _skipped(state, start, end.end())


def _template_end(state: _State, at: int) -> re.Match[str] | None:
    depth = 1
    while "template" not in state.missing and (match := TEMPLATE.search(state.source, at)):
        depth += -1 if match[1] else 1
        at = match.end()
        if not depth:
            return match
    state.missing.add("template")
    return None


def _search(state: _State, pattern: re.Pattern[str], name: str, at: int) -> re.Match[str] | None:
    """Where something ends; once it doesn't, it isn't looked for again, and what was found ends all before it."""
    known = state.ends.get(name)
    match = known if known and known.start() >= at else None
    if match is None and name not in state.missing:
        match = pattern.search(state.source, at)
    if match is None:
        state.missing.add(name)
    else:
        state.ends[name] = match
    return match


def _text(found: Scan, state: _State, at: int, text: str, *, plain: bool = False) -> None:
    """A text outside of tags; `plain` where it holds no entities."""
    if not text or text.isspace():
        state.parts.append(text)
        return
    state.begun = True
    said = text if plain or "&" not in text else unescape(text)
    found.texts.append((at, said))
    state.parts.append(said.replace("&", "&amp;").replace("<", "&lt;"))


def _skipped(state: _State, start: int, end: int) -> int:
    """Leave out a part of the markup, but for its line breaks; the offset behind it."""
    breaks = state.source.count("\n", start, end)
    if breaks:
        state.parts.append(f"<!--{chr(10) * breaks}-->")
    return end


def _end(found: Scan, state: _State, at: int) -> None:
    """A document ends here, and another one may begin."""
    found.documents.append(Document("".join(state.parts), state.source[state.start : at]))
    state.parts = ["\n" * state.source.count("\n", 0, at)] if at < len(state.source) else []
    state.start, state.closed, state.begun, state.titled = at, False, False, False
