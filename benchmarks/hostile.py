"""CPU seconds and memory of each kind of hostile input, each in a process of its own that can't take more than it may.

    python benchmarks/hostile.py --sizes 30000 100000 --only digits quotes

Prints for each kind and size: bytes, CPU seconds (reading, cleaning and writing; without start-up), memory beyond what
a small page takes, pages, and what was set aside. Ends with 1 where a kind grew faster than a line.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.hostile.kinds import KINDS, SENTENCE

MEMORY = 8 * 2**30  # bytes of address space of a measured process
SECONDS = 120  # CPU seconds of one
STEEP = 2.5  # times a line from which growth counts as faster than one
NOISE = 2.0  # CPU seconds that are nothing


def measured(name: str, size: int) -> dict[str, Any]:
    """One kind at one size, in this process."""
    from unsplice.config import Config
    from unsplice.run import clean
    from unsplice.write.write import write

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        warm = [root / "warm.txt", root / "warm.html"]
        for path in warm:
            path.write_text(f"<p>{SENTENCE}</p>" * 3, encoding="utf-8")
        write(clean([str(path) for path in warm], workers=1), root / "warm", inputs=[], config=Config())
        before = resource.getrusage(resource.RUSAGE_SELF)
        most = int(before.ru_utime + before.ru_stime + SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        file = root / f"page{KINDS[name].ending}"
        file.write_bytes(KINDS[name].make(size))
        result = clean([str(file)], workers=1)
        if result.pages:
            write(result, root / "out", inputs=[], config=Config())
        after = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "bytes": file.stat().st_size,
            "seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
            "mib": (after.ru_maxrss - before.ru_maxrss) // 1024,
            "pages": len(result.pages),
            "aside": result.set_aside[0].reason if result.set_aside else "",
        }


def in_process(name: str, size: int) -> dict[str, Any] | None:
    """The same in a process of its own; None where it was ended."""
    command = [sys.executable, __file__, "--one", name, "--sizes", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def shown(each: dict[str, Any]) -> str:
    """A measurement as a line."""
    cost = f"{each['bytes']:>9} {each['seconds']:>7} s {each['mib']:>6} MiB"
    return f"{cost} {each['pages']:>6} pages {each['aside']}"


def grew(first: dict[str, Any], last: dict[str, Any]) -> bool:
    """Did the time grow faster than a line in the bytes?"""
    return bool(last["seconds"] > NOISE + STEEP * first["seconds"] * last["bytes"] / max(1, first["bytes"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[30_000, 100_000])
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the names of the kinds to measure")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, given.sizes[0])))
        return 0
    steep = 0
    for name in (name for name in KINDS if any(part in name for part in given.only)):
        found = [in_process(name, size) for size in given.sizes]
        for size, each in zip(given.sizes, found, strict=True):
            print(f"{name:<40} {shown(each) if each else f'{size:>9} ended: too much time or memory'}", flush=True)
        steep += not all(found) or grew(found[0], found[-1])
    return int(steep > 0)


if __name__ == "__main__":
    sys.exit(main())
