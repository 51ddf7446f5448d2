"""Near-duplicates among whole documents: JSON lines in; pairs, clusters and what is kept out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from pipeline.config import Config, DedupConfig
from pipeline.errors import InputError
from pipeline.model import Passage, Role
from pipeline.similarity.forms import fold
from pipeline.stages.dedup import find_copies
from pipeline.stages.outbox import Outbox, check_out
from pipeline.stages.write import manifest


@dataclass(frozen=True, slots=True)
class Summary:
    """What a deduplication came to, in documents; `set_aside` are lines that hold no document."""

    documents: int
    kept: int
    removed: int
    clusters: int
    set_aside: int


def dedup_documents(paths: Sequence[Path], out: Path, *, text: str = "text", id_field: str = "id") -> Summary:
    """Finds the copies among the records of JSONL files and writes three files to `out`, each whole or not at all.

    pairs.parquet: a (the copy), b (the one kept), kind, similarity. clusters.parquet: id, cluster, representative,
    kept. kept.jsonl: the lines that stay, byte for byte, in order. Raises InputError where nothing can be read.
    """
    check_out(out, paths)
    lines, documents, set_aside = _read(paths, text, id_field)
    if not documents:
        raise InputError(f"{', '.join(map(str, paths))}: no record with a text field {text!r}; name it with --text")
    config = DedupConfig()
    copies = find_copies(documents, config)
    ids = {d.key: d.page for d in documents}
    pairs = pd.DataFrame(
        [(ids[c.passage], ids[c.survivor], str(c.kind), c.similarity) for c in copies],
        columns=["a", "b", "kind", "similarity"],
    )
    survivor = {c.passage: c.survivor for c in copies}
    number = {key: n for n, key in enumerate(sorted(set(survivor.values())), 1)}
    clusters = pd.DataFrame(
        [
            (d.page, number.get(survivor.get(d.key, d.key)), ids[survivor.get(d.key, d.key)], d.key not in survivor)
            for d in documents
        ],
        columns=["id", "cluster", "representative", "kept"],
    ).astype({"cluster": "Int64"})
    kept = [line for line, d in zip(lines, documents, strict=True) if d.key not in survivor]
    with Outbox(out) as box:
        box.put("pairs.parquet", _parquet(pairs))
        box.put("clusters.parquet", _parquet(clusters))
        box.put("kept.jsonl", b"".join(line + b"\n" for line in kept))
        box.publish(lambda outputs: manifest(outputs, paths, Config(dedup=config)))
    return Summary(len(documents), len(kept), len(copies), len(number), set_aside)


def _read(paths: Sequence[Path], text: str, id_field: str) -> tuple[list[bytes], list[Passage], int]:
    """The lines that hold a document, the documents as passages of one page each, and how many lines do not."""
    lines: list[bytes] = []
    documents: list[Passage] = []
    seen: set[str] = set()
    bad = 0
    for path in paths:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}; check the name and the rights") from error
        for number, line in enumerate(raw.split(b"\n"), 1):
            if not line.strip():
                continue
            body = _text(line, text)
            if body is None:
                bad += 1
                continue
            id_ = str(orjson.loads(line).get(id_field) or f"{path.stem}:{number}")
            if id_ in seen:
                id_ = f"{id_}#{path.stem}:{number}"
            seen.add(id_)
            lines.append(line)
            documents.append(Passage(id_, 0, 0, len(body), number, body, Role.BODY))
    return lines, documents, bad


def _text(line: bytes, field: str) -> str | None:
    try:
        record: Any = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    body = record.get(field) if isinstance(record, dict) else None
    return body if isinstance(body, str) and fold(body) else None


def _parquet(frame: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.to_parquet(stream, index=False)
    return stream.getvalue()
