"""Hostile input that once ended a run with an error, or took memory that nothing bounded."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from unsplice import models
from unsplice.config import Config, ReadConfig
from unsplice.model import Page, SetAside
from unsplice.passages import roles
from unsplice.read import pages
from unsplice.read.markdown import read_markdown
from unsplice.read.pages import find_sources, read_source
from unsplice.reattach import affinity
from unsplice.run import clean
from unsplice.write.metadata.mentions import find_mentions

from .kinds import HAN, KINDS, SENTENCE, prose


def test_counters_before_a_reporter_are_no_credit() -> None:
    assert find_mentions("点击:1 记者").people == {}


@pytest.mark.parametrize("front", ["a: 0x" + "f" * 5000, "a: &a {x: y}\nb: {<<: *a}"])
def test_front_matter_that_is_none_is_text(front: str) -> None:
    read = read_markdown(f"---\n{front}\n---\n{SENTENCE}".encode(), ReadConfig())
    assert not read.meta
    assert front in read.text


def read(path: Path, config: ReadConfig) -> list[Page | SetAside]:
    return [each for source in find_sources([str(path)]) for each in read_source(source, config)]


def test_many_records_that_are_none_are_set_aside_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_FAULTS", 3)
    file = tmp_path / "day.jsonl"
    file.write_bytes(b"x\n" * 9 + '{"text":"灯塔亮了"}\n'.encode() + b"yy\n")
    found = read(file, ReadConfig())
    aside = [each for each in found if isinstance(each, SetAside)]
    assert [item.record for item in aside] == [1, 2, 3, 4]
    assert [item.reason.partition(" (and")[2] for item in aside] == ["", "", "", " 6 more below it that can't be read)"]
    assert sum(item.size for item in aside) == 9 * 2 + 3
    assert [each.text for each in found if isinstance(each, Page)] == ["灯塔亮了"]


def test_packed_records_are_held_to_the_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FREE_RECORDS", 20)
    lines = b"".join(f'{{"text":"灯塔亮了{k % 3}"}}\n'.encode() for k in range(50))
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    assert len(read(tmp_path / "a.jsonl", ReadConfig())) == 50
    (aside,) = read(tmp_path / "b.jsonl.gz", ReadConfig())
    assert isinstance(aside, SetAside)
    assert aside.reason.startswith("unpacks to too much: 50 records out of ")
    assert len(read(tmp_path / "b.jsonl.gz", ReadConfig(max_ratio=1000))) == 50


def test_similarities_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon = models.load().lexicon
    bags = [affinity.bag(prose(200, k // 2, HAN[:300]), lexicon) for k in range(8)]
    whole = affinity.affinities(bags)
    monkeypatch.setattr(affinity, "CELLS", 80)
    assert np.allclose(affinity.affinities(bags), whole, atol=1e-5)
    assert whole[1, 0, 1] == pytest.approx(1.0, abs=1e-5)


def test_matrices_of_lines_and_bigrams_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    features = roles.role_features

    def noted(texts: list[str], rarity: object) -> object:
        sizes.append(len(texts) * len({pair for t in texts for pair in pairwise(t)}))
        return features(texts, rarity)

    monkeypatch.setattr(roles, "role_features", noted)
    monkeypatch.setattr(roles, "CELLS", 100_000)
    texts = [prose(200, k, HAN) for k in range(100)]
    rows, chances = roles.draft(texts, models.load())
    assert len(rows) == len(chances) == 100
    assert max(sizes) <= 100_000
    assert len(sizes) > 2


SMALL = 1000  # bytes


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # of zipfile, which makes them
@pytest.mark.parametrize("name", KINDS)
def test_no_kind_is_an_error(tmp_path: Path, name: str) -> None:
    """Each small: every kind ends as pages or is set aside, within its limits."""
    kind = KINDS[name]
    file = tmp_path / f"page{kind.ending}"
    file.write_bytes(kind.make(SMALL))
    found = clean(str(file), Config(), workers=1)
    assert found.pages or found.set_aside
    assert all(item.remedy for item in found.set_aside)
