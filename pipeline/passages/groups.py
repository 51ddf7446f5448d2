"""Groups of pages that are read together: those of one publisher and month.

A page belongs to its group by what it says of itself, never by what else is in the run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from posixpath import dirname
from urllib.parse import urlsplit

from ..model import Page
from ..text.dates import date_in_name, given_date
from ..text.usage import Keys, Usage, used


def group_of(page: Page) -> str:
    """The folder of the page or the file of records that holds it, with its site and month where these are known."""
    place = dirname(page.source) if page.record is None else page.source
    site = urlsplit(page.meta.get("url", "")).hostname or ""
    day = given_date(page.meta.get("date", "").strip()) or date_in_name(page.source)
    return "\n".join((place, site, f"{day:%Y-%m}" if day else ""))


def used_on(page: Page) -> Keys:
    """What a page uses (see text.usage.used)."""
    return used(page.text)


def usages(pages: Sequence[Page], uses: Sequence[Keys]) -> list[Usage]:
    """For each page, how many pages of its group use what it uses; `uses` holds what each page does."""
    groups: dict[str, list[Keys]] = defaultdict(list)
    for page, own in zip(pages, uses, strict=True):
        groups[group_of(page)].append(own)
    usage = {name: Usage.of(each) for name, each in groups.items()}
    return [usage[group_of(page)].only(own) for page, own in zip(pages, uses, strict=True)]
