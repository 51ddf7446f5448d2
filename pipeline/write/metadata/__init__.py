"""Metadata found in the text: authors, publisher, place, date, print page. Pure functions on text.

The text itself is not changed. Where a form is uncertain, nothing is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ...text.dates import date_in_name, given_date, nearest
from .folios import find_folio
from .given import find_given
from .mentions import Mentions, find_mentions
from .plain import half_width, plain
from .published import LONGEST, find_published

__all__ = ["FIELDS", "Meta", "find_metadata"]

Meta = dict[str, str | list[str]]

# Every field with its empty value: a record has them all, of these types.
FIELDS: Mapping[str, str | tuple[str, ...]] = {
    "date": "", "url": "", "byline": "", "reporters": (), "correspondents": (), "photographers": (), "editors": (),
    "author": "", "source": "", "agency": "", "place": "", "dateline_date": "", "print_page": "", "section": "",
    "continued_from": "", "continued_to": "", "title": "", "description": "", "publisher": "", "language": "",
    "also_published": (),
}  # fmt: skip
FAR = 31  # days from the date in the file's name from which a date in the text is about something else
PEOPLE = {
    "reporter": "reporters",
    "correspondent": "correspondents",
    "photographer": "photographers",
    "editor": "editors",
}


def find_metadata(
    paragraphs: Sequence[str], beside: Sequence[str], heads: Sequence[str], *, given: Mapping[str, str], name: str
) -> Meta:
    """All fields of a story.

    paragraphs: its text. beside: lines next to it that are no part of it (责任编辑：…). heads: lines about all stories
    of the page (第3版：要闻). given: metadata that came with the page; they take precedence over the text. name: the
    page's file, which may have the date in its name.
    """
    mentions = [find_mentions(text) for text in (*paragraphs, *beside, *heads)]
    meta: Meta = {field: list(empty) if isinstance(empty, tuple) else empty for field, empty in FIELDS.items()}
    people = _people(mentions)
    meta |= {field: people.get(kind, []) for kind, field in PEOPLE.items()}
    meta["author"] = "、".join(people.get("author", []))
    for field in ("source", "agency", "place", "continued_from", "continued_to"):
        meta[field] = next((text for t in mentions if (text := getattr(t, field))), "")
    cited = next(((t.print_page, t.section) for t in mentions if t.print_page), ("", ""))
    meta["print_page"], meta["section"] = _folio([*heads, *beside]) or cited
    meta |= find_given(given)
    return meta | _dates(mentions, [*paragraphs[:2], *beside, *heads], given.get("date", ""), name)


def _people(mentions: Sequence[Mentions]) -> dict[str, list[str]]:
    """All people by kind, without repetition."""
    people: dict[str, dict[str, None]] = {}
    for t in mentions:
        for kind, names in t.people.items():
            people.setdefault(kind, {}).update(dict.fromkeys(names))
    return {kind: list(names) for kind, names in people.items()}


def _folio(lines: Sequence[str]) -> tuple[str, str] | None:
    return next((found for line in lines if (found := find_folio(half_width(line)))), None)


def _dates(mentions: Sequence[Mentions], lines: Sequence[str], given: str, name: str) -> Meta:
    """The date of publication (as given, in the text, or in the file's name), and that of the dateline.

    A dateline lacks the year, and at times the month: the nearest to the date of publication are taken.
    """
    short = [plain(line) for line in lines if len(line) <= LONGEST]
    named = date_in_name(name)
    days = [*(find_published(line) for line in short), *(t.published for t in mentions)]
    said = next((day for day in days if day and not (named and abs((day - named).days) > FAR)), None)
    published = known = given_date(given.strip()) or said or named
    line = next((t.dateline for t in mentions if t.dateline and t.dateline.day), None)
    written = None
    if line and line.day:
        if line.year and line.month:
            known = given_date(f"{line.year}-{line.month:02}-{line.day:02}")
        written = nearest(line.month, line.day, known) if known else None
    return {"date": _text(published), "dateline_date": _text(written)}


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
