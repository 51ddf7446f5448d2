"""Which files there are to read, and the ids of their pages.

An id depends on a file's own path alone, so that it stays when other files come or go; only of two files that would
get the same id, one must give way.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import count
from pathlib import Path, PurePath
from typing import NamedTuple

from pipeline.errors import InputError

ENDINGS = (".txt", ".jsonl")
MAGIC = re.compile(r"[*?[]")
PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")  # a file name, and a target of a Makefile, without any quoting
LONGEST_ID = 80  # characters: file systems end at 255 bytes, tables and people much earlier


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input (without a path).

    `name` is the file as the user would name it. `id` is the page's id; for JSONL the stem of its pages' ids.
    `rivals` are ids of other sources that a record's id could run into, such as "a-b" for a record "b" of "a";
    one that ends with "-" is a JSONL file's and stands for all its records.
    """

    path: Path | None
    name: str
    id: str
    rivals: tuple[str, ...] = ()

    @property
    def jsonl(self) -> bool:
        """Does each line hold a page? Standard input may; what it is shows when it is read."""
        return self.path is None or self.path.suffix.lower() == ".jsonl"


class _Found(NamedTuple):
    """A file as it was found; `linked` comes first so that of two ways to a file the direct one counts."""

    linked: bool
    id: str
    name: str
    real: str
    path: Path | None


def find_sources(inputs: Sequence[str]) -> list[Source]:
    """The files that `inputs` (files, folders, globs, "-") name, each once, by id and name, whatever their order.

    Raises InputError for an input that names nothing.
    """
    distinct: dict[str, _Found] = {}
    for file in sorted(file for each in inputs for file in _find(each)):
        distinct.setdefault(file.real, file)
    taken: set[str] = set()
    sources = []
    for file in sorted(distinct.values(), key=lambda file: (file.id, file.name)):
        sources.append(Source(file.path, file.name, unused_id(file.id, file.name, taken)))
    return sorted(_with_rivals(sources), key=lambda source: (source.id, source.name))


def _find(given: str) -> Iterator[_Found]:
    """The files that one input names."""
    if given == "-":
        yield _Found(False, "stdin", "-", "-", None)
        return
    path = Path(given)
    if given and os.path.exists(path) and not os.path.isdir(path):  # also where its name holds glob characters
        yield _Found(path.is_symlink(), _page_id(path.name), _shown(path), os.path.realpath(path), path)
        return
    base, patterns = _split_glob(path)
    if not given or (not patterns and not os.path.exists(path)):
        raise InputError(f"{given!r}: there is no such file or folder; check the path")
    files = list(_scan(base, patterns)) if os.path.isdir(base) else []
    if not files:
        raise InputError(f"{given!r}: holds no page; name files, or a folder with *.txt or *.jsonl in it")
    yield from files


def _split_glob(path: Path) -> tuple[Path, list[str]]:
    """A glob's folder and the patterns for the names below it; no patterns for what is no glob.

    A folder that exists under its literal name ("[1]/*.txt") is that folder.
    """
    base, names = Path(path.anchor), list(path.parts[1 if path.anchor else 0 :])
    while names and (not MAGIC.search(names[0]) or os.path.exists(base / names[0])):
        base /= names.pop(0)
    return base, names


def _scan(base: Path, patterns: list[str]) -> Iterator[_Found]:
    """The pages below a folder that match the patterns, one a level; all pages where there are no more patterns.

    Linked folders aren't entered: what they hold inside the base is found at its own place, and nothing outside of
    it is ours. So there are no loops. A folder that can't be listed comes out as a file, to be set aside.
    """
    root = os.path.realpath(base)
    literal = "" if not patterns or MAGIC.search(PurePath(patterns[-1]).suffix) else PurePath(patterns[-1]).suffix
    endings = {*ENDINGS, literal.lower()} - {""}
    folders = [(base, _open_states({0}, patterns))]
    while folders:
        folder, states = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if folder == base:
                raise InputError(f"{_shown(base)}: cannot be read ({error.strerror}); check its permissions") from error
            yield _found(base, folder, root)
            continue
        for entry in entries:
            path, after = folder / entry.name, _step(states, entry.name, patterns)
            if entry.is_dir(follow_symlinks=False):
                if after:
                    folders.append((path, after))
            elif len(patterns) in after and path.suffix.lower() in endings:
                file = _found(base, path, root, linked=entry.is_symlink())
                if not file.linked or (_inside(file.real, root) and not os.path.isdir(file.real)):
                    yield file


