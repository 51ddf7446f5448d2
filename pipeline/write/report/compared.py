"""Two texts, each marked where they differ, as wdiff does it: [-only here-], {+only there+}."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel


def compared(one: str, other: str) -> tuple[str, str]:
    """Both texts with marks; equal ones have none.

    >>> compared("载客四十余人", "载客五十余人。")
    ('载客[-四-]十余人', '载客{+五+}十余人{+。+}')
    """
    left = right = ""
    for step in Indel.opcodes(one, other):
        mine, theirs = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        left += mine if step.tag == "equal" else f"[-{mine}-]" * bool(mine)
        right += theirs if step.tag == "equal" else f"{{+{theirs}+}}" * bool(theirs)
    return left, right


def likest(text: str, others: Sequence[str]) -> str:
    """The text among others that is most like one."""
    return max(others, key=lambda other: Indel.normalized_similarity(text, other))
