"""Ids of pages: plain ASCII, stable when other files come or go, and readable.

An id depends on the page's own name alone, unless two pages would get the same id. ASCII, because ids become names of
files and targets of a Makefile; a name in another script is transliterated, and a hash keeps 人民 and 仁敏 apart.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path

from .packed import split_packing

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")  # a file name, and a target of a Makefile, without any quoting
LONGEST_ID = 80  # characters: file systems end at 255 bytes, tables and people much earlier


def page_id(relative: str) -> str:
    """A page's id by its path below the given folder, or in its container."""
    return plain_id(os.path.splitext(split_packing(relative)[0])[0], relative)


def plain_id(name: str, whole: str) -> str:
    """`name` if it is plain ASCII, else its transliteration and a hash of `whole`.

    >>> plain_id("2031-05-06_p01", ""), plain_id("汀桐晚报 第3版", "汀桐晚报 第3版.txt")
    ('2031-05-06_p01', 'TingTongWanBao-Di3Ban-XXXXXXXX')
    """
    plain = unicodedata.normalize("NFC", name).replace("/", "-")
    return plain if PLAIN.fullmatch(plain) and len(plain) <= LONGEST_ID else _hashed(plain, whole)


def _hashed(readable: str, whole: str) -> str:
    """`readable` in ASCII, and a hash of `whole` that keeps it apart from others that read alike."""
    normal = unicodedata.normalize("NFC", whole).encode("utf-8", "surrogatepass")
    if not readable.isascii():
        from anyascii import anyascii  # late: not needed for most names

        readable = anyascii(readable)
    remainder = re.sub(r"[^A-Za-z0-9._]+", "-", readable).strip("-.")[: LONGEST_ID - 9].rstrip("-.")
    return f"{remainder or 'page'}-{hashlib.blake2s(normal, digest_size=4).hexdigest()}"


def same_name(name: str) -> str:
    """A file's name relative to the working folder, however it was given: ./raw/a.txt, its full path."""
    return Path(os.path.relpath(name)).as_posix()


def apart(wanted: str, whole: str) -> str:
    """The id of a file that wants the same one as others do, whichever of them came first."""
    return _hashed(wanted, f"{whole}\n")


def unused_id(wanted: str, whole: str, taken: dict[str, int], rivals: frozenset[str] = frozenset()) -> str:
    """An id that nobody has yet, noted as taken; ids that differ by case alone count as one, as some disks see them.

    `taken` holds for each id 0, and for one that was wanted again, with the same `whole`, the tries that it took.
    """
    found = wanted if len(wanted) <= LONGEST_ID else _hashed(wanted, wanted)
    again = f"{wanted}\n{whole}"  # no id: it has a line break
    while found.lower() in taken or _claimed(found.lower(), rivals):
        tries = taken[again] = taken.get(again, 0) + 1
        found = _hashed(wanted, f"{whole}\n{tries if tries > 1 else ''}")
        rivals = frozenset()  # a hashed id is nobody's claim
    taken[found.lower()] = 0
    return found


def _claimed(found: str, rivals: frozenset[str]) -> bool:
    """Is the id another source's, or could it be that of one of its records?"""
    return found in rivals or any(found[: dash.end()] in rivals for dash in re.finditer("-", found))
