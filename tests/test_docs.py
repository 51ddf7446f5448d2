"""What the documents say: files that they name exist, and examples in README print what it shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner
from unsplice.check.codes import CODES
from unsplice.cli import app
from unsplice.config import ReadConfig
from unsplice.config.option import options

from .hostile.kinds import KINDS

ROOT = Path(__file__).parent.parent
FOLDERS = ("", "benchmarks", "cleaned", "docs", "pipeline/models", "raw")
DOCUMENTS = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTES = """\
青篱区竹器节5月6日开幕,共展出"会讲故事"的竹器300件.
近日，鹭笛镇海 塘加固完工...堤面加宽到６米。
船工匡海生说：“汛期停航整整三周。
"""
FIGURE = re.compile(r"\b0\.\d+")  # a probability, which may differ a little between machines


def named(text: str) -> set[str]:
    """Paths of this project that a document names: links, and modules and folders in code spans."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    spans = re.findall(r"`((?:pipeline|tests|benchmarks|raw)/[\w./-]*|[\w./-]+/\w+\.py)`", text)
    return {*links, *spans}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(path: Path) -> None:
    for name in named(path.read_text(encoding="utf-8")):
        assert any((folder / name).exists() for folder in (path.parent, ROOT, ROOT / "pipeline")), name


def test_names_are_found() -> None:
    text = "[it](LICENSE), `tests/x.py`, `raw/`, `write/metadata/names.py`, [a](https://b.c/d), `a.py`, `out/`"
    assert named(text) == {"LICENSE", "tests/x.py", "raw/", "write/metadata/names.py"}
    assert {"pipeline/config/stages.py", "benchmarks/README.md", "CHANGELOG.md"} <= named(README)
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {"tests/golden/", "read/formats.py", "dedup/copies.py"} <= named(contributing)


def shown(command: str) -> list[str]:
    """The lines that README shows below a command."""
    block = re.search(rf"^\$ {re.escape(command)}(?: +#.*)?\n((?:.*\n)*?)```$", README, re.MULTILINE)
    assert block, command
    return block[1].splitlines()


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ("", "unsplice check page.txt --ignore U6"),
        ("unsplice run page.txt --quiet", "unsplice explain page.txt:6"),
        ("unsplice run page.txt --quiet", "unsplice explain page.txt:8"),
        ("", "unsplice tidy notes.txt --diff"),
    ],
)
def test_examples_print_what_is_shown(
    before: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests" / "cases" / "readme.txt", "page.txt")
    Path("notes.txt").write_text(NOTES, encoding="utf-8")
    if before:
        assert CliRunner().invoke(app, before.split()[1:]).exit_code == 0
    printed = CliRunner().invoke(app, command.split()[1:]).stdout.splitlines()
    expected = shown(command)
    if expected[-1].strip() == "...":
        printed = [*printed[: len(expected) - 1], expected[-1]]
    without = [[FIGURE.sub("#", line) for line in lines] for lines in (printed, expected)]
    assert without[0] == without[1]
    figures = [[float(x) for line in lines for x in FIGURE.findall(line)] for lines in (printed, expected)]
    assert figures[0] == pytest.approx(figures[1], abs=0.01)


def test_codes_that_are_named_exist() -> None:
    codes = set(re.findall(r"\bU\d{3}\b", README))
    assert codes
    assert codes <= set(CODES)


def test_the_example_of_an_evaluation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its form; the figures change whenever made pages, models or rules do."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests" / "cases" / "stories.jsonl", "articles.jsonl")
    command = "unsplice eval articles.jsonl --seed 8"
    printed, expected = CliRunner().invoke(app, command.split()[1:]).stdout.splitlines(), shown(command)
    table = [[re.sub(r"[\d-]", "#", line) for line in lines[:5]] for lines in (printed, expected)]
    assert table[0] == table[1]
    for lines in (printed, expected):
        assert re.fullmatch(r"On your clean pages (\d+|none) of 40 stories would be changed.*", lines[-1])


def test_every_kind_of_hostile_input_and_every_limit_has_a_row() -> None:
    rows = re.findall(r"^\| ([^|]+?) \|", (ROOT / "docs/hostile.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert not KINDS.keys() - set(rows)
    limits = [name for name in options(ReadConfig) if name.startswith("max_") and not name.endswith("_share")]
    assert not {f"`{name}`" for name in limits} - set(rows)
