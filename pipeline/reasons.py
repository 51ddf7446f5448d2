"""Reasons, flags and kinds of copies: the values in the ledger, and one table of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CopyKind(StrEnum):
    """How one passage is a copy of another."""

    EXACT = "exact"
    NEAR = "near"
    EDITED = "edited"
    CONTAINED = "contained"
    OVERLAP = "overlap"


class Reason(StrEnum):
    """Why a span went where it went."""

    IN_PLACE = "in-place"
    TOO_LONG = "too-long"
    OTHER_HEADLINE = "other-headline"
    NO_HEADLINE_HERE = "no-headline-here"
    UNCLEAR = "unclear"
    UNDER_NO_HEADLINE = "under-no-headline"
    WITH_NEIGHBOUR = "with-neighbour"
    LEFT_OTHER_HEADLINE = "left-other-headline"
    LEFT_NO_HEADLINE_HERE = "left-no-headline-here"
    LEFT_UNCLEAR = "left-unclear"
    OTHER_PAGE = "other-page"
    CONTINUED = "continued"
    STORY_ELSEWHERE = "story-elsewhere"
    BESIDE = "beside"
    HEADLINE = "headline"
    DEMOTED = "demoted"
    COPY = "copy"
    COPY_OF_HEADLINE = "copy-of-headline"
    OTHER_HEADLINE_OF_STORY = "other-headline-of-story"
    RECURRING = "recurring-line"
    NOTICE = "notice"
    SHAPE = "shape"
    AROUND = "around"
    NO_LETTER = "no-letter"
    UNREADABLE = "unreadable"


class Flag(StrEnum):
    """What is unusual about a passage or an article."""

    FUSED = "fused"
    SPLICED = "spliced"
    OVERLAPPING = "overlapping"
    BROKEN = "broken"
    TRUNCATED_HEAD = "truncated-head"
    TRUNCATED_TAIL = "truncated-tail"
    IN_DOUBT = "in-doubt"
    UNTITLED = "untitled"
    NO_TEXT = "no-text"
    SECOND_HEADLINE = "second-headline"
    BAD_BYTES = "bad-bytes"
    UNPAIRED_QUOTES = "unpaired-quotes"
    PRIVATE_USE = "private-use"
    ALL_BOILERPLATE = "all-boilerplate"
    RECURRING = "recurring"
    BUTTONS = "buttons"
    EDITORS = "editors"
    PAGE_NUMBER = "page-number"
    COUNT = "count"
    COPYRIGHT = "copyright"
    QR_CODE = "qr-code"
    UNPLACED = "unplaced"


NOTICES = (Flag.BUTTONS, Flag.EDITORS, Flag.PAGE_NUMBER, Flag.COUNT, Flag.COPYRIGHT, Flag.QR_CODE)

WORDS: Mapping[Reason | Flag | CopyKind, str] = {
    Reason.IN_PLACE: "stands under its headline",
    Reason.TOO_LONG: "stays under its headline: the text is too long to be weighed as one",
    Reason.OTHER_HEADLINE: "belongs to another headline",
    Reason.NO_HEADLINE_HERE: "belongs to no headline of its page",
    Reason.UNCLEAR: "belongs to another story, but which one is unclear",
    Reason.UNDER_NO_HEADLINE: "stands under no headline",
    Reason.WITH_NEIGHBOUR: "moved together with the neighbouring passage",
    Reason.LEFT_OTHER_HEADLINE: "left in place on request; belongs to another headline",
    Reason.LEFT_NO_HEADLINE_HERE: "left in place on request; belongs to no headline of its page",
    Reason.LEFT_UNCLEAR: "left in place on request; belongs to another story, but which one is unclear",
    Reason.OTHER_PAGE: "belongs to a story of another page",
    Reason.CONTINUED: "continues a story of another page",
    Reason.STORY_ELSEWHERE: "its story stands elsewhere",
    Reason.BESIDE: "goes with the neighbouring passage",
    Reason.HEADLINE: "a headline by its shape and the text after it",
    Reason.DEMOTED: "looks like a headline, but stands within one story",
    Reason.COPY: "copy of another passage",
    Reason.COPY_OF_HEADLINE: "copy of another headline",
    Reason.OTHER_HEADLINE_OF_STORY: "the same story bears another headline elsewhere",
    Reason.RECURRING: "boilerplate: recurs around the stories of many pages",
    Reason.NOTICE: "boilerplate: a whole line in the words of a button or notice",
    Reason.SHAPE: "boilerplate by its shape and place",
    Reason.AROUND: "outside the articles, by the page's markup",
    Reason.NO_LETTER: "holds no letter or digit",
    Reason.UNREADABLE: "could not be read",
    Flag.FUSED: "a caption that ran on at the end of a paragraph",
    Flag.SPLICED: "cut where two stories ran into one",
    Flag.OVERLAPPING: "the rest of a passage whose beginning repeats the end of another",
    Flag.BROKEN: "part of a paragraph that was broken in two",
    Flag.TRUNCATED_HEAD: "its beginning is missing",
    Flag.TRUNCATED_TAIL: "its end is missing",
    Flag.IN_DOUBT: "left where it stands, though in doubt",
    Flag.UNTITLED: "no page has the headline of its story",
    Flag.NO_TEXT: "a headline without text",
    Flag.SECOND_HEADLINE: "its story has another headline elsewhere",
    Flag.BAD_BYTES: "holds characters in place of bytes that could not be decoded",
    Flag.UNPAIRED_QUOTES: "quotation marks without a partner",
    Flag.PRIVATE_USE: "characters of one font only",
    Flag.ALL_BOILERPLATE: "boilerplate, kept because its page holds nothing else",
    Flag.RECURRING: "a line that recurs around the stories of many pages",
    Flag.BUTTONS: "a row of buttons or links",
    Flag.EDITORS: "the editors in charge",
    Flag.PAGE_NUMBER: "a page number or section",
    Flag.COUNT: "a counter of readers or comments",
    Flag.COPYRIGHT: "a copyright notice",
    Flag.QR_CODE: "an invitation to scan a code",
    Flag.UNPLACED: "text of the file that its markup gives no place, at the end of the page",
    CopyKind.EXACT: "exact copy",
    CopyKind.NEAR: "near copy",
    CopyKind.EDITED: "mistyped copy",
    CopyKind.CONTAINED: "cut-short copy",
    CopyKind.OVERLAP: "repeats the end",
}


def in_words(reason: str | None, copy_kind: str | None = None, survivor: str = "") -> str:
    """A reason in words; for a copy, with its kind and the name of the passage that was kept.

    >>> in_words(Reason.OTHER_HEADLINE), in_words("copy", "overlap", "p1:12")
    ('belongs to another headline', 'repeats the end of p1:12')
    """
    if reason is None:
        return ""
    if copy_kind is None:
        return WORDS[Reason(reason)]
    headline = "the headline " if reason == Reason.COPY_OF_HEADLINE else ""
    return f"{WORDS[CopyKind(copy_kind)]} of {headline}{survivor}"
