"""Find the files to read."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import NamedTuple

from ..errors import InputError
from .formats import KNOWN, Source, is_known, with_rivals
from .ids import apart, page_id, same_name, unused_id

MAGIC = re.compile(r"[*?[]")


class Found(NamedTuple):
    """A file as it was found: `name` is how the user would name it, `real` its place on this machine, `whole` its name
    relative to the working folder. Of several ways to one file the least counts; `linked` comes first, so that a direct
    one does."""

    linked: bool
    id: str
    name: str
    real: str
    whole: str
    path: Path | None


def find_sources(inputs: Sequence[str], *, as_given: bool = False) -> list[Source]:
    """The files that `inputs` (files, folders, globs, "-") name, each once, by id and name, whatever their order.

    As given, they are in the order of the inputs, and those of a folder by their paths. Raises InputError for an
    input that names nothing.
    """
    found = [file for each in inputs for file in sorted(_find(each), key=lambda file: file.path or Path())]
    files = distinct(found)
    sources = identified(files)
    if as_given:
        names = {file.real: source.name for file, source in zip(files, sources, strict=True)}
        places = {names[file.real]: at for at, file in reversed(list(enumerate(found)))}
        return sorted(sources, key=lambda source: places[source.name])
    return sorted(sources, key=lambda source: (source.id, source.name))


def find_files(inputs: Sequence[str]) -> list[Found]:
    """The files that `inputs` name, each once. Raises InputError for an input that names nothing."""
    return distinct(file for each in inputs for file in _find(each))


def distinct(found: Iterable[Found]) -> list[Found]:
    """Each file once, however often and in which ways it was found; sorted."""
    files: dict[str, Found] = {}
    for file in sorted(found):
        files.setdefault(file.real, file)
    return list(files.values())


def identified(files: Sequence[Found]) -> list[Source]:
    """The files as sources, in their order. Their ids depend on the names of all of them, and on nothing else.

    Where several files want one id, all of them give way: an id never comes to name another file.
    """
    wanted = Counter(file.id.lower() for file in files)
    contested = [wanted[file.id.lower()] > 1 for file in files]
    taken: dict[str, int] = {}
    ids: dict[str, str] = {}
    for file, several in sorted(zip(files, contested, strict=True), key=lambda x: (x[1], x[0].id, x[0].whole)):
        ids[file.real] = unused_id(apart(file.id, file.whole) if several else file.id, file.whole, taken)
    return list(with_rivals([Source(file.path, file.name, ids[file.real]) for file in files]))


def _find(given: str) -> Iterator[Found]:
    """The files that one input names."""
    if given == "-":
        yield Found(False, "stdin", "-", "-", same_name("-"), None)
        return
    path = Path(given)
    if given and os.path.exists(path) and not os.path.isdir(path):  # also where its name holds glob characters
        shown = _shown(path)
        yield Found(path.is_symlink(), page_id(path.name), shown, os.path.realpath(path), same_name(shown), path)
        return
    base, patterns = _split_glob(path)
    if not given or (not patterns and not os.path.exists(path)):
        raise InputError(f"{given!r}: there is no such file or folder; check the path")
    files = list(_scan(base, patterns)) if os.path.isdir(base) else []
    if not files:
        raise InputError(f"{given!r}: holds nothing to read; name files, or a folder with files that end in {KNOWN}")
    yield from files


def _split_glob(path: Path) -> tuple[Path, list[str]]:
    """A glob's folder and the patterns for the names below it; no patterns for what is no glob.

    A folder that exists under its literal name ("[1]/*.txt") is that folder.
    """
    base, names = Path(path.anchor), list(path.parts[1 if path.anchor else 0 :])
    while names and (not MAGIC.search(names[0]) or os.path.exists(base / names[0])):
        base /= names.pop(0)
    return base, names


def _scan(base: Path, patterns: list[str]) -> Iterator[Found]:
    """The pages below a folder that match the patterns, one a level; all pages where there are no more patterns.

    Linked folders aren't entered: what they hold inside the base is found at its own place, and nothing outside of
    it is ours. So there are no loops. A folder that can't be listed comes out as a file, to be set aside.
    """
    root = os.path.realpath(base)
    asked = PurePath(patterns[-1]).suffix.lower() if patterns else ""
    literal = "" if MAGIC.search(asked) else asked
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
            elif len(patterns) in after and (is_known(entry.name) or path.suffix.lower() == literal != ""):
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


def _found(base: Path, path: Path, root: str, *, linked: bool = False) -> Found:
    """A file below a folder whose real path is `root`."""
    relative = path.relative_to(base)
    real = os.path.realpath(path) if linked else os.path.join(root, relative)
    shown = _shown(path)
    return Found(linked, page_id(relative.as_posix()), shown, real, same_name(shown), path)


def _inside(real: str, root: str) -> bool:
    return os.path.commonpath([real, root]) == root


def _shown(path: Path) -> str:
    """A path that can be printed and written, whatever bytes it is made of."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
