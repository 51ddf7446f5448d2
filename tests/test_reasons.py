"""Every value of the ledger's vocabulary is told in words, and means one thing."""

from __future__ import annotations

import doctest
from collections import Counter
from pathlib import Path

import pytest
from unsplice import reasons
from unsplice.reasons import NOTICES, WORDS, CopyKind, Flag, Reason, in_words

EVERY = (*CopyKind, *Reason, *Flag)


def test_no_value_stands_in_two_enumerations() -> None:
    """Members of string enumerations are equal where their values are: one table of words can hold them all."""
    assert [value for value, count in Counter(x.value for x in EVERY).items() if count > 1] == []


def test_every_value_has_words_of_its_own() -> None:
    assert set(WORDS) == set(EVERY)
    assert all(words == words.strip() != "" for words in WORDS.values())
    assert [words for words, count in Counter(WORDS.values()).items() if count > 1] == []


def test_values_are_fit_for_a_column() -> None:
    assert all(x.value == x.value.lower() and x.value.replace("-", "").isalpha() for x in EVERY)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((None,), ""),
        ((Reason.OTHER_HEADLINE,), "belongs to another headline"),
        (("unreadable",), "could not be read"),
        ((Reason.COPY, CopyKind.EXACT, "p1:3"), "exact copy of p1:3"),
        ((Reason.COPY, CopyKind.NEAR, "p1:3"), "near copy of p1:3"),
        ((Reason.COPY, CopyKind.EDITED, "p1:3"), "mistyped copy of p1:3"),
        (("copy", "contained", "p1:3"), "cut-short copy of p1:3"),
        (("copy", "overlap", "p1:3"), "repeats the end of p1:3"),
        ((Reason.COPY_OF_HEADLINE, CopyKind.EXACT, "p1:3"), "exact copy of the headline p1:3"),
    ],
)
def test_in_words(told: tuple[str | None, ...], words: str) -> None:
    assert in_words(*told) == words


def test_what_is_no_reason_is_refused() -> None:
    for told in (("said before",), ("copy", "said before", "p1:3"), (Flag.FUSED,)):
        with pytest.raises(ValueError, match="is not a valid"):
            in_words(*told)


def test_the_examples_hold() -> None:
    found = doctest.testmod(reasons)
    assert found.attempted > 0
    assert found.failed == 0


def test_notices_are_flags_of_boilerplate() -> None:
    assert len(set(NOTICES)) == len(NOTICES)
    assert Flag.RECURRING not in NOTICES


def test_readme_lists_them_all() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").splitlines()
    for value in (*Reason, *Flag):
        assert f"| `{value}` | {WORDS[value]} |" in readme
