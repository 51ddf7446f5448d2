"""The house's own rules: who imports whom, and that the project speaks for itself alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline.stages

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
# A stage and the modules that it is made of, as the package's own docstring lists them.
STAGES = {
    stage: {stage, *re.findall(r"\w+", parts)}
    for stage, parts in re.findall(r"^(\w+):(.*)$", pipeline.stages.__doc__ or "", re.MULTILINE)
}
# What crosses: an article is tidied as it is composed, and placing knows what a passage that breaks off looks like.
CROSSING = {("compose", "tidy"), ("reattach", "passages")}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    return {x for x in found if x.startswith("pipeline")}


def modules(folder: str) -> list[Path]:
    return sorted((PACKAGE / folder).glob("*.py"))


def test_every_part_of_a_stage_is_there() -> None:
    assert list(STAGES) == ["read", "passages", "dedup", "reattach", "tidy", "write"]
    assert {part for parts in STAGES.values() for part in parts} == {p.stem for p in modules("stages")} - {"__init__"}


@pytest.mark.parametrize("path", modules("stages"), ids=lambda p: p.stem)
def test_stages_do_not_import_one_another(path: Path) -> None:
    home = next((s for s, own in STAGES.items() if path.stem in own), None)
    if path.stem == "__init__":
        return
    assert home, f"{path.name} belongs to no stage"
    for name in imports(path):
        if match := re.match(r"pipeline\.stages\.(\w+)", name):
            assert match[1] in STAGES[home] or (path.stem, match[1]) in CROSSING, f"{path.name} imports {name}"
        assert not name.startswith(("pipeline.engines.local", "pipeline.run", "pipeline.cli", "pipeline.learn")), name


@pytest.mark.parametrize("path", modules("similarity"), ids=lambda p: p.stem)
def test_similarity_is_maths_alone(path: Path) -> None:
    assert all(x.startswith("pipeline.similarity") for x in imports(path))


@pytest.mark.parametrize("path", modules("metadata"), ids=lambda p: p.stem)
def test_metadata_is_read_out_of_text_alone(path: Path) -> None:
    known = ("pipeline.metadata", "pipeline.similarity.cues", "pipeline.similarity.forms")
    assert all(x.startswith(known) or x in {"pipeline.similarity"} for x in imports(path))


@pytest.mark.parametrize("folder", ["encodings", "markup", "typography"])
def test_reading_and_typesetting_are_functions_of_text_alone(folder: str) -> None:
    assert modules(folder)
    for path in modules(folder):
        assert all(x.startswith(f"pipeline.{folder}") for x in imports(path)), path


def test_the_nouns_import_nothing_local() -> None:
    assert not imports(PACKAGE / "model.py")
    assert not imports(PACKAGE / "errors.py")


def test_running_needs_no_training_tools() -> None:
    for path in PACKAGE.rglob("*.py"):
        if "learn" not in path.parts:
            assert path.name == "cli.py" or not any("pipeline.learn" in x for x in imports(path)), path
            assert not re.search(r"import (lightgbm|jax|optax)", path.read_text(encoding="utf-8")), path


def test_what_is_slow_is_imported_late() -> None:
    """`--help` needs no compiler, no tables and no columns; nor does finding duplicates need pandas."""
    heavy = "{'numba', 'pandas', 'pyarrow', 'datasketch', 'jieba'} & set(sys.modules)"
    for lines, left in {
        "import pipeline, pipeline.cli": "set()",
        "from pipeline.corpus import dedup": "{'numba', 'pyarrow'}",
    }.items():
        code = f"import sys; {lines}; assert {heavy} == {left}, {heavy}"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [ROOT / x for x in listed.stdout.decode().split("\0") if x] if listed.returncode == 0 else []
    return [p for p in names or ROOT.rglob("*") if p.is_file() and ".venv" not in p.parts and ".git" not in p.parts]


def test_the_project_speaks_for_itself() -> None:
    """No machine's paths, and no folder that users would not have."""
    odd = re.compile(r"\.\./shared|/(?:root|work)/\w")
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".txt", ".jsonl", ".css", ""} and path != Path(__file__):
            text = path.read_bytes().decode("utf-8", "replace")
            assert not odd.search(text), path


def test_every_command_is_documented() -> None:
    from pipeline.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    assert names
    assert not [name for name in names if f"unsplice {name}" not in readme]
