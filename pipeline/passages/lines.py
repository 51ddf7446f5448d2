"""Page -> passages with roles: lines of the text, and captions cut off that run on at a paragraph's end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .. import models
from ..model import Page, Passage, Role
from ..models.forest import Forest
from ..text import cues
from ..text.forms import bigrams, closed, fold, simplified
from ..text.positions import line_of
from .notices import PAGE_NUMBER, junk_rule
from .roles import ROLES, Floats, role_probabilities

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# "…。（责任编辑：毋晴）": an editors' line that runs on at a paragraph's end.
EDITORS = re.compile(r"(.*[。！？!?…”」』])(\s*)([(（【\[][^()（）【】\[\]]{5,40}[)）】\]])", re.DOTALL)
AROUND = "stands around the articles, by the page's markup"
TOLD = {Role.HEADLINE: 0.98, Role.SUBHEAD: 0.3, Role.CAPTION: 0.02}  # chance of a headline where markup tells the role
FUSED = 0.3  # probability from which a tail is cut off: nearly all are over .8 or under .1
LEAST_HEAD = 20  # characters of a paragraph before a caption that runs on: shorter ones are captions themselves
FUSED_NAMES = (
    "tail", "head", "gap", "caption", "byline", "commas", "spaces", "in_head", "in_page", "rarity", "head_caption", "speech",
    "ends_letter", "short_next", "listed", "quotes", "after_quote",
)  # fmt: skip


def passages(page: Page, roles: Forest | None = None) -> tuple[Passage, ...]:
    """The passages of a page in order, each with its role and the certainty of it.

    Roles come from trees fitted on made pages: the line's shape, its neighbours, the words that it shares with
    the text after it and not with the text before. Where the page's markup tells the role, that counts; what stands
    around the articles by its markup is no passage at all, nor is what holds no letter.
    """
    lines = [line for line in _lines(page.text) if _told(page, line[0]) is not Role.BOILERPLATE]
    spans = [part for at, line in enumerate(lines) for part in _split_fused(page.text, lines, at, line)]
    texts = [page.text[start:end] for start, end, _ in spans]
    chances = role_probabilities(texts, roles)
    found = []
    for i, ((start, end, flag), chance) in enumerate(zip(spans, chances, strict=True)):
        role, certainty, headline, flag = _judged(texts[i], flag, chance, _told(page, start))
        line, flags = line_of(page, start), (flag,) if flag else ()
        found.append(Passage(page.id, i, start, end, line, texts[i], role, certainty, flags, headline))
    return tuple(found)


def _told(page: Page, at: int) -> Role | None:
    """What the page's markup says that the span is in which a character stands."""
    before = bisect_right(page.markup, at, key=lambda span: span[0]) - 1
    return page.markup[before][2] if before >= 0 and at < page.markup[before][1] else None


def _judged(text: str, flag: str, chance: Floats, told: Role | None) -> tuple[Role, float, float, str]:
    """Role, certainty, chance of a headline, and flag of a line: by its markup, by rule, or by the trees."""
    rule = junk_rule(text)
    if rule and (told is not Role.HEADLINE or rule == PAGE_NUMBER):  # a story may be about a notice, not be one
        return Role.BOILERPLATE, 1.0, 0.0, rule
    if told is not None:
        return told, 1.0, TOLD[told], flag
    role = ROLES[int(chance.argmax())]
    if flag == "fused" and role in (Role.BODY, Role.HEADLINE, Role.SUBHEAD):
        role = Role.CAPTION
    certainty, headline = chance[ROLES.index(role)], chance[ROLES.index(Role.HEADLINE)]
    return role, round(float(certainty), 4), round(float(headline), 4), flag


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold a letter or a digit, white space at their ends left out."""
    spans = []
    for match in LINE.finditer(text):
        line = match[0]
        if fold(line):
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, match.start() + len(line.rstrip())))
    return spans


def _split_fused(
    text: str, spans: Sequence[tuple[int, int]], at: int, span: tuple[int, int]
) -> list[tuple[int, int, str]]:
    """The line, or its paragraph and the caption or the editors that run on after it, with the flag of each."""
    start, end = span
    editors = EDITORS.fullmatch(text, start, end)
    if editors and junk_rule(editors[3]):
        return [*_split_fused(text, spans, at, editors.span(1)), (*editors.span(3), "")]
    match = cues.TAIL.match(text[start:end])
    if not match or len(match[1]) < LEAST_HEAD:
        return [(start, end, "")]
    around = [text[a:b] for a, b in (*spans[max(0, at - 12) : at], *spans[at + 1 : at + 13])]
    chance = models.forest("fused").predict(fused_features(match[1], match[2], match[3], around)[None, :])
    if chance[0] < FUSED:
        return [(start, end, "")]
    return [(start, start + len(match[1]), ""), (end - len(match[3]), end, "fused")]


def fused_features(head: str, gap: str, tail: str, around: Sequence[str]) -> Floats:
    """What shows whether `tail`, after the last full stop of a line, is a caption or credit: (len(FUSED_NAMES),)."""
    head, tail = (simplified(unicodedata.normalize("NFKC", x)) for x in (head, tail))
    grams = bigrams(fold(tail)) if len(fold(tail)) > 1 else np.zeros(0, dtype=np.uint64)
    weights = models.lexicon().bigram_weights(grams)
    total = max(float(weights.sum()), 1e-6)
    in_head = np.isin(grams, bigrams(fold(head)))
    in_page = np.isin(grams, bigrams(fold(simplified("".join(around))) + "  "))
    row = [
        len(tail), len(head), len(gap), bool(cues.CAPTION.search(tail)), bool(cues.BYLINE.search(tail)), len(re.findall("[,，、]", tail)),
        tail.count(" "), float(weights[in_head].sum()) / total, float(weights[in_page].sum()) / total,
        float(weights.mean()) if len(weights) else 0.0, bool(cues.CAPTION.search(head[:12])), bool(cues.SPEECH.search(tail)),
        tail[-1:].isalpha(), len(around) and len(around[-1]) < 30, bool(cues.LISTED.match(tail)), tail.count("“") - tail.count("”"),
        head[-1:] in "”」\"",
    ]  # fmt: skip
    return np.array(row, dtype=np.float32)


def truncated(before: Passage | None, text: str) -> tuple[str, ...]:
    """Flags of a body passage whose head or tail is missing: its quotes or brackets don't pair, or it doesn't end.

    `before` is the passage that it follows in its article; one that ends with a colon explains an open beginning.
    """
    flags = []
    opened = any(text.find(c) >= 0 and not 0 <= text.find(o) < text.find(c) for o, c in ("“”", "（）", "《》", "「」"))
    if opened and not (before and before.text.count("“") > before.text.count("”")):
        flags.append("truncated-head")
    if not closed(text) and len(fold(text)) >= 30:
        flags.append("truncated-tail")
    return tuple(flags)


def gaps(page: Page, found: Sequence[Passage]) -> list[tuple[int, int, str]]:
    """The spans of a page that no passage covers, each with the reason; white space and line breaks need none."""
    around = [(start, end) for start, end, role in page.markup if role is Role.BOILERPLATE]
    covered = sorted([(p.start, p.end, False) for p in found] + [(start, end, True) for start, end in around])
    edges = [0, *(x for start, end, _ in covered for x in (start, end)), len(page.text)]
    between = [(a, b, "no letter or digit" if page.text[a:b].strip() else "") for a, b in list(pairwise(edges))[::2]]
    outside = [(start, end, AROUND) for start, end in around]
    return sorted(each for each in (*between, *outside) if each[1] > each[0])
