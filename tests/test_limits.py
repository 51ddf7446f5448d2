"""Limits of a page: its CPU time, its lines, their length. Past one, it is set aside, and all others are cleaned."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unsplice import limits
from unsplice.config import Config, ReadConfig
from unsplice.engines.local import local
from unsplice.limits import Exceeded, OutOfTime, cpu_seconds, in_time
from unsplice.model import Page
from unsplice.read.set_aside import told
from unsplice.run import clean

from .hostile.kinds import SENTENCE, sentences

PAGES = [Page(name, f"{name}.txt", "", "utf-8") for name in ("a", "b", "c")]


def busy(seconds: float) -> None:
    """Takes CPU time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def on_page(item: Page | tuple[Page, int]) -> str:
    page = item[0] if isinstance(item, tuple) else item
    busy(5.0 if page.id == "b" else 0.0)
    return page.id


@pytest.mark.parametrize("items", [PAGES, [(page, 1) for page in PAGES]])
def test_a_page_that_takes_too_long_is_named_behind_the_results_of_the_others(items: list[Any]) -> None:
    results = iter(in_time(map, 0.05)(on_page, items))
    assert [next(results), next(results)] == ["a", "c"]
    with pytest.raises(Exceeded) as raised:
        next(results)
    assert raised.value.pages == {"b": "too slow: more than 0.05 CPU seconds"}


def swallow() -> None:
    try:
        busy(5.0)
    except BaseException:
        busy(5.0)


def swallow_exceptions() -> None:
    try:
        busy(5.0)
    except Exception:
        busy(5.0)


@pytest.mark.parametrize("function", [swallow, swallow_exceptions])
def test_a_library_that_catches_everything_is_interrupted(
    monkeypatch: pytest.MonkeyPatch, function: Callable[[], None]
) -> None:
    monkeypatch.setattr(limits, "AGAIN", 0.05)
    started = time.process_time()
    with pytest.raises(OutOfTime), cpu_seconds(0.05):
        function()
    assert time.process_time() - started < 4


def test_the_timer_is_as_it_was() -> None:
    def own(_number: int, _frame: Any) -> None:
        raise AssertionError

    before = signal.signal(signal.SIGPROF, own)
    try:
        with cpu_seconds(10):
            pass
        assert signal.getsignal(signal.SIGPROF) is own
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGPROF, before)


def test_another_thread_has_no_timer() -> None:
    found: list[list[str]] = []
    thread = threading.Thread(target=lambda: found.append(list(in_time(map, 0.01)(str.lower, ["A"]))))
    thread.start()
    thread.join()
    assert found == [["a"]]


def written(folder: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


STORY = f"鹭笛镇的灯塔亮了\n{sentences(600, 5)}\n{SENTENCE}\n"
BEYOND = {
    "too slow": ("\n".join(f"{SENTENCE[:20]}{k}" for k in range(1000)), {"max_seconds": 0.1}, "read.max_seconds"),
    "too long a line": (SENTENCE * 30, {"max_line": 1000}, "read.max_line"),
    "too many lines": (f"{SENTENCE}\n\n" * 30, {"max_lines": 29}, "read.max_lines"),
    "too many passages": (
        "\n".join(f"{SENTENCE}{SENTENCE}（责任编辑：张三）" for _ in range(20)),
        {"max_passages": 30},
        "read.max_passages",
    ),
}


@pytest.mark.parametrize("reason", BEYOND)
def test_beyond_a_limit_a_page_is_set_aside_and_the_others_are_as_without_it(tmp_path: Path, reason: str) -> None:
    text, setting, remedy = BEYOND[reason]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    config = Config(read=ReadConfig(**setting))
    warm = clean(str(written(tmp_path / "one", story=STORY)), Config(), workers=1)
    both = clean(str(written(tmp_path / "two", story=STORY, beyond=text)), config, workers=1)
    (aside,) = both.set_aside
    assert (aside.id, aside.reason.partition(":")[0]) == ("beyond", reason)
    assert remedy in told(aside)
    assert aside.size == len(text.encode())
    assert both.articles == warm.articles
    assert [page.id for page in both.pages] == ["story"]


def test_at_the_limit_a_page_is_read(tmp_path: Path) -> None:
    limit = ReadConfig(max_line=len(SENTENCE), max_lines=3, max_passages=3)
    found = clean(
        str(written(tmp_path, page=f"{SENTENCE}\n\n{SENTENCE}\n  \n{SENTENCE}")), Config(read=limit), workers=1
    )
    assert not found.set_aside
    assert len(found.pages) == 1


def test_workers_hold_the_limit_too() -> None:
    with local(2, len(PAGES)) as engine, pytest.raises(Exceeded) as raised:
        list(in_time(engine.map, 0.2)(on_page, PAGES))
    assert raised.value.pages == {"b": "too slow: more than 0.2 CPU seconds"}
