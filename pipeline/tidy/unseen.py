"""Invisible characters, and characters that only one font can show."""

from __future__ import annotations

import re

# Control characters except line breaks, soft hyphens, zero-width spaces, direction marks, byte order marks, annotation
# anchors. Variation selectors stay: they determine a character's form.
UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
JOINERS = "\u200c\u200d"
JOINED = "\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"  # between two of these a joiner is significant

_invisible = re.compile(
    f"[{UNSEEN}{JOINERS}](?:(?<=[{UNSEEN}])|(?<![{JOINED}][{JOINERS}])|(?<=[{JOINERS}])(?![{JOINED}]))"
)
private = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]").findall  # may stand for a rare character: never dropped


def drop_unseen(line: str, _: bool) -> str:
    """Remove invisible characters; joiners stay between letters and signs that they join."""
    return _invisible.sub("", line)
