"""The members of a zip, each as a file of its own; nothing is unpacked to disk."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from ..config import ReadConfig
from ..model import SetAside
from .containers import Bytes, Content, Meter
from .decode import NotAPage, likely_codec
from .formats import PARQUET, ZIP, Source, is_known, with_rivals
from .ids import page_id, same_name, unused_id
from .packed import FAULTS, Damaged, stream, unpacked
from .set_aside import aside

UTF8, ENCRYPTED = 0x800, 0x1  # bits of a member's flags
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# What zipfile raises, beside its own error, for a file that is none or is made to be odd.
ODD = (*FAULTS, ValueError, RuntimeError, LookupError, OverflowError, struct.error)

_Member = tuple[str, zipfile.ZipInfo]


def members(whole: Content, config: ReadConfig) -> Iterator[Content | SetAside]:
    """What a zip holds that can be read, and what is set aside, by id.

    Raises Damaged where its directory can't be read, NotAPage where there is nothing in it, or too much.
    """
    with whole.open() as file, _directory(file) as archive:
        count = len(archive.infolist())
        if count > config.max_members:
            raise NotAPage(f"too many members: {count}, and not {config.max_members} at most")
        found = _pages(archive.infolist())
        if not found:
            raise NotAPage("no page in it")
        for source, info in _identified(found, whole.source):
            size = min(info.compress_size, whole.size)
            if reason := _fault(source, info, whole.meter):
                yield aside(source.id, source, reason, size)
            else:
                opened = partial(_opened, archive, info, source.packing, whole.meter)
                yield Content(source, size, opened, whole.meter, packed=True)


def _directory(file: Bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except ODD as error:
        raise Damaged(str(error)) from error


def _pages(infos: Sequence[zipfile.ZipInfo]) -> list[_Member]:
    """The members that pages may be in, with their names; as in a folder, hidden ones and others are passed over."""
    found = []
    for name, info in zip(_names(infos), infos, strict=True):
        path = name.replace("\\", "/")
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        hidden = "__MACOSX" in parts or any(part.startswith(".") for part in parts)
        if parts and not hidden and not path.endswith("/") and is_known(parts[-1]):
            found.append((UNPRINTABLE.sub("?", "/".join(parts)), info))
    return found


def _names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names. Those that aren't said to be UTF-8 are in whatever encoding the packer's machine had,
    which all of them together tell."""
    raw = [b"" if info.flag_bits & UTF8 else info.orig_filename.encode("cp437") for info in infos]
    codec = likely_codec(b"\n".join(raw))
    return [_decoded(name, codec) or info.filename for name, info in zip(raw, infos, strict=True)]


def _decoded(name: bytes, codec: str) -> str:
    try:
        return name.decode(codec)
    except UnicodeDecodeError:  # what the format itself says: cp437, as zipfile reads it
        return ""


def _identified(found: Sequence[_Member], outer: Source) -> Iterator[tuple[Source, zipfile.ZipInfo]]:
    """The members as sources, with ids that begin with the zip's."""
    taken: dict[str, int] = {}
    rivals = frozenset(outer.rivals)
    whole = same_name(outer.name)
    ordered = sorted(found, key=lambda member: (page_id(member[0]), member[0], member[1].header_offset))
    sources = []
    for name, _ in ordered:
        member_id = unused_id(f"{outer.id}-{page_id(name)}", f"{whole}/{name}", taken, rivals)
        sources.append(Source(outer.path, f"{outer.name}/{name}", member_id))
    for source, (_, info) in zip(with_rivals(sources), ordered, strict=True):
        yield replace(source, rivals=source.rivals + outer.rivals), info


def _fault(source: Source, info: zipfile.ZipInfo, meter: Meter) -> str:
    """Why a member can't be read, as far as the directory tells; what it says of sizes zipfile holds it to."""
    if source.ending == ZIP:
        return "zip in a zip"
    if source.ending == PARQUET:
        return "Parquet in a zip"
    if info.flag_bits & ENCRYPTED:
        return "encrypted"
    if info.compress_type not in METHODS:
        return f"unknown packing: method {info.compress_type}"
    if info.file_size > meter.honest(info.compress_size):
        return f"unpacks to too much: {info.file_size} bytes out of {info.compress_size}"
    return ""


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, packing: str, meter: Meter) -> Bytes:
    try:
        member = cast(io.BufferedReader, archive.open(info))
    except ODD as error:
        raise Damaged(str(error)) from error
    file = stream(member, member.read1, meter.count)
    return unpacked(file, packing, meter.on(file)) if packing else file
