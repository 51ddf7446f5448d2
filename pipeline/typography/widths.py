"""Latin letters and digits as wide as Han characters."""

from __future__ import annotations

import re

_ASCII = {ord(c) + 0xFEE0: c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_wide = re.compile("[０-９Ａ-Ｚａ-ｚ]+").sub


def narrow(line: str, _: bool) -> str:
    """Makes full-width letters and digits ASCII."""
    return _wide(_narrowed, line)


def _narrowed(match: re.Match[str]) -> str:
    return match[0].translate(_ASCII)
