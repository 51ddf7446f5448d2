"""Credits of English papers: By Jane Doe and John Roe, Photo by Jane Doe, Editor: Jane Doe."""

from __future__ import annotations

import re

WORD = r"(?:[A-Z][A-Za-zÀ-ɏ’'-]*\.?)"  # can match in one way only: no backtracking
NAME = rf"{WORD}(?: (?:{WORD}|de|van|von|der|bin|al)){{1,3}}"
NAMES = rf"(?P<names>{NAME}(?:(?:, and |, | and | & ){NAME}){{0,5}})"
LINE = re.compile(
    rf"\(?(?:(?P<reporter>By|BY|Story by|Words by|Reporting by|Written by|Reporters?:|Text:)"
    rf"|(?P<photographer>Photos? by|Photographs? by|Pictures? by|Photos?:|Photographers?:)"
    rf"|(?P<editor>Edited by|Editing by|Editors?:)) {NAMES}\)?\.?"
)
# Words of newspapers' names, titles and dates that are not in people's names.
NOBODY = re.compile(
    r"\b(?:The|Our|A|An|Press|News|Agency|Staff|Reporters?|Writers?|Correspondents?|Editors?|Desk|Service|Times|Post|Network|Team|Daily|Herald|"
    r"Tribune|Journal|Gazette|Media|Online|University|Council|Department|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|"
    r"\b(?:January|February|March|June|July|August|September|October|November|December|Christmas|Contrast|Law|Design)\b",
    re.IGNORECASE,
)
TITLE = re.compile(
    r", (?:[A-Za-z]+ ){0,3}(?:Writer|Reporter|Correspondent|Editor|Contributor|Photographer|Columnist)s?$",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*[;|]\s*")
PLACE = re.compile(r"^((?:Report|Edit|Writ)ing by .*?) in [A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?\.?$")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATE = rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)"
DAY = re.compile(rf"^{DATE}\s*[|·•—–]?\s*(?=By )|\s*[|·•—–]\s*{DATE}$")  # before or after the reporters' names
LONGEST = 160


def find_english(line: str) -> dict[str, list[str]]:
    """The people of a line that is an English credit and nothing else.

    >>> find_english("By Jane Doe and John Q. Roe"), find_english("By Monday Night")
    ({'reporter': ['Jane Doe', 'John Q. Roe']}, {})
    """
    if len(line) > LONGEST:
        return {}
    found: dict[str, list[str]] = {}
    for part in PARTS.split(DAY.sub("", line.strip().strip("()"))):
        m = LINE.fullmatch(TITLE.sub("", PLACE.sub(r"\1", part)))
        if not m or NOBODY.search(m["names"]):
            return {}
        kind = next(k for k in ("reporter", "photographer", "editor") if m[k])
        found.setdefault(kind, []).extend(re.split(r", and |, | and | & ", m["names"]))
    return found
