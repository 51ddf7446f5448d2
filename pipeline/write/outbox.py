"""The output folder: each file is written whole or not at all, the manifest last; other files are left alone.

New files are first written into `.unsplice/` inside the output folder, on the same disk, so that each can be put in
place by one rename. Before the first rename their names go into `.unsplice/pending.json`: after a crash, it tells the
next run which files are ours, although no manifest lists them yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..errors import OutputError

MANIFEST = "manifest.json"
PROGRAM = "unsplice"
STAGING = ".unsplice"
# The only names that are ever written or removed, whatever a manifest lists.
NAMES = re.compile(
    r"articles/[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:md|txt|json)|articles\.(?:jsonl|parquet)|ledger\.parquet|report\.html"
    r"|pairs\.parquet|clusters\.parquet|kept\.jsonl|kept\.parquet|index\.arrow|summary\.json"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One output: its name inside the folder, the hash of its content, its size in bytes."""

    name: str
    sha256: str
    size: int


def check_out(out: Path, inputs: Sequence[Path] = ()) -> None:
    """Refuse an output folder that overlaps the inputs or is not ours to write to.

    `inputs` are files and folders. Call it before a long run: `Outbox` calls it only at the end.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is a file; name a folder with --out")
    target = out.resolve()
    for given in inputs:
        source = given.resolve()
        if source.is_dir() and target.is_relative_to(source):
            raise OutputError(f"{out}: lies inside the input folder {given}; choose a folder beside it with --out")
        if source.is_relative_to(target):
            raise OutputError(f"{out}: holds the input {given}; choose another folder with --out")
    for name in ("articles", STAGING):
        folder = out / name
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise OutputError(f"{folder}: stands where a folder of ours must stand; move it away")
    _listed(out / MANIFEST)


class Outbox:
    """Collects the outputs of one run beside the old ones, and puts them in place together.

    Use as a context manager; `publish` completes it. After an error, the old outputs are as they were.
    """

    def __init__(self, out: Path) -> None:
        check_out(out)
        self.out = out
        self.new = out / STAGING / "new"
        self.pending = out / STAGING / "pending.json"
        self.written: dict[str, Written] = {}
        self.changed: list[str] = []
        self.ours: set[str] = set()
        self.lock = -1

    def __enter__(self) -> Outbox:
        self.out.mkdir(parents=True, exist_ok=True)
        self.lock = _lock(self.out)
        self.ours = _listed(self.out / MANIFEST) | _listed(self.pending)
        shutil.rmtree(self.new, ignore_errors=True)  # left by a crash
        (self.new / "articles").mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        if not self.pending.exists():
            shutil.rmtree(self.out / STAGING, ignore_errors=True)
        if self.lock >= 0:
            os.close(self.lock)

    def put(self, name: str, content: bytes | Iterable[bytes], *, sync: bool = True) -> None:
        """Write one output, whole or in pieces, beside the old ones, unless the same content is already there.

        `sync` waits until it is on the disk.
        """
        old, new = self._places(name)
        if isinstance(content, bytes):  # compared before writing: of 20,000 articles few have changed
            item = Written(name, hashlib.sha256(content).hexdigest(), len(content))
            same = _same(old, item.sha256, item.size)
            if not same:
                _save(new, [content], sync=sync)
        else:
            item = Written(name, *_save(new, content, sync=sync))
            same = _same(old, item.sha256, item.size)
            if same:
                new.unlink()
        self._note(name, item, same=same)

    def put_file(self, name: str, write: Callable[[Path], None]) -> None:
        """Write one output by a function that writes to a path, such as a library's."""
        old, new = self._places(name)
        write(new)
        with new.open("rb") as file:
            os.fsync(file.fileno())
            item = Written(name, hashlib.file_digest(file, "sha256").hexdigest(), file.tell())
        same = _same(old, item.sha256, item.size)
        if same:
            new.unlink()
        self._note(name, item, same=same)

    def _places(self, name: str) -> tuple[Path, Path]:
        """The final and the temporary path of an output. Raises OutputError if it is not ours to write."""
        if not NAMES.fullmatch(name):
            raise OutputError(f"{name}: not a name that is safe to write")
        old = self.out / name
        if name not in self.ours and os.path.lexists(old):
            raise OutputError(f"{old}: is not of our making; move it away or choose another folder with --out")
        assert name not in self.written, name
        return old, self.new / name

    def _note(self, name: str, item: Written, *, same: bool) -> None:
        self.written[name] = item
        if not same:
            self.changed.append(name)

    def publish(self, manifest: Callable[[list[Written]], bytes]) -> None:
        """Put the new files in place, remove old ones that were not written again, write the manifest."""
        ours = sorted(self.ours | self.written.keys())
        self._replace(self.pending, json.dumps({"program": PROGRAM, "outputs": ours}).encode())
        if any(name.startswith("articles/") for name in self.changed):
            (self.out / "articles").mkdir(exist_ok=True)
        for name in self.changed:
            os.replace(self.new / name, self.out / name)
        gone = sorted(self.ours - self.written.keys())
        for name in gone:
            _remove(self.out / name)
        if any(name.startswith("articles/") for name in gone):
            with suppress(OSError):  # not empty
                (self.out / "articles").rmdir()
        for folder in (self.out / "articles", self.out):
            if folder.is_dir():
                _sync_folder(folder)
        content = manifest([self.written[name] for name in sorted(self.written)])
        if not _same(self.out / MANIFEST, hashlib.sha256(content).hexdigest(), len(content)):
            self._replace(self.out / MANIFEST, content)
        self.pending.unlink()

    def _replace(self, path: Path, content: bytes) -> None:
        """Write one small file whole or not at all, and wait until it is on the disk."""
        temporary = self.out / STAGING / f"{path.name}.new"
        temporary.unlink(missing_ok=True)
        _save(temporary, [content], sync=True)
        os.replace(temporary, path)
        _sync_folder(path.parent)


def _lock(folder: Path) -> int:
    """An open handle that keeps other runs out of the folder until it is closed; -1 where locks are not supported."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return -1
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise OutputError(f"{folder}: another run is writing here; wait for it to end") from error
    except OSError:  # a file system without locks
        os.close(handle)
        return -1
    return handle


def _listed(path: Path) -> set[str]:
    """The outputs that a manifest of ours lists; empty where there is none."""
    try:
        content = json.loads(path.read_bytes())
        ours = content["program"] == PROGRAM
        names = [item["name"] if isinstance(item, dict) else item for item in content["outputs"]]
    except FileNotFoundError:
        return set()
    except (ValueError, LookupError, TypeError):
        ours = False
    if not ours:
        raise OutputError(f"{path}: is not a manifest of ours; move it away or choose another folder with --out")
    return {name for name in names if isinstance(name, str) and NAMES.fullmatch(name)}


def _save(path: Path, chunks: Iterable[bytes], *, sync: bool) -> tuple[str, int]:
    """Write chunks to a new file; its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        if sync:
            file.flush()
            os.fsync(file.fileno())
    return digest.hexdigest(), size


def _same(path: Path, digest: str, size: int) -> bool:
    """Whether the file on disk has exactly this content; it may have been edited."""
    try:
        if path.is_symlink() or path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    """Remove a regular file; anything else of that name is not ours."""
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            path.unlink()
    except FileNotFoundError:
        pass


def _sync_folder(folder: Path) -> None:
    """Wait until the renames in a folder are on the disk, where the system can open folders."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
