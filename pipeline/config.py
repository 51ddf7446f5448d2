"""Settings: one frozen dataclass a stage, loaded from TOML and checked against unknown keys and bad values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How bytes become pages."""

    encoding: str = "auto"  # "auto", or a codec's name to take instead of what the bytes say
    max_bytes: int = 32 * 2**20  # of one file that is one page: no newspaper page is as large
    max_bad_share: float = 0.02  # of a page's characters that may be undecodable before it is set aside


@dataclass(frozen=True, slots=True)
class TidyConfig:
    """Which typographic rules are applied to what is written."""

    enabled: bool = True
    punctuation: bool = True  # half-width punctuation among Han characters becomes full-width
    spaces: bool = True  # spaces between Han characters go
    width: bool = True  # full-width Latin letters and digits become ASCII


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    tidy: TidyConfig = field(default_factory=TidyConfig)