def _step(states: set[int], name: str, patterns: list[str]) -> set[int]:
    """How many patterns may be used up after a name, given how many may be before it; none if it doesn't match."""
    after = set()
    for used in states:
        pattern = patterns[used] if used < len(patterns) else "**"  # below a folder that matches, everything does
        if pattern == "**":
            after |= set() if name.startswith(".") else {used}
        elif fnmatchcase(name, pattern) and (not name.startswith(".") or pattern.startswith(".")):
            after.add(used + 1)
    return _open_states(after, patterns)


def _open_states(states: set[int], patterns: list[str]) -> set[int]:
    """The states, and those behind a "**", which may stand for no folder at all."""
    for used, pattern in enumerate(patterns):
        if pattern == "**" and used in states:
            states = states | {used + 1}
    return states


def _found(base: Path, path: Path, root: str, *, linked: bool = False) -> _Found:
    """A file below a folder whose real path is `root`."""
    relative = path.relative_to(base)
    real = os.path.realpath(path) if linked else os.path.join(root, relative)
    return _Found(linked, _page_id(relative.as_posix()), _shown(path), real, path)


def _inside(real: str, root: str) -> bool:
    return os.path.commonpath([real, root]) == root


def _shown(path: Path) -> str:
    """A path that can be printed and written, whatever bytes it is made of."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _with_rivals(sources: list[Source]) -> Iterator[Source]:
    """The sources; those of JSONL know which other ids begin as their records' ids do."""
    ids = sorted((source.id.lower(), source.jsonl) for source in sources)
    for source in sources:
        if source.jsonl:
            stem = source.id.lower()
            near = ids[bisect_left(ids, (f"{stem}-", False)) : bisect_left(ids, (f"{stem}.", False))]
            source = replace(source, rivals=tuple(other + "-" * jsonl for other, jsonl in near))
        yield source


def _page_id(relative: str) -> str:
    """A page's id by its path below the given folder."""
    return plain_id(os.path.splitext(relative)[0], relative)


def plain_id(name: str, whole: str) -> str:
    """`name` if it is plain ASCII, else what can be read of it and a hash of `whole`."""
    plain = unicodedata.normalize("NFC", name).replace("/", "-")
    return plain if PLAIN.fullmatch(plain) and len(plain) <= LONGEST_ID else _hashed(plain, whole)


def _hashed(readable: str, whole: str) -> str:
    """The ASCII remainder of `readable`, and a hash of `whole` that keeps it apart from others with that remainder."""
    normal = unicodedata.normalize("NFC", whole).encode("utf-8", "surrogatepass")
    remainder = re.sub(r"[^A-Za-z0-9._]+", "-", readable).strip("-.")[: LONGEST_ID - 9].rstrip("-.")
    return f"{remainder or 'page'}-{hashlib.blake2s(normal, digest_size=4).hexdigest()}"


def unused_id(wanted: str, whole: str, taken: set[str], rivals: frozenset[str] = frozenset()) -> str:
    """An id that nobody has yet, noted as taken; ids that differ by case alone count as one, as some disks see them."""
    page_id = wanted if len(wanted) <= LONGEST_ID else _hashed(wanted, wanted)
    tries = count(1)
    while page_id.lower() in taken or _claimed(page_id.lower(), rivals):
        page_id = _hashed(wanted, whole + "\n" * next(tries))
        rivals = frozenset()  # a hashed id is nobody's claim
    taken.add(page_id.lower())
    return page_id


def _claimed(page_id: str, rivals: frozenset[str]) -> bool:
    """Is the id another source's, or could it be that of one of its records?"""
    return page_id in rivals or any(page_id[: dash.end()] in rivals for dash in re.finditer("-", page_id))
