"""Headlines that were missed, found by the story that begins after them: roles and stories are one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.config import ReattachConfig
from pipeline.model import Passage, Role
from pipeline.stages.decide import PageVerdicts, runs_apart

LETTERS = (5, 70)  # of a headline: what is shorter or longer is none


def promote(page: PageVerdicts, passages: Sequence[Passage], config: ReattachConfig) -> tuple[Passage, ...]:
    """The passages, with a headline where a run set apart begins with a line that may well be one, or just after it."""
    found = set()
    for run in runs_apart(page.verdicts):
        first = run[0].passage
        near = [p for p in (first, *passages[max(0, first.index - 1) : first.index]) if _may_be(p, config)]
        best = max(near, key=lambda p: p.headline, default=None)
        if best and (best is not first or len(run) > 1):
            found.add(best.index)
    if not found:
        return tuple(passages)
    return tuple(replace(p, role=Role.HEADLINE, certainty=p.headline) if p.index in found else p for p in passages)


def _may_be(p: Passage, config: ReattachConfig) -> bool:
    if p.role in (Role.HEADLINE, Role.BOILERPLATE) or p.headline < config.promote or "fused" in p.flags:
        return False
    return LETTERS[0] <= len(p.text) <= LETTERS[1]
