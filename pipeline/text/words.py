"""Words of a text: jieba for Chinese, runs of letters for the rest."""

from __future__ import annotations

import re
import tempfile
import warnings
from functools import lru_cache
from typing import Any

from .forms import simplified
from .private import private_folder

USEFUL = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
PIECE = re.compile(r"[^。！？；\n]{1,400}[。！？；\n]?|[。！？；\n]")


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """jieba with its cache in a private folder: in its default, the temporary folder, others could plant a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's source has old escape sequences and an old import
        import jieba
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    if folder := private_folder():
        tokenizer.tmp_dir = str(folder)
        tokenizer.initialize()
    else:  # no writable home: a folder for this process alone
        with tempfile.TemporaryDirectory() as private:
            tokenizer.tmp_dir = private
            tokenizer.initialize()
    return tokenizer


def words(text: str) -> list[str]:
    """Words of two letters or more, and numbers, in reading order; Simplified, lower case.

    The text is cut into pieces of at most 400 characters, as jieba's time is superlinear in the length of a sentence.
    """
    cut = _tokenizer().lcut
    found = (w for piece in PIECE.findall(simplified(text)) for w in cut(piece))
    return [w.lower() for w in found if USEFUL.search(w) and (len(w) > 1 or w.isdigit())]
