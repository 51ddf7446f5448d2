"""Tidy the typography of Chinese paragraphs, line by line, leaving doubtful cases alone.

No Han character, letter or digit is dropped or changed (full-width Latin ones become ASCII), and tidying is idempotent.
A line that is hardly Chinese only loses white space at its ends and invisible characters. The rules are in the other
modules of this folder; here they are applied in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial

from ..config import TidyConfig
from ..reasons import Flag
from .chars import BLANK
from .dots import doubled, once, two_ems
from .entities import space, unescape_spaces
from .marks import half, widen
from .quotes import may_mend, mend, turned, unpaired
from .spaces import beside_latin, close_up
from .unseen import JOINERS, UNSEEN, drop_unseen, private
from .widths import FORMS, WIDE, narrow

Rule = Callable[[str, bool], str]  # line, is it a headline? -> line
Search = Callable[[str], object]  # does a line hold what a rule may change?
Step = tuple[Search, tuple[tuple[str, Rule], ...]]

seldom = re.compile(f"[{UNSEEN}{JOINERS}{WIDE}{FORMS}]").search
blank = re.compile(f"[{BLANK}]").search
LATIN = "latin"  # the only rule with more than two settings
# For each line: triggers and their rules, in the order of application.
STEPS: tuple[tuple[Search, dict[str, Rule]], ...] = (
    (space.search, {"entities": unescape_spaces}),
    (seldom, {"invisible": drop_unseen, "width": narrow}),
    (may_mend, {"quotes": mend}),
    (half, {"punctuation": widen}),
    (doubled.search, {"ellipsis": two_ems, "repeated": once}),
    (blank, {"spaces": close_up, "ends": lambda line, _: line.strip()}),
)
RULES = (*(name for _, rules in STEPS for name in rules), LATIN)

_breaks = re.compile("(\r\n|[\n\r\u2028\u2029])")
# The triggers of all steps but `doubled` and `turned`, in one search. Most lines hold none but in numbers: 3.5, 8:30.
_odd = re.compile(f"[{UNSEEN}{JOINERS}{WIDE}{FORMS}{BLANK}&,:.;?!()\"'](?:(?<![0-9][,:.])|(?![0-9]))").search
_DEFAULT = TidyConfig()


def tidy(text: str, config: TidyConfig = _DEFAULT, *, headline: bool = False) -> str:
    """The text, tidied; `headline`: it is a headline, subhead or byline, whose spaces are intended."""
    return _tidied(text, config, headline, None)


def changes(text: str, config: TidyConfig = _DEFAULT, headline: bool = False) -> list[tuple[str, int]]:
    """The rules (named like their settings) that change the text, each with the number of characters changed."""
    counts: Counter[str] = Counter()
    _tidied(text, config, headline, counts)
    return [(name, counts[name]) for name in RULES if counts[name]]


def doubts(text: str) -> list[tuple[Flag, int]]:
    """What no rule can mend, with counts: quotation marks without a partner, characters of one font only."""
    found = Counter({Flag.UNPAIRED_QUOTES: sum(map(unpaired, text.splitlines())), Flag.PRIVATE_USE: len(private(text))})
    return [(name, count) for name, count in found.items() if count]


def _tidied(text: str, config: TidyConfig, headline: bool, counts: Counter[str] | None) -> str:
    if not config.enabled:
        return text
    left = _left if config.latin == "keep" else bool
    line = partial(_line, steps=_chosen(config), left=left, headline=headline, counts=counts)
    if config.latin == "keep" and not any(mark in text for mark in "\r\u2028\u2029"):
        return _odd_lines(text, line)
    pieces = _breaks.split(text)
    pieces[::2] = map(line, pieces[::2])
    return "".join(pieces)


def _odd_lines(text: str, tidied: Callable[[str], str]) -> str:
    """Tidy only the lines that hold something to change."""
    rows = [match.start() for match in doubled.finditer(text)]
    if facing := turned(text):
        rows = sorted([*rows, *facing])
    rows.reverse()
    pieces: list[str] = []
    done = 0
    while (at := _next(text, done, rows)) >= 0:
        start = text.rfind("\n", done, at) + 1 or done
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        pieces += text[done:start], tidied(text[start:end])
        done = end
    return "".join(pieces) + text[done:] if done else text


def _next(text: str, at: int, rows: list[int]) -> int:
    """The offset, from `at` on, of the next thing a rule may change; -1 if there is none. `rows`: the last first."""
    while rows and rows[-1] < at:
        rows.pop()
    row = rows[-1] if rows else -1
    odd = _odd(text, at, row if row >= 0 else len(text))  # no further, or many rows would mean many searches to the end
    return odd.start() if odd else row


@lru_cache(maxsize=8)
def _chosen(config: TidyConfig) -> tuple[Step, ...]:
    steps = [(call, tuple((name, rules[name]) for name in rules if getattr(config, name))) for call, rules in STEPS]
    if config.latin != "keep":
        steps.append((bool, ((LATIN, lambda line, _: beside_latin(line, config.latin)),)))
    return tuple(step for step in steps if step[1])


def _left(line: str) -> bool:
    """Whether any step may apply: two searches instead of one per step."""
    return _odd(line) is not None or doubled.search(line) is not None or bool(turned(line))


def _line(line: str, *, steps: tuple[Step, ...], left: Search, headline: bool, counts: Counter[str] | None) -> str:
    """Apply the rules until none applies, so that a second run changes nothing."""
    before = None
    while line != before and (before is None or left(line)):
        before = line
        for calls_for, rules in steps:
            if calls_for(line):
                for name, rule in rules:
                    old, line = line, rule(line, headline)
                    if counts is not None and line != old:
                        counts[name] += abs(len(old) - len(line)) or sum(map(str.__ne__, old, line))
    return line
