"""Content that is not an article's text, though its file's ending says so: JSON, XML, a saved mail, a table.

It is refused, with the ending that it should have. Only certain beginnings count: an article may quote any of them.
"""

from __future__ import annotations

import csv
import re

from .decode import NotAPage
from .markup.tags import is_document

HEAD = 4096  # characters that show what a text is
JSON = re.compile(
    r"\s*(?:\[\s*)*(?:\{\s*(?:\"(?:[^\"\\\n]|\\.){1,80}\"\s*:|\})|\[\s*\"(?:[^\"\\]|\\.)*\"\s*(?:,|\]\s*\Z))"
)
SCRIPT = re.compile(r"\s*(?:(?:var|let|const|window)\b[^=\n]{1,80}=|[A-Za-z_$][\w$.]{0,60}\()\s*[\[{]\s*[\[{\"]")
XML = re.compile(r"\s*<(?:\?xml\b|(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml|newsml|nitf)\b)", re.IGNORECASE)
ELEMENT = re.compile(r"\s*<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>.*</\1>\s*\Z", re.DOTALL)  # one that holds everything
# Of HTML, what may hold a whole text; another outermost element is XML's.
HOLDERS = re.compile(
    "html|body|div|p|article|main|section|header|span|table|center|font|pre|blockquote|ul|ol|h[1-6]|a|b|i|u|em|strong|big",
    re.IGNORECASE,
)
HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")  # of a mail: Name: value, and more of it
MAIL = re.compile(r"^(?:MIME-Version|Content-Type|Snapshot-Content-Location):", re.IGNORECASE | re.MULTILINE)
RTF = re.compile(r"\s*\{\\rtf")
# A header names the columns, one of them by such a name; an article's first line has no such list.
COLUMNS = re.compile("text|content|body|html|title|headline|date|url|id|正文|内容|标题|日期|內容|標題", re.IGNORECASE)
CELL = re.compile(r"\w[\w.-]{0,30}")  # no sentence: without a space


def check_is_text(text: str, *, markup: bool = False) -> None:
    """Raises NotAPage for what should have another ending than .txt, .md or, `markup`, .html."""
    if JSON.match(text) or SCRIPT.match(text[:HEAD]):
        raise NotAPage("holds JSON")
    if not is_document(text) and (XML.match(text) or (not markup and _is_element(text))):
        raise NotAPage("holds XML")
    if RTF.match(text):
        raise NotAPage("holds RTF")
    head = text[:HEAD].lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    if (header := HEADER.match(head)) and MAIL.search(header[0]):
        raise NotAPage("holds a saved mail")
    if _is_table(head):
        raise NotAPage("holds a table")


def _is_element(text: str) -> bool:
    element = ELEMENT.match(text)
    return element is not None and not HOLDERS.fullmatch(element[1])


def _is_table(head: str) -> bool:
    """Do the first two lines look like a header with names of columns, and a row with as many values?"""
    first = head.partition("\n")[0]
    delimiter = "\t" if "\t" in first else ","
    try:
        rows = [row for row in csv.reader(head.split("\n")[:50], delimiter=delimiter) if row][:2]
    except csv.Error:
        return False
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[1]) != len(rows[0]):
        return False
    names = rows[0]
    named = len(set(names)) == len(names) and all(map(CELL.fullmatch, names))
    return named and any(map(COLUMNS.fullmatch, names))
