"""A folder of models: its card says which program it is for and what its files are, and nothing else is read."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from unsplice.errors import ModelError
from unsplice.models import SHIPPED, Models, load, unchecked
from unsplice.models.card import FORMAT, NAME, Card, Corpus, read_card, write_card
from unsplice.models.forest import Forest

CARD = Card(
    FORMAT,
    "0.1",
    (Corpus("望礁晚报.jsonl", 9, "20310506", "20310512", "ab"), Corpus("汀桐日报.jsonl", 2)),
    {},
    {"roles": 3},
    {"numpy": "2"},
    {"stories": {"held-out days": {"in_place": 7}}},
)


def stump(value: float) -> Forest:
    """One tree: beyond 0.5, and not."""
    return Forest(
        feature=np.array([0, 0, 0], dtype=np.int16),
        threshold=np.array([0.5, np.inf, np.inf], dtype=np.float32),
        child=np.array([1, 1, 2], dtype=np.int32),
        value=np.array([0, -value, value], dtype=np.float32),
        roots=np.array([0], dtype=np.int32),
        depth=1,
        classes=1,
        names=("letters",),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one model and its card."""
    np.savez_compressed(tmp_path / "joins.npz", **stump(1).arrays())
    write_card(tmp_path, CARD)
    return tmp_path


def predicted(models: Models) -> float:
    return float(models.forest("joins").predict(np.ones((1, 1), dtype=np.float32))[0])


def test_a_card_says_what_was_written(folder: Path) -> None:
    found = read_card(folder)
    assert found.files.keys() == {"joins.npz"}
    assert found == replace(CARD, files=found.files)
    assert load(folder).card == found


def test_the_digest_is_that_of_the_files(folder: Path) -> None:
    """Whatever else a card says: the same models have the same digest, and others have another."""
    first = read_card(folder)
    write_card(folder, replace(CARD, version="0.2", corpora=(), figures={}))
    assert read_card(folder).digest == first.digest
    np.savez_compressed(folder / "joins.npz", **stump(2).arrays())
    write_card(folder, CARD)
    assert read_card(folder).digest != first.digest
    assert replace(first, files={}).digest != first.digest


def without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda card: {name: value for name, value in card.items() if name != key}


BROKEN: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (
        lambda card: card | {"format": FORMAT - 1},
        f"models of format {FORMAT - 1}, and this program reads format {FORMAT}",
    ),
    (lambda card: card | {"format": FORMAT + 1}, f"models of format {FORMAT + 1}"),
    (without("format"), "models of format None"),
    (lambda card: [card], "models of format None"),
    (without("corpora"), "lacks or has too much: 'corpora'"),
    (without("files"), "lacks or has too much: .*files"),
    (lambda card: card | {"colour": "red"}, "lacks or has too much: .*colour"),
    (lambda card: card | {"corpora": [{"articles": 3}]}, "lacks or has too much: .*name"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_a_card_that_is_none(change: Callable[[dict[str, Any]], object], message: str, folder: Path) -> None:
    card = orjson.loads((folder / NAME).read_bytes())
    (folder / NAME).write_bytes(orjson.dumps(change(card)))
    for read in (read_card, load):
        with pytest.raises(ModelError, match=f"{NAME}: {message}") as caught:
            read(folder)
        assert str(caught.value).startswith(str(folder)), "the message names the file"
        assert "again" in str(caught.value), "and the remedy"


def test_a_card_that_is_not_json(folder: Path) -> None:
    (folder / NAME).write_bytes(b'{"format":')
    with pytest.raises(ModelError, match=r"card\.json: is not JSON .*; learn the models again"):
        load(folder)


@pytest.mark.parametrize("name", [".", "missing"])
def test_no_card(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"card\.json: cannot be read \(No such file.*name a folder"):
        load(tmp_path / name)


def test_a_file_that_is_not_the_one_listed(folder: Path) -> None:
    loaded = load(folder)
    np.savez_compressed(folder / "joins.npz", **stump(2).arrays())
    with pytest.raises(ModelError, match=r"joins\.npz: is not the file that card\.json lists"):
        predicted(loaded)


def test_a_file_that_is_not_listed(folder: Path) -> None:
    np.savez_compressed(folder / "follows.npz", **stump(1).arrays())
    with pytest.raises(ModelError, match=r"follows\.npz: is not the file that card\.json lists"):
        load(folder).forest("follows")


def test_a_file_that_is_gone(folder: Path) -> None:
    (folder / "joins.npz").unlink()
    with pytest.raises(ModelError, match=r"joins\.npz: cannot be read \(No such file.*; learn the models again"):
        predicted(load(folder))


def test_a_folder_that_is_being_learned_needs_no_card(folder: Path) -> None:
    (folder / NAME).unlink()
    found = unchecked(folder)
    assert found.card is None
    assert predicted(found) == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-6)


def test_another_process_reads_the_models_by_their_folder(folder: Path) -> None:
    for models in (load(folder), unchecked(folder)):
        predicted(models)
        sent = pickle.dumps(models)
        assert len(sent) < 500, "the arrays stay behind"
        again = pickle.loads(sent)
        assert (again.folder, again.card) == (models.folder, models.card)
        assert predicted(again) == predicted(models)


def test_models_are_read_once() -> None:
    models = load()
    assert load() is models
    assert pickle.loads(pickle.dumps(models)) is load(SHIPPED)
    assert models.forest("joins") is models.forest("joins")
    assert models.lexicon is models.lexicon


def test_the_ones_that_ship() -> None:
    """Their card lists them, each as it is, and says what they were learned from."""
    models = load()
    assert models.folder == SHIPPED
    card = models.card
    assert card is not None
    assert card.files.keys() == {path.name for path in SHIPPED.glob("*.npz")}
    for name in card.files:
        card.check(SHIPPED / name, (SHIPPED / name).read_bytes())
    assert card.corpora
    assert all(corpus.name and corpus.articles > 0 for corpus in card.corpora)
    assert np.array_equal(models.bigrams.bigram_keys, models.lexicon.bigram_keys)
