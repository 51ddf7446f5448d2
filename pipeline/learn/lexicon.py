"""Learn the lexicon: the rarity of bigrams and words in clean articles, and their embeddings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..text.forms import fold, simplified
from ..text.words import words
from .embedding import Story, Tokens, learn_vectors
from .made import Clean

LEAST = 3  # least paragraphs with a word or bigram: rarer ones count as unseen
MOST_BIGRAMS, MOST_WORDS = 200_000, 80_000
MOST_VECTORS, DIMENSIONS = (32_000, 32_000), 48  # vectors of words and of bigrams: more of either changed little
Read = list[tuple[Counter[str], Counter[str]]]  # of an article: words and bigrams of its headline and paragraphs


def learn_lexicon(corpora: Sequence[Sequence[Clean]], workers: int = 2) -> dict[str, NDArray[Any]]:
    """The arrays of models.lexicon.Lexicon, from clean articles in order of their days, one list per publisher."""
    with ProcessPoolExecutor(workers) as pool:
        read = [list(pool.map(_read, articles, chunksize=64)) for articles in corpora]
    seen_words: Counter[str] = Counter()
    seen_grams: Counter[str] = Counter()
    count = 0
    for articles in read:
        for found in articles:
            count += len(found)
            for own, grams in found:
                seen_words.update(own.keys())
                seen_grams.update(grams.keys())
    common = [g for g, n in seen_grams.most_common(MOST_BIGRAMS) if n >= LEAST]
    keys = np.array(sorted(_key(g) for g in common), dtype=np.uint64)
    frequency = {_key(g): seen_grams[g] for g in common}
    vocabulary = [w for w, n in seen_words.most_common(MOST_WORDS) if n >= LEAST and "\n" not in w]
    with_vector = sorted(common[: MOST_VECTORS[1]], key=_key)
    vectors = _vectors(read, vocabulary[: MOST_VECTORS[0]], with_vector)
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-6) / 127
    gram_keys = np.array([_key(g) for g in with_vector], dtype=np.uint64)
    return {
        "bigram_steps": np.diff(keys, prepend=np.uint64(0)),
        "bigram_idf": _rarity(count, [frequency[k] for k in keys.tolist()]),
        "words": np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        "word_idf": _rarity(count, [seen_words[w] for w in vocabulary]),
        "gram_steps": np.diff(gram_keys, prepend=np.uint64(0)),
        "vectors": np.round(vectors / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float16),
        "unseen": np.float32(np.log((count + 1) / 0.5)),
    }


def _rarity(count: int, frequency: Sequence[int]) -> NDArray[np.float16]:
    return np.log((count + 1) / (np.array(frequency) + 0.5)).astype(np.float16)


def _key(bigram: str) -> int:
    return ord(bigram[0]) << 21 | ord(bigram[1])


def _read(article: Clean) -> Read:
    found = []
    for text in (article.title, *article.paragraphs):
        folded = fold(simplified(text))
        found.append((Counter(words(text)), Counter(folded[i : i + 2] for i in range(len(folded) - 1))))
    return found


def _vectors(read: Iterable[Iterable[Read]], vocabulary: Sequence[str], grams: Sequence[str]) -> NDArray[np.float32]:
    """(words + bigrams, d): see embedding.learn_vectors."""
    number = {w: i for i, w in enumerate(vocabulary)} | {"\n" + g: i for i, g in enumerate(grams, len(vocabulary))}

    def tokens(own: Counter[str], found: Counter[str]) -> Tokens:
        both = [(number.get(w), n) for w, n in own.items()] + [(number.get("\n" + g), n) for g, n in found.items()]
        known = [(i, n) for i, n in both if i is not None]
        ids, counts = zip(*known, strict=True) if known else ((), ())
        return np.array(ids, dtype=np.int32), 1 + np.log(np.array(counts, dtype=np.float32))

    stories: list[list[Story]] = [[[tokens(*x) for x in article] for article in articles] for articles in read]
    return learn_vectors(stories, len(number), DIMENSIONS)
