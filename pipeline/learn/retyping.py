"""Damage within a text: typing errors, cuts in mid-sentence, truncation."""

from __future__ import annotations

import random

from .made import HALF, SENTENCE


def retype(rng: random.Random, text: str) -> str:
    chars = list(text)
    for i in rng.sample(range(len(chars)), max(1, len(chars) * rng.randint(1, 7) // 100)):
        kind = rng.random()
        if kind < 0.4 and "\u4e00" <= chars[i] <= "\u9fff":
            chars[i] = chr(ord(chars[i]) + rng.choice([-2, -1, 1, 2]))
        elif kind < 0.6:
            chars[i] = ""
        elif kind < 0.7:
            chars[i] *= 2
        elif kind < 0.85:
            chars[i] += " "
        else:
            chars[i] = chars[i].translate(HALF)
    return "".join(chars)


def cut_point(rng: random.Random, text: str) -> int | None:
    """A place inside a sentence, between two letters."""
    places = [i for i in range(8, len(text) - 8) if text[i - 1 : i + 1].isalpha()]
    return rng.choice(places) if places else None


def cut_short(rng: random.Random, text: str) -> str:
    sentences = SENTENCE.findall(text)
    if len(sentences) > 1 and rng.random() < 0.6:
        return "".join(sentences[: rng.randint(1, len(sentences) - 1)])
    return text[: cut_point(rng, text) or 0]
