"""How whole one report comes out that is printed twice: benchmarks/reprints.py ARTICLES.jsonl... [--pairs 40].

Pairs of pages are made of clean articles ({"id", "title", "text", "date"} a line): the same report under another
headline, as it is, retyped, shortened, with another end, without its beginning; as records with a title, and as pages
of text between other stories. Prints, for each kind, the share of pairs whose fuller version is whole in one article,
in its order (whole), and of those whose text is dealt out, so that no article holds a whole version (dealt).
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq
from unsplice.config import Config, ReadConfig
from unsplice.learn.articles import read_articles
from unsplice.learn.made import Clean
from unsplice.learn.retyping import retype
from unsplice.model import Article, Page
from unsplice.models import load
from unsplice.run import clean_pages
from unsplice.text.forms import fold

ENOUGH = 0.97  # share of the letters of a version that an article holds which holds it whole
FEWEST = 4  # paragraphs of a report that is printed twice


@dataclass(frozen=True)
class Pair:
    """Two versions of one report, the fuller first."""

    kind: str
    fuller: Clean
    other: Clean


def same(rng: random.Random, own: Clean, more: Clean) -> tuple[Clean, Clean]:
    return own, own


def retyped(rng: random.Random, own: Clean, more: Clean) -> tuple[Clean, Clean]:
    return own, replace(own, paragraphs=tuple(retype(rng, p) if rng.random() < 0.3 else p for p in own.paragraphs))


def shortened(rng: random.Random, own: Clean, more: Clean) -> tuple[Clean, Clean]:
    return own, replace(own, paragraphs=own.paragraphs[: max(2, len(own.paragraphs) * 2 // 3)])


def other_end(rng: random.Random, own: Clean, more: Clean) -> tuple[Clean, Clean]:
    return own, replace(own, paragraphs=(*own.paragraphs[:-1], more.paragraphs[-1]))


def later(rng: random.Random, own: Clean, more: Clean) -> tuple[Clean, Clean]:
    return own, replace(own, paragraphs=own.paragraphs[1:])


KINDS: tuple[Callable[[random.Random, Clean, Clean], tuple[Clean, Clean]], ...] = (
    same,
    retyped,
    shortened,
    other_end,
    later,
)


def pairs(articles: Sequence[Clean], count: int, rng: random.Random) -> tuple[list[Pair], list[Clean]]:
    """Pairs of reprints, and articles that are printed once, to stand beside them."""
    shuffled = rng.sample(list(articles), len(articles))
    fit = [a for a in shuffled if len(a.paragraphs) >= FEWEST]
    chosen, lenders = fit[:count], fit[count : 2 * count]
    used = {a.id for a in (*chosen, *lenders)}
    found = []
    for k, (own, lender) in enumerate(zip(chosen, lenders, strict=False)):
        make = KINDS[k % len(KINDS)]
        fuller, other = make(rng, own, lender)
        found.append(Pair(make.__name__, fuller, replace(other, title=reworded(own.title, lender))))
    return found, [a for a in shuffled if a.id not in used]


def reworded(title: str, lender: Clean) -> str:
    """Another headline for the same report: its parts turned round, or a part with other words."""
    parts = title.split(" ", 1) if " " in title else (title[: len(title) // 2], title[len(title) // 2 :])
    return f"{parts[1]} {parts[0]}" if len(lender.title) % 2 else f"{parts[0]}：{lender.title[:6]}"


def as_records(found: Sequence[Pair]) -> list[Page]:
    """The versions as records of one file, each with its title."""
    stories = [story for pair in found for story in (pair.fuller, pair.other)]
    return [
        Page(f"r{k:04d}", "records.jsonl", "\n".join(a.paragraphs), "utf-8", record=k + 1, meta={"title": a.title})
        for k, a in enumerate(stories)
    ]


def as_pages(found: Sequence[Pair], others: Sequence[Clean], rng: random.Random) -> list[Page]:
    """Each version on a page of its own, with two other stories."""
    beside = iter(others)
    pages = []
    for k, pair in enumerate(found):
        for name, story in (("a", pair.fuller), ("b", pair.other)):
            stories = [story, *(a for a in (next(beside, None), next(beside, None)) if a)]
            rng.shuffle(stories)
            text = "\n".join(line for a in stories for line in (a.title, *a.paragraphs))
            pages.append(Page(f"p{k:03d}{name}", f"p{k:03d}{name}.txt", text, "utf-8"))
    return pages


def holds(article: Article, version: Clean) -> bool:
    """Does an article hold a version whole, in its order, but for typing errors?"""
    own, text = fold("".join(version.paragraphs)), fold("".join(p.text for p in article.paragraphs))
    return LCSseq.similarity(own, text, score_cutoff=int(ENOUGH * len(own))) > 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--models")
    arguments = parser.parse_args()
    models = load(arguments.models) if arguments.models else load()
    rng = random.Random(1)
    whole: dict[str, list[bool]] = defaultdict(list)
    dealt: dict[str, list[bool]] = defaultdict(list)
    for path in arguments.articles:
        found, others = pairs(read_articles(path, ReadConfig()), arguments.pairs, rng)
        for shape, pages in (("records", as_records(found)), ("pages", as_pages(found, others, rng))):
            written = clean_pages(pages, Config(), models).articles
            for pair in found:
                fuller, other = (any(holds(a, version) for a in written) for version in (pair.fuller, pair.other))
                whole[f"{shape} {pair.kind}"].append(fuller)
                dealt[f"{shape} {pair.kind}"].append(not (fuller or other))
    print(f"{'':<20}{'pairs':>6}{'whole':>8}{'dealt':>8}")
    for kind, own in whole.items():
        print(f"{kind:<20}{len(own):>6}{sum(own) / len(own):>8.3f}{sum(dealt[kind]) / len(own):>8.3f}")
    total, right, lost = (
        sum(map(of, each)) for of, each in ((len, whole.values()), (sum, whole.values()), (sum, dealt.values()))
    )
    print(f"{'all':<20}{total:>6}{right / total:>8.3f}{lost / total:>8.3f}")


if __name__ == "__main__":
    main()
