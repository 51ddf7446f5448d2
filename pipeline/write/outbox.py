"""The output folder: what stands in it is always one whole run; other files are left alone.

New files are first written into `.unsplice/` inside the output folder, on the same disk, so that each can be put in
place by one rename; `switch` does that, and completes what was interrupted. An output that somebody has edited is kept
under another name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType

from ..errors import OutputError
from .lock import Tell, lock, sign
from .switch import MANIFEST, PROGRAM, STAGING, Pending, complete, read_pending, switch, write_pending

INDEX = ".index"
# The only names that are ever written or removed, whatever a manifest lists.
NAMES = re.compile(
    r"articles/[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:md|txt|json)|articles\.(?:jsonl|parquet)|ledger\.parquet|report\.html"
    r"|pairs\.parquet|clusters\.parquet|kept\.jsonl|kept\.parquet|index\.arrow|summary\.json"
    r"|\.index/[a-z0-9-]+\.(?:arrow|json)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One output: its name inside the folder, the hash of its content, its size in bytes."""

    name: str
    sha256: str
    size: int


def check_out(out: Path, inputs: Sequence[Path] = ()) -> None:
    """Refuse an output folder that overlaps the inputs or is not ours to write to.

    `inputs` are files and folders, of which `Outbox` knows nothing.
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
    for name in ("articles", INDEX, STAGING):
        folder = out / name
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise OutputError(f"{folder}: stands where a folder of ours must stand; move it away")
    listed(out)


class Outbox:
    """Collects the outputs of one run beside the old ones, and puts them in place together.

    Use as a context manager, which holds the lock of the folder and completes what an earlier run was interrupted in;
    `publish` completes it. After an error, the old outputs are as they were. Where another run writes into the folder,
    entering raises OutputError, or tells `wait` and waits. `edited` maps outputs that somebody has edited to the names
    under which they are kept, `before` is the hash of the manifest that stood.
    """

    def __init__(self, out: Path, wait: Tell | None = None) -> None:
        check_out(out)
        self.out = out
        self.wait = wait
        self.new = out / STAGING / "new"
        self.written: dict[str, Written] = {}
        self.changed: list[str] = []
        self.edited: dict[str, str] = {}
        self.ours: dict[str, str] = {}
        self.before = ""
        self.lock = -1
        self.made = not out.exists()

    def __enter__(self) -> Outbox:
        with self._told():
            self.out.mkdir(parents=True, exist_ok=True)
            self.lock = lock(self.out, self.out / STAGING / "holder.json", self.wait)
        try:
            with self._told():
                self._begin()
        except BaseException:
            self._leave()
            raise
        return self

    def _begin(self) -> None:
        """Complete what was interrupted, see what is there, and make room for what is new."""
        (self.out / STAGING).mkdir(exist_ok=True)
        sign(self.out / STAGING / "holder.json")
        pending = None if complete(self.out) else read_pending(self.out)
        there = dict.fromkeys(pending.outputs if pending else (), "") | listed(self.out)
        there |= {f"{INDEX}/{path.name}": "" for path in (self.out / INDEX).glob("*")}
        self.ours = {name: known for name, known in there.items() if NAMES.fullmatch(name)}
        self.before = _digest(self.out / MANIFEST)
        shutil.rmtree(self.new, ignore_errors=True)  # left by a crash
        (self.new / "articles").mkdir(parents=True)
        (self.new / INDEX).mkdir()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._leave()

    def _leave(self) -> None:
        with suppress(OutputError):
            if read_pending(self.out) is None:  # else the next run needs what lies ready
                shutil.rmtree(self.out / STAGING, ignore_errors=True)
        if self.made:
            with suppress(OSError):  # not empty
                self.out.rmdir()
        if self.lock >= 0:
            os.close(self.lock)

    def put(self, name: str, content: bytes | Iterable[bytes], *, sync: bool = True) -> None:
        """Write one output, whole or in pieces, beside the old ones, unless the same content is already there.

        `sync` waits until it is on the disk, so that a full disk shows here.
        """
        self._check(name)
        if isinstance(content, bytes):  # compared before writing: of 20,000 articles few have changed
            item = Written(name, hashlib.sha256(content).hexdigest(), len(content))
            if self.keep(item):
                return
            content = [content]
        with self._told():
            self._note(Written(name, *_save(self.new / name, content, sync=sync)))

    def put_file(self, name: str, write: Callable[[Path], None]) -> None:
        """Write one output by a function that writes to a path, such as a library's."""
        self._check(name)
        with self._told():
            write(self.new / name)
            with (self.new / name).open("rb") as file:
                os.fsync(file.fileno())
                item = Written(name, hashlib.file_digest(file, "sha256").hexdigest(), file.tell())
            self._note(item)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what goes wrong on the disk into an OutputError."""
        try:
            yield
        except OSError as error:
            told = error.strerror or error
            raise OutputError(f"{error.filename or self.out}: cannot be written: {told}") from error

    def keep(self, item: Written) -> bool:
        """Does the folder have this output already, with this content? Then it stays."""
        self._check(item.name)
        there = _digest(self.out / item.name) == item.sha256
        if there:
            self.written[item.name] = item
        return there

    def _check(self, name: str) -> None:
        """Raises OutputError if an output is not ours to write."""
        if not NAMES.fullmatch(name):
            raise OutputError(f"{name}: not a name that is safe to write")
        path = self.out / name
        if name not in self.ours and os.path.lexists(path):
            raise OutputError(f"{path}: is not of our making; move it away or choose another folder with --out")
        assert name not in self.written, name

    def _note(self, item: Written) -> None:
        """Note an output that lies ready, unless it has the content that is in the folder."""
        if not self.keep(item):
            self.written[item.name] = item
            self.changed.append(item.name)
        elif (self.new / item.name).exists():
            (self.new / item.name).unlink()

    def publish(
        self, manifest: Callable[[list[Written]], bytes], head: Callable[[str, list[Written]], bytes] | None = None
    ) -> None:
        """Put the new files in place, remove old ones that were not written again, the manifest last.

        `manifest` makes it of all outputs but those of the index, `head` makes that of the index, of the hash of the
        manifest and the index's other files.
        """
        items = [self.written[name] for name in sorted(self.written)]
        content = manifest([item for item in items if not item.name.startswith(f"{INDEX}/")])
        digest = hashlib.sha256(content).hexdigest()
        if head:
            self.put(f"{INDEX}/head.json", head(digest, [item for item in items if item.name.startswith(f"{INDEX}/")]))
        if _digest(self.out / MANIFEST) != digest:
            with self._told():
                _save(self.new / MANIFEST, [content], sync=True)
            self.changed.append(MANIFEST)
        gone = sorted(self.ours.keys() - self.written.keys())
        for name in sorted({*self.changed, *gone} & self.ours.keys()):
            if self.ours[name] and (found := _digest(self.out / name)) and found != self.ours[name]:
                self.edited[name] = self._spare(name)
        if self.changed or gone:
            if hasattr(os, "sync"):
                os.sync()  # at once: one by one, 20,000 articles take two minutes
            names = sorted(self.ours.keys() | self.written.keys())
            pending = Pending(names, self.changed, gone, self.edited)
            with self._told():
                write_pending(self.out, pending)
                switch(self.out, pending)

    def _spare(self, name: str) -> str:
        """A name for an output that somebody has edited; no article has such an id."""
        path = Path(name)
        names = (f"{path.with_suffix('')}.edited{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
        return next(each for each in names if not os.path.lexists(self.out / each))


def listed(out: Path) -> dict[str, str]:
    """The outputs that the manifest of a folder lists, with the hashes of their content ("" where it has none).

    Empty where there is no manifest. Raises OutputError for one of others.
    """
    path = out / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        ours = content["program"] == PROGRAM
        items = [item if isinstance(item, dict) else {"name": item} for item in content["outputs"]]
        names = {item["name"]: str(item.get("sha256", "")) for item in items}
    except FileNotFoundError:
        return {}
    except (ValueError, LookupError, TypeError):
        ours = False
    if not ours:
        raise OutputError(f"{path}: is not a manifest of ours; move it away or choose another folder with --out")
    return {name: known for name, known in names.items() if isinstance(name, str) and NAMES.fullmatch(name)}


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


def _digest(path: Path) -> str:
    """The SHA-256 of a file's content; empty where there is no plain file."""
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
