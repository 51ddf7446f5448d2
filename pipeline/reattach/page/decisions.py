"""What is decided on one page: its headlines, and where each of its texts goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model import Passage, Ref
from ...reasons import Reason
from ..profiles import Profile


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline of a page, and its story's profile; `passage` is None for a title that came with the page."""

    ref: Ref
    text: str
    passage: Passage | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class Decision:
    """Where one text of a page goes.

    `stands` is the headline that it stands under, `goes` the headline of its page that it belongs to, or None: then
    `untitled` is the first passage of the story without a headline that it is part of. `score` is the
    probability that this is right, `runner_up` the second likeliest headline, with its probability. `stay` is the
    probability of belonging where it stands, `elsewhere` that of belonging to no headline of the page. `in_doubt`: it
    stays despite evidence against that. `shared`: words that it shares with its new story and not with the old one. A
    text that may belong to a story of another page has a profile, and its words, the weightiest first.
    """

    passage: Passage
    copies: tuple[Passage, ...]
    stands: Ref | None
    goes: Ref | None
    reason: Reason
    score: float
    runner_up: Ref | None
    runner_up_score: float
    stay: float
    elsewhere: float
    in_doubt: bool = False
    untitled: Ref | None = None
    shared: tuple[str, ...] = ()
    profile: Profile | None = None
    words: tuple[str, ...] = ()

    @property
    def stays(self) -> bool:
        """Does it stay under the headline that it stands under?"""
        return self.goes is not None and self.goes == self.stands


@dataclass(frozen=True, slots=True)
class PageDecisions:
    """The decisions of one page.

    `passages` are the page's, with their final roles. `over` is the headline that each passage stands under, or is.
    `damaged`: something is repeated, or surely out of place. `continues` maps a cut passage to its rest. `doubts` are
    those about each line that may be a headline: from 0, certain, to 1, even odds.
    """

    page: str
    passages: tuple[Passage, ...]
    headlines: tuple[Headline, ...]
    decisions: tuple[Decision, ...]
    over: Mapping[Ref, Ref | None] = field(default_factory=dict)
    damaged: bool = False
    continues: Mapping[Ref, Ref] = field(default_factory=dict)
    doubts: tuple[float, ...] = ()
