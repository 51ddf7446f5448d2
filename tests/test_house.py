"""The house's own rules: who may import whom, and that the project speaks for itself alone."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from benchmarks.house import Name, between_rooms, circles, graph, imports, name_of, room

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
# Which rooms (folders, or single modules at the top) each room may import. Everything not named here is forbidden.
# A folder within a room may know its own room only, but for those that have a line of their own.
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "reasons": set(),
    "model": {"reasons"},
    "version": set(),
    "config": {"errors"},
    "limits": set(),
    "text": {"model"},
    "batch": {"model", "text"},
    "search": {"text"},
    "models": {"errors", "search", "text"},
    "read": {"config", "errors", "limits", "model", "text"},
    "passages": {"batch", "limits", "model", "models", "reasons", "text"},
    "dedup": {"batch", "config", "model", "models", "reasons", "search", "text"},
    "reattach": {"batch", "config", "model", "models", "reasons", "text"},
    "tidy": {"config", "reasons"},
    "write": {"config", "errors", "model", "models", "reasons", "text", "tidy", "version"},
    "check": {"config", "errors", "model", "reasons", "text", "tidy", "write"},
    "engines": set(),
    "memory": set(),
    "stages": {
        "batch",
        "config",
        "limits",
        "memory",
        "model",
        "models",
        "passages",
        "reattach",
        "text",
        "write",
    },
    "run": {"batch", "config", "dedup", "engines", "limits", "memory", "model", "models", "read", "stages"},
    "collection": {"config", "errors", "memory", "model", "models", "read", "run", "stages", "write"},
    "corpus": {"config", "errors", "model", "models", "read", "search", "write"},
    "learn": {
        "batch",
        "config",
        "dedup",
        "errors",
        "model",
        "models",
        "passages",
        "read",
        "reattach",
        "text",
        "version",
    },
    "measure": {"config", "errors", "learn", "model", "models", "reasons", "run", "text"},
    "cli": {
        "check",
        "collection",
        "config",
        "corpus",
        "errors",
        "learn",
        "measure",
        "model",
        "models",
        "read",
        "run",
        "tidy",
        "version",
        "write",
    },
    "__init__": {"config", "corpus", "measure", "model", "run", "version"},
    "__main__": {"cli"},
}


@lru_cache(maxsize=1)
def arrows() -> dict[Path, set[Name]]:
    """For each module the modules of the package that it imports, also late and for types only, by their parts."""
    return {path: set(imports(path, PACKAGE)) for path in sorted(PACKAGE.rglob("*.py"))}


def test_imports_within_the_package_are_relative() -> None:
    for path in arrows():
        every = list(imports(path, PACKAGE, {"pipeline", "unsplice"}))
        assert every == list(imports(path, PACKAGE)), f"{path}: imports the package by its name"


def test_every_room_has_its_line() -> None:
    there = {
        p.name if p.is_dir() else p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    assert there == ARROWS.keys()


@pytest.mark.parametrize("name", ARROWS)
def test_a_room_imports_what_it_may(name: str) -> None:
    for path, targets in arrows().items():
        if room(name_of(path, PACKAGE)) == name:
            rooms = {room(parts) for parts in targets} - {name}
            assert rooms <= ARROWS[name], f"{path}: {rooms - ARROWS[name]}"


def test_every_arrow_is_used() -> None:
    used = between_rooms({name_of(path, PACKAGE): own for path, own in arrows().items()})
    assert {(a, b) for a, to in ARROWS.items() for b in to} <= {(a, b) for a, to in used.items() for b in to}


def test_no_circle() -> None:
    """Neither between rooms nor between modules."""
    modules = graph(PACKAGE, "unsplice")
    assert circles(ARROWS) == []
    assert circles(between_rooms(modules)) == []
    assert circles(modules) == []


SMALL = {  # a package, and the modules that each of its modules imports
    "__init__.py": ("from .run import clean", [("run",)]),
    "run.py": ("import json\n\ndef clean():\n    from .read import pages", [("read", "pages")]),
    "model.py": ("", []),
    "read/__init__.py": ("from ..model import Page", [("model",)]),
    "read/pages.py": ("from . import rows\nfrom .rows import row, first", [("read", "rows")]),
    "read/rows.py": ("from small.write import write\nimport small.model", [("write",), ("model",)]),
    "write/__init__.py": ("if TYPE_CHECKING:\n    from ..read.pages import read", [("read", "pages")]),
}


def test_arrows_and_circles_are_found_in_a_small_package(tmp_path: Path) -> None:
    for name, (text, _) in SMALL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    modules = graph(tmp_path, "small")
    assert modules == {name_of(tmp_path / name, tmp_path): set(targets) for name, (_, targets) in SMALL.items()}
    assert between_rooms(modules) == {
        "__init__": {"run"},
        "run": {"read"},
        "model": set(),
        "read": {"model", "write"},
        "write": {"read"},
    }
    assert circles(between_rooms(modules)) == [{"read", "write"}]
    assert circles(modules) == [{("read", "pages"), ("read", "rows"), ("write",)}]


def test_running_needs_no_training_tools() -> None:
    for path in PACKAGE.rglob("*.py"):
        if "learn" not in path.parts:
            assert not re.search(r"import (lightgbm|jax|optax)", path.read_text(encoding="utf-8")), path


def test_what_is_slow_is_imported_late() -> None:
    """`--help` needs no compiler, no tables and no columns; nor does finding duplicates need pandas."""
    heavy = "{'numba', 'pandas', 'pyarrow', 'datasketch', 'jieba', 'rjieba'} & set(sys.modules)"
    for lines, left in {
        "import unsplice, unsplice.cli": "set()",
        "from unsplice.corpus import dedup": "{'numba', 'pyarrow'}",
    }.items():
        code = f"import sys; {lines}; assert {heavy} == {left}, {heavy}"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_all_folders_are_packed() -> None:
    """setuptools can't find packages below a folder of another name: they are listed by hand."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = [".".join(("unsplice", *p.parent.relative_to(PACKAGE).parts)) for p in PACKAGE.rglob("__init__.py")]
    assert listed == sorted(there)
    assert {p.parent for p in PACKAGE.rglob("*.py")} == {p.parent for p in PACKAGE.rglob("__init__.py")}


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


def test_no_expected_failure_hides() -> None:
    """A call of `pytest.xfail` ends the test before it can pass; a mark is strict, and fails once the case passes."""
    for path in Path(__file__).parent.rglob("*.py"):
        assert not re.search(r"pytest\.xfail\(", path.read_text(encoding="utf-8")), path


def test_every_command_is_documented() -> None:
    from unsplice.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    assert names
    assert not [name for name in names if f"unsplice {name}" not in readme]


def test_the_public_names() -> None:
    import unsplice

    public = {"Config", "Duplicates", "Evaluation", "Result", "__version__", "clean", "evaluate", "find_duplicates"}
    assert set(unsplice.__all__) == public
    assert public <= set(dir(unsplice))
    assert all(getattr(unsplice, name) is not None for name in public)
    with pytest.raises(AttributeError, match="'unsplice' has no attribute 'clear'"):
        _ = unsplice.clear
