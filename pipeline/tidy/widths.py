"""Full-width Latin letters and digits."""

from __future__ import annotations

import re

_ASCII = {ord(c) + 0xFEE0: c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
WIDE = "０-９Ａ-Ｚａ-ｚ"
_wide = re.compile(f"[{WIDE}][{WIDE}]*").sub  # faster than “+”: the search skips to the first character of a pattern


def narrow(line: str, _: bool) -> str:
    """Convert full-width letters and digits to ASCII."""
    return _wide(_narrowed, line)


def _narrowed(match: re.Match[str]) -> str:
    return match[0].translate(_ASCII)
