"""Features of a line by itself: its length, its punctuation, its phrases."""

from __future__ import annotations

import re

from . import cues
from .forms import closed

COMMA, DIGIT, SPACE = re.compile("[,，、]"), re.compile(r"\d"), re.compile(r"\S\s+\S")
SHAPE = (
    "letters", "characters", "closed", "stop", "commas", "spaces", "colon", "quotes", "digits", "lead", "dateline", "byline",
    "caption", "junk", "listed", "continues", "bracket", "ends_bracket", "ends_comma", "exclaims", "mid_stop",
)  # fmt: skip


def shape(text: str, folded: str) -> list[float]:
    """The features SHAPE of a line in NFKC and Simplified; `folded` are its letters (see forms.fold)."""
    return [
        len(folded), len(text), closed(text), "。" in text, len(COMMA.findall(text)), len(SPACE.findall(text)),
        text.count(":"), text.count("“") - text.count("”"), len(DIGIT.findall(text)) / max(1, len(text)),
        bool(cues.LEAD.match(text)), bool(cues.DATELINE.search(text[:40])), bool(cues.BYLINE.search(text)),
        bool(cues.CAPTION.search(text)), bool(cues.JUNK.search(text)), bool(cues.LISTED.match(text)),
        bool(cues.CONTINUES.match(text)), text[:1] in "—《“\"(【[#<「", text[-1:] in ")]】」", text[-1:] in ",，、",
        "!" in text or "?" in text, "。" in text[:-2] or ";" in text,
    ]  # fmt: skip
