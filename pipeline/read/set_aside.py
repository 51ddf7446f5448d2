"""Files and records that can't be read as pages: set aside with a reason (a short stable phrase) and a remedy."""

from __future__ import annotations

from ..model import Page, SetAside
from .formats import Source
from .packed import Damaged

UNPACK = "Unpack it, and name the folder that it is in then."
REMEDIES = {
    "empty": "Scrape it again, or leave it out.",
    "binary": "Leave it out; if it is text, name its encoding with read.encoding.",
    "unreadable": "Make it a plain file that you may read, or leave it out.",
    "undecodable": "Convert it to UTF-8, or name its encoding with read.encoding.",
    "too large": "Split it into pages, or raise read.max_bytes.",
    "too long a line": "Break its lines where its paragraphs end, or raise read.max_line.",
    "too many lines": "Split it into pages, or raise read.max_lines.",
    "too many passages": "Split it into pages, or raise read.max_passages.",
    "too slow": "Split it into pages, or raise read.max_seconds.",
    "no article": "Scrape the page of the article itself; to read all that this one says, save its text as .txt.",
    "unknown format": "Convert it; or give it the ending of what it holds, such as .txt, .html or .jsonl.",
    "holds JSON": "Give it the ending .jsonl (an object on each line) or .json; what its fields hold is read then.",
    "holds XML": "Convert it: to .html, or to .jsonl with a record for each article, or item of a feed.",
    "holds RTF": "Save it as plain text, .txt.",
    "holds a saved mail": "Save the page again as HTML, .html; or the text of the mail as .txt.",
    "holds a table": "Give it the ending .csv or .tsv; its rows are read as records then.",
    "not JSON": "Write one JSON object on each line, or all of them as one array.",
    "not a row": "Mend it: as many columns as the header has, and quotes around a text that holds any or breaks.",
    "no text field": 'Name the field that holds the text with --text; one that is called "html" holds markup.',
    "no text column": 'Name the column that holds the text with --text; one that is called "html" holds markup.',
    "damaged": "Get it again; or leave it out, if the rest is lost.",
    "unpacks to too much": "Leave it out; if you trust it, raise read.max_ratio or read.max_unpacked.",
    "too many members": "Split it, or raise read.max_members.",
    "no page in it": "Leave it out, or give the pages in it an ending that tells what they are, such as .txt.",
    "packed twice": UNPACK,
    "zip in a zip": UNPACK,
    "Parquet in a zip": UNPACK,
    "unknown packing": UNPACK,
    "encrypted": "Unpack it with its password, and name the folder that it is in then.",
}


def aside(page_id: str, source: Source, reason: str, size: int, record: int | None = None) -> SetAside:
    """A page, file or member that is set aside; `size` is in bytes, as stored."""
    return SetAside(page_id, source.name, reason, REMEDIES[reason.partition(":")[0]], size, record)


def page_aside(page: Page, reason: str) -> SetAside:
    """A page that has been read and is set aside nonetheless; its size is that of its text."""
    size = len(page.text.encode("utf-8", "surrogatepass"))
    return SetAside(page.id, page.source, reason, REMEDIES[reason.partition(":")[0]], size, page.record)


def failed(source: Source, error: Exception, size: int, read: int = 0) -> SetAside:
    """A source that failed, of which records up to number `read` could be read before."""
    if isinstance(error, Damaged):
        text = " ".join(str(error).split()).rstrip(".")
        reason = f"damaged: {text}, after record {read}" if read else f"damaged: {text}"
    elif isinstance(error, OSError):
        reason = f"unreadable: {(error.strerror or type(error).__name__).lower()}"
    else:
        reason = str(error)
    return aside(source.id, source, reason, size, read + 1 if read else None)


def told(item: SetAside) -> str:
    """A message: what was set aside, why, and what to do."""
    record = f":{item.record}" if item.record is not None else ""
    return f"{item.source}{record}: {item.reason.rstrip('.')}. {item.remedy}"
