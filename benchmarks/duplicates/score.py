"""Scores found pairs by the truth of a corpus of make.py: score.py CORPUS PAIRS.parquet|PAIRS.jsonl, prints JSON.

PAIRS has the columns a and b, ids of docs.jsonl in either order; others are not looked at.

  pairs      how many different ones were found
  recall_70  of all pairs of exact 5-gram Jaccard similarity 0.7 or more, the share that was found
  precision  of the pairs found, the share that are planted kin (of one source) or of similarity 0.5 or more
  planted    of the planted pairs, the share that was found; and by kind
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

KINDS = ("edit", "stub", "tail", "concat")
Codes = NDArray[np.int64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("pairs", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(score(arguments.corpus, arguments.pairs)))


def score(corpus: Path, pairs: Path) -> dict[str, float]:
    """Shares of pairs; one that there is nothing to take of is null."""
    columns = ["a", "b"]
    is_parquet = pairs.suffix == ".parquet"
    frame = pd.read_parquet(pairs, columns=columns) if is_parquet else pd.read_json(pairs, lines=True, dtype=False)
    found = codes(frame if len(frame) else pd.DataFrame(columns=columns))
    truth = np.load(corpus / "jaccard.npz")
    near = codes(truth, distinct=False)
    planted = pd.read_json(corpus / "planted.jsonl", lines=True)
    hit = pd.Series(np.isin(codes(planted, distinct=False), found), planted.index)
    right = np.isin(found, near) | kin(found, planted)
    return {
        "pairs": len(found),
        "recall_70": share(np.isin(near[truth["j"] >= 0.7 - 1e-6], found)),
        "precision": share(right),
        "planted": share(hit),
        **{kind: share(hit[planted["kind"] == kind]) for kind in KINDS},
    }


def codes(pairs: pd.DataFrame | np.lib.npyio.NpzFile, *, distinct: bool = True) -> Codes:
    """Each pair as one number, the smaller id in the upper 32 bits; without pairs of a text and itself."""
    x, y = (np.asarray(pairs[name]).astype(np.int64) for name in ("a", "b"))
    both = np.minimum(x, y) << 32 | np.maximum(x, y)
    return np.unique(both[x != y]) if distinct else both


def kin(found: Codes, planted: pd.DataFrame) -> NDArray[np.bool_]:
    """Which pairs are of one source: of what planted pairs connect, all have the smallest id for their family."""
    a, b = planted["a"].to_numpy(np.int64), planted["b"].to_numpy(np.int64)
    family = np.arange(max(int((found & 0xFFFFFFFF).max(initial=0)), b.max(initial=0)) + 1)
    while True:
        least = np.minimum(family[a], family[b])
        before = family.copy()
        np.minimum.at(family, a, least)
        np.minimum.at(family, b, least)
        if np.array_equal(before, family):
            return family[found >> 32] == family[found & 0xFFFFFFFF]


def share(are: NDArray[np.bool_] | pd.Series[bool]) -> float | None:
    """The share that is true, to four digits."""
    return round(float(are.mean()), 4) if len(are) else None


if __name__ == "__main__":
    main()
