"""unsplice: scraped newspaper pages in, clean articles out, every character accounted for.

>>> from unsplice import clean
>>> result = clean(["raw"])            # doctest: +SKIP
>>> result.articles[0].title           # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .config import Config
    from .corpus.duplicates import Duplicates, find_duplicates
    from .model import Result
    from .run import clean

__all__ = ["Config", "Duplicates", "Result", "clean", "find_duplicates"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for: `unsplice --help` needs none of them."""
    from importlib import import_module

    homes = {
        "clean": ".run",
        "Config": ".config",
        "Duplicates": ".corpus.duplicates",
        "Result": ".model",
        "find_duplicates": ".corpus.duplicates",
    }
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(homes[name], __name__), name)
