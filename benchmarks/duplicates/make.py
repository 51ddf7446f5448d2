"""Makes a corpus of passages with planted near-duplicates, and the truth about them.

    make.py OUT ARTICLES.jsonl[.gz|.xz] ... --count 100000 --seed 7
    make.py OUT ARTICLES.jsonl[.gz|.xz] ... --count 3000000 --streamed [--boilerplate 100000]

Of the passages, 80 % are different ones: real ones (40 to 400 characters, of articles {"id", "title", "text"} a line)
and, where there are too few, ones composed of clauses of real ones. 20 % are made from one of them:
  edit    1-15 % of its characters replaced, inserted or dropped    (60 % of the planted)
  stub    5-40 % cut off at one end                                 (20 %)
  concat  another whole passage appended                            (10 %)
  tail    another passage's beginning appended                      (10 %)

OUT/docs.jsonl     {"id", "text"}: the input; an id is the number of its line, from 0
OUT/planted.jsonl  {"a", "b", "kind", "share"}: the planted pairs
OUT/jaccard.npz    a, b, j: all pairs of 5-gram Jaccard similarity 0.5 or more, planted or not; not of a streamed corpus
OUT/made.json      what the corpus was made of; written last

The corpus is shuffled as a whole. A streamed one is of any size, in memory that doesn't grow with it: its planted
passages are made from one of the 100,000 different ones before them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from exact import near_pairs

MOST_EXACT = 1_000_000  # passages whose pairs are all compared
SHORTEST, LONGEST = 40, 400  # characters of a passage
WINDOW = 100_000  # different passages that a streamed corpus remembers, to plant copies of: some 50 MB
CLAUSES = (2, 6)  # of a composed passage
CLAUSE = (6, 80)  # characters
STOPS = re.compile(r"[，。；]|[,.;] ")
BOILERPLATE = "版权所有，未经书面授权不得转载。订阅请到各地邮局，零售每份一元，投稿请寄报社编辑部，来稿恕不退还。"


class Row(NamedTuple):
    """A passage: its text and, where it is planted, its source's number, its kind, and the share that was changed."""

    text: str
    source: int = -1
    kind: str = ""
    share: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=100_000, help="passages")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--streamed", action="store_true", help="any size, in little memory; without the exact pairs")
    parser.add_argument("--boilerplate", type=int, default=0, metavar="N", help="copies of one line, beside the count")
    arguments = parser.parse_args()
    if not arguments.streamed and (arguments.count > MOST_EXACT or arguments.boilerplate):
        parser.error(f"more than {MOST_EXACT:,} passages, and boilerplate, go with --streamed only")
    real = real_passages(arguments.articles)
    if not real:
        parser.error(f"no passage of {SHORTEST} to {LONGEST} characters in these articles")
    arguments.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(arguments.seed)
    rng.shuffle(real)
    different = arguments.count * 4 // 5
    if arguments.streamed:
        write(arguments.out, streamed(real, arguments.count, arguments.boilerplate, rng))
    else:
        rows = shuffled(planted(list(fresh(real, different, rng)), rng), rng)
        write(arguments.out, rows)
        a, b, j = near_pairs([row.text for row in rows])
        np.savez(arguments.out / "jaccard.npz", a=a, b=b, j=j)
    made = {"articles": [path.name for path in arguments.articles], "composed": max(0, different - len(real))}
    (arguments.out / "made.json").write_text(json.dumps(made), encoding="utf-8")
    print(f"{arguments.out}: {arguments.count:,} passages, {made['composed']:,} of them composed")


def real_passages(paths: Iterable[Path]) -> list[str]:
    """The different lines of articles that are as long as a passage, sorted."""
    seen: set[str] = set()
    for path in paths:
        opener = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                stripped = (passage.strip() for passage in json.loads(line)["text"].split("\n"))
                seen.update(passage for passage in stripped if SHORTEST <= len(passage) <= LONGEST)
    return sorted(seen)


def fresh(real: list[str], count: int, rng: random.Random) -> Iterator[str]:
    """Different passages, in number: the real ones and, spread evenly among them, as many composed ones as it takes."""
    remaining = iter(real)
    for turn in spread(min(len(real), count), count):
        yield next(remaining) if turn else composed(real, rng)


