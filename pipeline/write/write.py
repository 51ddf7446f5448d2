"""Write articles, ledger, report and manifest to a folder: the only module that writes a run's output to disk."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ..config import Config, Format
from ..errors import InputError, LedgerError
from ..model import Article, Placement, Result, SetAside
from ..version import __version__
from .articles import compose
from .layouts import indented, plain, write_table
from .ledger import check_ledger, table
from .markdown import markdown
from .metadata import FIELDS
from .outbox import NAMES, Outbox, Written, check_out
from .report import render
from .switch import PROGRAM

if TYPE_CHECKING:
    from ..models.card import Card

__all__ = ["check_ledger", "check_out", "compose", "table", "write"]


def write(result: Result, out: Path, *, inputs: Sequence[Path], config: Config, models: Card | None = None) -> None:
    """Write all outputs into the folder `out`, each whole or not at all, and no index.

    `inputs` are the files that were read, perhaps with the folders that held them; the files go into the manifest with
    their hashes. Replaces what an earlier run wrote here, removes what is no longer written, and touches nothing
    else. Raises LedgerError if the ledger is inconsistent, OutputError if `out` is not ours to use.
    """
    check_out(out, inputs)
    files = hashed([path for path in inputs if not path.is_dir()])
    with Outbox(out) as box:
        put_results(box, result, config)
        box.publish(lambda outputs: manifest(outputs, files, config, models))


def put_results(box: Outbox, result: Result, config: Config) -> None:
    """Check the ledger, then put all outputs but the manifest into an outbox.

    Raises LedgerError if the ledger is inconsistent.
    """
    check_ledger({page.id: page for page in result.pages}, result.placements, result.articles)
    files = {page.id: _readable(page.source) for page in result.pages}
    # No wait for each article: at 5 ms each, 20,000 take two minutes.
    if ending := config.write.ending:
        for article in result.articles:
            box.put(_name(article, ending), _file(article, files, ending), sync=False)
    if config.write.format == Format.PARQUET:
        records = (_record(article, files) for article in result.articles)
        box.put_file("articles.parquet", lambda path: write_table(records, path))
    box.put("articles.jsonl", _lines(result.articles, files))
    box.put("ledger.parquet", _parquet(result.placements, result.set_aside))
    box.put("report.html", (chunk.encode() for chunk in render(result, ending)))


def _name(article: Article, ending: str) -> str:
    name = f"articles/{article.id}.{ending}"
    if not NAMES.fullmatch(name):
        raise LedgerError(f"{article.id}: an article's id that is not safe as a file name")
    return name


def _file(article: Article, files: dict[str, str], ending: str) -> bytes:
    """An article's own file."""
    if ending == Format.JSON:
        return indented(_record(article, files))
    return (plain(article) if ending == Format.TXT else markdown(article, files)).encode()


def _lines(articles: Sequence[Article], files: Mapping[str, str]) -> Iterator[bytes]:
    """Each article as one line of JSON."""
    for article in articles:
        yield orjson.dumps(_record(article, files), option=orjson.OPT_APPEND_NEWLINE)


def _record(article: Article, files: Mapping[str, str]) -> dict[str, Any]:
    sources = [
        {"page": s.page, "file": files[s.page], "start": s.start, "end": s.end, "lines": [s.line, s.last_line]}
        for s in article.sources
    ]
    return {
        "id": article.id,
        "title": article.title,
        "text": "\n".join(p.text for p in article.paragraphs),
        "paragraphs": [
            {
                "role": p.role.value,
                "text": p.text,
                "sources": [{"page": s.page, "start": s.start, "end": s.end} for s in p.sources],
            }
            for p in article.paragraphs
        ],
        "metadata": {**_fields(article), "sources": sources, "flags": [flag.value for flag in article.flags]},
    }


def _fields(article: Article) -> dict[str, str | Sequence[str]]:
    """All fields of metadata, known or not: every record has the same fields of the same types."""
    return {field: article.meta.get(field, empty) for field, empty in FIELDS.items()}


def _parquet(placements: Sequence[Placement], set_aside: Sequence[SetAside]) -> Iterator[bytes]:
    """The ledger as a Parquet file."""
    import pyarrow as pa  # late: slow to import
    import pyarrow.parquet as pq

    text, words = pa.string(), pa.dictionary(pa.int32(), pa.string())
    whole, real = pa.int64(), pa.float64()
    kinds = dict.fromkeys(("page", "role", "action", "copy_kind", "reason"), words) | {"position": pa.int32()}
    kinds |= dict.fromkeys(("similarity", "certainty", "score", "margin"), real)
    kinds |= {"start": whole, "end": whole, "line": whole, "cluster": whole, "flags": pa.list_(text)}
    frame = table(placements, set_aside)
    schema = pa.schema([(name, kinds.get(name, text)) for name in frame.columns])
    ledger = pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)
    file = io.BytesIO()
    pq.write_table(ledger, file, compression="zstd")
    yield file.getbuffer()  # type: ignore[misc]


def manifest(
    outputs: Sequence[Written], inputs: Sequence[Written], config: Config, models: Card | None = None
) -> bytes:
    """Outputs, inputs and settings; without times or machine names, so that equal runs have equal manifests."""
    content = {
        "program": PROGRAM,
        "version": __version__,
        "models": {"version": models.version, "sha256": models.digest} if models else None,
        "config": asdict(config),
        "inputs": [asdict(item) for item in inputs],
        "outputs": [asdict(item) for item in outputs],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def hashed(files: Sequence[Path]) -> list[Written]:
    """Files with hash and size, as the manifest lists them. Raises InputError for one that can't be read."""
    found = {}
    for path in files:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                found[os.path.abspath(path)] = digest, file.tell()  # links keep their names
        except OSError as error:
            raise InputError(f"{path}: cannot be read again for its hash: {error.strerror}") from error
    return named(found)


def named(files: Mapping[str, tuple[str, int]]) -> list[Written]:
    """Hash and size of files by their full paths, named relative to the nearest folder that holds them all."""
    root = os.path.commonpath([os.path.dirname(path) for path in files]) if files else ""
    return [Written(Path(path).relative_to(root).as_posix(), *files[path]) for path in sorted(files)]


def _readable(name: str) -> str:
    r"""A file's name as text; bytes in it that are not UTF-8 come out as "\udcb9"."""
    return name.encode("utf-8", "backslashreplace").decode()
