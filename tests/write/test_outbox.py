"""The output folder: whole or not at all, manifest last, nothing of others touched."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from unsplice.errors import OutputError
from unsplice.write import outbox
from unsplice.write.outbox import STAGING, Outbox, Written, check_out


def manifest(outputs: list[Written]) -> bytes:
    return json.dumps({"program": "unsplice", "outputs": [{"name": item.name} for item in outputs]}).encode()


def fill(out: Path, **files: str) -> None:
    """Write files as one run: `a1="…"` is articles/a1.md, `jsonl` articles.jsonl."""
    with Outbox(out) as box:
        for name, text in files.items():
            box.put("articles.jsonl" if name == "jsonl" else f"articles/{name}.md", text.encode())
        box.publish(manifest)


def content(out: Path) -> dict[str, str]:
    found = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*")) if path.is_file()}
    return {name: path.read_text("utf-8") for name, path in found.items() if name != "manifest.json"}


def test_a_run_replaces_its_own_and_removes_what_is_no_longer_made(tmp_path: Path) -> None:
    fill(tmp_path, jsonl="一", a="甲", b="乙")
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "articles" / "note.md").write_text("mine")
    fill(tmp_path, jsonl="二", a="甲")
    assert content(tmp_path) == {
        "README.md": "mine",
        "articles.jsonl": "二",
        "articles/a.md": "甲",
        "articles/note.md": "mine",
    }
    assert not (tmp_path / STAGING).exists()


def test_what_is_unchanged_is_not_written_again(tmp_path: Path) -> None:
    fill(tmp_path, jsonl="一", a="甲")
    for path in tmp_path.rglob("*.*"):
        os.utime(path, (1, 1))
    fill(tmp_path, jsonl="二", a="甲")
    times = {path.name: path.stat().st_mtime == 1 for path in tmp_path.rglob("*.*")}
    assert times == {"manifest.json": True, "articles.jsonl": False, "a.md": True}  # this manifest has only names


def test_what_was_edited_or_lost_is_made_again(tmp_path: Path) -> None:
    fill(tmp_path, a="甲", b="乙")
    (tmp_path / "articles/a.md").write_text("改", "utf-8")
    (tmp_path / "articles/b.md").unlink()
    fill(tmp_path, a="甲", b="乙")
    assert content(tmp_path) == {"articles/a.md": "甲", "articles/b.md": "乙"}


def test_a_name_that_is_taken_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("mine")
    with pytest.raises(OutputError, match=r"articles/a\.md: is not of our making; move it away"):
        fill(tmp_path, jsonl="一", a="甲")
    assert content(tmp_path) == {"articles/a.md": "mine"}


@pytest.mark.parametrize(
    "name",
    ["../x.md", "articles/../x.md", "articles/.a.md", "/etc/x", "manifest.json", "articles/a b.md", "articles/a.py"],
)
def test_odd_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="not a name that is safe"), Outbox(tmp_path) as box:
        box.put(name, [b""])


def test_a_manifest_cannot_make_us_remove_what_is_elsewhere(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other.md"
    other.write_text("mine")
    (out / "articles").mkdir(parents=True)
    (out / "README.md").write_text("mine")
    (out / "articles" / "dir.md").mkdir()
    names = ["../other.md", str(other), "README.md", "articles/dir.md", "articles/../README.md", 3, None]
    (out / "manifest.json").write_text(json.dumps({"program": "unsplice", "outputs": names}))
    fill(out, a="甲")
    assert other.read_text() == "mine"
    assert content(out) == {"README.md": "mine", "articles/a.md": "甲"}
    assert (out / "articles" / "dir.md").is_dir()


def test_a_link_that_we_list_is_replaced_and_not_followed(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other.md"
    fill(out, a="甲", b="乙")
    other.write_text("甲", "utf-8")
    for name in "ab":
        (out / f"articles/{name}.md").unlink()
        (out / f"articles/{name}.md").symlink_to(other)
    fill(out, a="甲")
    assert not (out / "articles/a.md").is_symlink()
    assert (out / "articles/b.md").is_symlink()
    assert other.read_text("utf-8") == "甲"


@pytest.mark.parametrize(
    "text", ["{}", "[]", "no json", '{"program": "other", "outputs": []}', '{"program": "unsplice"}', "3"]
)
def test_a_manifest_of_others_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(OutputError, match="is not a manifest of ours"):
        check_out(tmp_path)


def test_input_and_output_may_not_mix(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    page = raw / "p1.txt"
    page.touch()
    (tmp_path / "link").symlink_to(raw)
    check_out(tmp_path / "cleaned", [raw, page])
    check_out(raw / "cleaned", [page])  # beside a file that was named
    for out, inputs, message in [
        (raw / "cleaned", [raw], "inside the input folder"),
        (raw, [raw], "inside the input folder"),
        (tmp_path / "link" / "cleaned", [raw], "inside the input folder"),
        (raw, [page], "holds the input"),
        (tmp_path, [raw], "holds the input"),
        (page, [], "is a file"),
    ]:
        with pytest.raises(OutputError, match=message):
            check_out(out, inputs)


def test_a_folder_of_ours_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="articles: stands where"):
        fill(tmp_path / "out", a="甲")


def test_an_error_leaves_the_old_outputs(tmp_path: Path) -> None:
    fill(tmp_path, jsonl="一", a="甲")
    before = content(tmp_path) | {"manifest": (tmp_path / "manifest.json").read_text()}

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("in the middle")

    with Outbox(tmp_path) as box:
        box.put("articles/b.md", [b"new"])
        with pytest.raises(RuntimeError):
            box.put("articles.jsonl", broken())
    assert content(tmp_path) | {"manifest": (tmp_path / "manifest.json").read_text()} == before


class Crash(BaseException):
    """The machine goes down: nothing is tidied up."""


STEPS = 12  # more renames and removals than a run of these tests makes


@pytest.mark.parametrize("step", range(STEPS))
def test_a_crash_at_any_step_is_mended_by_running_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    fill(tmp_path, jsonl="一", a="甲", b="乙")
    done = 0

    def until(function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            if done == step:
                raise Crash
            done += 1
            return function(*args, **kwargs)

        return call

    with monkeypatch.context() as patch, pytest.MonkeyPatch.context() as late:
        patch.setattr(outbox.os, "replace", until(os.replace))
        patch.setattr(outbox, "_remove", until(outbox._remove))
        patch.setattr(outbox, "_sync_folder", until(outbox._sync_folder))
        late.setattr(Outbox, "__exit__", lambda self, *_: os.close(self.lock))
        try:
            fill(tmp_path, jsonl="二", a="新", c="丙", d="丁")
        except Crash:
            old = json.loads((tmp_path / "manifest.json").read_bytes())["outputs"]
            assert len(old) in (3, 4)
    for text in content(tmp_path).values():
        assert text in "一甲乙二新丙丁" or "outputs" in text
    fill(tmp_path, jsonl="三", d="新")
    assert content(tmp_path) == {"articles.jsonl": "三", "articles/d.md": "新"}


def test_two_runs_at_once(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with Outbox(tmp_path), pytest.raises(OutputError, match="another run is writing here"):
        fill(tmp_path, a="甲")
    fill(tmp_path, a="甲")
