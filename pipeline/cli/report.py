"""`unsplice report`: where the report of the last run is."""

from __future__ import annotations

from pathlib import Path

from ..errors import InputError
from .options import Out
from .terminal import CLEAN, exits, tell


@exits
def report(out: Out = Path("cleaned")) -> int:
    """Print the path of the last run's report.

    It is a web page, to be opened in a browser.
    """
    from ..write.switch import check_whole

    check_whole(out)
    page = out / "report.html"
    if not page.is_file():
        raise InputError(f"{page}: there is no report; make one with `unsplice run`, or name its folder with --out")
    tell([str(page)])
    return CLEAN
