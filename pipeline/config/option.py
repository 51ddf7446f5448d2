"""One option: its default, range and description stand in one place, for checks, messages and the JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import Any, TypeVar, get_type_hints

from ..errors import ConfigError

T = TypeVar("T")
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


@dataclass(frozen=True, slots=True)
class Option:
    """What a field of a stage's configuration can hold."""

    name: str
    kind: type  # bool, int, float, str, or a StrEnum of the values that are allowed
    default: Any
    text: str  # the description
    low: float | None  # the smallest and the largest value, both allowed; None is no limit
    high: float | None

    @property
    def choices(self) -> tuple[str, ...]:
        """The values allowed, if they are a list."""
        return tuple(map(str, self.kind)) if issubclass(self.kind, StrEnum) else ()

    def problem(self, value: object) -> str:
        """What is wrong with a value, as the end of a message; empty if nothing is."""
        if self.choices:
            return "" if value in self.choices else f"must be one of {', '.join(self.choices)}, not {value!r}"
        kinds: tuple[type, ...] = (int, float) if self.kind is float else (self.kind,)
        if type(value) not in kinds or (isinstance(value, float) and not isfinite(value)):
            return f"must be {_KINDS[self.kind]}, not {value!r}"
        if isinstance(value, int | float) and not self._within(value):
            return f"must be {self._range()}, not {value}"
        return ""

    def _within(self, value: float) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def _range(self) -> str:
        return f"{self.low} or more" if self.high is None else f"from {self.low} to {self.high}"


def option(default: T, text: str, *, low: float | None = None, high: float | None = None) -> T:
    """A field of a stage's configuration, with its description and the range that it must be in."""
    return field(default=default, metadata={"text": text, "low": low, "high": high})


@lru_cache(maxsize=64)
def options(stage: type) -> dict[str, Option]:
    """The options of a stage's configuration by name, in the order in which they are declared."""
    kinds = get_type_hints(stage)
    return {f.name: Option(f.name, kinds[f.name], f.default, **f.metadata) for f in fields(stage)}


def check(config: Any) -> None:
    """Raise ConfigError for the first option of a stage's configuration that holds a wrong value."""
    stage: type = type(config)
    for name, each in options(stage).items():
        if problem := each.problem(getattr(config, name)):
            raise ConfigError(f"{name}: {problem}")
