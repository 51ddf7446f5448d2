"""The command line, one module per command: options become settings, and errors become exit codes.

Whatever is slow to import is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from ..version import __version__
from . import check, dedup, evaluate, explain, forget, learn, report, run, status, tidy
from .terminal import speak_utf8

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain text reads the same in a log as on a terminal, and is twice as fast
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (
    run.run,
    status.status,
    forget.forget,
    check.check,
    explain.explain,
    report.report,
    tidy.tidy,
    dedup.dedup,
):
    app.command()(_command)  # `--help` lists them in this order
app.command("eval")(evaluate.evaluate)  # a function of this name would hide a built-in one
app.command()(learn.learn)


def main() -> None:
    """The `unsplice` command."""
    speak_utf8()
    # The matrices of a page are small: a second thread of the linear algebra library waits, and doubles the CPU time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Records are acyclic; the cycle collector would cost 10 % of the run.
    gc.set_threshold(100_000)
    app(prog_name="unsplice")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"unsplice {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turn scraped newspaper pages back into clean articles, and account for every character."""
    if debug:
        os.environ["UNSPLICE_DEBUG"] = "1"
