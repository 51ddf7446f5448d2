"""All models learned end to end from a few hundred small articles: they load, and give probabilities."""

from __future__ import annotations

import random
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import orjson
import pytest
from unsplice.config import ReadConfig
from unsplice.learn import embedding, lexicon, network
from unsplice.learn.learn import LEAST, TOOLS, learn_from
from unsplice.learn.made import SENTENCE
from unsplice.learn.work import Work
from unsplice.models import load
from unsplice.run import clean

from tests.pages import damaged, longer, save, stories

MISSING = [tool for tool in TOOLS if find_spec(tool) is None]
FORESTS = ("fused", "draft", "roles", "follows", "joins", "stray", "crossed")


def article(number: int) -> dict[str, str]:
    """An article of one invented story's sentences in another order, so that no two of them share a paragraph."""
    own = [*stories(), *longer().values()]
    story = own[number % len(own)]
    sentences = [x for p in story.paragraphs for x in SENTENCE.findall(p)]
    random.Random(number).shuffle(sentences)
    paragraphs = [f"{number}日，" + "".join(sentences[k : k + 3]) for k in range(0, len(sentences), 3)]
    day = f"2031-05-{number % 28 + 1:02d}"
    return {"id": str(number), "title": f"{story.title} {number}", "date": day, "text": "\n".join(paragraphs)}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few steps of all that takes long."""
    monkeypatch.setattr(lexicon, "learn_vectors", partial(embedding.learn_vectors, steps=50))
    monkeypatch.setattr(embedding, "BATCH", 64)
    monkeypatch.setattr(network, "EPOCHS", 1)
    monkeypatch.setattr(network, "SIZES", (88,))
    monkeypatch.setattr(network, "CELLS", 88 * 88)


@pytest.mark.skipif(bool(MISSING), reason=f"the train extra is not installed: {', '.join(MISSING)}")
@pytest.mark.filterwarnings("default")  # those of other libraries
def test_all_models_are_learned_in_one_run(tmp_path: Path, few: None) -> None:
    file, out = tmp_path / "articles.jsonl", tmp_path / "models"
    file.write_bytes(b"\n".join(orjson.dumps(article(n)) for n in range(LEAST + 60)))
    told: list[str] = []
    learn_from([str(file)], [], ReadConfig(), Work(out, 100, told.append))
    assert {p.stem for p in out.glob("*.npz")} == {*FORESTS, "lexicon", "seams", "stories"}
    assert f"{LEAST + 60} articles fit to learn from" in told[0]
    assert [p.name for p in out.iterdir() if p.is_dir()] == [], "no folder of unfinished models is left"
    models = load(out)
    assert models.card
    assert [(c.name, c.articles) for c in models.card.corpora] == [("articles.jsonl", LEAST + 60)]
    assert models.card.figures["stories"]["held-out days"]["in_place"] > 0
    for name in FORESTS:
        shape = np.random.default_rng(1).normal(size=(20, len(models.forest(name).names))).astype(np.float32)
        chances = models.forest(name).predict(shape)
        assert ((chances >= 0) & (chances <= 1)).all()
    batch = damaged(3, 4)
    found = clean(save(batch, tmp_path / "raw"), models=models, workers=1)
    assert {page.id: page.text for page in found.pages} == {p.name: p.text() + "\n" for p in batch.pages}
    assert all(0 <= r.score <= 1 for r in found.placements if r.score is not None)
    assert sum(r.score is not None for r in found.placements) > 20
