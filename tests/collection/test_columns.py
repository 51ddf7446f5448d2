"""Values as columns, and back: what a run keeps is what it gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from unsplice.collection.columns import decode, encode, read, write
from unsplice.memory import Brief
from unsplice.model import Article, Page, Passage, Ref, Role
from unsplice.reasons import Flag
from unsplice.run import clean
from unsplice.stages import KINDS, Outcome

from tests.pages import damaged, save

PAGES = [
    Page("a", "raw/甲.txt", "一\n二", "utf-8"),
    Page("b", "raw/b.html", "三", "gb18030", 3, {"title": "题", "url": ""}, ("bad-bytes:1@0",), (2,),
         ((0, 1, Role.HEADLINE),), True, 1),
]  # fmt: skip
ARTICLE = Article(
    "a-01", None, (), (), (Flag.UNTITLED,), {"date": "2031-05-06", "reporters": ["郦一", "揭二"], "x": []}
)
SAMPLES: list[tuple[Any, list[Any]]] = [
    (Page, PAGES),
    (Page, []),
    (Article, [ARTICLE]),
    (tuple[Passage, ...], [(Passage("a", 0, 1, 1, "一", Role.BODY, 0.5, (Flag.FUSED,), 0.25),), ()]),
    (Ref | None, [Ref("a", 2), None]),
    (tuple[float, ...], [(0.1, 1e-9), ()]),
    (str, ["同", "同", "同", "异"]),
]


@pytest.mark.parametrize(("kind", "values"), SAMPLES)
def test_what_is_kept_is_what_comes_back(kind: Any, values: list[Any], tmp_path: Path) -> None:
    write(encode(kind, values), str(tmp_path / "x.arrow"))
    columns = read((tmp_path / "x.arrow").read_bytes())
    found = decode(kind, columns, {page.id: page.text for page in PAGES})
    assert found == values
    assert repr(found) == repr(values)  # keys are made of it


class Everything(Brief):
    """A memory that can be looked through."""

    def of(self, stage: str) -> list[Any]:
        return [value for (name, _), value in self._values.items() if name == stage]


def test_what_the_stages_make_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Everything()
    monkeypatch.setattr("unsplice.run.Brief", lambda: memory)
    result = clean([str(save(damaged(5, 4), tmp_path))])
    texts = {page.id: page.text for page in result.pages}
    for stage, kind in KINDS.items():
        values = memory.of(stage)
        assert values
        same(decode(kind, encode(kind, values), texts), values)
    assert all(isinstance(value, Outcome) for value in memory.of("outcomes"))


def same(a: Any, b: Any) -> None:
    """Checks that two values are the same, arrays and their types included."""
    assert type(a) is type(b)
    if isinstance(b, np.ndarray):
        assert (a.dtype, a.shape) == (b.dtype, b.shape)
        assert (a == b).all()
    elif isinstance(b, list | tuple):
        assert len(a) == len(b)
        for x, y in zip(a, b, strict=True):
            same(x, y)
    elif isinstance(b, dict):
        same(list(a.items()), list(b.items()))
    elif hasattr(b, "__dataclass_fields__"):
        for name in b.__dataclass_fields__:
            same(getattr(a, name), getattr(b, name))
    else:
        assert a == b
