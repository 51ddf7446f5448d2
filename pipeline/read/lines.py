"""The lines of a file in blocks, in any encoding and of any length."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from ..config import ReadConfig
from .containers import Bytes
from .decode import BOM, Decoded, NotAPage, binary, decode, forced, likely_codec, marked_codec
from .encodings.costs import MARK
from .encodings.detect import by_rule, is_utf8
from .encodings.marks import HANDLER, marked

BLOCK = 2**20  # bytes that are looked at together: enough that the work around lines doesn't count
HEAD = 2**16  # bytes that show the encoding of a file
WIDE = re.compile(r"utf[-_]?(16|32)", re.IGNORECASE)  # encodings whose line breaks are more than one byte


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines with their breaks: the number of the first, from 1; or one that was cut, and its full size."""

    first: int
    lines: list[bytes]
    cut: int = 0


class Lines:
    """The lines of an open file; those of UTF-16 and UTF-32 as UTF-8. Raises NotAPage for what is no text."""

    def __init__(self, file: Bytes, config: ReadConfig, block: int = BLOCK) -> None:
        self.config = config
        pieces = _pieces(file, block)
        first = next(pieces, b"")
        head = first[: first.rfind(b"\n", 0, HEAD) + 1] or first[:HEAD]
        asked = forced(config)
        # Every line break of UTF-16 has a NUL in it; without one, what isn't UTF-8 is in an encoding that has lines.
        hidden = by_rule(head) if b"\0" in head or is_utf8(head) else None
        codec = asked or marked_codec(head) or hidden or "utf-8"
        self.codec = codec
        self._pieces: Iterator[bytes] = chain([first], pieces)
        self._now_utf8 = bool(WIDE.match(codec))  # a line that isn't has bad bytes, and is in no other encoding
        if self._now_utf8:
            self._pieces = _narrowed(self._pieces, codec)
        elif binary(head, config):
            raise NotAPage("binary")
        self.plain = self._now_utf8 or codecs.lookup(codec).name.startswith("utf-8")  # UTF-8, but for single lines
        self._only = "" if self._now_utf8 or (self.plain and not asked) else codec  # what every line is decoded as
        self._block, self._sample, self._foreign = Block(1, []), b"", ""

    @property
    def encoding(self) -> str:
        """The encoding of the file, as far as it has been read."""
        return self._foreign or self.codec

    def blocks(self) -> Iterator[Block]:
        """All lines. Of one longer than a page may be, no more than that is held."""
        for block in _blocks(self._pieces, self.config.max_bytes):
            self._block = block
            if block.first == 1 and self.plain:
                block.lines[0] = block.lines[0].removeprefix(BOM)
            yield block

    def whole(self) -> str:
        """All that the file says, with MARK for each bad byte; from then on, lines are those of this text in UTF-8."""
        self._block = Block(1, io.BytesIO(b"".join(self._pieces)).readlines())
        text = self.text(self._block)
        self.codec, self.plain, self._only, self._now_utf8 = self.encoding, True, "", True
        return text

    def text(self, block: Block) -> str:
        """The text of a block, with MARK for each bad byte. Raises NotAPage for a line that was cut."""
        if block.cut:
            raise NotAPage(f"too large: a line of more than {self.config.max_bytes} bytes")
        whole = b"".join(block.lines)
        if self.plain and is_utf8(whole):
            return whole.decode("utf-8").removeprefix("\ufeff")
        return "".join([marked(line, self._codec_of(line)) for line in block.lines]).removeprefix("\ufeff")

    def decoded(self, line: bytes) -> Decoded:
        """The text of a line. Raises NotAPage where too much of it is damaged."""
        if (codec := self._codec_of(line)) == "utf-8" and is_utf8(line):
            return Decoded(line.decode("utf-8"), self.codec, 0)
        found = decode(line, self.config, codec)
        return replace(found, encoding=self.codec) if codec == "utf-8" else found

    def _codec_of(self, line: bytes) -> str:
        if self._only or is_utf8(line):
            return self._only or "utf-8"
        if self._now_utf8:
            return "utf-8"
        if len(self._sample) < HEAD and self._block.lines:  # each may be short: all of them tell
            self._sample += b"".join(each for each in self._block.lines if not is_utf8(each))
            self._foreign = likely_codec(self._sample[:HEAD])
            self._block = Block(1, [])
        return self._foreign


def _pieces(file: Bytes, least: int) -> Iterator[bytes]:
    """The bytes of a file in large pieces; before a damage, what there is."""
    parts: list[bytes] = []
    size = 0
    try:
        while part := file.read1(least):
            parts.append(part)
            size += len(part)
            if size >= least:
                yield b"".join(parts)
                parts, size = [], 0
    except (OSError, NotAPage):
        yield b"".join(parts)
        raise
    yield b"".join(parts)


def _narrowed(pieces: Iterator[bytes], codec: str) -> Iterator[bytes]:
    """UTF-16 or UTF-32 as UTF-8, in which what was bad is a bad byte again, so that its line tells of it."""
    decoder = codecs.getincrementaldecoder(codec)(HANDLER)
    for piece in chain(pieces, [b""]):
        yield decoder.decode(piece, not piece).replace("\0", MARK).encode("utf-8", "surrogateescape")


def _blocks(pieces: Iterator[bytes], limit: int) -> Iterator[Block]:
    """Whole lines, as they come; of one longer than the limit its beginning."""
    number, rest, over = 1, b"", 0
    for piece in pieces:
        if len(rest) > limit:
            end = piece.find(b"\n") + 1
            over += end or len(piece)
            if not end:
                continue
            yield Block(number, [rest], len(rest) + over)
            number, rest, over, piece = number + 1, b"", 0, piece[end:]
        lines = io.BytesIO(piece).readlines() or [b""]
        lines[0] = rest + lines[0]
        rest = b"" if lines[-1].endswith(b"\n") else lines.pop()
        if lines:
            yield Block(number, lines)
            number += len(lines)
    if rest:
        yield Block(number, [rest], len(rest) + over if over else 0)
