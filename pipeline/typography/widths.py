"""Latin letters and digits as wide as Han characters."""

from __future__ import annotations

import re

_ASCII = {ord(c) + 0xFEE0: c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_wide = re.compile("[０-９Ａ-Ｚａ-ｚ]").search


def narrow(line: str, _: bool) -> str:
    """Makes full-width letters and digits ASCII."""
    return line.translate(_ASCII) if _wide(line) else line
