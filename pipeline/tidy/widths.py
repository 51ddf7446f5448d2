"""Latin letters and digits as wide as Han characters."""

from __future__ import annotations

import re

_ASCII = {ord(c) + 0xFEE0: c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
WIDE = "０-９Ａ-Ｚａ-ｚ"
_wide = re.compile(f"[{WIDE}][{WIDE}]*").sub  # the search skips to a character that begins a pattern, not to a “+”


def narrow(line: str, _: bool) -> str:
    """Makes full-width letters and digits ASCII."""
    return _wide(_narrowed, line)


def _narrowed(match: re.Match[str]) -> str:
    return match[0].translate(_ASCII)
