"""The decisions about one page: which of its stories each text belongs to, if any."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ...config import BOLDNESS, ReattachConfig
from ...model import Passage, Ref
from ...models import Models
from ...reasons import Reason
from ...text.sentences import normal
from ..profiles import TOP_WORDS, profile
from .decisions import Decision, Headline, PageDecisions
from .features import pair_features, text_features
from .headlines import Belonging, belonging, headlines_over, leaves_below, shows_damage, with_roles
from .texts import PLACED, Floats, PageTexts

TOGETHER = 0.5  # probability from which passages without a headline are one story
FAR = 0.2  # added to that where other passages stand between them
BESIDE = 0.6  # probability of belonging where it stands below which a passage moves with a neighbour of its story
ONE_STORY = 0.7  # probability from which two texts are of one story
SHARED = 8  # most words that are named as evidence
GOES_ON = re.compile(r"[(（【\[]?\s*[上接续承]")  # may say that it is continued from another page
ELSEWHERE = 0.02  # probability of belonging to no headline of the page from which other pages are searched
LEFT = {
    Reason.OTHER_HEADLINE: Reason.LEFT_OTHER_HEADLINE,
    Reason.NO_HEADLINE_HERE: Reason.LEFT_NO_HEADLINE_HERE,
    Reason.UNCLEAR: Reason.LEFT_UNCLEAR,
}


class Goal(NamedTuple):
    """The headline that a text goes to, by its column (None: it has none on this page), and why."""

    headline: int | None
    reason: Reason


class Limits(NamedTuple):
    """Thresholds: a passage leaves below this probability of belonging where it stands, and goes to a story of another
    page from that probability of belonging there."""

    stay: float
    elsewhere: float


def limits(config: ReattachConfig, models: Models) -> Limits:
    """The thresholds of the configured boldness."""
    stay, elsewhere = models.network.levels[BOLDNESS.index(config.boldness)]
    return Limits(float(stay), float(elsewhere))


def decide(page: PageTexts, passages: Sequence[Passage], config: ReattachConfig, models: Models) -> PageDecisions:
    """Decide jointly, for the whole page, which lines are headlines and which of them each passage belongs to."""
    features = text_features(page), pair_features(page, models.seams)
    point, same = models.network.scores(*features, page.outline.may_head)
    found = belonging(point, same, page.outline, config)
    seen = with_roles(page, found, passages, config)
    own = {p.ref: p for p in seen}
    placed = [i for i, x in enumerate(page.texts) if x.passage and not found.titles[i] and own[x.ref].role in PLACED]
    damaged = shows_damage(page.outline, [found.stay(i) for i in placed])
    limit = 0.0 if page.single else float(leaves_below(limits(config, models).stay, damaged))
    goals = [_goal(found, i, limit, config) for i in placed]
    if damaged and config.move:
        goals = _kept_together(goals, placed, found, same)
    members = {j: [int(h)] for j, h in enumerate(np.flatnonzero(found.titles))}
    for i, goal in zip(placed, goals, strict=True):
        if goal.headline is not None:
            members[goal.headline].append(i)
    headlines = tuple(_headline(page, own_texts, own) for own_texts in members.values())
    context = _Context(page, found, headlines, members, own, config)
    decisions = [_decision(context, i, goal) for i, goal in zip(placed, goals, strict=True)]
    were_headlines = [bool(page.outline.by_shape[i]) for i in placed]
    decisions = _untitled_stories(decisions, _groups(placed, goals, same), were_headlines)
    over = headlines_over(page, found.titles, seen)
    heads = np.diagonal(point)[page.outline.may_head]
    doubts = tuple((4 * heads * (1 - heads)).tolist())
    return PageDecisions(page.page, seen, headlines, tuple(decisions), over, damaged, doubts=doubts)


def _goal(found: Belonging, i: int, limit: float, config: ReattachConfig) -> Goal:
    """Where a text goes, and why.

    It leaves its own headline only where it is unlikely enough to belong there. It gets no headline where it belongs to
    none of the page, where the likeliest is no more than even odds, or where two others are about as likely.
    """
    chances, stands = found.chances[i], int(found.above[i])
    none = len(chances) - 2
    if stands >= 0 and (chances[stands] > limit or chances[stands] >= chances[: none + 1].max()):
        return Goal(stands, Reason.IN_PLACE)
    first, *others = sorted((j for j in range(none) if j != stands), key=lambda j: (-chances[j], j)) or [none]
    if first == none or chances[none] >= chances[first]:
        goal = Goal(None, Reason.NO_HEADLINE_HERE if stands >= 0 else Reason.UNDER_NO_HEADLINE)
    elif chances[first] <= config.adopt:
        goal = Goal(None, Reason.UNCLEAR if stands >= 0 else Reason.UNDER_NO_HEADLINE)
    elif others and chances[first] - chances[others[0]] < config.margin:
        goal = Goal(None, Reason.UNCLEAR)
    else:
        goal = Goal(first, Reason.OTHER_HEADLINE)
    return Goal(stands, LEFT[goal.reason]) if stands >= 0 and not config.move else goal


def _kept_together(goals: Sequence[Goal], placed: Sequence[int], found: Belonging, same: Floats) -> list[Goal]:
    """The goals with runs kept together: a passage that is probably out of place moves with a neighbour that leaves,
    if they are of one story. `placed` are the texts that the goals are about."""
    out = list(goals)
    steps = list(pairwise(range(len(out))))
    for before, at in (*steps, *((b, a) for a, b in reversed(steps))):
        other, i = placed[before], placed[at]
        stands = found.above[i]
        leaves = stands == found.above[other] >= 0 and out[before].headline != stands
        if leaves and out[at].headline == stands and found.stay(i) < BESIDE and same[i, other] > ONE_STORY:
            out[at] = Goal(out[before].headline, Reason.WITH_NEIGHBOUR)
    return out


def _groups(placed: Sequence[int], goals: Sequence[Goal], same: Floats) -> list[int | None]:
    """Group the texts without a headline into stories: each joins the likeliest group, if that is likely enough."""
    members: list[list[int]] = []
    groups: list[int | None] = []
    for at, (i, goal) in enumerate(zip(placed, goals, strict=True)):
        groups.append(None)
        if goal.headline is not None:
            continue
        alike = [float(same[i, own[0]] if len(own) == 1 else np.mean(same[i, own])) for own in members]
        for g, own in enumerate(members):
            if at and own[-1] != placed[at - 1]:
                alike[g] -= FAR  # a text that is not next to the group is less likely of it
        best = max(range(len(alike)), key=lambda g: alike[g], default=-1)
        if best < 0 or alike[best] < TOGETHER:
            members.append([])
            best = len(members) - 1
        members[best].append(i)
        groups[-1] = best
    return groups


def _headline(page: PageTexts, members: Sequence[int], own: Mapping[Ref, Passage]) -> Headline:
    """A headline, and the profile of its story, of which it is the first member."""
    x = page.texts[members[0]]
    return Headline(x.ref, x.text, own[x.ref] if x.passage else None, profile([page.texts[i].bag for i in members]))


class _Context(NamedTuple):
    """What a decision is context by; `members` are the texts of each headline's story, `own` the page's passages."""

    page: PageTexts
    found: Belonging
    headlines: Sequence[Headline]
    members: Mapping[int, Sequence[int]]
    own: Mapping[Ref, Passage]
    config: ReattachConfig


def _decision(context: _Context, i: int, goal: Goal) -> Decision:
    """The decision about one text, with what explains it to a reader."""
    x, chances, stands = context.page.texts[i], context.found.chances[i], int(context.found.above[i])
    none = len(chances) - 2
    order = sorted((j for j in range(none) if j != goal.headline), key=lambda j: (-chances[j], j))
    stay = float(chances[stands]) if stands >= 0 else 0.0
    stays = goal.headline is not None and goal.headline == stands
    moves = goal.headline is not None and goal.headline != stands
    searched = bool(chances[none] > ELSEWHERE or GOES_ON.match(normal(x.text[:8])))
    return Decision(
        passage=context.own[x.ref],
        copies=tuple(context.own[p.ref] for p in x.copies),
        stands=context.headlines[stands].ref if stands >= 0 else None,
        goes=None if goal.headline is None else context.headlines[goal.headline].ref,
        reason=goal.reason,
        score=round(float(chances[none if goal.headline is None else goal.headline]), 4),
        runner_up=context.headlines[order[0]].ref if order else None,
        runner_up_score=round(float(chances[order[0]]), 4) if order else 0.0,
        stay=round(stay, 4),
        elsewhere=round(float(chances[none]), 4),
        in_doubt=stays and (stay < context.config.doubt or goal.reason is not Reason.IN_PLACE),
        shared=_shared(context, i, goal.headline, stands) if moves and goal.headline is not None else (),
        profile=profile([x.bag]) if searched else None,
        words=_weightiest(x.bag.words)[:TOP_WORDS] if searched else (),
    )


def _shared(context: _Context, i: int, story: int, stands: int) -> tuple[str, ...]:
    """The rarest words, names and numbers that a text shares with its new story and not with the old one."""
    texts = context.page.texts
    there = {w for j in context.members[story] if j != i for w in texts[j].bag.words}
    here = {w for j in context.members.get(stands, ()) if j != i for w in texts[j].bag.words}
    own = texts[i].bag.words
    return _weightiest({w: own[w] for w in (own.keys() & there) - here})[:SHARED]


def _weightiest(words: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda w: (-words[w], w)))


def _untitled_stories(
    decisions: Sequence[Decision], groups: Sequence[int | None], were_headlines: Sequence[bool]
) -> list[Decision]:
    """The decisions, with `untitled` set to the first passage of the group for those without a headline.

    Headlines with the same words count as one text, but once they turn out to be subheads they do not.
    """
    first: dict[int | None, Ref | None] = {None: None}
    found: list[Decision] = []
    for d, group, was_headline in zip(decisions, groups, were_headlines, strict=True):
        own = [replace(d, passage=p, copies=(p,)) for p in d.copies] if was_headline else [d]
        untitled = first.setdefault(group, own[0].passage.ref)
        found += [replace(each, untitled=untitled) for each in own]
    return found
