"""Quality and speed on made pages: `make bench`, or benchmarks/run.py [--articles FILE...] [--pages 200 1000].

Pages are made of clean articles ({"id", "title", "text"} a line; the invented ones of tests/ by default), damaged,
cleaned in a process of its own, and compared with the truth. CPU seconds are those of the whole process and its
workers, start-up included; memory is the sum of the peaks of the process and of its largest worker.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import orjson
import pandas as pd
from unsplice.learn.damage import make_pages
from unsplice.learn.made import Batch, clean_articles
from unsplice.model import Role

ROOT = Path(__file__).parent.parent
SEED = 2031


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="*", default=[ROOT / "tests" / "cases" / "stories.jsonl"])
    parser.add_argument("--pages", type=int, nargs="*", default=[12])
    parser.add_argument("--damage", type=float, nargs="*", default=[0.0, 0.3, 1.0])
    parser.add_argument("--workers", type=int, default=0)
    arguments = parser.parse_args()
    rows = []
    for path in arguments.articles:
        with path.open("rb") as lines:
            articles = list(clean_articles(r for r in map(orjson.loads, lines) if r["title"]))
        for pages in arguments.pages:
            for damage in arguments.damage:
                batch = make_pages(articles, pages, SEED, damage)
                rows.append({"articles": path.stem, "pages": len(batch.pages), "damage": damage}
                            | measure(batch, arguments.workers))  # fmt: skip
                print(pd.DataFrame(rows[-1:]).to_string(index=False, header=len(rows) == 1), flush=True)


def measure(batch: Batch, workers: int) -> dict[str, float]:
    """Cleans a batch in a process of its own; shares of passages, CPU seconds, MB."""
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        raw.mkdir()
        for page in batch.pages:
            (raw / f"{page.name}.txt").write_text(page.text() + "\n", encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "unsplice",
            "run",
            str(raw),
            "--out",
            str(out),
            "--quiet",
            "--workers",
            str(workers),
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        size = {
            "CPU s": round(cpu, 1),
            "pages/CPU s": round(len(batch.pages) / cpu, 1),
            "peak MB": after.ru_maxrss // 1024,
        }
        return quality(batch, pd.read_parquet(out / "ledger.parquet"), out / "articles.jsonl") | size


def quality(batch: Batch, ledger: pd.DataFrame, articles: Path) -> dict[str, float]:
    """Shares: headlines found, passages in their story, of those under a foreign headline, in-place ones disturbed."""
    title_of = {a["id"]: a["title"] for a in map(orjson.loads, articles.read_bytes().splitlines())}
    rows = {(r.page, r.start): r for r in ledger.itertuples()}
    headline = {p.text: p.story for page in batch.pages for x in page.lines for p in x.parts if p.role is Role.HEADLINE}
    tally: Counter[str] = Counter()
    for page in batch.pages:
        at, under = 0, None
        for line in page.lines:
            row = rows.get((page.name, at + len(line.text) - len(line.text.lstrip())))
            at += len(line.text) + 2
            if line.role is Role.HEADLINE:
                under = line.story
                tally["headlines"] += 1
                tally["headlines found"] += row is not None and row.role == "headline"
            elif line.copy:
                tally["copies"] += 1
                tally["copies dropped"] += row is not None and row.action == "duplicate"
            elif row is not None and line.role is Role.BODY and row.action in ("kept", "moved"):
                right = headline.get(title_of.get(row.article) or "") == line.story
                titled = line.story in headline.values()
                away = "away" if under != line.story else "home"
                if titled:
                    tally[away] += 1
                    tally[f"{away} right"] += right
    return {
        "headlines": _share(tally["headlines found"], tally["headlines"]),
        "put right": _share(tally["away right"], tally["away"]),
        "disturbed": _share(tally["home"] - tally["home right"], tally["home"]),
        "copies dropped": _share(tally["copies dropped"], tally["copies"]),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else float("nan")


if __name__ == "__main__":
    main()
