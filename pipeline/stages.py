"""The stages of a run, each for all that it depends on at once: a group of pages, a page, pages tied by copies.

What a stage made of the same before is taken from the memory. A key holds all that the value depends on, the program,
the models and the settings included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from .batch import Batch
from .config import Boldness, Config, ReattachConfig
from .limits import Map
from .memory import Memory, digest
from .model import Article, Copy, Evidence, Page, Passage, Placement, Ref
from .models import Models
from .passages.boilerplate import mark_boilerplate
from .passages.groups import group_of, usages, used_on
from .passages.lines import check_passages, find_passages
from .reattach.page.decisions import PageDecisions
from .reattach.page.sections import decide_page
from .reattach.placements import place
from .reattach.unfamiliar import unfamiliar
from .text.usage import Usage
from .write.articles import compose
from .write.ledger import check_ledger

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of pages that copies tie together: rows of the ledger, articles, and the survivors of their copies,
    sorted, which the rows' clusters number."""

    rows: tuple[Placement, ...]
    articles: tuple[Article, ...]
    survivors: tuple[Ref, ...]


# What a memory keeps of each stage, and its type.
KINDS: Mapping[str, Any] = {
    "passages": tuple[Passage, ...],
    "decisions": PageDecisions,
    "doubts": tuple[float, ...],
    "outcomes": Outcome,
}


@dataclass(frozen=True)
class Pages:
    """The pages of a run by id, their groups, the pages of each group, and what the passages of a page depend on."""

    by_id: Mapping[str, Page]
    groups: Mapping[str, str]
    members: Mapping[str, Sequence[Page]]
    keys: Mapping[str, str]

    @classmethod
    def of(cls, pages: Sequence[Page], models: Models, memory: Memory) -> Pages:
        """`pages` are sorted by id."""
        groups = {page.id: group_of(page) for page in pages}
        members: dict[str, list[Page]] = defaultdict(list)
        for page in pages:
            members[groups[page.id]].append(page)
        salt = digest(memory.program, models.card.digest if models.card else "")
        of_group = {group: digest(salt, *own) for group, own in members.items()}
        keys = {page.id: digest(of_group[groups[page.id]], page.id) for page in pages}
        return cls({page.id: page for page in pages}, groups, members, keys)

    def group(self, ids: Iterable[str]) -> list[Page]:
        """All pages of the groups of some pages, sorted."""
        wanted = {self.groups[id_] for id_ in ids}
        return [page for id_, page in self.by_id.items() if self.groups[id_] in wanted]


def passages(
    pages: Pages, models: Models, most: int, each: Map, memory: Memory, progress: Progress | None = None
) -> dict[str, tuple[Passage, ...]]:
    """The passages of each page, boilerplate marked, a group of pages at a time; `each` maps a function over pages.

    Raises Exceeded where a page has more than `most`.
    """
    fresh = pages.group(unread(pages, memory))
    found = dict(zip((p.id for p in fresh), find_passages(fresh, models, each), strict=True))
    _tell(progress, "passages", len(fresh), len(fresh))
    marked = mark_boilerplate(fresh, Batch(found)).pages
    for id_, own in marked.items():
        memory.put("passages", pages.keys[id_], own)
    every = {id_: marked[id_] if id_ in marked else memory.get("passages", key) for id_, key in pages.keys.items()}
    check_passages(every, most)
    return every


def unread(pages: Pages, memory: Memory) -> list[str]:
    """The pages whose passages aren't remembered, by id."""
    return [id_ for id_, key in pages.keys.items() if not memory.has("passages", key)]


@dataclass(frozen=True)
class Deciding:
    """What pages are decided by: their passages before and after they were cut, and the evidence."""

    pages: Pages
    uncut: Mapping[str, tuple[Passage, ...]]
    batch: Batch
    evidence: Evidence
    config: ReattachConfig
    models: Models

    def copies(self, id_: str) -> tuple[Copy, ...]:
        """The copies among the passages of a page."""
        own = (self.evidence.copy_of.get(p.ref) for p in self.batch.pages[id_])
        return tuple(copy for copy in own if copy)

    def key(self, id_: str, config: ReattachConfig) -> str:
        """What the decisions of a page depend on."""
        own = self.batch.pages[id_]
        cuts = [(p.start, p.flags) for p in own] if len(own) != len(self.uncut[id_]) else []
        return digest(self.pages.keys[id_], cuts, self.copies(id_), config)


def decisions(
    given: Deciding, each: Map, memory: Memory, progress: Progress | None = None
) -> tuple[dict[str, str], frozenset[str]]:
    """The key of each page's decisions, which the memory has then; and the pages that were handled cautiously, as
    their group is unlike what the models learned from."""
    groups = given.pages.groups
    keys = _decided(given, given.batch.pages, given.config, each, memory, progress)
    doubts = {id_: memory.get("doubts", key) for id_, key in keys.items()}
    strange = unfamiliar(doubts, groups, given.config.unfamiliar)
    again = [id_ for id_ in keys if groups[id_] in strange]
    cautious = replace(given.config, boldness=Boldness.CAUTIOUS)
    return keys | _decided(given, again, cautious, each, memory, None), frozenset(again)


