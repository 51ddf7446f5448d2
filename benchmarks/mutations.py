"""Files damaged at random: each must be read, flagged or set aside, in bounded time.

    mutations.py FILE_OR_FOLDER... [--count 10000] [--seed 1]

Every file is damaged in one to five ways: cut, bytes flipped, a piece taken out, noise put in, another file (in another
encoding or format) put behind it. It keeps its ending, so that text, HTML, JSONL, zip and packed files all take part.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from unsplice.config import ReadConfig
from unsplice.model import SetAside
from unsplice.read.pages import find_sources, read_source


def mutated(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, to = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        kind = rng.randrange(6)
        if kind == 0:
            data = data[at:to]
        elif kind == 1:
            data = data[: min(at, to - 1)] + data[to:] if to else data
        elif kind == 2:
            flipped = bytearray(data)
            for _ in range(rng.choice((1, 3, 30)) if data else 0):
                flipped[rng.randrange(len(data))] = rng.randrange(256)
            data = bytes(flipped)
        elif kind == 3:
            data = data[:at] + rng.choice(others)
        elif kind == 4:
            data = data[:at] + rng.randbytes(rng.choice((1, 2, 50))) + data[at:]
        else:
            data = data + rng.choice(others)
    return data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    files = [(source.path.name, source.path.read_bytes()) for source in find_sources(args.paths) if source.path]
    others = [data for _, data in files]
    found: Counter[str] = Counter()
    slowest = (0.0, "", 0)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(args.count):
            name, data = rng.choice(files)
            data = mutated(data, others, rng)
            path = Path(folder, name)
            path.write_bytes(data)
            start = time.process_time()
            results = [each for source in find_sources([str(path)]) for each in read_source(source, ReadConfig())]
            slowest = max(slowest, (time.process_time() - start, name, len(data)))
            assert results, f"nothing came of mutation {number} of {name}"
            for each in results:
                aside = isinstance(each, SetAside)
                found["set aside" if aside else "read, flagged" if each.flags else "read"] += 1
    print(", ".join(f"{name}: {count:,}" for name, count in sorted(found.items())), "(pages and records)")
    print(f"slowest: {slowest[0]:.2f} CPU s for {slowest[2]:,} bytes of {slowest[1]}")


if __name__ == "__main__":
    main()
