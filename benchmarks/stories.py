"""How well passages find their stories: benchmarks/stories.py ARTICLES.jsonl... [--pages 400] [--svg FILE].

On made pages of clean articles ({"id", "title", "text", "date"} a line): what share of the passages out of their place
is put right against what share of those in their place is moved wrongly, with and without what copies prove; what
each boldness reaches; and what the probabilities mean. Takes articles that the models were not fitted on.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from unsplice.config import ReadConfig
from unsplice.learn import train
from unsplice.learn.articles import read_articles
from unsplice.learn.calibrate import Judged, figures, judge, leaves, reached
from unsplice.learn.made import Batch
from unsplice.learn.network import Example
from unsplice.model import Evidence
from unsplice.models import SHIPPED, Models, load
from unsplice.reattach.page.texts import page_texts

WRONG = (0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03)
TITLED = "in another story of the page"
# Two passes of trees with tf-idf, on pages whose headlines were known: measured by its authors, on their own pages.
TREES = ((0.0055, 0.80), (0.012, 0.86), (0.023, 0.89))
WIDTH, HEIGHT, MARGIN = 560, 360, 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--svg", type=Path, help="draw the trade-off there")
    parser.add_argument("--models", type=Path, help="take other models than those that ship")
    arguments = parser.parse_args()
    models = load(arguments.models or SHIPPED)
    drawn: dict[str, list[tuple[float, float]]] = {"two passes of trees (its own pages)": list(TREES)}
    with ProcessPoolExecutor(2) as pool:
        for path in arguments.articles:
            batches = train.batches(read_articles(str(path), ReadConfig()), arguments.pages, 2031)
            for name, examples in (("with copies", train.examples), ("without copies", without_copies)):
                found = [x for own in pool.map(partial(examples, models=models), batches) for x in own]
                judged = judge(models.network, found)
                points = list(trade_off(judged))
                drawn[f"{path.stem}, {name}"] = points
                print(f"{path.stem}, {name}: " + ", ".join(f"{right:.3f} at {wrong:.2%}" for wrong, right in points))
                if name == "with copies":
                    told = figures(judged, models.network.levels)
                    print("\n".join(reached(path.stem, told)), flush=True)
    if arguments.svg:
        arguments.svg.write_text(drawing(drawn), encoding="utf-8")


def without_copies(batch: Batch, models: Models) -> list[Example]:
    """A batch's pages as if there were no copies on them."""
    labelled = [train.label(page, models) for page in batch.pages]
    texts = [page_texts(x.page, x.passages, Evidence(), models) for x in labelled]
    return [train.example(x, page, models) for x, page in zip(labelled, texts, strict=True) if page.texts]


def trade_off(judged: Judged) -> list[tuple[float, float]]:
    """Shares moved wrongly, of passages in place, and put right, of those whose story is elsewhere on it."""
    away = ~judged.home & judged.titled
    limits = np.quantile(judged.stay, np.linspace(0, 1, 400))
    reach = [(leaves(judged, x)[judged.home].mean(), (leaves(judged, x) & judged.right)[away].mean()) for x in limits]
    points = []
    for wrong in WRONG:
        points.append((wrong, max((float(right) for moved, right in reach if moved <= wrong), default=0.0)))
    return points


def drawing(lines: dict[str, list[tuple[float, float]]]) -> str:
    """The trade-off as SVG: wrong moves to the right, up to 3 %; put right upwards, from .5 to 1."""

    def place(wrong: float, right: float) -> str:
        return f"{MARGIN + wrong / 0.03 * WIDTH:.1f},{MARGIN + (1 - right) * 2 * HEIGHT:.1f}"

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 350} {HEIGHT + 2 * MARGIN}" '
           'font-family="sans-serif" font-size="12">']  # fmt: skip
    for k in range(6):
        y, x = MARGIN + k * HEIGHT / 5, MARGIN + k * WIDTH / 6
        out.append(f'<path d="M{MARGIN},{y}h{WIDTH}" stroke="#ddd"/><text x="12" y="{y + 4}">{1 - k / 10:.1f}</text>')
        out.append(f'<text x="{x - 10}" y="{HEIGHT + MARGIN + 18}">{k * 0.5:.1f} %</text>')
    out.append(f'<text x="{MARGIN}" y="20">put right, of passages whose story stands elsewhere on the page</text>')
    out.append(f'<text x="{MARGIN}" y="{HEIGHT + MARGIN + 38}">moved wrongly, of passages in their place</text>')
    for k, (name, points) in enumerate(lines.items()):
        shown = [p for p in points if p[1] >= 0.5]
        hue, dash = k * 137 % 360, "4 3" if "without" in name or not k else ""
        path = " ".join(place(*p) for p in shown)
        stroke = f'fill="none" stroke="hsl({hue} 70% 40%)" stroke-width="2" stroke-dasharray="{dash}"'
        y = MARGIN + 18 * k
        out.append(f'<polyline points="{path}" {stroke}/><path d="M{WIDTH + MARGIN + 14},{y}h24" {stroke}/>')
        out.append(f'<text x="{WIDTH + MARGIN + 44}" y="{y + 4}">{name}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
