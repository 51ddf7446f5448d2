"""How rare words and bigrams are, seen or unseen, and which way a text's meaning points."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import models
from pipeline.similarity.forms import bigrams
from pipeline.similarity.lexicon import Lexicon

WORDS = ["渡船", "茶园", "船票", "书房"]
GRAMS = sorted(["渡船", "茶园", "的一", "ab"], key=lambda g: bigrams(g).tolist())


def small() -> Lexicon:
    """Four words, of which the first three have vectors; four bigrams."""
    return Lexicon(
        bigram_keys=np.concatenate([bigrams(g) for g in GRAMS]),
        bigram_idf=np.array([1, 2, 3, 4], dtype=np.float32),
        word_row={w: i for i, w in enumerate(WORDS)},
        word_idf=np.array([2, 4, 6, 8], dtype=np.float32),
        vectors=np.array([[3, 0], [0, 5], [-3, 0]], dtype=np.float32),
        unseen=12.5,
    )


def test_bigrams_seen_and_unseen() -> None:
    for i, gram in enumerate(GRAMS):
        assert small().bigram_weights(bigrams(gram)).tolist() == [i + 1]
    unseen = ["\0\0", "aa", "的的", "船渡", "\U0010ffff\U0010ffff"]
    for gram in unseen:
        assert small().bigram_weights(bigrams(gram)).tolist() == [12.5]
    assert small().bigram_weights(bigrams("")).shape == (0,)


@given(st.text("渡船茶园的一ab", max_size=30))
def test_each_bigram_is_weighed_alone(text: str) -> None:
    keys = bigrams(text)
    found = small().bigram_weights(keys)
    assert found.dtype == np.float32
    assert found.tolist() == [float(small().bigram_weights(keys[i : i + 1])[0]) for i in range(len(keys))]


@pytest.mark.parametrize(("word", "weight"), [("渡船", 2), ("书房", 8), ("鲤尾河", 12.5), ("", 12.5)])
def test_words_seen_and_unseen(word: str, weight: float) -> None:
    assert small().word_weight(word) == weight


DIRECTIONS = [
    (["渡船"], (1, 0)),
    (["渡船", "渡船"], (1, 0)),
    (["船票"], (-1, 0)),
    (["茶园", "鲤尾河", "书房"], (0, 1)),  # unknown, and known without a vector
    (["渡船", "茶园"], (6 / 436**0.5, 20 / 436**0.5)),
    (["书房"], (0, 0)),
    (["鲤尾河"], (0, 0)),
    ([], (0, 0)),
]


@pytest.mark.parametrize(("words", "direction"), DIRECTIONS)
def test_directions(words: list[str], direction: tuple[float, float]) -> None:
    assert small().vector(words) == pytest.approx(direction, abs=1e-5)


@given(st.lists(st.sampled_from([*WORDS, "鲤尾河"]), max_size=8))
def test_a_direction_has_length_one_or_none(words: list[str]) -> None:
    length = float(np.linalg.norm(small().vector(words)))
    assert length == pytest.approx(1, abs=1e-5) or length == pytest.approx(0, abs=1e-5)


def test_from_arrays() -> None:
    keys = small().bigram_keys
    lexicon = Lexicon.from_arrays(
        {
            "bigram_steps": np.diff(keys, prepend=np.uint64(0)),
            "bigram_idf": np.array([1, 2, 3, 4], dtype=np.float16),
            "words": np.frombuffer("\n".join(WORDS).encode(), dtype=np.uint8),
            "word_idf": np.array([2, 4, 6, 8], dtype=np.float16),
            "vectors": np.array([[3, 0], [0, 10], [-3, 0]], dtype=np.int8),
            "scale": np.array([1, 0.5], dtype=np.float32),
            "unseen": np.float32(12.5),
        }
    )
    assert lexicon.bigram_keys.tolist() == keys.tolist()
    assert lexicon.word_row == small().word_row
    assert lexicon.vectors.tolist() == small().vectors.tolist()
    assert lexicon.bigram_idf.tolist() == [1, 2, 3, 4]
    assert lexicon.unseen == 12.5


def test_the_one_that_ships() -> None:
    lexicon = models.lexicon()
    assert (np.diff(lexicon.bigram_keys.astype(np.int64)) > 0).all()
    assert len(lexicon.bigram_keys) == len(lexicon.bigram_idf)
    assert len(lexicon.word_row) == len(lexicon.word_idf) >= len(lexicon.vectors)
    assert np.isfinite(lexicon.vectors).all()
    assert lexicon.word_idf.max() < lexicon.unseen
    assert lexicon.bigram_idf.max() < lexicon.unseen
    assert (lexicon.word_idf > 0).all()
    assert lexicon.unseen > log(10_000)


def test_the_one_that_ships_knows_common_from_rare() -> None:
    lexicon = models.lexicon()
    assert lexicon.word_weight("记者") < lexicon.word_weight("渡船") < lexicon.word_weight("鲤尾河渡口")
    common, rare, odd = (float(lexicon.bigram_weights(bigrams(g))[0]) for g in ("记者", "茶园", "船囵"))
    assert common < rare < odd == pytest.approx(lexicon.unseen)
    alike = lexicon.vector(["医院", "患者"]) @ lexicon.vector(["医生", "门诊"])
    unlike = lexicon.vector(["医院", "患者"]) @ lexicon.vector(["球队", "比赛"])
    assert alike > unlike + 0.2
