"""Whether a passage begins and ends at a sentence boundary or within a sentence."""

from __future__ import annotations

from . import cues
from .forms import closed, fold, normalized, simplified

BROKEN = 8  # least letters of a part of a broken paragraph


def normal(text: str) -> str:
    """NFKC and Simplified: the form in which cues are searched."""
    return simplified(normalized(text))


def breaks_off(text: str) -> bool:
    """Does a passage end within a sentence, on a letter?"""
    return bool(text) and not closed(text) and text[-1].isalpha() and len(fold(text)) >= BROKEN


def starts_within(text: str) -> bool:
    """Could a passage begin within a sentence: on a letter, and not as an item of a list?"""
    return bool(text) and text[0].isalpha() and not cues.LISTED.match(normal(text))
