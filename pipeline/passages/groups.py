"""Groups of pages that are read together: those of one publisher and month.

A page belongs to its group by what it says of itself, never by what else is in the run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from posixpath import basename, dirname
from urllib.parse import urlsplit

from ..model import Page
from ..text.usage import Keys, Usage, used

IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.年]?(?P<month>0[1-9]|1[0-2])[-_.月]?(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\D?(?P<month>0?[1-9]|1[0-2])(?!\d(?!\d))")


def group_of(page: Page) -> str:
    """The folder of the page or the file of records that holds it, with its site and month where these are known."""
    place = dirname(page.source) if page.record is None else page.source
    site = urlsplit(page.meta.get("url", "")).hostname or ""
    month = MONTH.match(page.meta.get("date", "")) or IN_NAME.search(basename(page.source))
    return "\n".join((place, site, f"{month['year']}-{int(month['month']):02d}" if month else ""))


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
