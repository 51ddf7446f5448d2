"""Limits of boldness: what share of the passages in their place they let go, on pages that nothing was fitted on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.errors import InputError
from unsplice.learn.calibrate import ELSEWHERE_SHARE, WRONG, Judged, figures, leaves, levels, reached, tempered
from unsplice.learn.network import Example
from unsplice.models.network import Network, initial
from unsplice.reattach.page.texts import Outline


def judged(count: int, seed: int) -> Judged:
    """Passages whose chance of belonging where they stand is what is said of it."""
    rng = np.random.default_rng(seed)
    stay = np.concatenate([rng.beta(20, 0.2, count), rng.beta(0.3, 3, count // 10)]).astype(np.float32)
    home = rng.random(len(stay)) < stay
    return Judged(stay, home, ~home & (rng.random(len(stay)) < 0.9), home, rng.random(len(stay)) < 0.8)


@given(st.integers(0, 1000))
def test_each_boldness_lets_go_what_it_may(seed: int) -> None:
    found = judged(20_000, seed)
    limits = levels(found, [], [])
    assert (np.diff(limits[:, 0]) >= 0).all()
    always = leaves(found, 0.0)[found.home].mean()
    for share, (stay, _) in zip(WRONG, limits, strict=True):
        wrong = leaves(found, stay)[found.home].mean()
        assert wrong <= max(share * (1 - ELSEWHERE_SHARE), always) + 1e-4


def test_probabilities_are_made_truer_and_nothing_else() -> None:
    """A network that is too sure of itself: after all, it is right no more often than it was."""
    rng = np.random.default_rng(4)
    weights = initial(5, 3, rng, blocks=1, width=(16, 8, 4))
    sure = Network({k: w * (6 if k in ("point", "none", "point_head") else 1) for k, w in weights.items()}, (), ())
    examples = []
    for _ in range(30):
        n = 8
        node, pair = rng.normal(size=(n, 5)), rng.normal(size=(n, n, 3))
        heads = rng.random(n) < 0.5
        point, _ = Network(weights, (), ()).scores(node.astype(np.float32), pair.astype(np.float32), heads)
        target = [int(rng.choice(n + 2, p=row / row.sum())) for row in point.astype(float)]
        truth = np.array(target, dtype=np.int16), np.zeros(n, dtype=np.int16), np.ones(n, dtype=np.float16)
        outline = Outline(tuple((k,) for k in range(n)), heads, heads, ~heads, repeats=False)
        examples.append(Example(node.astype(np.float16), pair.astype(np.float16), outline, *truth))
    found = tempered(sure, examples)
    assert np.abs(found.weights["point"]).max() < np.abs(sure.weights["point"]).max() / 2
    x = examples[0]
    seen = x.node.astype(np.float32), x.pair.astype(np.float32), x.outline.may_head
    before, after = (m.scores(*seen)[0] for m in (sure, found))
    assert (before.argmax(axis=1) == after.argmax(axis=1)).all()


def test_strays_have_a_limit_of_their_own() -> None:
    chances = [np.linspace(0, 1, 1001, dtype=np.float32)]
    limits = levels(judged(20_000, 1), chances, [np.zeros(1001, dtype=int)])
    assert (np.diff(limits[:, 1]) < 0).all()
    assert limits[0, 1] > 0.99


def test_what_is_told() -> None:
    found = judged(5000, 2)
    lines = list(reached("望礁晚报", figures(found, levels(found, [], []))))
    assert lines[0].startswith("望礁晚报: ")
    assert [line.split()[0] for line in lines[1:4]] == ["cautious", "balanced", "bold"]
    said = [(float(line.split()[1].strip(",")), float(line.split()[3])) for line in lines[4:]]
    assert len(said) >= 6
    assert all(abs(a - b) < 0.15 for a, b in said)


GOOD = '{"id": "1", "title": "渡船复航了", "text": "渡船今早复航。\\n船票两元。"}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "\n{", r"a\.jsonl:2: not JSON"),
        ('{"id": "1", "title": "渡船复航了"}', r"a\.jsonl:1: needs an id, a title and a text"),
        (GOOD, "500 articles with headline and paragraphs are needed"),
    ],
)
def test_what_cannot_be_learned_from(text: str, message: str, tmp_path: Path) -> None:
    from unsplice.learn.learn import learn_from
    from unsplice.learn.work import Work

    file = tmp_path / "a.jsonl"
    file.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        learn_from([str(file)], [], ReadConfig(), Work(tmp_path / "out", 100, lambda _: None))
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    from unsplice.learn.learn import learn_from
    from unsplice.learn.work import Work

    with pytest.raises(InputError, match=r"missing\.jsonl'?: there is no such file or folder"):
        learn_from([str(tmp_path / "missing.jsonl")], [], ReadConfig(), Work(tmp_path, 100, lambda _: None))
