"""Captions, credits and editors' lines that are fused to a paragraph's end: where they begin."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from ..models import Models
from ..reasons import Flag
from ..text import cues
from ..text.forms import bigrams, fold, normalized, simplified
from ..text.rarity import Bigrams
from ..text.skeleton import skeleton
from .notices import notice
from .style import TAIL_NAMES, Floats, TailFeatures, Tails

# "…。（责任编辑：毋晴）": an editors' line fused to a paragraph's end.
EDITORS = re.compile(r"(.*[。！？!?…”」』])(\s*)([(（【\[][^()（）【】\[\]]{5,40}[)）】\]])", re.DOTALL)
FUSED = 0.15  # probability from which a tail is cut off: nearly all true ones are over it, and few others over .1
APART, WIDE = 0.02, 2  # the same where so many white characters stand before the tail
LEAST_HEAD = 20  # least characters of a paragraph before a fused caption: shorter ones are captions themselves
LONGEST_TAIL = 42  # most characters of a line that may be what is fused elsewhere
UNKNOWN = (0.0,) * len(TAIL_NAMES)  # of an end whose form is on no other page
AROUND = 12  # lines on either side in which the words of a tail are looked up
FUSED_NAMES = (
    "tail", "head", "gap", "caption", "byline", "commas", "spaces", "in_head", "in_page", "rarity", "head_caption", "speech",
    "ends_letter", "short_next", "listed", "quotes", "after_quote", *TAIL_NAMES,
)  # fmt: skip


T = TypeVar("T")


class Tail(NamedTuple):
    """A line split after its last full stop: the text before, the white space between, and the rest."""

    head: str
    gap: str
    tail: str


class Part(NamedTuple):
    """A line, or a part of one: offsets into the page."""

    start: int
    end: int
    flag: Flag | None = None


def tails_of(lines: Sequence[str]) -> Tails:
    """The forms of the ends of a page's paragraphs that may be captions or credits, and of its short lines."""
    parts = [parted(line) for line in lines]
    return Tails(
        frozenset(tail_form(p.tail) for p in parts if p),
        frozenset(tail_form(t) for t, p in zip(lines, parts, strict=True) if not p and len(t) <= LONGEST_TAIL),
    )


def tail_form(tail: str) -> int:
    """The hash of the form of a tail, or of a line that may be one."""
    return zlib.crc32(skeleton(tail).strip("。.").encode())


def split_fused(text: str, spans: Sequence[tuple[int, int]], at: int, use: TailFeatures, models: Models) -> list[Part]:
    """Line `at` of a page: the whole of it, or its paragraph and the caption or editors' line fused to it.

    `spans` are those of all lines; `use`: how the publisher uses the forms of their tails.
    """
    start, end = spans[at]
    editors = EDITORS.fullmatch(text, start, end)
    if editors and notice(editors[3]):
        shortened = [*spans[:at], editors.span(1), *spans[at + 1 :]]
        return [*split_fused(text, shortened, at, use, models), Part(*editors.span(3))]
    parts = parted(text[start:end])
    if not parts:
        return [Part(start, end)]
    features = fused_features(parts, [text[a:b] for a, b in near(spans, at)], use, models.lexicon)
    bound = APART if len(parts.gap) >= WIDE else FUSED
    if models.forest("fused").predict(features[None, :])[0] < bound:
        return [Part(start, end)]
    return [Part(start, start + len(parts.head)), Part(end - len(parts.tail), end, Flag.FUSED)]


def parted(line: str) -> Tail | None:
    """Split a line whose last words, without a full stop, may be a caption or credit; None for any other."""
    match = cues.TAIL.match(line)
    return Tail(*match.groups()) if match and len(match[1]) >= LEAST_HEAD else None


def near(lines: Sequence[T], at: int) -> list[T]:
    """The lines around line `at`."""
    return [*lines[max(0, at - AROUND) : at], *lines[at + 1 : at + 1 + AROUND]]


def fused_features(parts: Tail, around: Sequence[str], use: TailFeatures, rarity: Bigrams) -> Floats:
    """Features, (len(FUSED_NAMES),): is a tail a caption or credit? `use`: of the forms of the page's tails."""
    head, tail = (simplified(normalized(x)) for x in (parts.head, parts.tail))
    grams = bigrams(fold(tail)) if len(fold(tail)) > 1 else np.zeros(0, dtype=np.uint64)
    weights = rarity.bigram_weights(grams)
    total = max(float(weights.sum()), 1e-6)
    in_head = np.isin(grams, bigrams(fold(head)))
    in_page = np.isin(grams, bigrams(fold(simplified("".join(around))) + "  "))
    row = [
        len(tail), len(head), len(parts.gap), bool(cues.CAPTION.search(tail)), bool(cues.BYLINE.search(tail)), len(re.findall("[,，、]", tail)),
        tail.count(" "), float(weights[in_head].sum()) / total, float(weights[in_page].sum()) / total,
        float(weights.mean()) if len(weights) else 0.0, bool(cues.CAPTION.search(head[:12])), bool(cues.SPEECH.search(tail)),
        tail[-1:].isalpha(), len(around) and len(around[-1]) < 30, bool(cues.LISTED.match(tail)), tail.count("“") - tail.count("”"),
        head[-1:] in "”」\"", *use.get(tail_form(parts.tail), UNKNOWN),
    ]  # fmt: skip
    return np.array(row, dtype=np.float32)
