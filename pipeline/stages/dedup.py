"""Passages -> copies: exact, near and cut short, each verified, each bound to the passage that says all of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline import models
from pipeline.config import DedupConfig
from pipeline.model import Copy, CopyKind, Passage, Role
from pipeline.similarity.anchors import contained_pairs
from pipeline.similarity.forms import bigrams, closed, fold, fold_map, simplified
from pipeline.similarity.minhash import candidate_pairs, signatures

VALUE = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿不没未无非]")  # letters that never vary without a meaning
QUOTED = re.compile(r"^[“「《\"]")
COMPARED = (Role.BODY, Role.SUBHEAD, Role.CAPTION)
LONG_RUN = 8  # letters that only one of two texts has in one place: more than a slip of the pen
CHANCE = 2  # letters in a row that two different phrases have in common by chance
PLAUSIBLE = 10.0  # rarity of a bigram (ln of paragraphs per occurrence) beyond which a typing error is likely


@dataclass(frozen=True, slots=True)
class Text:
    """A distinct text of the batch: its folded form, and the passages that hold it, in order."""

    folded: str
    passages: tuple[Passage, ...]


def find_copies(passages: Sequence[Passage], config: DedupConfig) -> list[Copy]:
    """The copies among the passages of a batch, sorted; a survivor is never a copy itself.

    Exact copies point to the first passage with that text; whose context is best is for `reattach` to say.
    """
    texts = _distinct(passages, config)
    copies = [Copy(p.key, text.passages[0].key, CopyKind.EXACT, 1.0) for text in texts for p in text.passages[1:]]
    edges = _near(texts, config) | _contained(texts)
    for kept, members in _clusters(texts, edges):
        for member, kind, similarity in members:
            survivor = texts[kept].passages[0].key
            copies += [Copy(p.key, survivor, kind, similarity) for p in texts[member].passages]
    best = {c.passage: c for c in copies}  # a text that lost its cluster points to the survivor, not to its first
    _extend_runs(best, passages)
    return [replace(best[key], survivor=_last(best, key)) for key in sorted(best)]


def _last(copies: dict[tuple[str, int], Copy], key: tuple[str, int]) -> tuple[str, int]:
    """The survivor at the end of a chain: short lines point to an earlier one, which may be a copy by then."""
    while key in copies:
        key = copies[key].survivor
    return key


def _extend_runs(copies: dict[tuple[str, int], Copy], passages: Sequence[Passage]) -> None:
    """Adds short lines that stand beside a copy as the same line stands beside what it is a copy of.

    A subhead, byline or caption recurs by right; it is a copy where the run of passages that it is part of is.
    """
    at = {(p.page, p.index): p for p in passages}
    clusters: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for p in sorted(passages, key=lambda p: p.key):
        found = copies.get(p.key)
        clusters[found.survivor if found else p.key].append(p)
    for key in sorted(clusters):
        for step in (-1, 1):
            first: dict[str, Passage] = {}
            for p in clusters[key]:
                other = at.get((p.page, p.index + step))
                if not other or other.key in copies or other.role in (Role.HEADLINE, Role.BOILERPLATE):
                    continue
                kept = first.setdefault(fold(other.text), other)
                if kept is not other:
                    copies[other.key] = Copy(other.key, kept.key, CopyKind.EXACT, 1.0)


def _distinct(passages: Sequence[Passage], config: DedupConfig) -> list[Text]:
    """Distinct texts long enough to be copies by themselves; shorter lines go only where a run of copies goes."""
    groups: dict[str, list[Passage]] = defaultdict(list)
    for p in passages:
        form = fold(p.text)
        if len(form) >= config.least and p.role in COMPARED:
            groups[form].append(p)
    return [Text(f, tuple(sorted(g, key=lambda p: p.key))) for f, g in sorted(groups.items())]


Edges = dict[tuple[int, int], tuple[CopyKind, float]]


def _near(texts: Sequence[Text], config: DedupConfig) -> Edges:
    """Pairs alike by MinHash that differ by slips of the pen only: {(a, b): (kind, similarity)}, both ways."""
    forms = [t.folded for t in texts]
    signature = signatures(forms, size=config.shingle, permutations=config.permutations)
    edges: Edges = {}
    for a, b in candidate_pairs(signature, config.rows).tolist():
        similarity = fuzz.ratio(forms[a], forms[b], score_cutoff=100 * config.near) / 100
        if similarity and same_text(forms[a], forms[b]):
            edges[a, b] = edges[b, a] = (CopyKind.NEAR, round(similarity, 4))
    return edges


def same_text(a: str, b: str) -> bool:
    """Do two folded texts say the same but for typing errors? Not where values, names or whole phrases differ.

    An edit is a slip of the pen where it leaves one side with a bigram that news text hardly has, or where a
    single letter is missing; it is a difference of content where digits or several letters are replaced. Texts
    that differ in nothing but content, and those that each have a phrase of their own, are no copies.
    """
    slips = contents = digits = 0
    long_a = long_b = False
    own_a = own_b = 0  # letters of a phrase that each has for itself; a chance letter in common does not end it
    for edit in Levenshtein.opcodes(a, b):
        a1, a2, b1, b2 = edit.src_start, edit.src_end, edit.dest_start, edit.dest_end
        if edit.tag == "equal":
            own_a, own_b = (own_a, own_b) if a2 - a1 <= CHANCE else (0, 0)
            continue
        x, y = a[a1:a2], b[b1:b2]
        own_a, own_b = own_a + len(x), own_b + len(y)
        if min(own_a, own_b) >= LONG_RUN:
            return False
        long_a, long_b = long_a or len(x) - len(y) >= LONG_RUN, long_b or len(y) - len(x) >= LONG_RUN
        if len(x + y) == 1 and VALUE.search(x + y):
            digits += 1
        elif (
            VALUE.search(x + y)
            or (len(x) > 1 and len(y) > 1)
            or (x and y and max(_rarity(a[max(0, a1 - 1) : a2 + 1]), _rarity(b[max(0, b1 - 1) : b2 + 1])) < PLAUSIBLE)
        ):
            contents += 1
        else:
            slips += 1
    if not slips:
        contents += digits
    return not (long_a and long_b) and (contents == 0 or contents < slips)


def _rarity(text: str) -> float:
    """The rarity of the rarest bigram of a few folded letters."""
    keys = bigrams(simplified(text))
    return float(models.lexicon().bigram_weights(keys).max()) if len(keys) else 0.0


def _contained(texts: Sequence[Text]) -> Edges:
    """Pairs of which one is a piece of the other, cut off where no author ends: {(piece, whole): ...}."""
    forms = [t.folded for t in texts]
    edges: Edges = {}
    for a, b, at in contained_pairs(forms):
        if is_piece(texts[a].passages[0].text, texts[b].passages[0].text, at):
            edges[a, b] = (CopyKind.CONTAINED, round(len(forms[a]) / len(forms[b]), 4))
    return edges


def is_piece(piece: str, whole: str, at: int) -> bool:
    """Is `piece`, whose letters stand in `whole` from letter `at` on, a cut piece and no quotation of it?

    The beginning of a text is a piece, where it breaks off in mid-sentence or is whole sentences; what comes later
    only where it sets in within a sentence and ends one. Words that authors set apart in quotes are none.
    """
    letters, offsets = fold_map(whole)
    end = at + len(fold(piece))
    if letters[at:end] != fold(piece):  # characters that compose with their neighbours: no offsets to go by
        return False
    if at == 0:
        return closed(piece) or (end < len(offsets) and offsets[end] == offsets[end - 1] + 1)
    return closed(piece) and offsets[at] == offsets[at - 1] + 1 and not QUOTED.match(piece)


def _clusters(texts: Sequence[Text], edges: Edges) -> Iterable[tuple[int, list[tuple[int, CopyKind, float]]]]:
    """Survivors with the members that are copies of them, each by an edge of its own: no chains."""
    neighbours: dict[int, set[int]] = defaultdict(set)
    for a, b in edges:
        neighbours[a].add(b)
        neighbours[b].add(a)
    waiting = set(neighbours)
    while waiting:
        component = _component(min(waiting), neighbours) & waiting
        waiting -= component
        while len(component) > 1:
            kept = _representative(component, texts)
            members = sorted(m for m in component if (m, kept) in edges)
            if members:
                yield kept, [(m, *edges[m, kept]) for m in members]
            component -= {kept, *members}


def _component(start: int, neighbours: dict[int, set[int]]) -> set[int]:
    found, edge = {start}, [start]
    while edge:
        new = neighbours[edge.pop()] - found
        found |= new
        edge += new
    return found


def _representative(members: Iterable[int], texts: Sequence[Text]) -> int:
    """The most complete; of those about as long the least damaged, then the one found most often, then the first."""
    members = sorted(members)
    longest = max(len(texts[m].folded) for m in members)
    long = [m for m in members if len(texts[m].folded) >= 0.93 * longest]
    grams = {m: bigrams(simplified(texts[m].folded)) for m in long}
    common = grams[long[0]]
    for m in long[1:]:
        common = np.intersect1d(common, grams[m], assume_unique=True)

    def damage(m: int) -> float:
        own = np.setdiff1d(grams[m], common, assume_unique=True)
        rarity = float(models.lexicon().bigram_weights(own).mean()) if len(own) else 0.0
        return rarity + 20 * texts[m].passages[0].text.count("\ufffd")

    return min(long, key=lambda m: (round(damage(m), 3), -len(texts[m].passages), texts[m].passages[0].key))
