"""How whole one report comes out that is printed twice: benchmarks/reprints.py ARTICLES.jsonl... [--pairs 40] [--keep].

Pairs of pages are made of clean articles ({"id", "title", "text", "date"} a line): the same report under another
headline, as it is, retyped, shortened, with another end, without its beginning; and versions, notices with one headline
and other numbers. They are records with a title, and pages of text between other stories. Prints, for each kind, the
share of pairs that are whole: the fuller version is in one article, in its order; of versions, and of all with --keep
(reprints = "keep"), each is in an article made of its page alone. Dealt: no article holds either whole. Mixed, where
each should be on its own: an article has passages of both pages.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq
from unsplice.config import Config, ReadConfig, ReattachConfig, Reprints
from unsplice.learn.articles import read_articles
from unsplice.learn.made import Clean, paragraph_role
from unsplice.learn.reprinting import other_version, reworded
from unsplice.learn.retyping import retype
from unsplice.measure.truth import is_credit
from unsplice.model import Article, Page
from unsplice.models import load
from unsplice.run import clean_pages
from unsplice.text.forms import fold

ENOUGH = 0.97  # share of the letters of a version that an article holds which holds it whole
VERSIONS = "versions"  # the kind of pairs that are no reprints
FIGURES = ("whole", "dealt", "mixed")
FEWEST = 4  # paragraphs of a report that is printed twice


@dataclass(frozen=True)
class Pair:
    """Two prints of one report, the fuller first, or two versions of a notice."""

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
    """Pairs of reprints and of versions, and articles that are printed once, to stand beside them."""
    shuffled = rng.sample(list(articles), len(articles))
    fit = [a for a in shuffled if len(a.paragraphs) >= FEWEST]
    chosen, lenders = fit[:count], fit[count : 2 * count]
    found = []
    for k, (own, lender) in enumerate(zip(chosen, lenders, strict=False)):
        make = KINDS[k % len(KINDS)]
        fuller, other = make(rng, own, lender)
        found.append(Pair(make.__name__, fuller, replace(other, title=reworded(rng, own))))
    used = {a.id for a in (*chosen, *lenders)}
    left = [(a, version) for a in shuffled if a.id not in used and (version := other_version(rng, a))]
    found += [Pair(VERSIONS, *both) for both in left[: count // len(KINDS)]]
    used |= {pair.fuller.id for pair in found}
    return found, [a for a in shuffled if a.id not in used]


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


@dataclass(frozen=True)
class Written:
    """The letters of an article, and the pages that its paragraphs are from."""

    letters: str
    pages: frozenset[str]

    @classmethod
    def of(cls, article: Article) -> Written:
        pages = frozenset(span.page for p in article.paragraphs for span in p.sources)
        return cls(fold("".join(p.text for p in article.paragraphs)), pages)

    def holds(self, version: Clean) -> bool:
        """Does it hold a version whole, in its order, but for typing errors and credits?"""
        own = fold("".join(p for p in version.paragraphs if not is_credit(p, paragraph_role(p))))
        return LCSseq.similarity(own, self.letters, score_cutoff=int(ENOUGH * len(own))) > 0


def judged(pair: Pair, names: Sequence[str], articles: Sequence[Written], kept: bool) -> dict[str, bool]:
    """Is a pair whole, dealt out, mixed? `names` are the pages of its two prints."""
    near = [a for a in articles if a.pages & {*names}]
    fuller, other = ([a.pages for a in near if a.holds(version)] for version in (pair.fuller, pair.other))
    apart = kept or pair.kind == VERSIONS
    alone = {names[0]} in fuller and {names[1]} in other
    return {
        "whole": alone if apart else bool(fuller),
        "dealt": not (fuller or other),
        "mixed": apart and any(a.pages.issuperset(names) for a in near),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--pairs", type=int, default=40, help="of reprints; and a fifth as many versions")
    parser.add_argument("--keep", action="store_true", help='with reprints = "keep"')
    parser.add_argument("--show", action="store_true", help="print the headlines of the pairs that are not whole")
    parser.add_argument("--models")
    arguments = parser.parse_args()
    models = load(arguments.models) if arguments.models else load()
    kept = Reprints.KEEP if arguments.keep else Reprints.MERGE
    config = Config(reattach=ReattachConfig(reprints=kept))
    rng = random.Random(1)
    found: dict[str, list[dict[str, bool]]] = defaultdict(list)
    for path in arguments.articles:
        made, others = pairs(read_articles(path, ReadConfig()), arguments.pairs, rng)
        for shape, pages in (("records", as_records(made)), ("pages", as_pages(made, others, rng))):
            written = [Written.of(a) for a in clean_pages(pages, config, models).articles]
            for k, pair in enumerate(made):
                own = judged(pair, [page.id for page in pages[2 * k : 2 * k + 2]], written, arguments.keep)
                found[f"{shape} {pair.kind}"].append(own)
                if arguments.show and not own["whole"]:
                    print(f"{shape} {pair.kind}: {pair.fuller.title} | {pair.other.title} | {own}")
    reprinted = [x for kind, own in found.items() if not kind.endswith(VERSIONS) for x in own]
    print(f"{'':<20}{'pairs':>6}" + "".join(f"{name:>8}" for name in FIGURES))
    for kind, own in (*found.items(), ("all reprints", reprinted)):
        shares = "".join(f"{sum(x[name] for x in own) / len(own):>8.3f}" for name in FIGURES)
        print(f"{kind:<20}{len(own):>6}{shares}")


if __name__ == "__main__":
    main()
