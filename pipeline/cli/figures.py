"""The figures of an evaluation, as tables to print or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..measure.figures import NAMES, Changed, Evaluation, Figures, Shares, mean
from ..version import __version__

ARTICLES_PER_PAGE = 4  # about how many articles a page takes, strangers included
WIDTH = 10


def tables(found: Sequence[Evaluation], pages: int, show: int) -> Iterator[str]:
    """Lines: a table for each publisher, the mean of several, the stories that were changed, and what that means."""
    for each in found:
        made = each.levels["clean"].pages
        short = f" (for {pages}, some {pages * ARTICLES_PER_PAGE} articles are needed)" if made < pages else ""
        yield f"{_name(each)}: {each.articles:,} articles; {made} pages for each level of damage{short}"
        yield from _table({level: (own.shares, own.stories) for level, own in each.levels.items()})
    if len(found) > 1:
        yield f"mean of {len(found)}:"
        yield from _table({level: (mean(found, level), None) for level in found[0].levels})
    clean = [(each, each.levels["clean"]) for each in found]
    for each, own in clean:
        yield from _changed(each, own, show)
    yield _meaning([own for _, own in clean])


def as_json_text(found: Sequence[Evaluation], seed: int) -> str:
    """One JSON object: each publisher's figures by level, and the means."""
    whole: dict[str, Any] = {
        "version": __version__,
        "seed": seed,
        "publishers": [asdict(each) for each in found],
        "mean": {level: asdict(mean(found, level)) for level in found[0].levels},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _name(each: Evaluation) -> str:
    return Path(each.name).name or each.name


def _table(rows: dict[str, tuple[Shares, int | None]]) -> Iterator[str]:
    yield f"{'':<8}{'stories':>8}" + "".join(f"{name:>{WIDTH}}" for name in NAMES)
    for level, (shares, stories) in rows.items():
        values = (getattr(shares, name) for name in NAMES)
        cells = "".join(f"{'-' if value is None else f'{value:.3f}':>{WIDTH}}" for value in values)
        yield f"{level:<8}{'' if stories is None else f'{stories:,}':>8}{cells}"


def _changed(each: Evaluation, clean: Figures, show: int) -> Iterator[str]:
    """The first stories that are changed on clean pages."""
    if show and clean.changed:
        yield f"{_name(each)}: changed on clean pages:"
        yield from (line for story in clean.changed[:show] for line in _story(story))
        if (more := len(clean.changed) - show) > 0:
            yield f"  and {more:,} more (--show {len(clean.changed)})"


def _story(story: Changed) -> Iterator[str]:
    yield f"  {story.id} “{story.title}”" if story.title else f"  {story.id}"
    yield from (f"    {line}" for line in story.happened)


def _meaning(clean: Sequence[Figures]) -> str:
    """What the figures mean for pages without damage, in a sentence."""
    changed, stories = sum(len(own.changed) for own in clean), sum(own.stories for own in clean)
    number = f"{changed:,}" if changed else "none"
    share = f" ({changed / stories:.1%})" if changed else ""
    return f"On your clean pages {number} of {stories:,} stories would be changed{share}."
