"""The index of a collection: what each stage of a run made of what, kept in columns by a digest of what it depends on.

`.index/head.json` lists the segments: files of columns, each with the keys of its values. A segment is never changed;
a run adds new ones, and drops those that it has no more use for. Every file is checked by its hash when it is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import orjson
import pyarrow as pa

from ..errors import OutputError
from ..memory import digest
from ..write.outbox import INDEX, Outbox, Written
from . import columns

FORMAT = 1
SEGMENT = 128  # values of one segment: what is loaded for one of them
REMEDY = "give all sources again with --replace, to start anew"


@dataclass(frozen=True, slots=True)
class Segment:
    """A file of columns of the index: its name, the hash of its content, its size, and the keys of its values."""

    name: str
    sha256: str
    size: int
    stage: str
    keys: tuple[str, ...]


@dataclass
class Index:
    """Values by stage and key. What this run asked for or made is kept; the rest is dropped when it is saved."""

    out: Path
    segments: list[Segment] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    kinds: dict[str, Any] = field(default_factory=dict)  # the type of the values of each stage
    texts: Mapping[str, str] = field(default_factory=dict)  # of the pages that the values are about, by their ids
    program: str = ""
    damaged: list[str] = field(default_factory=list)  # segments that could not be loaded: their values are made again

    def __post_init__(self) -> None:
        self._place = {(s.stage, key): (s, at) for s in self.segments for at, key in enumerate(s.keys)}
        self._sound: dict[str, bool] = {}
        self._loaded: dict[str, list[Any]] = {}
        self._new: dict[tuple[str, str], Any] = {}
        self._used: set[tuple[str, str]] = set()

    def has(self, stage: str, key: str) -> bool:
        """Is there a value, in a file that is sound? It will be kept."""
        self._used.add((stage, key))
        found = self._place.get((stage, key))
        return (stage, key) in self._new or (found is not None and self._is_sound(found[0]))

    def get(self, stage: str, key: str) -> Any:
        """A value, or None where there is none."""
        if not self.has(stage, key):
            return None
        if (stage, key) in self._new:
            return self._new[stage, key]
        segment, at = self._place[stage, key]
        if segment.name not in self._loaded:
            self._loaded[segment.name] = self._load(segment)
        return self._loaded[segment.name][at]

    def put(self, stage: str, key: str, value: Any) -> None:
        """Keep a value."""
        self._new[stage, key] = value
        self._used.add((stage, key))

    def drop(self, stage: str) -> None:
        """Keep nothing of a stage but what is put from now on."""
        self._used = {(of, key) for of, key in self._used if of != stage}

    def _load(self, segment: Segment) -> list[Any]:
        path = self.out / segment.name
        try:
            return columns.decode(self.kinds[segment.stage], columns.read(path.read_bytes()), self.texts)
        except (OSError, LookupError, ValueError, TypeError, pa.ArrowException) as error:
            raise OutputError(f"{path}: cannot be read as part of the index ({error}); {REMEDY}") from error

    def _is_sound(self, segment: Segment) -> bool:
        """Is a segment what was written? It is looked at once."""
        if segment.name not in self._sound:
            try:
                with (self.out / segment.name).open("rb") as file:
                    sound = hashlib.file_digest(file, "sha256").hexdigest() == segment.sha256
            except OSError:
                sound = False
            self._sound[segment.name] = sound
            if not sound:
                self.damaged.append(segment.name)
        return self._sound[segment.name]

    def save(self, box: Outbox) -> list[Segment]:
        """Write what is new, in segments, and keep the others that are still of use; all that are in the index then."""
        kept: list[Segment] = []
        for segment in self.segments:
            used = [key for key in segment.keys if (segment.stage, key) in self._used - self._new.keys()]
            if self._sound.get(segment.name) and 2 * len(used) >= len(segment.keys) and box.keep(_written(segment)):
                kept.append(segment)
            else:
                for key in used:
                    if self.has(segment.stage, key):
                        self._new[segment.stage, key] = self.get(segment.stage, key)
        for stage in self.kinds:
            keys = [key for of, key in self._new if of == stage]
            for start in range(0, len(keys), SEGMENT):
                own = keys[start : start + SEGMENT]
                kept.append(self._write(box, stage, own, [self._new[stage, key] for key in own]))
        return sorted(kept, key=lambda segment: segment.name)

    def _write(self, box: Outbox, stage: str, keys: Sequence[str], values: Sequence[Any]) -> Segment:
        name = f"{INDEX}/{stage}-{digest(*keys)}.arrow"
        if name not in box.written:
            box.put_file(name, lambda path: columns.write(columns.encode(self.kinds[stage], values), str(path)))
        item = box.written[name]
        return Segment(name, item.sha256, item.size, stage, tuple(keys))


def head(facts: Mapping[str, Any], segments: Iterable[Segment]) -> bytes:
    """The head of an index."""
    body = orjson.dumps({"facts": facts, "segments": [asdict(segment) for segment in segments]})
    return orjson.dumps({"format": FORMAT, "sha256": hashlib.sha256(body).hexdigest()}) + b"\n" + body + b"\n"


def open_index(out: Path, kinds: Mapping[str, Any]) -> Index | None:
    """The index of a folder; None where there is none. Raises OutputError for one that can't be used."""
    path = out / INDEX / "head.json"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    first, _, body = content.partition(b"\n")
    try:
        known = orjson.loads(first)
        if known["format"] != FORMAT:
            raise OutputError(f"{path}: an index of format {known['format']}, and this is {FORMAT}; {REMEDY}")
        if known["sha256"] != hashlib.sha256(body.rstrip(b"\n")).hexdigest():
            _damaged(path)
        found = orjson.loads(body)
        segments = [Segment(**each | {"keys": tuple(each["keys"])}) for each in found["segments"]]
    except (ValueError, LookupError, TypeError):
        _damaged(path)
    return Index(out, segments, found["facts"], dict(kinds))


def _damaged(path: Path) -> NoReturn:
    raise OutputError(f"{path}: is damaged; {REMEDY}")


def _written(segment: Segment) -> Written:
    return Written(segment.name, segment.sha256, segment.size)
