"""The Makefile, with real make on a copy of the program whose stages, interpreter and installers are fakes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")

# An interpreter that notes what it is asked to install, makes environments of copies of itself, and else is the real
# one. Its own version is what its name says.
PYTHON = f"""#!/bin/sh
here=$(dirname "$0")
case "$*" in
  *sys.version_info*) case "$0" in
    (*3.9*) echo '(3, 9)'; exit 1;; (*3.12*) echo '(3, 12)'; exit;;
    (*) cat "$here/../version" 2>/dev/null || echo '(3, 11)'; exit 0;; esac;;
  "-m venv "*) echo "venv $0" >> "$LOG"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
    "$0" -c sys.version_info > "$3/version";;
  "-m pip --version") ;;
  "-m pip "*|"-m pytest"*|"-m ruff"*|"-m mypy"*|"-m tests.dist"|benchmarks/*|*"unsplice learn"*) echo "$@" >> "$LOG";;
  *) PYTHONPATH=$PACKAGES:$PYTHONPATH exec '{sys.executable}' "$@";;
esac
"""
UV = """#!/bin/sh
echo "uv $@" >> "$LOG"
if [ "$1" = venv ]; then for last; do :; done; mkdir -p "$last/bin"; cp "$(command -v python3)" "$last/bin/python"; fi
"""
RUN = '''"""A fake of the stages: every file is a page."""
import os
from pathlib import Path
from unsplice.model import Page, Result
def clean(paths, config, **options):
    assert Path(paths[0]).exists(), paths
    with open(os.environ["LOG"], "a") as log:
        print("run", *paths, "" if config.tidy.enabled else "untidy", file=log)
    files = sorted(os.path.join(at, name) for path in paths for at, _, names in os.walk(path) for name in names)
    return Result(tuple(Page(str(n), file, file, "utf-8") for n, file in enumerate(files)), (), (), ())
'''
UPDATE = '''"""A fake of the collection: the names of the files that were read, and what is listed."""
import json
from types import SimpleNamespace
from unsplice.run import clean
def Options(*_):
    return None
def update(box, paths, config, models, options):
    result = clean(paths, config)
    text = "".join(f"{page.source}\\n" for page in result.pages)
    box.put("articles.jsonl", [text.encode()])
    box.put("articles/p1-01.md", [text.encode()])
    box.put("report.html", [b"report"])
    names = {"program": "unsplice", "read": text, "outputs": ["articles.jsonl", "articles/p1-01.md", "report.html"]}
    box.publish(lambda _: json.dumps(names).encode())
    counts = dict(new=1, changed=0, unchanged=0, gone=(), removed=(), old=(), edited={})
    return SimpleNamespace(result=result, **counts)
'''
CHECK = '''"""A fake of the findings."""
CODES = {"U901": "unread"}
def findings(result, config):
    return []
'''


READ = '''"""A fake of the reader."""
def find_sources(paths):
    return []
'''

MODELS = '''"""A fake of the models."""
from types import SimpleNamespace
SHIPPED = None
def load(folder):
    return SimpleNamespace(card=None)
'''


class Project:
    """A folder with a copy of the program in unsplice/, raw pages beside it, and fakes on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.unsplice, self.log, self.bin = folder, folder / "unsplice", folder / "log", folder / "bin"
        skip = shutil.ignore_patterns("models", "learn")
        shutil.copytree(ROOT / "pipeline", self.unsplice / "pipeline", ignore=skip)
        for name in ("tests", "benchmarks"):
            (self.unsplice / name).mkdir()
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, self.unsplice)
        (self.unsplice / "pipeline" / "models").mkdir()
        for name, text in (
            ("run.py", RUN),
            ("models/__init__.py", MODELS),
            ("collection/update.py", UPDATE),
            ("read/pages.py", READ),
            ("check/findings.py", CHECK),
        ):
            (self.unsplice / "pipeline" / name).write_text(text)
        self.packages = folder / "packages"  # where an installed package would be
        self.packages.mkdir()
        (self.packages / "unsplice").symlink_to(self.unsplice / "pipeline")
        self.bin.mkdir()
        for name in ("sh", "make", "awk", "cksum", "cut", "find", "rm", "mkdir", "cp", "cat", "touch", "dirname"):
            (self.bin / name).symlink_to(shutil.which(name) or name)
        self.tool("python3", PYTHON)
        for place in (folder, self.unsplice):
            (place / "raw").mkdir()
            (place / "raw" / f"of {place.name}.txt").write_text("甲")

    def tool(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def make(self, *args: str, at: Path | None = None, **environ: str) -> str:
        """Runs make; what it said. Fails where make fails."""
        done = self.tried(*args, at=at, **environ)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "warning" not in done.stderr
        return done.stdout

    def tried(self, *args: str, at: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
        at = at or self.unsplice
        env = {
            "PATH": str(self.bin),
            "LOG": str(self.log),
            "PACKAGES": str(self.packages),
            "PWD": str(at),
            "LC_ALL": "C",
            **environ,
        }
        return subprocess.run(["make", *args], cwd=at, env=env, capture_output=True, text=True, timeout=60, check=False)

    def done(self) -> list[str]:
        """What has been done since the last look."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [line.strip() for line in lines]


@pytest.fixture
def bare(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def project(bare: Project) -> Project:
    bare.make("setup")
    bare.done()
    return bare


def test_help_is_the_default_and_lists_every_target(bare: Project) -> None:
    listed = [line.split()[0] for line in bare.make().splitlines()]
    assert listed == [
        "help",
        "setup",
        "run",
        "check",
        "report",
        "test",
        "lint",
        "dist",
        "bench",
        "model",
        "strangers",
        "clean",
    ]
    assert not bare.done()


INSTALL = "-m pip install --quiet --disable-pip-version-check -e "


def test_setup_with_pip_once(bare: Project) -> None:
    bare.make("setup")
    assert bare.done() == [f"venv {bare.bin / 'python3'}", INSTALL + "."]
    bare.make("setup")
    bare.make("setup")
    assert not bare.done()
    os.utime(bare.unsplice / ".venv" / ".setup", (1, 1))
    bare.make("setup")
    assert bare.done() == [INSTALL + "."]


def test_setup_with_uv_where_there_is_one(bare: Project) -> None:
    bare.tool("uv", UV)
    bare.make("setup")
    bare.make("setup")
    assert bare.done() == [
        "uv venv --quiet --python python3 .venv",
        "uv pip install --quiet --python .venv/bin/python -e .",
    ]


def test_another_python_makes_another_environment_once(project: Project) -> None:
    project.tool("python3.12", PYTHON)
    for _ in range(2):
        project.make("setup", "PYTHON=python3.12")
        project.make("setup")
    assert project.done() == [f"venv {project.bin / 'python3.12'}", INSTALL + "."]
    project.make("setup", PYTHON=str(project.bin / "python3"))
    assert project.done() == [f"venv {project.bin / 'python3'}", INSTALL + "."]


def test_a_python_that_is_too_old(bare: Project) -> None:
    bare.tool("python3.9", PYTHON)
    done = bare.tried("setup", "PYTHON=python3.9")
    assert done.returncode == 2
    assert "needs Python 3.11 or later" in done.stderr
    assert not bare.done()


def test_an_environment_that_cannot_be_made_is_not_left_half_made(bare: Project) -> None:
    bare.tool("python3", PYTHON.replace('"$0" -c sys.version_info > "$3/version"', "exit 1"))
    done = bare.tried("setup")
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr
    assert not (bare.unsplice / ".venv").exists()


WORK = [
    ("test", ["-m pytest -k x"], [".[dev]"]),
    ("lint", ["-m ruff check .", "-m ruff format --check .", "-m mypy"], [".[dev]"]),
    ("dist", ["-m tests.dist"], [".[dev]"]),
    ("bench", ["benchmarks/run.py -k x"], [".[dev]"]),
    ("model", ["-P -m unsplice learn --out ./pipeline/models -k x -- a.jsonl b.jsonl"], [".[train]"]),
]


@pytest.mark.parametrize(("target", "work", "extras"), WORK)
def test_extras_are_installed_once(project: Project, target: str, work: list[str], extras: list[str]) -> None:
    for installs in ([INSTALL + extra for extra in extras], []):
        project.make(target, "ARGS=-k x", "CORPUS=a.jsonl b.jsonl")
        assert project.done() == installs + work


def test_a_model_needs_a_corpus(project: Project) -> None:
    done = project.tried("model")
    assert done.returncode == 2
    assert "CORPUS=" in done.stderr


def later(path: Path) -> None:
    """Makes a file newer than everything, without waiting."""
    os.utime(path, (path.stat().st_mtime + 10,) * 2)


def set_width(project: Project, value: str) -> None:
    (project.unsplice / "unsplice.toml").write_text(f"[tidy]\nwidth = {value}\n")


CHANGES: list[tuple[str, Callable[[Project], object], bool]] = [
    ("nothing", lambda p: None, False),
    ("a new raw file", lambda p: (p.unsplice / "raw" / "new").touch(), True),
    ("a raw file is gone", lambda p: (p.unsplice / "raw" / "new").unlink(), True),
    ("a raw file has changed", lambda p: later(p.unsplice / "raw" / "b"), True),
    ("an older raw file in its place", lambda p: os.utime(p.unsplice / "raw" / "b", (1, 1)), True),
    ("a raw file has another name", lambda p: (p.unsplice / "raw" / "b").rename(p.unsplice / "raw" / "c"), True),
    ("the program has changed", lambda p: later(p.unsplice / "pipeline" / "model.py"), True),
    ("settings that say what is so anyway", lambda p: set_width(p, "true"), False),
    ("other settings", lambda p: set_width(p, "false"), True),
    ("an article is gone", lambda p: (p.unsplice / "cleaned" / "articles" / "p1-01.md").unlink(), True),
    ("the results are gone", lambda p: shutil.rmtree(p.unsplice / "cleaned"), True),
    ("a file of others beside the results", lambda p: (p.unsplice / "cleaned" / "notes").touch(), False),
]


def test_run_again_only_after_a_change(project: Project) -> None:
    (project.unsplice / "raw" / "b").touch()
    project.make("run")
    assert len(project.done()) == 1
    for name, change, again in CHANGES:
        change(project)
        said = project.make("run")
        assert (len(project.done()), "up to date" in said) == (again, not again), name


def test_run_again_with_other_variables(project: Project) -> None:
    runs = []
    for args in (["ARGS=--no-tidy"], ["ARGS=--no-tidy"], [], ["RAW=../raw"], ["RAW=../raw"]):
        project.make("run", *args)
        runs.append(project.done())
    assert runs == [["run raw untidy"], [], ["run raw"], ["run ../raw"], []]


ODD = [
    "a b",
    "a:b",
    "$HOME",
    "$(shell touch x)",
    "#a",
    "%",
    "it's",
    '"q"',
    "报纸 第1版",
    "-n",
    "--",
    "~",
    "`x`",
    "a;b",
    "*",
    "\\",
]


def test_odd_names_of_raw_files(project: Project) -> None:
    for name in ODD:
        (project.unsplice / "raw" / name).write_text("甲")
    assert "up to date" not in project.make("run")
    read = (project.unsplice / "cleaned" / "articles.jsonl").read_text().splitlines()
    assert {f"raw/{name}" for name in ODD} <= set(read)
    assert "up to date" in project.make("run")
    (project.unsplice / "raw" / "$(shell touch x)").unlink()
    assert "up to date" not in project.make("run")


@pytest.mark.parametrize("name", ["a b", "报纸 50% (it's #1; a$$b: c"])
def test_odd_names_of_folders(project: Project, name: str) -> None:
    raw, out = (project.folder / f"{kind} {name.replace('$$', '$')}" for kind in ("raw", "out"))
    raw.mkdir()
    (raw / "a").write_text("甲")
    args = [f"RAW={project.folder}/raw {name}", f"CLEANED={project.folder}/out {name}"]
    project.make("run", *args)
    assert (out / "articles.jsonl").read_text() == f"{raw / 'a'}\n"
    assert "up to date" in project.make("run", *args)
    assert f"{out}/report.html" in project.make("report", *args)
    project.make("clean", *args)
    assert not out.exists()
    assert raw.exists()


def test_check_writes_nothing(project: Project) -> None:
    project.make("check")
    assert project.done() == ["run raw"]
    assert not (project.unsplice / "cleaned").exists()


def test_report_makes_what_is_needed(project: Project) -> None:
    assert project.make("report").splitlines()[-1] == "cleaned/report.html"
    assert project.done() == ["run raw"]


def test_many_targets_at_once(bare: Project) -> None:
    bare.make("-j8", "run", "check", "test", "report", "lint")
    done = bare.done()
    assert [done.count(line) for line in (INSTALL + ".", INSTALL + ".[dev]", "run raw", "-m pytest")] == [1, 1, 2, 1]


def test_clean_leaves_what_is_not_ours(project: Project) -> None:
    project.make("run", "test")
    for name in ("README.md", "articles/mine.md"):
        (project.unsplice / "cleaned" / name).touch()
    for name in (".pytest_cache", "unsplice.egg-info", "tests/__pycache__"):
        (project.unsplice / name).mkdir()
    project.make("clean")
    left = {path.relative_to(project.unsplice).as_posix() for path in project.unsplice.rglob("*") if path.is_file()}
    assert {name for name in left if name.startswith("cleaned")} == {"cleaned/README.md", "cleaned/articles/mine.md"}
    assert not [name for name in left if "cache" in name or name.startswith(".")]
    assert {"raw/of unsplice.txt", "pipeline/model.py"} <= left
    project.make("clean")


def test_clean_without_an_environment(project: Project) -> None:
    project.make("run")
    shutil.rmtree(project.unsplice / ".venv")
    project.make("clean")
    assert not (project.unsplice / "cleaned").exists()


@pytest.mark.parametrize("flags", [[], ["-s"], ["--no-print-directory"]])
def test_called_from_elsewhere(project: Project, flags: list[str]) -> None:
    (project.folder / "my pages").mkdir()
    (project.folder / "my pages" / "a").touch()
    args = [*flags, "-C", "unsplice", "run"]
    project.make(*args, "RAW=my pages", "CLEANED=my results", at=project.folder)
    assert project.done() == [f"run {project.folder}/my pages"]
    assert (project.folder / "my results" / "manifest.json").exists()
    project.make(*args, at=project.folder)
    assert project.done() == ["run raw"]
    assert (project.unsplice / "cleaned" / "manifest.json").exists()


def test_a_path_from_the_program_s_own_folder_will_do(project: Project) -> None:
    project.make("-C", "unsplice", "run", "RAW=../raw", "CLEANED=out", at=project.folder, PWD="/")
    assert project.done() == ["run ../raw"]
    assert (project.unsplice / "out" / "manifest.json").exists()


INCLUDING = """
RAW := raw
CLEANED := out
include unsplice/Makefile
all: words
words: out/manifest.json
\techo words >> "$$LOG"; touch words
clean help test:
\techo my $@ >> "$$LOG"
"""


def test_included(bare: Project) -> None:
    (bare.folder / "Makefile").write_text(INCLUDING)
    bare.make(at=bare.folder)
    assert bare.done()[2:] == ["run raw", "words"]
    assert (bare.folder / "out" / "articles.jsonl").read_text() == "raw/of " + bare.folder.name + ".txt\n"
    bare.make(at=bare.folder)
    bare.make("run", "unsplice-run", at=bare.folder)
    assert not bare.done()
    (bare.folder / "raw" / "new").touch()
    bare.make("-j4", at=bare.folder)
    assert bare.done() == ["run raw", "words"]
    bare.make("clean", "help", "test", at=bare.folder)
    assert bare.done() == ["my clean", "my help", "my test"]
    assert "unsplice-clean" in bare.make("unsplice-help", at=bare.folder)
    bare.make("unsplice-clean", at=bare.folder)
    assert not (bare.folder / "out").exists()


def test_included_where_a_package_has_the_same_name(project: Project) -> None:
    (project.folder / "pipeline").mkdir()
    (project.folder / "pipeline" / "__init__.py").write_text("raise SystemExit('not mine')")
    (project.folder / "Makefile").write_text("include unsplice/Makefile\n")
    project.make("run", at=project.folder)
    assert project.done() == ["run raw"]


def test_included_into_a_makefile_with_habits_of_its_own(project: Project) -> None:
    habits = ".ONESHELL:\nSHELL := /bin/sh\n.SHELLFLAGS := -ec\nMAKEFLAGS += -rR --warn-undefined-variables\nexport\n"
    (project.folder / "Makefile").write_text(habits + INCLUDING.replace("include", "UNSPLICE_TARGETS :=\ninclude"))
    done = project.tried(at=project.folder)
    assert done.returncode == 0, done.stderr
    assert project.done() == ["run raw", "words"]
    assert project.tried("run", at=project.folder).returncode == 2
