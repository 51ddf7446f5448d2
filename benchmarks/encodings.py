"""How often the encoding of a text is told rightly, by encoding and length, clean and with one bad byte.

    encodings.py ARTICLES.jsonl... [--count 300] [--seed 7]

Each file holds clean articles ({"text": ...} a line). Pieces of 10, 30, 100 and 1,000 characters are drawn from all of
them, in every encoding that can write them. A piece is right if it comes back as it was; with a bad byte, if at most
four characters differ (or as many are missing and in surplus). Then MB of whole articles read in a CPU second. Beside
both, where they are installed: chardetng and charset-normalizer (speed on a hundred articles only).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz.distance import Indel
from unsplice.config import ReadConfig
from unsplice.read.decode import NotAPage, decode

CODECS = ("utf-8", "utf-16-le", "utf-16-be", "hz", "gb18030", "big5hkscs")
TRIES = 2000  # pieces that are drawn for one that is wanted, at the most
LENGTHS = (10, 30, 100, 1000)
HAN = ("\u4e00", "\u9fff")
CHANGED = 8  # insertions and deletions that one bad byte may cost: four characters


def pieces(texts: list[str], codec: str, length: int, *, count: int, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Random pieces that hold Chinese, each with its bytes.

    Raises ValueError for texts that can hardly be written in that encoding, as Simplified Chinese in Big5.
    """
    tries = TRIES * count
    while count:
        tries -= 1
        if not tries:
            raise ValueError(f"too few pieces of {length} characters can be written in {codec}")
        text = rng.choice(texts)
        while len(text) < length:
            text += "\n" + rng.choice(texts)
        at = rng.randrange(len(text) - length + 1)
        piece = text[at : at + length]
        try:
            data = piece.encode(codec)
        except UnicodeEncodeError:
            continue
        if any(HAN[0] <= char <= HAN[1] for char in piece):
            count -= 1
            yield piece, data


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The bytes, one of them made into another of the upper half."""
    at = rng.randrange(len(data))
    return data[:at] + bytes([rng.randrange(0x80, 0x100)]) + data[at + 1 :]


def ours(data: bytes) -> str:
    try:
        return decode(data, ReadConfig()).text
    except NotAPage:
        return ""


def others() -> dict[str, Callable[[bytes], str]]:
    """Other detectors, as functions from bytes to text."""
    found: dict[str, Callable[[bytes], str]] = {}
    try:
        from charset_normalizer import from_bytes

        found["charset-normalizer"] = lambda data: str(from_bytes(data).best() or "")
    except ImportError:
        pass
    try:
        from chardetng_py import detect

        found["chardetng"] = lambda data: data.decode(detect(data, allow_utf8=True), "replace")
    except ImportError:
        pass
    return found


def accuracy(
    texts: list[str], codec: str, length: int, *, count: int, seed: int, peers: bool = True
) -> dict[str, tuple[float, float]]:
    """The share of pieces read rightly, clean and with one bad byte, by reader."""
    readers = {"unsplice": ours, **(others() if peers else {})}
    rng = random.Random(f"{seed} {codec} {length}")
    right = {name: [0, 0] for name in readers}
    for piece, data in pieces(texts, codec, length, count=count, rng=rng):
        hurt = damaged(data, rng)
        for name, read in readers.items():
            right[name][0] += read(data) == piece
            right[name][1] += Indel.distance(read(hurt), piece) <= CHANGED
    return {name: (clean / count, bad / count) for name, (clean, bad) in right.items()}


def speed(texts: list[str], codec: str) -> dict[str, float]:
    """MB of text pages (each an article) that are read in a CPU second, by reader."""
    pages = [data for text in texts if (data := text.encode(codec, "ignore"))]
    size = sum(map(len, pages)) / 1e6
    found = {}
    for name, read in {"unsplice": ours, **others()}.items():
        share = pages if name != "charset-normalizer" else pages[:: max(1, len(pages) // 100)]
        start = time.process_time()
        for page in share:
            read(page)
        found[name] = size * len(share) / len(pages) / (time.process_time() - start)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    texts = [json.loads(line)["text"] for path in args.articles for line in path.open(encoding="utf-8")]
    print("| encoding | reader | " + " | ".join(f"{n:,}" for n in LENGTHS) + " |")
    print("|---|---|" + "---|" * len(LENGTHS))
    written: list[str] = []
    for codec in CODECS:
        try:
            found = [accuracy(texts, codec, length, count=args.count, seed=args.seed) for length in LENGTHS]
        except ValueError as error:
            print(f"{codec}: {error}", file=sys.stderr)
            continue
        written.append(codec)
        for name in found[0]:
            shares = " | ".join(f"{each[name][0]:.3f} / {each[name][1]:.3f}" for each in found)
            print(f"| {codec} | {name} | {shares} |")
    print("\n| MB/s | " + " | ".join(("unsplice", *others())) + " |\n" + "|---" * (2 + len(others())) + "|")
    for codec in written:
        print(f"| {codec} | " + " | ".join(f"{value:.1f}" for value in speed(texts, codec).values()) + " |")


if __name__ == "__main__":
    main()
