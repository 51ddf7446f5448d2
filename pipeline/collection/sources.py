"""The sources of a collection: what is known of each, and what has become of it since."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

from ..errors import InputError, OutputError
from ..read.sources import Found

STDIN = "-"
RECENT = 2 * 10**9  # ns: a file that was changed so recently may change again without a newer time


@dataclass(frozen=True, slots=True)
class Kept:
    """A source of a collection.

    How it was found (see read.sources.Found), with its `place` relative to the output folder; the hash of its bytes
    (empty if they can't be read), its size and time; the `key` under which its pages are kept, and the digests of what
    their ids depend on, of the program that read them, and of its settings.
    """

    linked: bool
    id: str
    name: str
    whole: str
    place: str
    sha256: str = ""
    size: int = 0
    mtime_ns: int = 0
    key: str = ""
    names: str = ""
    reader: str = ""
    settings: str = ""

    def found(self, out: Path) -> Found:
        """The source as a file that was found."""
        if self.place == STDIN:
            return Found(self.linked, self.id, self.name, STDIN, self.whole, None)
        real = os.path.normpath(os.path.join(os.path.realpath(out), unquote(self.place, errors="surrogateescape")))
        return Found(self.linked, self.id, self.name, real, self.whole, Path(real))


@dataclass(frozen=True)
class Changes:
    """Sources by what has become of them: `files` are all that are there, with what is known of them; `new`, `changed`
    and `gone` name some of them."""

    files: tuple[tuple[Found, Kept], ...]
    gone: tuple[tuple[Found, Kept], ...] = ()
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


def compare(given: Sequence[Found], known: Iterable[Kept], out: Path, stdin: bytes | None = None) -> Changes:
    """What has become of the known sources of a collection, and what the given ones add.

    Those that are not given are looked for, but not looked at. One that cannot be opened any more is gone. A source
    that is gone, and is given under the same name from another place, has moved. Raises OutputError for other text on
    standard input.
    """
    before = {file.real: (file, kept) for kept in known for file in [kept.found(out)]}
    lost = {file.name: real for real, (file, _) in before.items() if not _exists(file)}
    files = {real: before[real] for real in before.keys() - set(lost.values())}
    new, changed, shut = set(), set(), []
    for file in given:
        if file.real in before:
            lost.pop(file.name, None)  # it is back
            kept: Kept | None = before[file.real][1]
            file = min(file, before[file.real][0]._replace(path=file.path))
        else:
            kept = before[lost.pop(file.name)][1] if file.name in lost else None
        now = stamped(_named(kept, file, out), file, stdin)
        if kept and kept.sha256 and not now.sha256:
            shut.append((kept.found(out), kept))
            files.pop(file.real, None)
            continue
        files[file.real] = (file, now)
        if kept is None:
            new.add(file.name)
        elif now.sha256 != kept.sha256:
            if file.path is None:
                remedy = "save both as files and name these; or give --replace, to start anew"
                raise OutputError(f"{out}: holds what standard input said before, and it says something else; {remedy}")
            changed.add(file.name)
    gone = (*(before[real] for real in lost.values()), *shut)
    return Changes(tuple(files[real] for real in sorted(files)), gone, frozenset(new), frozenset(changed))


def stamped(kept: Kept, file: Found, stdin: bytes | None = None) -> Kept:
    """A source with the hash of its bytes, which are read only if its size or time has changed."""
    if file.path is None:
        content = stdin or b""
        return replace(kept, sha256=hashlib.sha256(content).hexdigest(), size=len(content), mtime_ns=0)
    try:
        found = os.stat(file.path)
        if kept.sha256 and (found.st_size, found.st_mtime_ns) == (kept.size, kept.mtime_ns):
            return kept
        if not os.path.isfile(file.path):
            return replace(kept, sha256="", size=0, mtime_ns=0)
        with file.path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return replace(kept, sha256="", size=0, mtime_ns=0)
    settled = time.time_ns() - found.st_mtime_ns > RECENT
    return replace(kept, sha256=digest, size=found.st_size, mtime_ns=found.st_mtime_ns if settled else 0)


def chosen(names: Sequence[str], known: Sequence[Kept]) -> list[Kept]:
    """The sources of a collection that some names name: as they were given, or as a folder that held them.

    Raises InputError for a name that names none.
    """
    picked = []
    for name in names:
        plain = Path(name).as_posix()
        own = [kept for kept in known if kept.name == plain or kept.name.startswith(f"{plain.rstrip('/')}/")]
        if not own:
            raise InputError(f"{name!r}: is no source of this collection; `unsplice status` lists them")
        picked += own
    return picked


def _named(kept: Kept | None, file: Found, out: Path) -> Kept:
    """A source as it is found now, with what is known of its bytes."""
    place = STDIN if file.path is None else quote(_relative(file.real, out), errors="surrogateescape")
    found = Kept(file.linked, file.id, file.name, file.whole, place)
    return replace(found, sha256=kept.sha256, size=kept.size, mtime_ns=kept.mtime_ns) if kept else found


def _relative(real: str, out: Path) -> str:
    try:
        return os.path.relpath(real, os.path.realpath(out))
    except ValueError:  # another drive
        return real


def _exists(file: Found) -> bool:
    return file.path is None or os.path.lexists(file.path)
