"""Signatures are datasketch's to the bit, and bands propose as many pairs as they promise."""

from __future__ import annotations

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH, MinHashLSHEnsemble, MinHashLSHForest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unsplice.search.column import column
from unsplice.search.minhash import (
    SCHEME,
    SEED,
    Sketch,
    band_keys,
    bands_for,
    from_lean,
    permutations,
    shingle_hash,
    signatures,
    to_lean,
)
from unsplice.search.shingle import shingles

TEA = "柳垛镇的老茶场今年试种了三百亩抗寒新苗，眼下已经抽出第一轮嫩芽，茶农岑阿满说比往年早了十天。"
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐，周末加开四趟。"
BRIDGE = "盐埠街道的三座旧桥昨天修好，桥面加宽了一米，桥头的路灯也换成了新的。"
TEXTS = [
    TEA,
    TEA.replace("十天", "九天"),
    FERRY,
    FERRY[:20],
    BRIDGE,
    "Gull Point 渡口 3 月 1 日复航",
    "渡",
    "",
    "𠮷野家𡈽",
]
SKETCHES = [
    Sketch(size=5, bands=16, rows=4),
    Sketch(size=4, bands=64, rows=3, letters_only=True),
    Sketch(size=1, bands=1, rows=1),
    Sketch(size=3, bands=9, rows=7),
    Sketch(size=60, bands=2, rows=5),
]


def datasketch_of(hashes: np.ndarray, count: int, seed: int = SEED) -> MinHash:
    """What datasketch makes of 64-bit shingles: it takes 32-bit hashes."""
    made = MinHash(num_perm=count, seed=seed, hashfunc=int)
    for hash_ in hashes.tolist():
        made.update(hash_ >> 32)
    return made


@pytest.mark.parametrize("sketch", SKETCHES, ids=str)
@pytest.mark.parametrize("seed", [SEED, 7])
def test_signatures_are_those_of_datasketch(sketch: Sketch, seed: int) -> None:
    found = signatures(column(TEXTS), sketch, seed)
    assert (found.dtype, found.shape) == (np.uint32, (len(TEXTS), sketch.permutations))
    for i, signature in enumerate(found):
        hashes = shingles(column(TEXTS), i, size=sketch.size, letters_only=sketch.letters_only)
        expected = datasketch_of(hashes, sketch.permutations, seed)
        assert expected.scheme == SCHEME
        assert signature.tolist() == expected.hashvalues.tolist()


@settings(max_examples=50)
@given(st.lists(st.text("渡船茶园 ,。aé𠮷", max_size=12), max_size=5), st.integers(1, 6))
@example(["渡船渡船渡船"], 2)
def test_of_any_texts(texts: list[str], size: int) -> None:
    forms = column(texts)
    for i, signature in enumerate(signatures(forms, Sketch(size, 3, 2))):
        assert signature.tolist() == datasketch_of(shingles(forms, i, size=size), 6).hashvalues.tolist()


@pytest.mark.parametrize("count", [1, 16, 63, 192])
@pytest.mark.parametrize("seed", [1, 2, 2**31])
def test_permutations_are_those_of_datasketch(count: int, seed: int) -> None:
    factors, summands = permutations(count, seed)
    theirs = MinHash(num_perm=count, seed=seed, hashfunc=int).permutations
    assert factors.tolist() == np.ravel(theirs[0]).tolist()
    assert summands.tolist() == np.ravel(theirs[1]).tolist()


@pytest.mark.parametrize("sketch", SKETCHES, ids=str)
def test_keys_made_in_parts_are_the_same(sketch: Sketch) -> None:
    forms = column(TEXTS)
    whole = band_keys(forms, sketch)
    assert whole.shape == (sketch.bands, len(TEXTS))
    for cut in range(sketch.bands + 1):
        parts = [band_keys(forms, sketch, 0, cut), band_keys(forms, sketch, cut)]
        assert np.concatenate(parts).tolist() == whole.tolist()
    halves = [band_keys(forms.part(0, 4), sketch), band_keys(forms.part(4, len(TEXTS)), sketch)]
    assert np.concatenate(halves, axis=1).tolist() == whole.tolist()


@pytest.mark.parametrize("sketch", SKETCHES, ids=str)
def test_keys_are_equal_where_all_rows_of_a_band_are(sketch: Sketch) -> None:
    bands = signatures(column(TEXTS), sketch).reshape(len(TEXTS), sketch.bands, sketch.rows)
    keys = band_keys(column(TEXTS), sketch)
    for i in range(len(TEXTS)):
        for j in range(len(TEXTS)):
            assert (keys[:, i] == keys[:, j]).tolist() == (bands[i] == bands[j]).all(axis=1).tolist()


