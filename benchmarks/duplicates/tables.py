"""The tables of a README, in Markdown, between two comments that mark their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from measure import Cost

Scores = dict[str, float | None]
SHARES = ("recall_70", "precision", "planted", "edit", "stub", "tail", "concat")


def compared(corpus: str, costs: dict[str, list[Cost]], scores: dict[str, Scores]) -> list[list[str]]:
    """Rows of one corpus, a tool each: median and range of CPU seconds, ratios of medians, MB, shares."""
    cpu = {tool: median(cost.cpu for cost in each) for tool, each in costs.items()}
    return [
        [
            corpus,
            tool,
            seconds([cost.cpu for cost in each]),
            *(ratio(cpu[tool], cpu.get(peer)) for peer in ("rensa", "datasketch")),
            f"{max(cost.peak for cost in each):,.0f}",
            *(_share(scores[tool][name]) for name in SHARES),
        ]
        for tool, each in costs.items()
    ]


def seconds(taken: Sequence[float]) -> str:
    """The median, and the range where there are several."""
    middle = f"{median(taken):.1f}"
    return middle if len(taken) == 1 else f"{middle} ({min(taken):.1f}-{max(taken):.1f})"


def ratio(part: float, whole: float | None) -> str:
    """One over the other; a dash where there is no other."""
    return f"{part / whole:.2f}" if whole else "-"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, numbers to the right: all columns but those of names."""
    rule = ["---" if name in ("corpus", "tool") else "---:" for name in head]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])


def put(readme: Path, name: str, text: str) -> None:
    """Replaces what stands between the comments <!-- name --> and <!-- /name -->."""
    old = readme.read_text(encoding="utf-8")
    pattern = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    new, places = pattern.subn(lambda _: f"\n{text}\n\n", old)
    if places != 1:
        raise SystemExit(f"{readme}: needs one <!-- {name} --> and <!-- /{name} -->, each on a line of its own")
    readme.write_text(new, encoding="utf-8")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
