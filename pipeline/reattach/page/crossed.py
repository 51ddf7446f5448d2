"""Find two paragraphs of a page that swapped their tails in mid-sentence, where no intact copy proves it.

At the true cuts four signs agree: each tail is similar to the other's story and dissimilar to its own, both paragraphs
read oddly there, and each head reads well with the other's tail. A forest fitted on made pages gives the probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from ...model import Ref, Role
from ...models import Models
from ...models.lexicon import Lexicon
from ...models.seams import Seams, after, before, encode
from ...text.sentences import normal
from .texts import Floats, PageTexts, Text

LEAST = 60  # characters of a paragraph that may be spliced
EDGE = 8  # characters at either end that are not searched for a cut
PAIRS = 24  # candidate pairs of a page, those whose tails are most similar to the other's story
PLACES = 24  # candidate cuts of a paragraph that are tried against those of another
STORY = 6.0  # weight of the contrast between stories, relative to the seams' 1
SHORT = 0.25  # of the weight of a hundred letters, added to each part so that short parts count for little
FAR = 5  # characters from the likeliest cut from which another counts as a different one
CROSSED_NAMES = (
    "total", "story", "odd", "fits", "odd_first", "odd_then", "fits_first", "fits_then", "story_first", "story_then",
    "over_second", "rank_first", "rank_then", "head", "tail", "other_head", "other_tail", "mean_first", "mean_then",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suspect:
    """A paragraph that may be spliced, by its number and that of its story, in its normal form.

    places: (m,) candidate cuts. story: (stories, m) how much more similar its head is than its tail to each story. odd:
    (m,) how well it reads there; left, right: (m, 3) the letters before and after. leaves, enters: (stories,) the score
    of its best cut where it leaves its own story for another, or comes to its own from another.
    """

    number: int
    own: int
    text: str
    places: NDArray[np.int64]
    story: Floats
    odd: Floats
    left: NDArray[np.uint32]
    right: NDArray[np.uint32]
    leaves: Floats
    enters: Floats


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two texts of a page, by number, that may have swapped tails: the cuts (offset in each text), and the features."""

    first: int
    then: int
    first_at: int
    then_at: int
    features: Floats


def find_crossed(page: PageTexts, stories: Sequence[Ref | None], models: Models) -> list[Crossed]:
    """Pairs of paragraphs that may have swapped tails, with the likeliest cuts of each pair.

    stories: (n,) the headline that each text belongs to, or None.
    """
    number = {story: k for k, story in enumerate(sorted({s for s in stories if s is not None}))}
    if len(number) < 2:
        return []
    vectors = np.array([x.bag.vector for x in page.texts], dtype=np.float32)
    sums = np.stack([vectors[[i for i, s in enumerate(stories) if s == story]].sum(axis=0) for story in number])
    suspects: list[Suspect] = []
    for i, (x, story) in enumerate(zip(page.texts, stories, strict=True)):
        flat = normal(x.text) if story is not None and _may_be_spliced(x) else ""
        if story is not None and len(flat) == len(x.text):  # otherwise characters compose, and offsets do not match
            centres = _centres(sums, number[story], vectors[i])
            suspect = _suspect((i, number[story]), flat, centres, models)
            suspects += [suspect] if suspect else []
    pairs = (pair for a, b in combinations(suspects, 2) for pair in _likeliest(a, b))
    return [_pair(a, b, x, y, models.seams) for _, a, b, x, y in nlargest(PAIRS, pairs, key=itemgetter(0))]


def _may_be_spliced(x: Text) -> bool:
    p = x.passage
    return p is not None and p.role is Role.BODY and len(x.text) >= LEAST and not p.flags


def _likeliest(a: Suspect, b: Suspect) -> list[tuple[float, Suspect, Suspect, int, int]]:
    """The stories x and y such that `a` may begin in x and end in y, and `b` the other way round; first, how likely.

    That is the sum of the scores of the two paragraphs, each by itself. Of two paragraphs of one story, with which any
    other may have been crossed, the likeliest PAIRS.
    """
    if a.own != b.own:
        first, then = a.leaves[b.own] + b.leaves[a.own], a.enters[b.own] + b.enters[a.own]
        return [(float(first), a, b, a.own, b.own), (float(then), a, b, b.own, a.own)]
    others = np.delete(np.arange(len(a.leaves)), a.own)
    promise = np.concatenate([(a.leaves + b.enters)[others], (a.enters + b.leaves)[others]])
    count = len(others)
    best = np.sort(np.argsort(-promise, kind="stable")[:PAIRS]).tolist()
    stories = [(a.own, int(others[k])) if k < count else (int(others[k - count]), a.own) for k in best]
    return [(float(promise[k]), a, b, x, y) for k, (x, y) in zip(best, stories, strict=True)]


