"""Write the card of newly learned models: their corpora, tools and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from itertools import starmap
from pathlib import Path
from typing import Any

from ..models.card import FORMAT, Card, Corpus
from ..version import __version__
from .made import Clean

TOOLS = ("jax", "lightgbm", "optax")
Corpora = Mapping[str, Sequence[Clean]]


def card_of(corpora: Corpora, seeds: Mapping[str, int], figures: Mapping[str, Any]) -> Card:
    """The card of newly learned models; the hashes of their files are added when it is written."""
    tools = {tool: version(tool) for tool in ("numpy", "jieba", *TOOLS)}
    return Card(FORMAT, __version__, tuple(starmap(_corpus, corpora.items())), {}, seeds, tools, figures)


def _corpus(name: str, articles: Sequence[Clean]) -> Corpus:
    days = sorted(_iso(day) for a in articles if (day := a.issue.split("/")[0]))
    ids = "\n".join(sorted(a.id for a in articles)).encode()
    first, last = (days[0], days[-1]) if days else ("", "")
    return Corpus(Path(name).name, len(articles), first, last, sha256(ids).hexdigest())


def _iso(day: str) -> str:
    """The date of an issue as ISO text; separate parts are padded to four digits: 20200101, 202000010001."""
    year, rest = day[:4], day[4:]
    half = len(rest) // 2
    return f"{year}-{rest[:half][-2:]}-{rest[half:][-2:]}" if len(rest) in (4, 8) else day
