"""How fast text is tidied, beside autocorrect where it is installed (pip install autocorrect-py): MB in a CPU second.

    typography.py TEXT... [--rounds 3]

Each file holds paragraphs, one a line. Whole files are given to both, and single lines; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from unsplice.tidy.rules import tidy


def others() -> dict[str, Callable[[str], str]]:
    try:
        from autocorrect_py import format as autocorrect
    except ImportError:
        return {}
    return {"autocorrect": autocorrect}


def speed(size: int, rounds: int, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return size / 1e6 / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    print("| file | program | whole, MB/s | by line, MB/s | lines changed |\n|---|---|---|---|---|")
    for path in args.texts:
        text = path.read_text(encoding="utf-8")
        lines, size = text.split("\n"), len(text.encode())
        for name, program in {"unsplice": tidy, **others()}.items():
            whole = speed(size, args.rounds, partial(program, text))
            single = speed(size, args.rounds, lambda program=program, lines=lines: list(map(program, lines)))
            changed = sum(program(line) != line for line in lines) / len(lines)
            print(f"| {path.stem} | {name} | {whole:.1f} | {single:.1f} | {changed:.1%} |")


if __name__ == "__main__":
    main()
