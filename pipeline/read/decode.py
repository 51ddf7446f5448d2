"""Bytes to text: detect the encoding, and save what can be saved of a damaged page.

In this order: a byte order mark; HZ and UTF-16 by rule; strict UTF-8; then UTF-8 with bad bytes against GB18030 and
Big5, each decoded with its errors marked and scored by how common the characters are; then line by line, where the
lines differ; last, text that was read in the wrong encoding and saved again. Nothing is dropped: what can't be
decoded leaves U+FFFD, one for each bad byte or cut character, and they are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..config import ReadConfig
from ..errors import ConfigError
from .encodings.costs import MARK
from .encodings.detect import NARROW, by_line, by_mark, by_rule, is_utf8, likeliest
from .encodings.marks import marked
from .encodings.mojibake import repair

BOM = b"\xef\xbb\xbf"
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r"))
UNTEXT = re.compile("[\x00\ud800-\udfff]")  # what no text may hold: half a character, and NUL
ONE_PLACE = 6  # marks that one bad byte can leave
MARKED_PLACE = re.compile("\ufffd(?:.{0,8}\ufffd)*", re.DOTALL)  # a shift may show a few characters after its cause
TRIED = 4096  # bytes of which the candidates are named when nothing can be made of a file


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, how many U+FFFD stand for what could not be decoded, and notes.

    `encoding` of a file put together from several names them all: "utf-8+gb18030". `notes` say what is in doubt
    and what was repaired: "encoding-in-doubt:big5hkscs", "mojibake:3", "mojibake-left:1".
    """

    text: str
    encoding: str
    bad: int
    notes: tuple[str, ...] = ()


class NotAPage(ValueError):
    """A file or record that is not a page; the message is the reason, a short stable phrase."""


def decode(data: bytes, config: ReadConfig, codec: str | None = None) -> Decoded:
    """The text of one page, without its byte order mark; `codec` is its encoding where that is known.

    Raises NotAPage with the reason ("binary", "undecodable: ..."), ConfigError for an encoding that doesn't exist.
    """
    codec = codec or forced(config)
    raw, encoding, notes = _read_as(data, codec) if codec else _read(data, config)
    text, bad = mend(raw.removeprefix("\ufeff"))
    if binary(text.encode("utf-8"), config):
        raise NotAPage("binary")
    if reason := damage(text, bad, config.max_bad_share):
        raise NotAPage(f"{reason} as {encoding}{_candidates(data)}")
    if codec:
        return Decoded(text, encoding, bad, notes)
    repaired = repair(text)
    counts = (("mojibake", repaired.lines), ("mojibake-left", repaired.left))
    return Decoded(repaired.text, encoding, bad, (*notes, *(f"{name}:{count}" for name, count in counts if count)))


def forced(config: ReadConfig) -> str | None:
    """The encoding that the user asks for, or None for "auto"."""
    if config.encoding == "auto":
        return None
    try:
        b"a".decode(config.encoding, "replace")
    except (LookupError, ValueError) as error:
        remedy = 'take "auto" or the name of a codec that Python knows, such as "gb18030"'
        raise ConfigError(f"read.encoding: {config.encoding!r} is no text encoding; {remedy}") from error
    return config.encoding


def marked_codec(data: bytes) -> str | None:
    """The encoding indicated by a byte order mark."""
    return "utf-8-sig" if data.startswith(BOM) else by_mark(data)


def mend(text: str) -> tuple[str, int]:
    """The text with U+FFFD for halves of characters and for NUL, which no file may hold, and their number."""
    return UNTEXT.subn("\ufffd", text)


def binary(data: bytes, config: ReadConfig) -> bool:
    """Are there more control characters than in a text?"""
    return len(data) - len(data.translate(None, CONTROLS)) > config.max_control_share * len(data)


def likely_codec(data: bytes) -> str:
    """The encoding of bytes without a mark: UTF-8 if they are valid, else the likeliest of three."""
    return "utf-8" if is_utf8(data) else likeliest(data).codec


def _read(data: bytes, config: ReadConfig) -> tuple[str, str, tuple[str, ...]]:
    """The text with MARK for bad bytes, its encoding, and what to note of it."""
    if codec := by_mark(data):
        return _read_as(data, codec)
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    if codec := by_rule(body):
        return _read_as(body, codec)
    if binary(body, config):
        raise NotAPage("binary")
    if is_utf8(body):
        return body.decode("utf-8"), "utf-8-sig" if bom else "utf-8", ()
    return _read_foreign(body, bom=bom)


def _read_as(data: bytes, codec: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return marked(data, codec), codec, ()
    except UnicodeError as error:  # of the codecs that know no error handlers, which only a user can ask for
        raise NotAPage(f"undecodable: not {codec}") from error


def _read_foreign(data: bytes, *, bom: bool) -> tuple[str, str, tuple[str, ...]]:
    """The text of bytes that aren't valid UTF-8: in the likeliest encoding, or line by line in several."""
    codec, rival = likeliest(data)
    parts = by_line(data, codec)
    if len(parts) == 1:
        notes = (f"encoding-in-doubt:{rival}",) if rival else ()
        return marked(data, codec), "utf-8-sig" if bom and codec == "utf-8" else codec, notes
    text = "".join(marked(part, each) for part, each in parts)
    return text, "+".join(dict.fromkeys(each for _, each in parts)), ()


def _candidates(data: bytes) -> str:
    """Candidate encodings of the bytes, for the message that asks the user to name one."""
    from charset_normalizer import from_bytes  # late: needed for what can't be read only

    sample = data[:TRIED]
    shares = [(marked(sample, codec).count(MARK) / max(1, len(sample)), codec) for codec in NARROW]
    tried = ", ".join(f"{codec} {share:.0%}" for share, codec in sorted(shares))
    guess = from_bytes(sample).best()
    named = f"; charset-normalizer takes it for {guess.encoding}" if guess else ""
    return f" (bad bytes by encoding: {tried}{named})"


def damage(text: str, bad: int, max_share: float) -> str:
    """The reason to refuse a text of which more is damaged than may be, else "".

    One bad byte never ruins a page, though it may shift those after it.
    """
    if bad <= max_share * len(text):
        return ""
    one_place = bad <= ONE_PLACE and len(MARKED_PLACE.findall(text)) == 1
    ruined = not one_place or 2 * bad > len(text)
    return f"undecodable: {bad} of {len(text)} characters are damaged" if ruined else ""
