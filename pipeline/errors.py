"""What can go wrong, for callers to catch.

UnspliceError            anything that a user can mend; the message names what, where and the remedy
├── InputError           a path, glob or standard input that cannot be used at all
├── ConfigError          an option, environment variable or configuration key that is unknown or out of range
├── OutputError          the output folder cannot be used without touching what is not ours
├── ModelError           models that are not there, or not for this program
└── LedgerError          the account does not add up: a fault of this program, never of the input
"""

from __future__ import annotations


class UnspliceError(Exception):
    """Base of all errors that unsplice raises on purpose."""


class InputError(UnspliceError):
    """A path, glob or standard input that cannot be used at all."""


class ConfigError(UnspliceError):
    """An option, environment variable or configuration key that is unknown or out of range."""


class OutputError(UnspliceError):
    """The output folder cannot be used without touching what is not ours."""


class ModelError(UnspliceError):
    """Models that are not there, or not for this program."""


class LedgerError(UnspliceError):
    """The account does not add up: a fault of this program, never of the input."""
