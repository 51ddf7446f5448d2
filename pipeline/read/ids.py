"""Ids of pages: plain ASCII, and stable when other files come or go.

An id depends on the page's own name alone, unless two pages would get the same id.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from itertools import count

from .packed import split_packing

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")  # a file name, and a target of a Makefile, without any quoting
LONGEST_ID = 80  # characters: file systems end at 255 bytes, tables and people much earlier


def page_id(relative: str) -> str:
    """A page's id by its path below the given folder, or in its container."""
    return plain_id(os.path.splitext(split_packing(relative)[0])[0], relative)


def plain_id(name: str, whole: str) -> str:
    """`name` if it is plain ASCII, else its ASCII remainder and a hash of `whole`."""
    plain = unicodedata.normalize("NFC", name).replace("/", "-")
    return plain if PLAIN.fullmatch(plain) and len(plain) <= LONGEST_ID else _hashed(plain, whole)


def _hashed(readable: str, whole: str) -> str:
    """The ASCII remainder of `readable`, and a hash of `whole` that keeps it apart from others with that remainder."""
    normal = unicodedata.normalize("NFC", whole).encode("utf-8", "surrogatepass")
    remainder = re.sub(r"[^A-Za-z0-9._]+", "-", readable).strip("-.")[: LONGEST_ID - 9].rstrip("-.")
    return f"{remainder or 'page'}-{hashlib.blake2s(normal, digest_size=4).hexdigest()}"


def unused_id(wanted: str, whole: str, taken: set[str], rivals: frozenset[str] = frozenset()) -> str:
    """An id that nobody has yet, noted as taken; ids that differ by case alone count as one, as some disks see them."""
    found = wanted if len(wanted) <= LONGEST_ID else _hashed(wanted, wanted)
    tries = count(1)
    while found.lower() in taken or _claimed(found.lower(), rivals):
        found = _hashed(wanted, whole + "\n" * next(tries))
        rivals = frozenset()  # a hashed id is nobody's claim
    taken.add(found.lower())
    return found


def _claimed(found: str, rivals: frozenset[str]) -> bool:
    """Is the id another source's, or could it be that of one of its records?"""
    return found in rivals or any(found[: dash.end()] in rivals for dash in re.finditer("-", found))
