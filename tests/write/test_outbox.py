"""The output folder: whole or not at all, manifest last, nothing of others touched."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from unsplice.errors import OutputError
from unsplice.write import switch
from unsplice.write.outbox import INDEX, Outbox, Written, check_out
from unsplice.write.switch import STAGING, check_whole


def manifest(outputs: list[Written]) -> bytes:
    return json.dumps({"program": "unsplice", "outputs": [asdict(item) for item in outputs]}).encode()


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
    fill(tmp_path, jsonl="一", a="甲")
    assert all(path.stat().st_mtime == 1 for path in tmp_path.rglob("*.*"))
    fill(tmp_path, jsonl="二", a="甲")
    times = {path.name: path.stat().st_mtime == 1 for path in tmp_path.rglob("*.*")}
    assert times == {"manifest.json": False, "articles.jsonl": False, "a.md": True}


def test_what_was_lost_is_made_again(tmp_path: Path) -> None:
    fill(tmp_path, a="甲", b="乙")
    (tmp_path / "articles/b.md").unlink()
    fill(tmp_path, a="甲", b="乙")
    assert content(tmp_path) == {"articles/a.md": "甲", "articles/b.md": "乙"}


def test_what_somebody_edited_is_kept_under_another_name(tmp_path: Path) -> None:
    """Whether the run writes it again as it was, otherwise, or no more; and each time it is edited."""
    fill(tmp_path, jsonl="一", a="甲", b="乙", c="丙", d="丁")
    for name in "abc":
        (tmp_path / f"articles/{name}.md").write_text("改" + name, "utf-8")
    with Outbox(tmp_path) as box:
        for name, text in {"a": "甲", "b": "新"}.items():
            box.put(f"articles/{name}.md", text.encode())
        box.publish(manifest)
    assert box.edited == {f"articles/{name}.md": f"articles/{name}.edited.md" for name in "abc"}
    kept = {f"articles/{name}.edited.md": f"改{name}" for name in "abc"}
    assert content(tmp_path) == {"articles/a.md": "甲", "articles/b.md": "新", **kept}
    (tmp_path / "articles/a.md").write_text("又", "utf-8")
    fill(tmp_path, a="甲", b="新")
    assert content(tmp_path) == {"articles/a.md": "甲", "articles/b.md": "新", "articles/a.edited-2.md": "又", **kept}


def test_the_index_is_ours_and_no_output(tmp_path: Path) -> None:
    with Outbox(tmp_path) as box:
        box.put("articles.jsonl", "一".encode())
        box.put(f"{INDEX}/pages-0a.arrow", b"columns")
        box.publish(manifest, lambda digest, files: f"{digest} {[file.name for file in files]}".encode())
    listed = (tmp_path / "manifest.json").read_bytes()
    assert [item["name"] for item in json.loads(listed)["outputs"]] == ["articles.jsonl"]
    head = f"{hashlib.sha256(listed).hexdigest()} ['.index/pages-0a.arrow']"
    assert content(tmp_path) == {
        "articles.jsonl": "一", f"{INDEX}/pages-0a.arrow": "columns", f"{INDEX}/head.json": head,
    }  # fmt: skip
    fill(tmp_path, jsonl="一")
    assert content(tmp_path) == {"articles.jsonl": "一"}


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


STEPS = 26  # more renames, removals and waits than a run of these tests has
OLD = {"articles.jsonl": "一", "articles/a.md": "甲", "articles/b.md": "乙", "articles/e.md": "戊"}
NEW = {"articles.jsonl": "二", "articles/a.md": "新", "articles/c.md": "丙", "articles/d.md": "丁",
       "articles/e.edited.md": "改"}  # fmt: skip


@pytest.mark.parametrize("step", range(STEPS))
def test_a_crash_at_any_step_leaves_one_whole_run_or_says_that_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    fill(tmp_path, jsonl="一", a="甲", b="乙", e="戊")
    (tmp_path / "articles/e.md").write_text("改", "utf-8")
    old = OLD | {"articles/e.md": "改"}
    done = 0

    def until(function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            if done == step:
                raise Crash
            done += 1
            return function(*args, **kwargs)

        return call

    crashed = True
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", until(os.replace))
        patch.setattr(os, "fsync", until(os.fsync))
        patch.setattr(switch, "remove", until(switch.remove))
        patch.setattr(Outbox, "__exit__", lambda self, *_: os.close(self.lock))
        try:
            fill(tmp_path, jsonl="二", a="新", c="丙", d="丁")
            crashed = False
        except Crash:
            pass
    seen = {name: text for name, text in content(tmp_path).items() if not name.startswith(STAGING)}
    if (tmp_path / "manifest.json").exists():
        assert seen in ([NEW] if not crashed else [old, NEW])
        check_whole(tmp_path)
    else:
        with pytest.raises(OutputError, match="is between two runs"):
            check_whole(tmp_path)
    with Outbox(tmp_path):  # whoever comes next completes it, whatever it came for
        pass
    assert content(tmp_path) in ([NEW] if seen != old else [old, NEW])
    fill(tmp_path, jsonl="三", d="新")
    assert content(tmp_path) == {"articles.jsonl": "三", "articles/d.md": "新", "articles/e.edited.md": "改"}
    assert not (tmp_path / STAGING).exists()


def test_what_a_run_of_an_older_version_was_interrupted_in(tmp_path: Path) -> None:
    """It lists names alone: they are ours, and the next run makes the folder whole."""
    fill(tmp_path, a="甲")
    (tmp_path / STAGING).mkdir()
    names = ["articles/a.md", "articles/b.md"]
    (tmp_path / STAGING / "pending.json").write_text(json.dumps({"program": "unsplice", "outputs": names}))
    (tmp_path / "articles/b.md").write_text("乙", "utf-8")
    fill(tmp_path, a="甲")
    assert content(tmp_path) == {"articles/a.md": "甲"}


def test_two_runs_at_once(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    told = r"another run is writing here \(process \d+ on .+, since 20.+\); wait for it to end, or .* --wait"
    with Outbox(tmp_path), pytest.raises(OutputError, match=told):
        fill(tmp_path, a="甲")
    fill(tmp_path, a="甲")
    assert not (tmp_path / STAGING).exists()


HOLD = """
import sys, time
from pathlib import Path
from unsplice.write.outbox import Outbox
with Outbox(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def test_a_run_that_waits_for_another(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    told: list[str] = []
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "out"), "1"], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        started = time.monotonic()
        with Outbox(tmp_path / "out", told.append) as box:  # the other removes the folder, empty as it is
            box.put("articles.jsonl", "一".encode())
            box.publish(manifest)
        assert time.monotonic() - started > 0.3
        assert f"(process {other.pid} on " in told[0]
    assert content(tmp_path / "out") == {"articles.jsonl": "一"}


def test_a_lock_does_not_survive_its_holder(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path), "60"], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        other.kill()
    assert (tmp_path / STAGING / "holder.json").exists()
    fill(tmp_path, a="甲")
    assert not (tmp_path / STAGING).exists()
