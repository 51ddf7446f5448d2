"""How rare words and bigrams are, seen or unseen, and which way a text's meaning points."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.models import load
from unsplice.models.lexicon import Lexicon
from unsplice.reattach import affinity
from unsplice.text.forms import bigrams
from unsplice.text.usage import Usage, used

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
        gram_keys=bigrams("茶园"),
        gram_vectors=np.array([[0, -2]], dtype=np.float32),
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
    assert small().word_weights([word]).tolist() == [weight]


def test_what_many_pages_of_a_group_use_weighs_less() -> None:
    pages = [f"渡船今天复航{'，茶园开园' * (k == 0)}" for k in range(8)]
    within = small().within(Usage.of(used(page) for page in pages))
    ferry, tea, unseen = within.word_weights(["渡船", "茶园", "鲤尾河"]).tolist()
    assert ferry < 1
    assert (tea, unseen) == (4, 12.5), "as in a page that comes alone"
    assert within.bigram_weights(bigrams("渡船"))[0] < small().bigram_weights(bigrams("渡船"))[0]
    assert within.bigram_weights(bigrams("茶园"))[0] == small().bigram_weights(bigrams("茶园"))[0]
    assert small().usage.pages == 1, "the lexicon itself does not change"


def direction(words: list[str], text: str = "") -> list[float]:
    """What the small lexicon makes of words and of a text's bigrams."""
    grams = Counter(text[i : i + 2] for i in range(len(text) - 1))
    keys = np.array([ord(g[0]) << 21 | ord(g[1]) for g in grams], dtype=np.uint64)
    found = small().vector(Counter(words), keys, np.array(list(grams.values()), dtype=np.float32))
    return [float(x) for x in found]


TWICE = 1 + log(2)
DIRECTIONS = [
    (["渡船"], "", (1, 0)),
    (["渡船", "渡船"], "", (1, 0)),
    (["船票"], "", (-1, 0)),
    (["茶园", "鲤尾河", "书房"], "", (0, 1)),  # unknown, and known without a vector
    (["渡船", "茶园"], "", (3 / 34**0.5, 5 / 34**0.5)),
    (["渡船", "渡船", "茶园"], "", (3 * TWICE / (9 * TWICE**2 + 25) ** 0.5, 5 / (9 * TWICE**2 + 25) ** 0.5)),
    ([], "茶园", (0, -1)),  # a bigram
    (["渡船"], "茶园", (3 / 13**0.5, -2 / 13**0.5)),
    (["书房"], "的一", (0, 0)),
    (["鲤尾河"], "", (0, 0)),
    ([], "", (0, 0)),
]


@pytest.mark.parametrize(("words", "text", "expected"), DIRECTIONS)
def test_directions(words: list[str], text: str, expected: tuple[float, float]) -> None:
    assert direction(words, text) == pytest.approx(expected, abs=1e-5)


@given(st.lists(st.sampled_from([*WORDS, "鲤尾河"]), max_size=8), st.text("茶园的", max_size=9))
def test_a_direction_has_length_one_or_none(words: list[str], text: str) -> None:
    length = float(np.linalg.norm(direction(words, text)))
    assert length == pytest.approx(1, abs=1e-5) or length == pytest.approx(0, abs=1e-5)


def test_from_arrays() -> None:
    keys = small().bigram_keys
    lexicon = Lexicon.from_arrays(
        {
            "bigram_steps": np.diff(keys, prepend=np.uint64(0)),
            "bigram_idf": np.array([1, 2, 3, 4], dtype=np.float16),
            "words": np.frombuffer("\n".join(WORDS).encode(), dtype=np.uint8),
            "word_idf": np.array([2, 4, 6, 8], dtype=np.float16),
            "gram_steps": bigrams("茶园"),
            "vectors": np.array([[3, 0], [0, 10], [-3, 0], [0, -2]], dtype=np.int8),
            "scale": np.array([1, 0.5, 1, 1], dtype=np.float16),
            "unseen": np.float32(12.5),
        }
    )
    assert lexicon.bigram_keys.tolist() == keys.tolist()
    assert lexicon.word_row == small().word_row
    assert lexicon.vectors.tolist() == small().vectors.tolist()
    assert lexicon.gram_keys.tolist() == small().gram_keys.tolist()
    assert lexicon.gram_vectors.tolist() == small().gram_vectors.tolist()
    assert lexicon.bigram_idf.tolist() == [1, 2, 3, 4]
    assert lexicon.unseen == 12.5


def test_the_one_that_ships() -> None:
    lexicon = load().lexicon
    assert (np.diff(lexicon.bigram_keys.astype(np.int64)) > 0).all()
    assert len(lexicon.bigram_keys) == len(lexicon.bigram_idf)
    assert len(lexicon.word_row) == len(lexicon.word_idf) >= len(lexicon.vectors)
    assert np.isfinite(lexicon.vectors).all()
    assert lexicon.word_idf.max() < lexicon.unseen
    assert lexicon.bigram_idf.max() < lexicon.unseen
    assert (lexicon.word_idf > 0).all()
    assert lexicon.unseen > log(10_000)


def test_the_one_that_ships_knows_common_from_rare() -> None:
    lexicon = load().lexicon
    usual, seldom, never = lexicon.word_weights(["记者", "码头", "鲤尾河渡口"])
    assert usual < seldom < never
    common, rare, odd = (float(lexicon.bigram_weights(bigrams(g))[0]) for g in ("记者", "茶园", "船囵"))
    assert common < rare < odd == pytest.approx(lexicon.unseen)
    ill, cured, match = (
        affinity.bag(t, lexicon).vector for t in ("医院收治了三名患者", "医生在门诊给病人看病", "球队赢下了这场比赛")
    )
    assert ill @ cured > ill @ match
