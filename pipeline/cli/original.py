"""The pages of the last run, read again as that run read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path, PurePath

from ..config import ReadConfig
from ..errors import UnspliceError
from ..model import Page
from ..read.ids import page_id
from ..read.pages import find_sources, read_source
from ..write.switch import MANIFEST


class Originals:
    """The texts of pages by the names of their files, which are read once each."""

    def __init__(self, out: Path) -> None:
        self._manifest = out / MANIFEST
        self._pages = cache(self._read)

    def text(self, file: str, line: int) -> str | None:
        """The text of a file, or of the record on a line of it; None where it can't be read."""
        pages = self._pages(file)
        return pages.get(line) or pages.get(None)

    def _read(self, file: str) -> Mapping[int | None, str]:
        outer = next((path for path in (Path(file), *Path(file).parents) if path.is_file()), None)  # it, or its zip
        if outer is None:
            return {}
        with suppress(UnspliceError):
            found = [page for source in find_sources([str(outer)]) for page in read_source(source, self._config)]
            return {page.record: page.text for page in found if isinstance(page, Page) and page.source == file}
        return {}

    @cached_property
    def _config(self) -> ReadConfig:
        """The settings that the run read with, as far as its manifest tells."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return ReadConfig(**json.loads(self._manifest.read_bytes())["config"]["read"])
        return ReadConfig()


def possible_ids(at: str) -> list[str]:
    """The ids that a page FILE:LINE may have, given as a file or in one of the folders that it is in."""
    parts = [part for part in PurePath(at.rpartition(":")[0]).parts if part not in ("/", "..")]
    return [page_id("/".join(parts[start:])) for start in range(len(parts))]
