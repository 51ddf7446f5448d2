"""The passages of some pages in reading order, with lookup by Ref and by position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .model import Cut, Passage, Ref
from .text.forms import fold


class Batch:
    """Passages by page, looked up by Ref (`at`) or relative to another one (`beside`); their text is folded once."""

    def __init__(self, pages: Mapping[str, Sequence[Passage]], letters: dict[Ref, tuple[str, str]] | None = None):
        self.pages: dict[str, tuple[Passage, ...]] = {page: tuple(own) for page, own in sorted(pages.items())}
        self._place = {p.ref: (own, k) for own in self.pages.values() for k, p in enumerate(own)}
        self._letters = {} if letters is None else letters

    def __iter__(self) -> Iterator[Passage]:
        """All passages, in the order of their Refs."""
        return (p for own in self.pages.values() for p in own)

    def __contains__(self, ref: Ref) -> bool:
        return ref in self._place

    def at(self, ref: Ref) -> Passage:
        """The passage named by a Ref."""
        own, k = self._place[ref]
        return own[k]

    def beside(self, ref: Ref, by: int) -> Passage | None:
        """The passage `by` places later on its page (earlier if negative); None beyond the page's ends."""
        own, k = self._place[ref]
        return own[k + by] if 0 <= k + by < len(own) else None

    def letters(self, p: Passage) -> str:
        """The folded text of a passage (see text.forms.fold)."""
        text, letters = self._letters.get(p.ref, ("", ""))
        if text != p.text:
            letters = fold(p.text)
            self._letters[p.ref] = p.text, letters
        return letters

    def with_pages(self, pages: Mapping[str, Sequence[Passage]]) -> Batch:
        """A batch of other passages that shares the cache of folded texts."""
        return Batch(pages, self._letters)

    def cut(self, cuts: Iterable[Cut]) -> Batch:
        """The same batch with some passages cut in two."""
        at = {c.passage: c for c in cuts}
        return self.with_pages({page: divided(own, at) for page, own in self.pages.items()}) if at else self


def divided(passages: Iterable[Passage], cuts: Mapping[Ref, Cut]) -> tuple[Passage, ...]:
    """The passages of a page, some of them cut in two; both parts are flagged with the cause."""
    return tuple(part for p in passages for part in (_parts(p, cuts[p.ref]) if p.ref in cuts else (p,)))


def _parts(p: Passage, cut: Cut) -> tuple[Passage, Passage]:
    head = replace(p, end=cut.at, text=p.text[: cut.at - p.start], flags=(*p.flags, cut.cause))
    return head, replace(head, start=cut.at, end=p.end, text=p.text[cut.at - p.start :])
