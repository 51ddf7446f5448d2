"""The errors that unsplice raises, for callers to catch.

UnspliceError            anything that a user can fix; the message names the file, the problem and the remedy
├── InputError           a path, glob pattern or standard input that cannot be used
├── ConfigError          an option, environment variable or configuration key that is unknown or out of range
├── OutputError          the output folder cannot be used without changing files that unsplice did not write
├── ModelError           models that are missing, damaged, or made for another version of unsplice
└── LedgerError          the ledger does not account for every character: a bug in unsplice, never the input's fault
"""

from __future__ import annotations


class UnspliceError(Exception):
    """Base of all errors that unsplice raises on purpose."""


class InputError(UnspliceError):
    """A path, glob pattern or standard input that cannot be used."""


class ConfigError(UnspliceError):
    """An option, environment variable or configuration key that is unknown or out of range."""


class OutputError(UnspliceError):
    """The output folder cannot be used without changing files that unsplice did not write."""


class ModelError(UnspliceError):
    """Models that are missing, damaged, or made for another version of unsplice."""


class LedgerError(UnspliceError):
    """The ledger does not account for every character: a bug in unsplice, never the input's fault."""
