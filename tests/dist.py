"""Builds the source distribution and the wheel into dist/, and tries the wheel in an empty environment.

`python -m tests.dist` is what `make dist` runs. It needs the `dev` extra and downloads nothing: the environment borrows
the installed dependencies, but not unsplice itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
SAMPLE = ROOT / "raw" / "2031-05-06_p01.txt"
USER = """
from pathlib import Path
from unsplice import Config, Duplicates, Result, clean, find_duplicates
result: Result = clean(Path("pages"), Config())
found: Duplicates = find_duplicates([article.title or "" for article in result.articles])
reveal_type(result.articles[0].title)
"""


def main() -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    build("--outdir", DIST)  # the source distribution, and the wheel from it
    (wheel,), (_,) = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    with tempfile.TemporaryDirectory() as folder:
        build("--wheel", "--outdir", folder)
        assert contents(wheel) == contents(Path(folder, wheel.name)), "the sdist and the checkout make different wheels"
        check_contents(wheel)
        python = environment(Path(folder, "env"), wheel)
        work = Path(folder, "work")
        work.mkdir()
        check_installed(python, work)
        check_types(python, work)
    print(f"dist: {wheel.name} works from an empty folder")


def build(*args: str | Path) -> None:
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # setuptools packs whatever an earlier build left there
    run(sys.executable, "-m", "build", "--no-isolation", *args, ROOT, cwd=ROOT)
    shutil.rmtree(ROOT / "build", ignore_errors=True)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as file:
        return {name: file.read(name) for name in file.namelist()}


def check_contents(wheel: Path) -> None:
    """The wheel holds every file of the package, data included, and nothing else."""
    files = [path for path in (ROOT / "pipeline").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    expected = {f"unsplice/{path.relative_to(ROOT / 'pipeline').as_posix()}" for path in files}
    assert {name for name in contents(wheel) if ".dist-info/" not in name} == expected


def environment(folder: Path, wheel: Path) -> Path:
    """A new virtual environment with the wheel and, by path, this one's other packages; its interpreter."""
    run(sys.executable, "-m", "venv", folder)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel)
    packages = output(python, "-c", "import site; print(site.getsitepackages()[0])")
    # A path in a .pth file is searched, but .pth files there (of an editable install) are not followed.
    borrowed = [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
    Path(packages, "borrowed.pth").write_text("\n".join(borrowed))
    return python


def check_installed(python: Path, work: Path) -> None:
    """Import, version and a run, from a folder that holds nothing."""
    program = python.with_name("unsplice")
    where = output(python, "-c", "import unsplice; print(unsplice.__file__)", cwd=work)
    assert Path(where).is_relative_to(python.parents[1].resolve()), where
    assert output(python, "-c", "import importlib.util as u; print(u.find_spec('pipeline'))", cwd=work) == "None"
    version = output(python, "-c", "from importlib.metadata import version; print(version('unsplice'))", cwd=work)
    for command in ([program], [python, "-m", "unsplice"]):
        assert output(*command, "--version", cwd=work) == f"unsplice {version}"
    run(program, "run", "--quiet", SAMPLE, cwd=work, XDG_CACHE_HOME=str(work.parent / "cache"))
    assert json.loads((work / "cleaned" / "manifest.json").read_text())["version"] == version
    assert (work / "cleaned" / "articles.jsonl").read_text().count("\n") > 1


def check_types(python: Path, work: Path) -> None:
    """A user's type checker sees the public names and their types."""
    (work / "user.py").write_text(USER)
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "user.py"]
    told = output(*command, cwd=work)
    assert 'Revealed type is "str | None"' in told or 'Revealed type is "Union[builtins.str, None]"' in told, told


def output(*command: str | Path, cwd: Path | None = None) -> str:
    return run(*command, cwd=cwd).strip()


def run(*command: str | Path, cwd: Path | None = None, **environ: str) -> str:
    """What a command prints; if it fails, that is shown and this script ends."""
    environ |= {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", *environ}}
    done = subprocess.run(command, cwd=cwd, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}\nfailed: {' '.join(map(str, command))}")
    return done.stdout


if __name__ == "__main__":
    main()
