"""Tidies the typography of Chinese paragraphs, line by line, and leaves alone whatever is in doubt.

No Han character, letter or digit is dropped or changed (full-width Latin ones become ASCII), and to tidy twice is
to tidy once. A line that is hardly Chinese only loses its ends and what cannot be seen. The rules are in
`pipeline.typography`; here they are put in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from pipeline.config import TidyConfig
from pipeline.typography.dots import once, two_ems
from pipeline.typography.marks import widen
from pipeline.typography.quotes import curl, unpaired
from pipeline.typography.spaces import beside_latin, close_up
from pipeline.typography.unseen import BLANK, UNSEEN, drop_unseen, private
from pipeline.typography.widths import narrow

Rule = Callable[[str, bool], str]  # of a line, and whether it is a headline

_breaks = re.compile("(\r\n|[\n\r\u2028\u2029])")
# What any rule may change. Most lines hold none of it but in numbers (3.5, 1,200, 8:30), and are done with here.
_odd = re.compile(f"[{UNSEEN}\u200c\u200d{BLANK},:.;?!()\"'０-９Ａ-Ｚａ-ｚ]").search
_in_number = re.compile("(?<=[0-9])[,:.](?=[0-9])").match
_dots = re.compile("…+").finditer
ROWS = (
    *("。。", "，，", "、、", "；；", "：：", "？？？？", "！！！！"),
    *("···", "・・・", "⋯⋯", "－－", "──", "━━", "――", "--"),
)
_DEFAULT = TidyConfig()
LATIN = "latin"  # the one rule whose switch has more than two positions


def tidy(text: str, config: TidyConfig = _DEFAULT, *, headline: bool = False) -> str:
    """The text, tidied; `headline` says that it is a headline, subhead or byline, whose spaces are meant."""
    return _tidied(text, config, headline, None)


def changes(text: str, config: TidyConfig = _DEFAULT, headline: bool = False) -> list[tuple[str, int]]:
    """The rules (named like their switches) that change the text, each with the number of characters changed."""
    counts: Counter[str] = Counter()
    _tidied(text, config, headline, counts)
    return [(name, counts[name]) for name in (*RULES, LATIN) if counts[name]]


def doubts(text: str) -> list[tuple[str, int]]:
    """What no rule can put right, with its number: quotation marks without a partner, characters of one font only."""
    found = Counter({"unpaired-quotes": sum(map(unpaired, text.splitlines())), "private-use": len(private(text))})
    return [(name, count) for name, count in found.items() if count]


def _tidied(text: str, config: TidyConfig, headline: bool, counts: Counter[str] | None) -> str:
    if not config.enabled:
        return text
    rules = _chosen(config)
    if config.latin != "keep":
        return "\n".join([_lines(line, rules, headline, counts) for line in text.split("\n")])
    rows = _rows(text)
    done, tidied = 0, []
    while (at := _next(text, done, rows)) >= 0:
        start = text.rfind("\n", done, at) + 1 or done
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        tidied += [text[done:start], _lines(text[start:end], rules, headline, counts)]
        done = end
    return "".join(tidied) + text[done:]


def _next(text: str, at: int, rows: list[int]) -> int:
    """Where the next character is that a rule may change, from `at` on; -1 if there is none. `rows`: the last first."""
    while rows and rows[-1] < at:
        rows.pop()
    row = rows[-1] if rows else -1
    while match := _odd(text, at, row if row >= 0 else len(text)):
        at = match.start()
        if not _in_number(text, at):
            return at
        at += 1
    return row


def _rows(text: str) -> list[int]:
    """Where dots, dashes or marks stand together, and may be too many or too few; the last first."""
    found = (
        [] if text.count("…") == 2 * text.count("……") else [m.start() for m in _dots(text) if m.end() - m.start() != 2]
    )
    for row in ROWS:  # a search for each is much faster than one pattern of them all
        at = text.find(row)
        while at >= 0:
            found.append(at)
            at = text.find(row, at + len(row))
    return sorted(found, reverse=True)


def _lines(text: str, rules: list[tuple[str, Rule]], headline: bool, counts: Counter[str] | None) -> str:
    """A line; several, where other breaks than the newline divide it."""
    pieces = _breaks.split(text)
    pieces[::2] = [_line(piece, rules, headline, counts) for piece in pieces[::2]]
    return "".join(pieces)


def _chosen(config: TidyConfig) -> list[tuple[str, Rule]]:
    rules = [(name, rule) for name, rule in RULES.items() if getattr(config, name)]
    if config.latin != "keep":
        rules.append((LATIN, lambda line, _: beside_latin(line, config.latin)))
    return rules


def _line(line: str, rules: list[tuple[str, Rule]], headline: bool, counts: Counter[str] | None) -> str:
    """Applies the rules until none finds anything, so that nothing is left for a second run to find."""
    before = None
    while line != before:
        before = line
        for name, rule in rules:
            old, line = line, rule(line, headline)
            if counts is not None and line != old:
                counts[name] += abs(len(old) - len(line)) or sum(a != b for a, b in zip(old, line, strict=True))
    return line


RULES: dict[str, Rule] = {
    "invisible": drop_unseen,
    "width": narrow,
    "quotes": curl,
    "punctuation": widen,
    "ellipsis": two_ems,
    "repeated": once,
    "spaces": close_up,
    "ends": lambda line, _: line.strip(),
}
