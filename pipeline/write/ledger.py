"""The ledger: the check that it accounts for every character, and its table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import LedgerError
from ..model import TITLE, Action, Article, Page, Placement, Ref, SetAside
from ..reasons import Reason
from ..text.forms import normalized
from ..tidy.entities import space
from .articles import IN_ARTICLE, raw_text

if TYPE_CHECKING:
    import pandas as pd

# The columns, in order, with their pandas types; flags are lists of strings.
COLUMNS = {
    "page": "category",
    "start": "int64",
    "end": "int64",
    "line": "int64",
    "role": "category",
    "action": "category",
    "article": "string",
    "position": "Int32",
    "cluster": "Int64",
    "survivor": "string",
    "copy_kind": "category",
    "similarity": "float64",
    "certainty": "float64",
    "score": "float64",
    "runner_up": "string",
    "margin": "float64",
    "reason": "category",
    "evidence": "string",
    "flags": "object",
}


def check_ledger(
    pages: Mapping[str, Page], placements: Sequence[Placement], articles: Sequence[Article] | None = None
) -> None:
    """Check that the rows of each page tile its text, that each is consistent, and that the articles match.

    Without `articles` only pages and rows are checked. Raises LedgerError, which names page and offset.
    """
    by_page: dict[str, list[Placement]] = defaultdict(list)
    for row in placements:
        if row.page not in pages:
            raise LedgerError(f"{row.page} at {row.start}: a row of the ledger for a page that was not read")
        by_page[row.page].append(row)
    for page in pages.values():
        _check_tiling(page, by_page[page.id])
    wanted = {row.survivor for row in placements if row.survivor is not None}
    survivors = {row.ref: row for row in placements if row.ref in wanted}
    for row in placements:
        if fault := _fault(row, pages[row.page], survivors):
            raise LedgerError(f"{row.page} at {row.start}: {fault}")
    if articles is not None:
        _check_articles(pages, placements, articles)


def table(placements: Sequence[Placement], set_aside: Sequence[SetAside] = ()) -> pd.DataFrame:
    """The ledger as a table: one row per placement, and one per file that was set aside.

    `survivor` is "page:line". The row of a file that was set aside runs from 0 to its size in bytes: it has no text.
    """
    import pandas as pd  # late: takes a second, too long for `--help`

    wanted = {row.survivor for row in placements if row.survivor is not None}
    lines = {row.ref: row.line for row in placements if row.ref in wanted}
    rows = sorted([*placements, *map(_quarantined, set_aside)], key=lambda row: row.ref)
    columns: dict[str, list[Any]] = {name: [getattr(row, name) for row in rows] for name in COLUMNS}
    for name in ("role", "action", "copy_kind", "reason"):
        columns[name] = [value and value.value for value in columns[name]]
    columns["survivor"] = [ref and f"{ref.page}:{lines[ref]}" for ref in columns["survivor"]]
    columns["flags"] = [[flag.value for flag in flags] for flags in columns["flags"]]
    return pd.DataFrame({name: pd.Series(columns.pop(name), dtype=kind) for name, kind in COLUMNS.items()})


def _check_tiling(page: Page, rows: Sequence[Placement]) -> None:
    """Check that the rows are in order and adjacent, from 0 to the end of the text."""
    at = 0
    for row in rows:
        if row.start != at:
            raise LedgerError(f"{page.id} at {at}: the next row begins at {row.start}, so text is lost or repeated")
        if row.end <= row.start:
            raise LedgerError(f"{page.id} at {at}: a row that ends at {row.end} and so holds no text")
        at = row.end
    if at != len(page.text):
        raise LedgerError(f"{page.id} at {at}: the rows end here, the text at {len(page.text)}")


def _fault(row: Placement, page: Page, survivors: Mapping[Ref, Placement]) -> str:
    """What is wrong with a row in itself, or an empty string."""
    in_article = row.action in IN_ARTICLE
    if in_article and (row.article is None or row.position is None or row.role is None):
        return f"{row.action} but without article, position or role"
    if in_article and row.position is not None and row.position < TITLE:
        return f"position {row.position}"
    if not in_article and (row.article is not None or row.position is not None):
        return f"{row.action} but in article {row.article}"
    if row.action is Action.BLANK and page.text[row.start : row.end].strip():
        return "blank but with text"
    if row.action is not Action.DUPLICATE:
        return f"{row.action} but with a survivor" if row.survivor is not None else ""
    alike = row.copy_kind is not None and row.similarity is not None
    if row.survivor is None or not (alike or row.reason is Reason.OTHER_HEADLINE_OF_STORY):
        return "duplicate without a survivor, a kind or a similarity"
    survivor = survivors.get(row.survivor)
    if survivor is None:
        return f"its survivor {row.survivor.page} at {row.survivor.start} has no row"
    return (
        ""
        if survivor.action in IN_ARTICLE
        else f"its survivor {survivor.page} at {survivor.start} is {survivor.action}"
    )


def _check_articles(pages: Mapping[str, Page], rows: Sequence[Placement], articles: Sequence[Article]) -> None:
    """Check that each row in an article is there once, and that each paragraph has the words of its spans."""
    due = Counter((r.page, r.start, r.end) for r in rows if r.action in IN_ARTICLE and r.position != TITLE)
    written = Counter((s.page, s.start, s.end) for a in articles for p in a.paragraphs for s in p.sources)
    for page, start, _ in sorted((due - written) | (written - due)):
        raise LedgerError(f"{page} at {start}: in the ledger and in the articles not equally often")
    titles = {article.id: article.title for article in articles}
    for row in rows:
        if row.position == TITLE and row.part == 0 and not titles.get(str(row.article)):
            raise LedgerError(f"{row.page} at {row.start}: its headline is not in {row.article}")
    for article in articles:
        for paragraph in article.paragraphs:
            raw = raw_text(paragraph.sources, pages)
            if raw != paragraph.text and words(raw) != words(paragraph.text):
                first = paragraph.sources[0]
                raise LedgerError(f"{first.page} at {first.start}: its paragraph in {article.id} has other words")


def words(text: str) -> str:
    """Letters, digits and Han characters alone, without width and accents: what typography must not change.

    Decomposed (NFKD), because an accent that stands alone may or may not join the letter before it. Names of spaces,
    such as &nbsp;, are no words.
    """
    return re.sub(r"\W+", "", normalized(space.sub(" ", text), "NFKD"))


def _quarantined(item: SetAside) -> Placement:
    return Placement(
        page=item.id,
        start=0,
        end=item.size,
        line=item.record or 1,
        role=None,
        action=Action.QUARANTINED,
        reason=Reason.UNREADABLE,
        evidence=f"{item.reason.rstrip('.')}. {item.remedy}",
    )
