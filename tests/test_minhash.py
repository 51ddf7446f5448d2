"""Signatures are datasketch's to the bit, bands propose what datasketch's index finds, and crowds lose no text."""

from __future__ import annotations

import random

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.similarity.minhash import CROWD, SEED, candidate_pairs, shingles, signatures

PERMUTATIONS, ROWS, SIZE = 64, 4, 3
WHO = ["柳垛镇", "望礁区", "青篱区渔歌里", "砚北县禾篓镇", "盐埠街道", "Gull Point "]
WHAT = ["的渡船今早复航", "的茶园抽出头一轮嫩芽", "修好了三座旧桥", "把旧糖厂改成了书房", "给独居老人装上了门铃"]
HOW = ["，船票两元", "，首日来了四百人", "，居民说走路只要十分钟", "，工期比原定的短了一个月", "，明年还要再修两处", ""]


def made(count: int, seed: int = 7) -> list[str]:
    """Texts some of which are alike, some the same but for a few letters."""
    rng = random.Random(seed)
    texts: list[str] = []
    for _ in range(count):
        if texts and rng.random() < 0.4:
            letters = list(rng.choice(texts))
            for _ in range(rng.randint(0, 3)):
                letters[rng.randrange(len(letters))] = rng.choice("的一是在不了有和人这")
            texts.append("".join(letters))
        else:
            texts.append("".join(rng.choice(part) for part in (WHO, WHAT, HOW, WHO, WHAT, HOW)))
    return texts


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(1, 5))
@example("渡船渡船渡船", 2)
@example("渡", 3)
def test_there_is_one_shingle_for_each_distinct_run(text: str, size: int) -> None:
    size = min(size, len(text))
    runs = {text[i : i + size] for i in range(len(text) - size + 1)}
    found = shingles(text, size)
    assert found.tolist() == sorted(set(found.tolist()))
    assert len(found) == len(runs)
    assert set(found.tolist()) == {int(x) for run in runs for x in shingles(run, size)}


@pytest.mark.parametrize("permutations", [16, 64, 128])
def test_signatures_are_those_of_datasketch(permutations: int) -> None:
    texts = [*made(40), "渡", "a"]
    found = signatures(texts, size=SIZE, permutations=permutations)
    assert found.dtype == np.uint32
    for text, signature in zip(texts, found, strict=True):
        expected = MinHash(num_perm=permutations, seed=SEED, hashfunc=int)
        for shingle in shingles(text, SIZE):
            expected.update(shingle)
        assert signature.tolist() == expected.hashvalues.tolist()


@pytest.mark.parametrize(("permutations", "rows"), [(64, 4), (64, 8), (60, 7)])
def test_bands_propose_what_an_index_of_datasketch_finds(permutations: int, rows: int) -> None:
    texts = made(400)
    found = signatures(texts, size=SIZE, permutations=permutations)
    scheme = MinHash(num_perm=permutations, seed=SEED, hashfunc=int).scheme
    index = MinHashLSH(num_perm=permutations, params=(permutations // rows, rows))
    sketches = [LeanMinHash(seed=SEED, hashvalues=signature, scheme=scheme) for signature in found]
    for i, sketch in enumerate(sketches):
        index.insert(i, sketch)
    expected = {(min(i, j), max(i, j)) for i, sketch in enumerate(sketches) for j in index.query(sketch) if i != j}
    pairs = candidate_pairs(found, rows)
    assert len(expected) > 400
    assert pairs.tolist() == [list(pair) for pair in sorted(expected)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_pairs_are_in_order_and_stand_once(seed: int) -> None:
    pairs = candidate_pairs(signatures(made(30, seed), size=SIZE, permutations=PERMUTATIONS), ROWS).tolist()
    assert pairs == sorted(pairs)
    assert len({tuple(p) for p in pairs}) == len(pairs)
    assert all(a < b for a, b in pairs)


@pytest.mark.parametrize("count", [CROWD - 1, CROWD, CROWD + 1, 5 * CROWD])
def test_a_crowd_loses_no_text(count: int) -> None:
    crowd = signatures(["柳垛镇的渡船今早复航"] * count, size=SIZE, permutations=PERMUTATIONS)
    others = signatures(["别处的茶园抽出了头一轮嫩芽", "盐埠街道修好三座旧桥"], size=SIZE, permutations=PERMUTATIONS)
    pairs = candidate_pairs(np.concatenate([others[:1], crowd, others[1:]]), ROWS)
    found = {1}
    for a, b in pairs.tolist():
        found |= {a, b} if {a, b} & found else set()
    assert found == set(range(1, count + 1))
    if count > CROWD:
        assert len(pairs) < 10 * count


@pytest.mark.parametrize("texts", [[], ["柳垛镇的渡船今早复航"]])
def test_nothing_to_pair(texts: list[str]) -> None:
    found = signatures(texts, size=SIZE, permutations=PERMUTATIONS)
    assert found.shape == (len(texts), PERMUTATIONS)
    assert candidate_pairs(found, ROWS).shape == (0, 2)
