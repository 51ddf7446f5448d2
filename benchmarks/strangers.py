"""How well unsplice does on publishers that it has not learned: benchmarks/strangers.py ARTICLES.jsonl... [--folds 4].

Each file holds the clean articles of one publisher. In each fold the models are learned anew from the publishers of the
other folds, and measured on pages made of those left out: clean, lightly and heavily damaged. Name the files so that
unlike publishers share a fold: fold k leaves out every file k, k + folds, ... Learning takes fewer pages and articles
than the models that ship did, so its figures are lower than those of a full training would be.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from unsplice.cli.figures import tables
from unsplice.config import Config, ReadConfig
from unsplice.learn.articles import read_articles
from unsplice.learn.learn import learn
from unsplice.learn.made import Clean
from unsplice.learn.work import Work
from unsplice.measure.evaluate import evaluate
from unsplice.measure.figures import Evaluation
from unsplice.models import load


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--most", type=int, default=1000, help="articles of a publisher to learn from")
    parser.add_argument("--learn", type=int, default=8000, help="made pages to learn from")
    parser.add_argument(
        "--pages", type=int, default=60, help="made pages to measure each publisher on, for each damage"
    )
    arguments = parser.parse_args()
    if not 2 <= arguments.folds <= len(arguments.articles):
        parser.error(f"{len(arguments.articles)} publishers cannot be left out in {arguments.folds} folds")
    corpora = {path: read_articles(path, ReadConfig()) for path in arguments.articles}
    found: list[Evaluation] = []
    for fold in range(arguments.folds):
        left_out = arguments.articles[fold :: arguments.folds]
        print(f"fold {fold + 1}, without {', '.join(Path(path).name for path in left_out)}", flush=True)
        with TemporaryDirectory() as folder:
            work = Work(Path(folder), arguments.learn, partial(print, file=sys.stderr, flush=True))
            learn({path: some(own, arguments.most) for path, own in corpora.items() if path not in left_out}, {}, work)
            own = evaluate(left_out, Config(), models=load(folder), pages=arguments.pages)
        print("\n".join(tables(own, arguments.pages, show=0)), flush=True)
        found += own
    print("\n".join(["all folds", *tables(found, arguments.pages, show=0)]))


def some(articles: list[Clean], most: int) -> list[Clean]:
    """At most so many articles, of neighbouring days, as one page holds articles of a day."""
    start = max(0, len(articles) - most) // 2
    return sorted(articles, key=lambda a: (a.issue, a.id))[start : start + most]


if __name__ == "__main__":
    main()
