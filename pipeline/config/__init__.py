"""The configuration: one frozen dataclass per stage; `load` reads it from files, environment and options."""

from .stages import (
    BOLDNESS,
    Boldness,
    Config,
    DedupConfig,
    Format,
    Latin,
    ReadConfig,
    ReattachConfig,
    Reprints,
    TidyConfig,
    WriteConfig,
)

__all__ = [
    "BOLDNESS",
    "Boldness",
    "Config",
    "DedupConfig",
    "Format",
    "Latin",
    "ReadConfig",
    "ReattachConfig",
    "Reprints",
    "TidyConfig",
    "WriteConfig",
]
