"""Texts that begin with the same letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Prefix

NEIGHBOURS = 3  # texts after each in sorted order that it is compared with; few are copies or splices of one text


def shared_beginnings(texts: Sequence[str], least: int) -> Iterator[tuple[int, int, int]]:
    """(a, b, length): texts near in sorted order whose first `length` >= `least` characters are the same."""
    order = sorted(range(len(texts)), key=texts.__getitem__)
    for step in range(1, NEIGHBOURS + 1):
        for a, b in zip(order, order[step:], strict=False):
            x, y = texts[a], texts[b]
            if len(x) >= least and x[:least] == y[:least]:
                yield a, b, Prefix.similarity(x, y)
