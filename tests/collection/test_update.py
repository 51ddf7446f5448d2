"""A folder that grows: what stands in it is what a run over all its sources gives, and nothing goes unasked."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unsplice.collection import update as module
from unsplice.collection.status import status
from unsplice.collection.update import Options, Updated, update
from unsplice.config import Config, ReadConfig
from unsplice.corpus.dedup import dedup_documents
from unsplice.errors import InputError, OutputError
from unsplice.models import load
from unsplice.write.outbox import Outbox
from unsplice.write.stamp import clear
from unsplice.write.write import write

from tests.builders import newspaper
from tests.pages import damaged


@lru_cache(maxsize=1)
def texts() -> tuple[str, ...]:
    """Pages of made-up stories, several of which print the same ones."""
    return tuple(page.text() + "\n" for seed in (3, 4) for page in damaged(seed, 4, 1.0).pages)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(**pages: int | str) -> None:
    """Pages as files: `day1_a=3` is raw/day1/a.txt with the third text."""
    for name, text in pages.items():
        path = Path("raw", *name.split("_")).with_suffix(".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts()[text] if isinstance(text, int) else text, "utf-8")
        os.utime(path, ns=(10**18, 10**18 + hash_of(path)))


def hash_of(path: Path) -> int:
    """A time that tells one content from another, long ago."""
    return sum(path.read_bytes()) * 1000


def run(*paths: str, out: str = "cleaned", config: Config | None = None, **options: Any) -> Updated:
    with Outbox(Path(out)) as box:
        return update(box, paths, config or Config(), load(), Options(workers=1, **options))


def contents(out: str = "cleaned") -> dict[str, bytes]:
    """What is published: all but the index."""
    found = (path for path in sorted(Path(out).rglob("*")) if path.is_file())
    return {name: path.read_bytes() for path in found if not (name := path.relative_to(out).as_posix()).startswith(".")}


def full(*paths: str, config: Config | None = None) -> dict[str, bytes]:
    """What a run over everything gives."""
    shutil.rmtree("full", ignore_errors=True)
    run(*paths, out="full", config=config)
    return contents("full")


def lines(*paths: str, config: Config | None = None) -> list[str]:
    return list(status(Path("cleaned"), paths, config or Config(), load()))


def test_what_is_new_is_added_and_what_changed_replaced() -> None:
    put(day1_a=0, day1_b=1)
    done = run("raw/day1")
    assert (done.new, done.changed, done.unchanged, done.gone) == (2, 0, 0, ())
    put(day2_a=2, day1_b=3)
    done = run("raw/day2")
    assert (done.new, done.changed, done.unchanged) == (1, 0, 2)  # day1 was not given, and so not looked at
    done = run("raw/day1")
    assert (done.new, done.changed, done.unchanged) == (0, 1, 2)
    assert contents() == full("raw/day1", "raw/day2")


def test_a_run_without_changes_writes_nothing() -> None:
    put(a=0, b=1)
    run("raw")
    times = {path: path.stat().st_mtime_ns for path in Path("cleaned").rglob("*")}
    run("raw")
    assert {path: path.stat().st_mtime_ns for path in Path("cleaned").rglob("*")} == times


def test_what_has_not_changed_is_neither_read_nor_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    put(day1_a=0, day1_b=1)
    run("raw")
    put(day2_a=2)
    asked: list[str] = []
    monkeypatch.setattr(module, "read_source", noting(asked, module.read_source, lambda source, *_: source.name))
    decided: list[str] = []
    stages = __import__("unsplice.stages", fromlist=["_decide"])
    monkeypatch.setattr(stages, "decide_page", noting(decided, stages.decide_page, lambda page, *_: page.source))
    run("raw")
    assert asked == ["raw/day2/a.txt"]
    assert "raw/day2/a.txt" in decided
    run("raw")
    assert asked == ["raw/day2/a.txt"]


def noting(asked: list[str], function: Any, name: Any) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        asked.append(name(*args))
        return function(*args, **kwargs)

    return call


def test_what_is_gone_stays_until_it_is_asked_for() -> None:
    put(day1_a=0, day1_b=1, day2_c=2)
    run("raw")
    before = contents()
    Path("raw/day1/b.txt").unlink()
    done = run("raw")
    assert (done.gone, done.unchanged) == (("raw/day1/b.txt",), 2)
    assert contents() == before
    assert lines()[1:] == ["gone: raw/day1/b.txt"]
    done = run("raw", prune=True)
    assert (done.removed, done.gone) == (("raw/day1/b.txt",), ())
    assert contents() == full("raw")
    done = run("raw/day2", replace=True)
    assert contents() == full("raw/day2")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_what_cannot_be_opened_any_more_is_gone() -> None:
    put(a=0, b=1)
    run("raw")
    before = contents()
    Path("raw/b.txt").unlink()
    os.mkfifo("raw/b.txt")
    assert run("raw").gone == ("raw/b.txt",)
    assert contents() == before
    assert run("raw", prune=True).removed == ("raw/b.txt",)


def test_clearing_leaves_nothing() -> None:
    put(a=0)
    run("raw")
    assert clear(Path("cleaned")) > 5
    assert not Path("cleaned").exists()


def test_what_comes_back_is_no_longer_gone() -> None:
    put(a=0, b=1)
    run("raw")
    Path("raw/b.txt").rename("b.txt")
    run("raw")
    Path("b.txt").rename("raw/b.txt")
    assert run("raw").gone == ()


def test_what_is_forgotten_was_never_there() -> None:
    put(day1_a=0, day1_b=1, day2_c=2, day2_d=3)
    run("raw")
    done = run(forget=("raw/day2", "raw/day1/b.txt"))
    assert done.removed == ("raw/day1/b.txt", "raw/day2/c.txt", "raw/day2/d.txt")
    assert Path("raw/day2/c.txt").exists()
    for name in done.removed:
        Path(name).unlink()
    assert contents() == full("raw")
    with pytest.raises(InputError, match=r"'raw/x': is no source of this collection; `unsplice status`"):
        run(forget=("raw/x",))
    assert run(forget=("raw",)).result.pages == ()
    assert contents()["articles.jsonl"] == b""


def test_the_status_tells_what_a_run_would_find() -> None:
    put(a=0, b=1, c=2)
    run("raw")
    Path("raw/b.txt").unlink()
    put(c=3, d=4)
    before = contents()
    count = sum(name.startswith("articles/") for name in before)
    told = [f"cleaned: 3 sources, {count} articles", "new: raw/d.txt", "changed: raw/c.txt", "gone: raw/b.txt"]
    assert lines("raw") == told
    assert contents() == before
    assert lines(config=Config(read=ReadConfig(text="body")))[-1].startswith("stale: decided with other settings; ")


def test_ids_do_not_depend_on_who_comes_first() -> None:
    put(day1_a=0, day2_a=1, day3_a=2)
    for day in (2, 1, 3):
        run(f"raw/day{day}")
    assert contents() == full("raw/day1", "raw/day2", "raw/day3")


def test_a_gone_page_gives_way_to_one_of_the_same_name() -> None:
    put(day1_a=0, day2_a=1)
    run("raw/day1")
    shutil.move("raw/day1", "away")
    run("raw/day2")
    shutil.move("away", "raw/day1")
    assert contents() == full("raw/day1", "raw/day2")


def test_a_folder_that_was_moved_with_its_sources() -> None:
    put(a=0, b=1)
    run("raw")
    before = contents()
    os.makedirs("elsewhere")
    shutil.move("raw", "elsewhere")
    shutil.move("cleaned", "elsewhere")
    os.chdir("elsewhere")
    assert run("raw").unchanged == 2
    shutil.move("cleaned", "results")
    assert run("raw", out="results").gone == ()
    assert contents("results") == before


def test_records_and_other_settings() -> None:
    records = [json.dumps({"id": str(n), "text": texts()[n], "date": "2031-05-06"}) for n in range(3)]
    Path("raw").mkdir()
    Path("raw/a.jsonl").write_text("\n".join(records[:2]), "utf-8")
    run("raw")
    Path("raw/a.jsonl").write_text("\n".join(records), "utf-8")
    put(**{"b": 3})
    run("raw")
    assert contents() == full("raw")
    untidy = replace(Config(), tidy=replace(Config().tidy, enabled=False))
    run("raw", config=untidy)
    assert contents() == full("raw", config=untidy)
    Path("raw/a.jsonl").unlink()
    before = contents()
    with pytest.raises(OutputError, match=r"raw/a\.jsonl: is gone, and was read with other settings .* --prune"):
        run("raw", config=replace(untidy, read=ReadConfig(title="head")))
    put(**{"a-x": 4})
    with pytest.raises(OutputError, match=r"raw/a\.jsonl: is gone, and its pages can't have the ids"):
        run("raw", config=untidy)
    assert contents() == before


def test_another_program_decides_again_and_uses_what_it_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    put(a=0, b=1)
    run("raw")
    Path("raw/b.txt").unlink()
    monkeypatch.setattr(module, "program", lambda: "another")
    assert lines()[-1].startswith("stale: decided with other version; ")
    assert run("raw").old == ("raw/b.txt",)


def test_standard_input_is_one_source() -> None:
    run("-", stdin=texts()[0].encode())
    before = contents()
    run("-", stdin=texts()[0].encode())
    with pytest.raises(OutputError, match="holds what standard input said before, and it says something else; save"):
        run("-", stdin=texts()[1].encode())
    assert contents() == before
    run("-", stdin=texts()[1].encode(), replace=True)
    assert contents() != before


def test_a_page_that_cannot_be_read_is_tried_again() -> None:
    put(a=0, b="")
    assert [item.id for item in run("raw").result.set_aside] == ["b"]
    put(b=1)
    assert run("raw").result.set_aside == ()
    assert contents() == full("raw")


def test_a_page_that_changes_while_it_is_read() -> None:
    put(a=0)
    real = module.read_source

    def changing(*args: Any) -> Any:
        found = real(*args)
        if len(seen) < 1:
            put(a=1)
        seen.append(1)
        return found

    seen: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "read_source", changing)
        run("raw")
    assert len(seen) == 2
    assert contents() == full("raw")


def test_a_folder_of_an_older_version_is_not_emptied() -> None:
    put(a=0, b=1)
    scene = newspaper()
    write(scene.result(), Path("cleaned"), inputs=[Path("raw/a.txt"), Path("raw/b.txt")], config=Config())
    before = contents()
    with pytest.raises(OutputError, match=r"no index of them: b\.txt; give these too, .* or give --replace"):
        run("raw/a.txt")
    assert contents() == before
    run("raw")  # all that the articles were made of
    assert contents() == full("raw")


def damage_head(text: bytes) -> bytes:
    return text[:-9] + b"x" + text[-8:]


DAMAGES = [
    ("head.json", damage_head, r"head\.json: is damaged; give all sources again with --replace"),
    ("head.json", lambda text: text.replace(b'"format":1', b'"format":9'), "an index of format 9, and this is 1; "),
    ("head.json", lambda _: b"", r"head\.json: is damaged; "),
    ("sources-", lambda text: text[:-9], r"sources-.*: is damaged, and lists the sources; "),
]


@pytest.mark.parametrize(("name", "damage", "message"), DAMAGES)
def test_an_index_that_cannot_be_used(name: str, damage: Any, message: str) -> None:
    put(a=0)
    run("raw")
    (path,) = [path for path in Path("cleaned/.index").iterdir() if path.name.startswith(name)]
    path.write_bytes(damage(path.read_bytes()))
    before = contents()
    with pytest.raises(OutputError, match=message):
        run("raw")
    assert contents() == before
    run("raw", replace=True)
    assert contents() == before


@pytest.mark.parametrize("stage", ["read", "passages", "decisions", "doubts", "outcomes"])
def test_what_is_damaged_is_made_again(stage: str) -> None:
    put(a=0, b=1)
    run("raw")
    before = contents()
    for path in Path("cleaned/.index").glob(f"{stage}-*"):
        path.write_bytes(b"no columns")
    put(c=2)
    run("raw")
    assert contents() == full("raw")
    for path in Path("cleaned/.index").glob("read-*"):
        path.unlink()
    Path("raw/c.txt").unlink()
    with pytest.raises(OutputError, match=r"raw/c\.txt: is gone, and what the index had of it is damaged; bring"):
        run("raw")
    run("raw", prune=True)
    assert contents() == before


def test_an_index_of_another_run() -> None:
    put(a=0)
    run("raw")
    path = Path("cleaned/manifest.json")
    path.write_text(path.read_text("utf-8").replace('"version"', '"Version"'), "utf-8")
    with pytest.raises(OutputError, match=r"\.index: is not the index of what manifest\.json lists; give all"):
        run("raw")


def test_deduplication_does_not_empty_a_collection() -> None:
    put(a=0)
    run("raw")
    with pytest.raises(OutputError, match="holds the articles of a collection; choose another folder"):
        dedup_documents(["raw"], Path("cleaned"))


Step = tuple[str, int, int]  # what happens: to which of three files in three folders, and with which text
STEPS = st.tuples(
    st.sampled_from(["put", "put", "put", "remove", "run", "prune", "forget"]), st.integers(0, 8), st.integers(0, 7)
)


def played(steps: Sequence[Step]) -> dict[str, int]:
    """Plays what happens to some files, in runs; what the collection holds in the end, and with which text."""
    there: dict[str, int] = {}
    held: dict[str, int] = {}
    for what, file, text in [("put", 0, 0), *steps, ("run", 0, 0)]:
        name = f"day{file // 3}_{'abc'[file % 3]}"
        path = Path("raw", *name.split("_")).with_suffix(".txt")
        if what == "put":
            put(**{name: text})
            there[name] = text
        elif what == "remove" and len(there) > 1:
            path.unlink(missing_ok=True)
            there.pop(name, None)
        elif what == "forget" and name in held:
            run(forget=(path.as_posix(),))
            del held[name]
        elif what in ("run", "prune"):
            run("raw", prune=what == "prune")
            held = (held if what == "run" else {}) | there
    return held


CASES = int(os.environ.get("UNSPLICE_CASES", "8"))


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=2, max_size=9))
def test_whatever_came_when_it_is_what_a_run_over_all_gives(steps: list[Step]) -> None:
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            held = played(steps)
            put(**held)  # what is gone is brought back, as it was when it was read
            assert contents() == full("raw")
        finally:
            os.chdir(here)
