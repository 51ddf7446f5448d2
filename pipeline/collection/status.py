"""What a collection holds, and what has become of its sources, in lines to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..config import Config
from ..memory import digest
from ..models import Models
from ..read.sources import find_files
from ..write.lock import Tell
from ..write.outbox import Outbox, listed
from .sources import compare
from .update import known, opened


def status(
    out: Path,
    paths: Sequence[str],
    config: Config,
    models: Models,
    stdin: bytes | None = None,
    wait: Tell | None = None,
) -> Iterator[str]:
    """Lines: sources and articles; then each source that is new, changed or gone; then what is stale.

    Sources that are not among `paths` are looked at, too. Completes what a run was interrupted in.
    """
    with Outbox(out, wait) as box:
        before = box.before
    index = opened(out, before)
    sources = known(index)
    there = [file for file in (kept.found(out) for kept in sources) if file.path and file.path.exists()]
    found = compare([*there, *(find_files(paths) if paths else ())], sources, out, stdin)
    articles = sum(name.startswith("articles/") for name in listed(out))
    yield f"{out}: {len(sources):,} sources" + (f", {articles:,} articles" if articles else "")
    for what, names in (
        ("new", found.new),
        ("changed", found.changed),
        ("gone", {kept.name for _, kept in found.gone}),
    ):
        for name in sorted(names):
            yield f"{what}: {name}"
    made = {
        "version": (index.facts.get("program"), index.program),
        "models": (index.facts.get("models"), models.card.digest if models.card else ""),
        "settings": (index.facts.get("settings"), digest(config)),
    }
    if sources and (other := [what for what, (then, now) in made.items() if then != now]):
        yield f"stale: decided with other {' and '.join(other)}; the next run decides all pages again"
