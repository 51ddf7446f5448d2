"""What the package never does when it runs: reach for the network, start programs, run what it reads."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
# Modules that reach for the network, start programs, or run what they load.
BARRED = {
    "ctypes", "ftplib", "http", "marshal", "pickle", "requests", "shelve", "smtplib", "socket", "socketserver", "ssl",
    "subprocess", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.spawnv"}
# Refuses whatever would look up a name, connect, or start a program, also within libraries.
GUARD = """
import sys
EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
          "urllib.Request", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "ftplib.connect"}
def guard(event, given):
    if event in EVENTS:
        raise SystemExit(f"{event} {given}")
sys.addaudithook(guard)
from unsplice.cli import main
sys.argv = ["unsplice", *sys.argv[1:]]
main()
"""


def sources() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_module_is_imported_that_could() -> None:
    for path, tree in sources():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            barred = {name for name in names for part in BARRED if name == part or name.startswith(f"{part}.")}
            assert not barred, f"{path}: {barred}"


def test_nothing_that_is_read_is_run() -> None:
    for path, tree in sources():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not {ast.unparse(call.func) for call in calls} & CALLS, path
        for call in calls:
            given = {k.arg: ast.unparse(k.value) for k in call.keywords}
            where = f"{path}:{call.lineno}"
            assert {given.get("shell", "False"), given.get("allow_pickle", "False")} == {"False"}, where
            if ast.unparse(call.func) == "np.load":
                assert "allow_pickle" in given, where


def guarded(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", GUARD, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )


@pytest.mark.parametrize("command", [["run", "--workers", "1", "--out"], ["dedup", "--out"]])
def test_neither_a_connection_nor_a_program(tmp_path: Path, command: list[str]) -> None:
    texts = [str(ROOT / "raw" / name) for name in ("2031-05-06_p01.txt", "2031-05-08.jsonl", "2031-05-09_web.html")]
    done = guarded(*command, str(tmp_path / "out"), *texts)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_the_guard_guards() -> None:
    code = GUARD.partition("from unsplice")[0] + "import socket; socket.create_connection(('localhost', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "socket." in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_is_written_is_readable_by_all_and_writable_by_its_owner(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        done = guarded("run", "--workers", "1", "--out", str(tmp_path / "out"), "raw/2031-05-06_p01.txt")
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {oct(stat.S_IMODE(path.stat().st_mode)) for path in files} == {"0o644"}