def _centres(sums: Floats, own: int, vector: Floats) -> Floats:
    """(stories, d): the mean direction of each story; the text itself is left out of its own."""
    centres = sums.copy()
    centres[own] -= vector
    centres /= np.linalg.norm(centres, axis=1, keepdims=True) + 1e-6
    return centres


def _suspect(numbers: tuple[int, int], flat: str, centres: Floats, models: Models) -> Suspect | None:
    """A paragraph, by its number and that of its story, with its candidate cuts; None where it has none."""
    between = [k for k in range(EDGE, len(flat) - EDGE) if flat[k - 1].isalpha() and flat[k].isalpha()]
    if len(between) < 2:
        return None
    places = np.array(between, dtype=np.int64)
    parts = np.cumsum(_letters(flat, models.lexicon), axis=0)
    heads, tails = parts[places - 2], parts[-1] - parts[places - 1]
    spread = SHORT * float(np.linalg.norm(parts[-1])) * (100 / len(flat)) ** 0.5
    story = np.ascontiguousarray(
        ((_pointing(heads, spread) - _pointing(tails, spread)) @ centres.T).T, dtype=np.float32
    )
    codes = encode(flat)
    left, right = before(codes, places), after(codes, places)
    odd = models.seams.along(left, right)
    leaves, enters = ((STORY * (sign * (story[numbers[1]] - story)) - odd).max(axis=1) for sign in (1, -1))
    return Suspect(*numbers, flat, places, story, odd, left, right, leaves, enters)


def _letters(flat: str, lexicon: Lexicon) -> Floats:
    """(characters, d): the vector of the bigram that begins at each character."""
    codes = encode(flat.lower()).astype(np.uint64)
    if len(codes) != len(flat):
        codes = encode(flat).astype(np.uint64)
    keys = codes[:-1] << np.uint64(21) | codes[1:]
    out = np.zeros((len(flat), lexicon.gram_vectors.shape[1]), dtype=np.float32)
    at = np.minimum(np.searchsorted(lexicon.gram_keys, keys), len(lexicon.gram_keys) - 1)
    known = np.flatnonzero(lexicon.gram_keys[at] == keys)
    out[known] = lexicon.gram_vectors[at[known]]
    return out


def _pointing(rows: Floats, spread: float) -> Floats:
    """The rows scaled towards unit length; those with little evidence stay shorter than 1."""
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + spread), dtype=np.float32)


def _pair(a: Suspect, b: Suspect, x: int, y: int, seams: Seams) -> Crossed:
    """The likeliest cuts of two paragraphs (the first from story x to y, the second back), and their features."""
    contrast = a.story[x] - a.story[y], b.story[y] - b.story[x]
    own = STORY * contrast[0] - a.odd, STORY * contrast[1] - b.odd
    i, j = (np.sort(np.argsort(-x, kind="stable")[:PLACES]) for x in own)
    first = seams.scores(a.left[i], b.right[j])  # a's head continued by b's tail
    then = seams.scores(b.left[j], a.right[i]).T
    total = own[0][i][:, None] + own[1][j][None] + first + then
    at = np.unravel_index(int(total.argmax()), total.shape)
    p, q = int(i[at[0]]), int(j[at[1]])
    far = total[(np.abs(a.places[i] - a.places[p]) > FAR)[:, None] | (np.abs(b.places[j] - b.places[q]) > FAR)[None]]
    story = [float(contrast[0][p]), float(contrast[1][q])]
    odd, fits = [float(a.odd[p]), float(b.odd[q])], [float(first[at]), float(then[at])]
    row = [
        float(total[at]), sum(story), sum(odd), sum(fits), *odd, *fits, *story, float(total[at] - far.max(initial=-99)),
        float((a.odd < odd[0]).mean()), float((b.odd < odd[1]).mean()), a.places[p], len(a.text) - a.places[p],
        b.places[q], len(b.text) - b.places[q], float(a.odd.mean()), float(b.odd.mean()),
    ]  # fmt: skip
    return Crossed(a.number, b.number, int(a.places[p]), int(b.places[q]), np.array(row, dtype=np.float32))


def surely_crossed(found: Sequence[Crossed], limit: float, models: Models) -> list[tuple[Crossed, float]]:
    """The pairs above the limit with their probability, the likeliest first; no paragraph is in two."""
    if not found:
        return []
    chances = models.forest("crossed").predict(np.stack([x.features for x in found]))
    chosen: list[tuple[Crossed, float]] = []
    used: set[int] = set()
    for k in np.argsort(-chances, kind="stable"):
        if chances[k] > limit and not used & {found[k].first, found[k].then}:
            used |= {found[k].first, found[k].then}
            chosen.append((found[k], float(chances[k])))
    return chosen
