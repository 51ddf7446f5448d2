"""What is remembered between runs: what a stage made, by a digest of all that it depends on.

A stage is a pure function, so that what is remembered is what it would make again.
"""

from __future__ import annotations

import hashlib
from typing import Any, Protocol


class Memory(Protocol):
    """Remembers values by stage and key. `program` stands for the program that made them."""

    program: str

    def has(self, stage: str, key: str) -> bool:
        """Is a value remembered?"""
        ...

    def get(self, stage: str, key: str) -> Any:
        """A value, or None where none is remembered."""
        ...

    def put(self, stage: str, key: str, value: Any) -> None:
        """Remember a value."""
        ...


class Brief:
    """The memory of a run that stands for itself: it lasts as long as the run does."""

    program = ""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], Any] = {}

    def has(self, stage: str, key: str) -> bool:
        return (stage, key) in self._values

    def get(self, stage: str, key: str) -> Any:
        return self._values.get((stage, key))

    def put(self, stage: str, key: str, value: Any) -> None:
        self._values[stage, key] = value


def digest(*parts: object) -> str:
    """A key: the digest of what a value depends on, by the way that Python writes it."""
    text = "\x1e".join(part if isinstance(part, str) else repr(part) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
