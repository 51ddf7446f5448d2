"""The options --select and --ignore: codes of findings, or prefixes of codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..config.load import nearest
from ..errors import ConfigError


def chosen(codes: Collection[str], *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[str]:
    """The codes that are selected (all, where none is named) and not ignored.

    Each text may hold several, separated by commas. Raises ConfigError for a prefix that no code has.
    """
    named = _matching(codes, select, "--select")
    wanted = frozenset(codes) if named is None else named
    return wanted - (_matching(codes, ignore, "--ignore") or frozenset())


def _matching(codes: Collection[str], texts: Iterable[str], option: str) -> frozenset[str] | None:
    """All codes that begin with one of the prefixes; None where there is no prefix."""
    prefixes = [part.strip().upper() for text in texts for part in text.split(",") if part.strip()]
    for prefix in prefixes:
        if not any(code.startswith(prefix) for code in codes):
            like = nearest(prefix, codes)
            raise ConfigError(f'{option}: there is no code "{prefix}"; the nearest is "{like}" (--list shows all)')
    return frozenset(code for code in codes if code.startswith(tuple(prefixes))) if prefixes else None
