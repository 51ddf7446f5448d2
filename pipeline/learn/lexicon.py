"""Learns the lexicon: how rare bigrams and words are, and word vectors by the words of the same paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from pipeline.similarity.forms import bigrams, fold, simplified
from pipeline.similarity.words import words

LEAST = 3  # paragraphs that a word or bigram must be in: what is rarer is as good as unseen
MOST_BIGRAMS, MOST_WORDS, MOST_VECTORS, DIMENSIONS = 200_000, 80_000, 30_000, 64


def learn_lexicon(paragraphs: list[str], workers: int = 2) -> dict[str, NDArray[Any]]:
    """The arrays of similarity.lexicon.Lexicon, from the paragraphs of clean articles."""
    with ProcessPoolExecutor(workers) as pool:
        parts = pool.map(_words_and_bigrams, _batches(paragraphs, 2000))
        tokens, grams = [], Counter[int]()
        for part_tokens, part_grams in parts:
            tokens += part_tokens
            grams.update(part_grams)
    count = len(paragraphs)
    keys = np.array(sorted(k for k, n in grams.most_common(MOST_BIGRAMS) if n >= LEAST), dtype=np.uint64)
    frequency = np.array([grams[int(k)] for k in keys])
    in_paragraphs = Counter(chain.from_iterable(set(t) for t in tokens))
    vocabulary = [w for w, n in in_paragraphs.most_common(MOST_WORDS) if n >= LEAST and "\n" not in w]
    idf = np.log((count + 1) / (np.array([in_paragraphs[w] for w in vocabulary]) + 0.5))
    vectors = _vectors(tokens, vocabulary[:MOST_VECTORS], idf)
    scale = np.abs(vectors).max(axis=0) / 127
    return {
        "bigram_steps": np.diff(keys, prepend=np.uint64(0)),
        "bigram_idf": np.log((count + 1) / (frequency + 0.5)).astype(np.float16),
        "words": np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        "word_idf": idf.astype(np.float16),
        "vectors": np.round(vectors / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "unseen": np.float32(np.log((count + 1) / 0.5)),
    }


def _batches(items: list[str], size: int) -> Iterable[list[str]]:
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def _words_and_bigrams(paragraphs: Iterable[str]) -> tuple[list[list[str]], Counter[int]]:
    grams: Counter[int] = Counter()
    tokens = []
    for p in paragraphs:
        tokens.append(words(p))
        grams.update(bigrams(fold(simplified(p))).tolist())
    return tokens, grams


def _vectors(tokens: list[list[str]], vocabulary: list[str], idf: NDArray[Any]) -> NDArray[Any]:
    """Word vectors: right singular vectors of the paragraph-word matrix (latent semantic analysis)."""
    row_of = {w: i for i, w in enumerate(vocabulary)}
    rows, columns, values = [], [], []
    for r, found in enumerate(tokens):
        for w, n in Counter(found).items():
            if (c := row_of.get(w)) is not None:
                rows.append(r)
                columns.append(c)
                values.append((1 + np.log(n)) * idf[c])
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(tokens), len(vocabulary)), dtype=np.float32)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = sparse.diags(1 / np.maximum(norms, 1e-9)) @ matrix
    _, _, right = svds(matrix, k=DIMENSIONS, random_state=0)
    return np.ascontiguousarray(right.T[:, ::-1])