def _decided(
    given: Deciding,
    ids: Iterable[str],
    config: ReattachConfig,
    each: Map,
    memory: Memory,
    progress: Progress | None,
) -> dict[str, str]:
    """The keys of the decisions of some pages; what the memory lacks is decided."""
    keys = {id_: given.key(id_, config) for id_ in ids}
    fresh = [id_ for id_, key in keys.items() if not (memory.has("decisions", key) and memory.has("doubts", key))]
    around = given.pages.group(fresh)
    usage = dict(zip((p.id for p in around), usages(around, list(each(used_on, around))), strict=True))
    weighed = [
        (given.pages.by_id[id_], given.batch.pages[id_], Evidence(given.copies(id_)), usage[id_]) for id_ in fresh
    ]
    decide = partial(_decide, config=config, models=given.models)
    for done, found in enumerate(each(decide, weighed), 1):
        memory.put("decisions", keys[found.page], found)
        memory.put("doubts", keys[found.page], found.doubts)
        _tell(progress, "stories", done, len(fresh))
    return keys


def _decide(
    weighed: tuple[Page, tuple[Passage, ...], Evidence, Usage], config: ReattachConfig, models: Models
) -> PageDecisions:
    page, own, evidence, usage = weighed
    return decide_page(page, own, evidence, config, models.within(usage))


def outcomes(
    given: Deciding, keys: Mapping[str, str], cautious: frozenset[str], config: Config, memory: Memory
) -> Iterator[Outcome]:
    """What became of the pages: groups that no copy ties together are placed one by one."""
    for ids, evidence in tied(given.pages, given.evidence):
        own = {id_: keys[id_] for id_ in ids}
        key = digest(own, evidence.copies, dict(evidence.continues), config.reattach, config.tidy)
        found = memory.get("outcomes", key)
        if found is None:
            found = _placed(
                given, {id_: memory.get("decisions", k) for id_, k in own.items()}, evidence, cautious, config
            )
            memory.put("outcomes", key, found)
        yield found


def _placed(
    given: Deciding,
    decided: Mapping[str, PageDecisions],
    evidence: Evidence,
    cautious: frozenset[str],
    config: Config,
) -> Outcome:
    pages = {id_: given.pages.by_id[id_] for id_ in decided}
    groups = {id_: given.pages.groups[id_] for id_ in decided}
    rows, titles, reprinted, survivors = place(
        pages, list(decided.values()), evidence, config.reattach, given.models, cautious & decided.keys(), groups
    )
    check_ledger(pages, rows)
    return Outcome(tuple(rows), compose(pages, rows, titles, config.tidy, reprinted), survivors)


def tied(pages: Pages, evidence: Evidence) -> Iterator[tuple[list[str], Evidence]]:
    """The pages in lots, whole groups that copies tie together, each with the evidence about it; all in order."""
    first: dict[str, str] = {group: group for group in pages.members}

    def lot(group: str) -> str:
        while first[group] != group:
            first[group] = first[first[group]]
            group = first[group]
        return group

    for copy in evidence.copies:
        a, b = lot(pages.groups[copy.passage.page]), lot(pages.groups[copy.survivor.page])
        first[max(a, b)] = min(a, b)
    ids: dict[str, list[str]] = defaultdict(list)
    copies: dict[str, list[Copy]] = defaultdict(list)
    continues: dict[str, dict[Ref, Ref]] = defaultdict(dict)
    for id_ in pages.by_id:
        ids[lot(pages.groups[id_])].append(id_)
    for copy in evidence.copies:
        copies[lot(pages.groups[copy.passage.page])].append(copy)
    for ref, rest in evidence.continues.items():
        continues[lot(pages.groups[ref.page])][ref] = rest
    for name, own in ids.items():
        yield own, Evidence(tuple(copies[name]), continues[name])


def numbered(found: Sequence[Outcome]) -> list[Placement]:
    """The rows of all lots, sorted, with the clusters of copies numbered through."""
    every = {ref: n for n, ref in enumerate(sorted(ref for each in found for ref in each.survivors), 1)}
    rows = []
    for each in found:
        numbers = [every[ref] for ref in each.survivors]
        same = numbers == list(range(1, len(numbers) + 1))
        rows += [
            row if same or row.cluster is None else replace(row, cluster=numbers[row.cluster - 1]) for row in each.rows
        ]
    return sorted(rows, key=lambda row: row.ref)


def _tell(progress: Progress | None, what: str, done: int, total: int) -> None:
    if progress:
        progress(what, done, total)
