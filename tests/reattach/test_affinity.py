"""What passages have in common: the same both ways, in range, and more where they tell of the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.models import load
from unsplice.reattach.affinity import KINDS, RARE, affinities, bag

FERRY = "望礁区的渡船今早复航，船长匡海生说，往返蚝坪村的船票仍是两元。"
FERRY_TOO = "匡海生开渡船三十年，蚝坪村的老人上岸看病都坐他的船。"
TEA = "砚北县的茶园抽出头一轮嫩芽，茶农说今年的春茶比往年早上市十天。"
TEXTS = [FERRY, FERRY_TOO, TEA, "望礁區的渡船今早復航。", "Gull Point ferry, 3 times a day", "……", "", "的", "渡船"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_bag_has_length_one_or_nothing_in_it(text: str) -> None:
    found = bag(text, load().lexicon)
    for weights in (found.words, found.grams):
        assert sum(x * x for x in weights.values()) == pytest.approx(1 if weights else 0)
        assert all(x > 0 for x in weights.values())
    assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-4) or not found.vector.any()
    assert found.rare.keys() <= found.words.keys()
    assert all(x > RARE for x in found.rare.values())


def test_traditional_and_simplified_are_one() -> None:
    a, b = bag("霧角區圖書館落成", load().lexicon), bag("雾角区图书馆落成", load().lexicon)
    assert a.words == b.words
    assert a.grams == b.grams


@settings(max_examples=30)
@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=20), max_size=6))
@example([])
@example(["", ""])
@example(["……"])
@example([FERRY, FERRY])
def test_affinities_are_the_same_both_ways_and_in_range(texts: list[str]) -> None:
    bags = [bag(t, load().lexicon) for t in texts]
    found = affinities(bags)
    assert found.shape == (len(KINDS), len(texts), len(texts))
    assert np.isfinite(found).all()
    assert np.allclose(found[:4], found[:4].transpose(0, 2, 1), atol=1e-5), "but for what covers what"
    if not bags:
        return
    assert found.max() <= max(1, found[3].max()) + 1e-5
    assert found[:2].min() >= 0
    assert found[2].min() >= -1 - 1e-5
    assert found[3].min() >= 0
    assert found[4].min() >= 0
    assert found[4].max() <= 1 + 1e-5
    for i, each in enumerate(bags):
        own = [float(bool(x)) for x in (each.words, each.grams, each.vector.any())]
        assert found[:3, i, i] == pytest.approx(own, abs=1e-4)


def test_passages_of_one_story_have_more_in_common() -> None:
    words, grams, _, rare, _ = affinities([bag(t, load().lexicon) for t in (FERRY, FERRY_TOO, TEA)])
    for kind in (words, grams, rare):
        assert kind[0, 1] > 2 * max(kind[0, 2], kind[1, 2])


def test_meaning_needs_no_word_in_common() -> None:
    ward = "医院的急诊夜里收治了多名患者，医生说病情稳定。"
    recovery = "门诊的护士介绍，手术以后病人恢复得很快。"
    match = "球队在主场逆转，前锋攻入两球，比赛三比二结束。"
    words, _, meaning, _, _ = affinities([bag(t, load().lexicon) for t in (ward, recovery, match)])
    assert words[0, 1] == 0
    assert meaning[0, 1] > 0.3 + max(meaning[0, 2], meaning[1, 2])


def test_rare_words_count_by_their_rarity() -> None:
    lexicon = load().lexicon
    a, b = bag("渡船靠岸了", lexicon), bag("老人坐着渡船去茶园", lexicon)
    shared = sum(a.rare[w] for w in a.rare.keys() & b.rare.keys())
    assert shared > RARE
    assert affinities([a, b])[3, 0, 1] == pytest.approx(np.log1p(shared), abs=1e-4)


def test_a_beginning_is_covered_by_the_whole() -> None:
    *_, covered = affinities([bag(t, load().lexicon) for t in (FERRY[:12], FERRY, TEA)])
    assert covered[0, 1] == pytest.approx(1)
    assert covered[1, 0] < 0.6
    assert covered[0, 2] < 0.2