def test_to_datasketch_and_back() -> None:
    found = signatures(column(TEXTS), SKETCHES[0])
    lean = to_lean(found)
    assert all(isinstance(one, LeanMinHash) for one in lean)
    assert from_lean(lean).tolist() == found.tolist()
    assert from_lean(lean).dtype == np.uint32
    made = [datasketch_of(shingles(column(TEXTS), i, size=5), 64) for i in range(len(TEXTS))]
    assert from_lean(made).tolist() == found.tolist()
    assert lean[0].jaccard(made[1]) == (found[0] == found[1]).mean()
    assert to_lean(found[:0]) == []


def test_what_can_not_be_compared_is_refused() -> None:
    ours = MinHash(num_perm=8, seed=SEED, hashfunc=int)
    other_seed = MinHash(num_perm=8, seed=9, hashfunc=int)
    other_scheme = MinHash(num_perm=8, seed=SEED, hashfunc=int, scheme="legacy")
    with pytest.raises(ValueError, match=r"seed 9 .* can't be compared with seed 1 .*; make it with MinHash\(seed=1"):
        from_lean([ours, other_seed])
    with pytest.raises(ValueError, match=r"scheme 'legacy' can't be compared .*make it with MinHash"):
        from_lean([other_scheme])
    with pytest.raises(ValueError, match="different numbers of permutations"):
        from_lean([ours, MinHash(num_perm=16, seed=SEED, hashfunc=int)])


SHAPE = Sketch(size=3, bands=32, rows=4)


def test_an_index_of_datasketch_finds_what_bands_propose() -> None:
    texts = [TEA[:i] + x + TEA[i + 1 :] for i in range(0, 40, 3) for x in "茶船"] + TEXTS
    lean, keys = to_lean(signatures(column(texts), SHAPE)), band_keys(column(texts), SHAPE)
    index = MinHashLSH(num_perm=SHAPE.permutations, params=(SHAPE.bands, SHAPE.rows))
    for i, one in enumerate(lean):
        index.insert(i, one)
    for i, one in enumerate(lean):
        assert set(index.query(one)) == set(np.flatnonzero((keys == keys[:, i : i + 1]).any(axis=0)).tolist())


def test_our_sketches_in_a_forest_and_an_ensemble() -> None:
    lean = to_lean(signatures(column([TEA, FERRY, BRIDGE, TEA.replace("十天", "九天")]), SHAPE))
    forest = MinHashLSHForest(num_perm=SHAPE.permutations)
    for i, one in enumerate(lean[:3]):
        forest.add(i, one)
    forest.index()
    assert [forest.query(one, 1) for one in (lean[3], lean[1], lean[2])] == [[0], [1], [2]]
    forms = column([TEA, FERRY, BRIDGE])
    ensemble = MinHashLSHEnsemble(threshold=0.8, num_perm=SHAPE.permutations, num_part=2)
    ensemble.index([(i, lean[i], len(shingles(forms, i, size=3))) for i in range(3)])
    piece = column([FERRY[:25]])
    asked = to_lean(signatures(piece, SHAPE))[0]
    assert list(ensemble.query(asked, len(shingles(piece, 0, size=3)))) == [1]


@given(st.floats(0.2, 0.95), st.integers(1, 8), st.floats(1e-6, 0.2))
@example(0.7, 4, 0.001)
def test_as_few_bands_as_keep_the_promise(threshold: float, rows: int, miss: float) -> None:
    bands = bands_for(threshold, rows, miss)
    missed = 1 - threshold**rows
    assert missed**bands <= miss * (1 + 1e-9)
    assert bands == 1 or missed ** (bands - 1) > miss * (1 - 1e-9)


@pytest.mark.parametrize(("threshold", "miss"), [(0.7, 0.05), (0.5, 0.1)])
def test_pairs_at_the_threshold_are_proposed(threshold: float, miss: float) -> None:
    """Of 2,000 pairs of texts with just that share of their shingles in common, as many are missed as was said."""
    rng = np.random.default_rng(5)
    common, own = 40, round(40 * (1 / threshold - 1))
    texts = []
    for _ in range(2000):
        letters = [chr(0x4E00 + c) for c in rng.permutation(3000)[: common + own]]  # shingles of one letter
        half = common + own // 2
        texts += ["".join(letters[:half]), "".join(letters[:common] + letters[half:])]
    similarity = common / (common + own)
    sketch = Sketch(1, bands_for(threshold, 4, miss), 4)
    keys = band_keys(column(texts), sketch)
    missed = 1 - (keys[:, ::2] == keys[:, 1::2]).any(axis=0).mean()
    expected = (1 - similarity**4) ** sketch.bands
    assert missed == pytest.approx(expected, abs=4 * (expected / 2000) ** 0.5)


def test_sketches_of_ones_own_can_be_compared() -> None:
    text = "柳垛镇的渡船今早复航，票价两元 Gull Point"
    own = MinHash(num_perm=64, seed=SEED, hashfunc=shingle_hash)
    form = column([text]).text(0)
    for at in range(len(form) - 4):
        own.update(form[at : at + 5])
    assert own.hashvalues.tolist() == signatures(column([text]), Sketch(5, 64, 1))[0].tolist()