def composed(real: list[str], rng: random.Random) -> str:
    """A passage of clauses that are drawn from all real ones."""
    while True:
        clauses = [clause(real, rng) for _ in range(rng.randint(*CLAUSES))]
        text = "，".join(clauses) + "。"
        if SHORTEST <= len(text) <= LONGEST:
            return text


def clause(real: list[str], rng: random.Random) -> str:
    """What stands between two stops somewhere; anything of its length where nothing does."""
    for _ in range(100):
        drawn = rng.choice(STOPS.split(rng.choice(real))).strip()
        if CLAUSE[0] <= len(drawn) <= CLAUSE[1]:
            return drawn
    return rng.choice(real)[: rng.randint(*CLAUSE)]


def spread(part: int, whole: int) -> Iterator[bool]:
    """As many turns as the whole, of which a part, evenly spread, are true."""
    return ((i + 1) * part // whole > i * part // whole for i in range(whole))


def planted(different: list[str], rng: random.Random) -> list[Row]:
    """Rows of different passages, and behind them one made from any of them for each four."""
    letters = "".join(different[:500])
    rows = [Row(text) for text in different]
    for _ in range(len(different) // 4):
        source, draw = rng.randrange(len(different)), rng.random()
        other = different[rng.randrange(len(different))]
        rows.append(derived(Row(different[source], source), other, letters, draw, rng))
    return rows


def shuffled(rows: list[Row], rng: random.Random) -> list[Row]:
    """Rows in random order, each with its source's new number."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    return [rows[old]._replace(source=place.get(rows[old].source, -1)) for old in order]


def streamed(real: list[str], count: int, boilerplate: int, rng: random.Random) -> Iterator[Row]:
    """Rows in their order: every fifth passage is made from a recent one; boilerplate is spread evenly among them."""
    letters = "".join(real[:500])
    different, plants = fresh(real, count * 4 // 5, rng), spread(count - count * 4 // 5, count)
    recent: list[Row] = []
    oldest = 0
    for line, repeated in enumerate(spread(boilerplate, count + boilerplate)):
        if repeated:
            yield Row(BOILERPLATE)
        elif next(plants):
            yield derived(rng.choice(recent), rng.choice(recent).text, letters, rng.random(), rng)
        else:
            row = Row(next(different), line)
            yield Row(row.text)
            if len(recent) < WINDOW:
                recent.append(row)
            else:
                recent[oldest], oldest = row, (oldest + 1) % WINDOW


def derived(base: Row, other: str, letters: str, draw: float, rng: random.Random) -> Row:
    """A planted passage: the base's text, changed in the way that a draw from [0, 1) decides."""
    text, source = base.text, base.source
    if draw < 0.6:
        share = rng.uniform(0.01, 0.15)
        return Row(edited(text, share, letters, rng), source, "edit", share)
    if draw < 0.8:
        share = rng.uniform(0.05, 0.4)
        keep = int(len(text) * (1 - share))
        return Row(text[:keep] if rng.random() < 0.5 else text[-keep:], source, "stub", share)
    if draw < 0.9:
        return Row(text + other, source, "concat", len(other) / (len(text) + len(other)))
    end = other[: int(len(text) * rng.uniform(0.05, 0.35)) + 1]
    return Row(text + end, source, "tail", len(end) / (len(text) + len(end)))


def edited(text: str, share: float, letters: str, rng: random.Random) -> str:
    """A text, a share of whose characters is replaced (half), inserted or dropped (a quarter each)."""
    chars = list(text)
    for _ in range(max(1, round(share * len(chars)))):
        i, draw, letter = rng.randrange(len(chars)), rng.random(), rng.choice(letters)
        if draw < 0.5:
            chars[i] = letter
        elif draw < 0.75:
            chars.insert(i, letter)
        elif len(chars) > 20:
            del chars[i]
    return "".join(chars)


def write(out: Path, rows: Iterable[Row]) -> None:
    """Writes docs.jsonl and planted.jsonl."""
    with (
        (out / "docs.jsonl").open("w", encoding="utf-8") as docs,
        (out / "planted.jsonl").open("w", encoding="utf-8") as pairs,
    ):
        for line, (text, source, kind, share) in enumerate(rows):
            docs.write(json.dumps({"id": str(line), "text": text}, ensure_ascii=False) + "\n")
            if kind:
                a, b = sorted((line, source))
                pairs.write(json.dumps({"a": a, "b": b, "kind": kind, "share": round(share, 4)}) + "\n")


if __name__ == "__main__":
    main()
