"""Near-duplicates of any texts: each kind by its own measure, clusters without chains, the same however it is run."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from unsplice import find_duplicates
from unsplice.config import DedupConfig
from unsplice.corpus.arrow import strings
from unsplice.corpus.duplicates import Duplicates, Finder
from unsplice.corpus.names import Names
from unsplice.text.forms import fold

from tests.pages import damaged

TEA = "砚北县的茶园抽出头一轮嫩芽，茶农说今年的春茶比往年早上市十天。茶农褟秀枝家的八亩茶园请了四个采茶工，忙到天黑。"
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐。船长匡海生开了三十年渡船，头一回在驾驶室里吹上了空调。"
BRIDGE = "盐埠街道的三座旧桥昨天修好，桥面加宽了一米，两侧装上了新的栏杆和路灯，附近的居民说夜里走路亮堂多了。"
WEATHER = "据气象台预报，柳垛镇5月6日白天多云，夜间有小雨，偏南风二到三级，最低气温19度，最高气温26度。"
MISTYPED = TEA.replace("嫩芽", "嫩牙").replace("往年", "住年").replace("八亩", "入亩").replace("天黑", "夭黑")
MISTYPED = MISTYPED.replace("上市", "上巿").replace("采茶工", "釆茶工")


def kinds(found: Duplicates) -> dict[tuple[int, int], tuple[str, float]]:
    return {
        (min(r.a, r.b), max(r.a, r.b)): (r.kind, round(r.similarity, 3)) for r in found.pairs.itertuples(index=False)
    }


def jaccard(a: str, b: str) -> float:
    x, y = ({t[i : i + 5] for i in range(len(t) - 4)} for t in (a, b))
    return len(x & y) / len(x | y)


def test_each_kind_has_its_measure() -> None:
    near = TEA.replace("嫩芽", "嫩牙")
    cases: list[tuple[str, str, str, float]] = [
        (TEA, TEA.replace("，", ",").replace("。", ""), "exact", 1.0),
        ("霧角區議會期待多年的新公共圖書館昨日落成。", "雾角区议会期待多年的新公共图书馆昨日落成。", "exact", 1.0),
        (TEA, near, "near", jaccard(TEA, near)),
        (TEA, MISTYPED, "edited", Levenshtein.normalized_similarity(fold(TEA), fold(MISTYPED))),
        (FERRY, FERRY[:30], "contained", len(fold(FERRY[:30])) / len(fold(FERRY))),
        (FERRY, FERRY + BRIDGE * 2, "contained", len(fold(FERRY)) / len(fold(FERRY + BRIDGE * 2))),
        (FERRY, FERRY[-40:], "contained", len(fold(FERRY[-40:])) / len(fold(FERRY))),
        (BRIDGE + FERRY[:15], FERRY, "none", 0.0),
        (BRIDGE[30:] + FERRY, FERRY + TEA[:12], "overlap", len(fold(FERRY)) / len(fold(BRIDGE[30:] + FERRY))),
        (WEATHER, WEATHER.replace("6日", "7日").replace("26", "24"), "variant", 0.0),
        (TEA, FERRY, "none", 0.0),
        (TEA, BRIDGE + FERRY, "none", 0.0),
    ]
    for a, b, kind, similarity in cases:
        found = kinds(find_duplicates([a, b], sensitive=True))
        if kind == "none":
            assert found == {}, (a, b)
        else:
            assert found[0, 1][0] == kind, (a, b)
            if similarity:
                assert found[0, 1][1] == pytest.approx(
                    similarity, abs=0.04 if kind in ("overlap", "contained") else 1e-3
                )


def test_the_plain_search_finds_exact_and_near_ones_only() -> None:
    found = find_duplicates([TEA, TEA.replace("嫩芽", "嫩牙"), MISTYPED, TEA[:30], TEA])
    assert Counter(kind for kind, _ in kinds(found).values()) == {"exact": 1, "near": 2}


def test_who_stays() -> None:
    found = find_duplicates([TEA[:40], FERRY, MISTYPED, TEA, TEA, BRIDGE], list("abcdef"), sensitive=True)
    clusters = found.clusters.set_index("id")
    assert clusters.kept.to_dict() == {"a": False, "b": True, "c": False, "d": True, "e": False, "f": True}
    assert clusters.representative.to_dict() == {"a": "d", "b": "b", "c": "d", "d": "d", "e": "d", "f": "f"}
    assert clusters.cluster.isna().to_dict() == {"a": False, "b": True, "c": False, "d": False, "e": False, "f": True}
    assert found.texts == 5


def check(texts: Sequence[str], found: Duplicates) -> None:
    """What holds for all results: one stays in each cluster, and each goes by a pair of its own with what stays."""
    clusters = found.clusters
    assert clusters.id.tolist() == list(range(len(texts)))
    stays = clusters.set_index("id").kept
    assert stays[clusters.representative].all()
    assert (clusters.id[clusters.kept] == clusters.representative[clusters.kept]).all()
    linked = {frozenset((r.a, r.b)) for r in found.pairs.itertuples() if r.kind not in ("variant", "overlap")}
    for r in clusters[~clusters.kept].itertuples():
        exact = fold(texts[r.id]) == fold(texts[r.representative])
        assert exact or frozenset((r.id, r.representative)) in linked
    assert len(found.pairs) == len({frozenset((r.a, r.b)) for r in found.pairs.itertuples()})


EDITS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("囵囫囹囿圄圉圊")), max_size=8)
TEXTS = st.builds(
    lambda text, edits, cut: "".join(dict(edits).get(i, c) for i, c in enumerate(text))[:cut],
    st.sampled_from([TEA, FERRY, WEATHER]),
    EDITS,
    st.integers(0, 60),
)


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=10), st.booleans())
def test_one_stays_and_no_chains(texts: list[str], sensitive: bool) -> None:
    check(texts, find_duplicates(texts, sensitive=sensitive))


def test_a_chain_is_no_cluster() -> None:
    letters = list(TEA * 2)
    chain = []
    for step in range(30):
        letters[3 * step + 2] = "囵囫囹囿圄圉圊圜圩圪"[step % 10]
        chain.append("".join(letters))
    found = find_duplicates(chain, sensitive=True)
    check(chain, found)
    assert 1 < found.clusters.kept.sum() < len(chain) / 2


def passages(seed: int) -> list[str]:
    """The lines of some made pages: copies, stubs, mistyped ones among them."""
    return [line.text for page in damaged(seed, pages=14).pages for line in page.lines]


def by_text(texts: Sequence[str], found: Duplicates) -> tuple[set[object], set[object]]:
    """Pairs and clusters in terms of texts (as they are compared): what no order of the input may change."""
    forms = [fold(t) for t in texts]
    pairs = {
        (frozenset((forms[r.a], forms[r.b])), r.kind, round(r.similarity, 5))
        for r in found.pairs.itertuples(index=False)
    }
    members: dict[str, set[str]] = {}
    for r in found.clusters.itertuples():
        members.setdefault(forms[r.representative], set()).add(forms[r.id])
    return pairs, {(k, frozenset(v)) for k, v in members.items()}


@pytest.mark.parametrize("sensitive", [False, True])
def test_the_same_for_any_order_threads_and_memory(sensitive: bool) -> None:
    texts = passages(5)
    expected = by_text(texts, find_duplicates(texts, sensitive=sensitive, threads=1))
    assert len(expected[0]) > 20
    assert by_text(texts, find_duplicates(texts, sensitive=sensitive, threads=2)) == expected
    mixed = random.Random(3).sample(texts, len(texts))
    assert by_text(mixed, find_duplicates(mixed, sensitive=sensitive)) == expected
    tight = Finder(DedupConfig(), sensitive=sensitive, memory=2**14)
    for start in range(0, len(texts), 50):
        part = texts[start : start + 50]
        tight.add(pa.array(range(start, start + len(part))), part)
    assert by_text(texts, tight.find()) == expected
    assert tight.store.spilled


def test_boilerplate_costs_a_row_a_copy() -> None:
    texts = [TEA] + ["版权所有，未经授权不得转载或以其他方式使用，违者必究。"] * 20_000 + [FERRY]
    found = find_duplicates(texts)
    assert len(found.pairs) == 19_999
    assert found.clusters.kept.sum() == 3
    assert found.texts == 3


def test_what_has_no_letters_is_like_nothing() -> None:
    assert find_duplicates(["……", "！", "", None, "……"]).clusters.kept.all()  # type: ignore[list-item]


def test_the_strictest_limits() -> None:
    strict = DedupConfig(near=1.0, edited=1.0, contained=1.0, overlap=1.0)
    for sensitive in (False, True):
        found = find_duplicates([TEA, MISTYPED, TEA], config=strict, sensitive=sensitive)
        assert found.pairs.kind.tolist() == ["exact"]


def test_long_texts_stand_in_any_place() -> None:
    """A book and its pieces: found whichever comes first, and the book is not taken apart for each piece."""
    book = "".join(f"第{n}章{t}" for n in range(60) for t in (TEA, FERRY, BRIDGE))
    pieces = [book[i : i + 60] for i in range(0, len(book), 400)] + [book[: len(book) // 2 + 9]]
    for texts in ([book, *pieces], [*pieces, book]):
        found = find_duplicates(texts, sensitive=True)
        assert "contained" in set(found.pairs.kind)
        check(texts, found)


def test_columns_of_others() -> None:
    frame = pd.DataFrame({"text": [TEA, None, FERRY, TEA]}, index=["w", "x", "y", "z"])
    found = find_duplicates(frame["text"])
    assert found.pairs.to_dict("list") == {"a": ["z"], "b": ["w"], "kind": ["exact"], "similarity": [1.0]}
    for texts in (pa.array([TEA, TEA]), pa.chunked_array([[TEA], [TEA]]), (TEA, TEA)):
        assert find_duplicates(texts, [7, 3]).clusters.representative.tolist() == [7, 7]
    assert len(find_duplicates([]).pairs) == len(find_duplicates([]).clusters) == 0


@pytest.mark.parametrize(("ids", "told"), [(["a"], "1 ids for 2 texts"), (["a", "a"], "an id stands twice")])
def test_ids_that_do_not_fit(ids: list[str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        find_duplicates([TEA, FERRY], ids)


def test_a_single_string_is_not_a_list_of_texts() -> None:
    with pytest.raises(TypeError, match="give a list of texts"):
        find_duplicates("docs.jsonl")


def test_the_weakest_come_first() -> None:
    found = find_duplicates([TEA, TEA.replace("嫩芽", "嫩牙"), MISTYPED, FERRY, FERRY[:20]], sensitive=True)
    weakest = found.weakest(2)
    assert len(weakest) == 2
    assert set(weakest.kind) <= {"near", "edited", "contained"}
    margin = {"near": (0.7, 0.3), "edited": (0.82, 0.18), "contained": (0.2, 0.8)}
    margins = [(r.similarity - margin[r.kind][0]) / margin[r.kind][1] for r in found.weakest(9).itertuples()]
    assert margins == sorted(margins)


def test_ids_are_made_unique() -> None:
    names = Names()
    assert names.unique(["a", "b", "a", ""]).to_pylist() == ["a", "b", "a#2", ""]
    assert names.unique(["a", "a#2", "c"]).to_pylist() == ["a#3", "a#2#2", "c"]
    assert names.unique(["z"] * 5_000).to_pylist()[-1] == "z#5000"
    many = [str(i) for i in range(20_000)]
    assert names.unique(many).to_pylist() == many
    assert names.unique(many[:3]).to_pylist() == ["0#2", "1#2", "2#2"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=9))
def test_strings_are_arrow_strings(texts: list[str]) -> None:
    assert strings(texts).to_pylist() == texts
