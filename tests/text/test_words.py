"""Words: what counts as one, long lines in pieces, the same from rjieba and jieba, and jieba's cache is private."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.text import words as module
from unsplice.text.words import PIECE, words

RAW = Path(__file__).parents[2] / "raw"
FOUND = [
    ("望礁区的渡船今早复航。", ["渡船"], ["的", "。"]),
    ("圖書館昨日落成", ["图书馆", "落成"], ["圖書館"]),
    ("Gull Point won", ["gull", "point", "won"], ["Gull"]),
    ("二十趟，每趟3分钟，2031年5月6日", ["3", "2031", "5", "6", "二十"], ["，"]),
    ("第7版", ["7"], []),
    ("a b c", [], ["a", "b", "c"]),
    ("（……）——！", [], ["……"]),
    ("", [], []),
]


@pytest.mark.parametrize(("text", "there", "not_there"), FOUND)
def test_words(text: str, there: list[str], not_there: list[str]) -> None:
    found = words(text)
    assert set(there) <= set(found)
    assert not set(not_there) & set(found)
    assert all(len(w) > 1 or w.isdigit() for w in found)


def test_words_come_in_reading_order() -> None:
    found = words("渡船复航，茶园开采，渡船停航。")
    assert [w for w in found if w in ("渡船", "茶园")] == ["渡船", "茶园", "渡船"]


@given(st.text(st.sampled_from("渡船。！？；\n， a1"), max_size=60) | st.integers(1, 2000).map("渡".__mul__))
def test_pieces_put_together_are_the_text(text: str) -> None:
    pieces = PIECE.findall(text)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= 401 for piece in pieces)


def test_a_very_long_line_is_cut_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []

    def cut(text: str) -> list[str]:
        handed.append(text)
        return [text]

    monkeypatch.setattr(module, "cutter", lambda: cut)
    words("渡船往返" * 5000)
    assert sum(map(len, handed)) == 20_000
    assert max(map(len, handed)) <= 401
    assert len(handed) <= 20_000 / 400 + 1


MIXED = [
    "汀桐队在主场以4-0横扫对手，2030-31赛季的总比分是3-1。",
    "网址www.tingtong.example已开通，A&B公司与R&D中心参加。",
    "K.K.林在3.5公里处领先0.25%，C++课程第1.2.3节。",
    "望礁区15日讯 No.7渡船_改造 #2 泊位，气温-3到+5度。",
]


by_jieba = lru_cache(module.by_jieba)


def test_rjieba_finds_the_words_that_jieba_finds() -> None:
    rjieba, jieba = module.cutter(), by_jieba()
    assert "4" in rjieba(MIXED[0])
    texts = [*MIXED, *(path.read_text(encoding="utf-8") for path in sorted(RAW.glob("2031-05-06_*.txt")))]
    pieces = [piece for text in texts for piece in PIECE.findall(text)]
    assert len(pieces) > 200
    for piece in pieces:
        assert rjieba(piece) == jieba(piece), piece


@given(st.text(st.sampled_from("渡船复航的一二三2031abAB.-%+#&_ ，（）/:'\"é３ｗ·"), max_size=14))
def test_the_two_agree_on_any_marks(text: str) -> None:
    assert module.cutter()(text) == by_jieba()(text)


@pytest.fixture
def without_rjieba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where rjieba can't be installed."""
    monkeypatch.setitem(sys.modules, "rjieba", None)
    module.cutter.cache_clear()
    yield
    module.cutter.cache_clear()


@pytest.mark.usefixtures("without_rjieba")
def test_the_cache_lies_in_a_private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(shared))
    assert "渡船" in words("渡船复航")
    folder = tmp_path / "unsplice"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [p.name for p in folder.iterdir()] == ["jieba.cache"]
    assert list(shared.iterdir()) == []


@pytest.mark.usefixtures("without_rjieba")
def test_no_home_to_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(occupied))
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(shared))
    assert "渡船" in words("渡船复航")
    assert occupied.read_text() == "no folder"
    assert list(shared.iterdir()) == []
