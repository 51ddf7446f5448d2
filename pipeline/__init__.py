"""unsplice: scraped newspaper pages in, clean articles out, every character accounted for.

>>> from unsplice import clean
>>> result = clean("raw")              # doctest: +SKIP
>>> result.articles[0].title           # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .config import Config
    from .corpus.duplicates import Duplicates, find_duplicates
    from .measure.evaluate import evaluate
    from .measure.figures import Evaluation
    from .model import Result
    from .run import clean

__all__ = ["Config", "Duplicates", "Evaluation", "Result", "__version__", "clean", "evaluate", "find_duplicates"]

_HOMES = {
    "clean": ".run",
    "Config": ".config",
    "Duplicates": ".corpus.duplicates",
    "Evaluation": ".measure.figures",
    "Result": ".model",
    "evaluate": ".measure.evaluate",
    "find_duplicates": ".corpus.duplicates",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for: `unsplice --help` needs none of them."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
