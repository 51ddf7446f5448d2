"""What is read of one page: its text, from plain text or markup, and notes about its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import Role
from .decode import Decoded, NotAPage

BAD = re.compile("\ufffd")
PLACES = 5  # of bad bytes that are named in a flag


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of a Page that come from its bytes."""

    text: str
    encoding: str = "utf-8"
    flags: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    markup: tuple[tuple[int, int, Role], ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    single: bool = False
    unplaced: int | None = None


def reading(decoded: Decoded, *, html: bool) -> Reading:
    """What is read of a decoded text. Raises NotAPage where it holds no letter, or as markup no article."""
    if not decoded.text.strip():
        raise NotAPage("empty")
    if not html:
        return Reading(decoded.text, decoded.encoding, _flags(decoded, decoded.text))
    from .html import charset_note, read_html  # late: lxml, for pages that are HTML only

    found = read_html(decoded.text)
    if not found.text:
        raise NotAPage("no article")
    flags = (*_flags(decoded, found.text), *charset_note(decoded.text, decoded.encoding))
    return Reading(
        found.text, decoded.encoding, flags, found.lines, found.markup, found.meta, found.single, found.unplaced
    )


def _flags(decoded: Decoded, text: str) -> tuple[str, ...]:
    """The notes, and how many bad bytes there were: "bad-bytes:2@17,40", with the offsets of the first in the text."""
    if not decoded.bad:
        return decoded.notes
    places = [match.start() for match in BAD.finditer(text)][:PLACES]
    at = "@" + ",".join(map(str, places)) if places else ""
    return (f"bad-bytes:{decoded.bad}{at}", *decoded.notes)
