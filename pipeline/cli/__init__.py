"""The command line: options become settings, errors become exit codes, and nothing else happens here.

What is heavy is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..config import Boldness, Format
from ..corpus.units import Unit
from .terminal import CLEAN, FAILED, FINDINGS, complain, exits, output, progress, speak_utf8

if TYPE_CHECKING:
    from ..config import Config
    from ..model import Result

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain text: the same in a log as on a terminal, and twice as fast
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files, folders or patterns; - is standard input.  [default: raw]"),
]
Out = Annotated[Path, typer.Option("--out", help="The folder of the results.")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 is as many as are useful.")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Settings; else unsplice.toml or pyproject.toml of this folder.")
]
Codes = Annotated[list[str] | None, typer.Option(metavar="CODES", help="Codes or their beginnings: U1,U203.")]

_UNREAD = "U901"


def main() -> None:
    """The `unsplice` command."""
    speak_utf8()
    # Matrices of a page are small: a second thread of the linear algebra library only waits, and doubles the CPU time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Records come and go by the million, and none refers to itself: looking for cycles takes a tenth of the time.
    gc.set_threshold(100_000)
    app(prog_name="unsplice")


def _print_version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

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


@app.command()
@exits
def run(
    paths: Paths = None,
    out: Out = Path("cleaned"),
    workers: Workers = 0,
    config: ConfigFile = None,
    boldness: Annotated[
        Boldness | None,
        typer.Option(
            help="How much of what is right may be moved wrongly: about 0.1, 0.5 or 1 percent.  [default: balanced]"
        ),
    ] = None,
    flag_only: Annotated[bool, typer.Option("--flag-only", help="Move nothing; flag what would move.")] = False,
    no_tidy: Annotated[bool, typer.Option("--no-tidy", help="Leave the typography as it is.")] = False,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", help="What articles are written as; jsonl and parquet make no file an article.  [default: md]"
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary; only what could not be read.")] = False,
    stamp: Annotated[
        Path | None, typer.Option(help="Do nothing if, by this file, nothing has changed since the last run.")
    ] = None,
) -> int:
    """Clean pages: a file an article, and an account of the rest."""
    from ..write import stamp as outputs
    from ..write.outbox import check_out

    given = paths or ["raw"]
    settings = _settings(config, no_tidy=no_tidy, boldness=boldness, flag_only=flag_only, form=form)
    check_out(out, [Path(path) for path in given if path != "-"])
    before = "" if stamp is None or "-" in given else outputs.fingerprint(given, settings)
    if before and stamp is not None and outputs.same(stamp, out, before):
        _tell([] if quiet else [f"{out}: up to date"])
        return CLEAN
    if (code := _clean_into(out, given, settings, workers=workers, quiet=quiet)) == CLEAN and before and stamp:
        outputs.remember(stamp, out, before)
    return code


def _clean_into(out: Path, paths: Sequence[str], settings: Config, *, workers: int, quiet: bool) -> int:
    """Clean, write, tell."""
    from ..write.write import write
    from .summary import summary, told

    result = _cleaned(paths, settings, workers=workers, quiet=quiet)
    if not result.pages:
        for line in told(result.set_aside):
            complain(line)
        complain("error: nothing could be read, and nothing was written")
        return FAILED
    write(result, out, inputs=_inputs(paths), config=settings)
    if quiet:
        for line in told(result.set_aside):
            complain(line)
    else:
        _tell(summary(result, out, settings.write))
    return CLEAN


@app.command()
@exits
def check(
    paths: Paths = None,
    show: Annotated[bool, typer.Option("--list", help="List the codes and what they mean, and stop.")] = False,
    select: Codes = None,
    ignore: Codes = None,
    workers: Workers = 0,
    config: ConfigFile = None,
) -> int:
    """Find damage in pages; write nothing.

    One finding a line. Exits with 1 if there is any, with 2 if a file could not be read.
    """
    from ..check.findings import CODES, findings
    from ..check.selection import chosen

    if show:
        _tell(f"{code}  {meaning}" for code, meaning in sorted(CODES.items()))
        return CLEAN
    # A page that was not read was not looked at: whatever is selected, that counts, unless it is ignored by name.
    wanted = chosen(CODES, select=[*select, _UNREAD] if select else (), ignore=ignore or ())
    settings = _settings(config)
    result = _cleaned(paths or ["raw"], settings, workers=workers, quiet=False)
    found = [each for each in findings(result, settings.tidy) if each.code in wanted]
    _tell(str(each) for each in found)
    complain(f"findings: {len(found):,}; pages: {len(result.pages):,}")
    if not result.pages or any(each.code == _UNREAD for each in found):
        return FAILED
    return FINDINGS if found else CLEAN


@app.command()
@exits
def tidy(
    file: Annotated[str, typer.Argument(metavar="FILE", help="UTF-8 text; - is standard input.")] = "-",
    diff: Annotated[bool, typer.Option("--diff", help="Show the lines that would change, and by which rules.")] = False,
    config: ConfigFile = None,
) -> int:
    """Tidy the typography of text: a line in, a line out."""
    from ..tidy.files import differences, tidied

    settings = _settings(config).tidy
    with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as source, output():
        if diff:
            _tell(differences(source, file, settings))
        else:
            sys.stdout.buffer.writelines(tidied(source, file, settings))
            sys.stdout.buffer.flush()
    return CLEAN


@app.command()
@exits
def explain(
    at: Annotated[str, typer.Argument(metavar="PAGE:LINE", help="A page's id, or a file, and a line of it: p0001:12.")],
    out: Out = Path("cleaned"),
) -> int:
    """Tell what became of a line of a page, and why."""
    from ..write.report.explain import explanation

    _tell(explanation(out / "ledger.parquet", at))
    return CLEAN


@app.command()
@exits
def report(out: Out = Path("cleaned")) -> int:
    """Name the report of the last run: one page to open in a browser."""
    from ..errors import InputError

    page = out / "report.html"
    if not page.is_file():
        raise InputError(f"{page}: there is no report; make one with `unsplice run`, or name its folder with --out")
    _tell([str(page)])
    return CLEAN


@app.command()
@exits
def dedup(
    docs: Annotated[
        list[Path],
        typer.Argument(
            metavar="DOCS", help="Files or folders: .jsonl, .parquet, .csv, .tsv, .txt; .gz, .zst, .xz too."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder of the results.")],
    text: Annotated[str, typer.Option(help="The field or column that holds the text.")] = "text",
    id_field: Annotated[str, typer.Option("--id", help="The field or column that names the record.")] = "id",
    unit: Annotated[Unit, typer.Option(help="What is compared.")] = Unit.DOCUMENT,
    sensitive: Annotated[
        bool, typer.Option("--sensitive", help="Find mistyped, cut, joined and overlapping texts, too.")
    ] = False,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Results of an earlier run, to compare with; may be repeated."),
    ] = None,
    memory: Annotated[
        str, typer.Option(help="Memory to work in, such as 512MB or 4GB; beyond it, the disk is used.")
    ] = "4GB",
    threads: Annotated[int, typer.Option(min=0, help="Threads; 0 is two, where there are as many processors.")] = 0,
    index: Annotated[bool, typer.Option(help="Keep an index, for a later run's --against.")] = True,
    config: ConfigFile = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> int:
    """Find near-duplicates in a corpus, and keep one of each."""
    from ..config.load import size
    from ..corpus.dedup import Options, dedup_documents
    from ..corpus.read import Fields
    from .summary import deduplicated

    settings = _settings(config).dedup
    fields = Fields(text=text, id=id_field, unit=unit)
    options = Options(fields, sensitive, tuple(against or ()), size(memory), threads, index)
    with progress(quiet=quiet) as advance:
        found = dedup_documents(docs, out, options, settings, advance)
    for bad in found.first_set_aside:
        complain(f"{bad.source}:{bad.line}: set aside: {bad.reason}")
    if found.set_aside > len(found.first_set_aside):
        complain(f"and {found.set_aside - len(found.first_set_aside):,} more records set aside")
    _tell([] if quiet else deduplicated(found, out))
    return CLEAN


@app.command()
@exits
def learn(
    articles: Annotated[
        list[Path],
        typer.Argument(
            metavar="ARTICLES", help="JSON lines of clean articles, a file a publisher; .gz, .xz, .zst too."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MODEL", help="The folder of the models.")],
    held_out: Annotated[
        list[Path] | None, typer.Option(metavar="ARTICLES", help="A publisher to measure on alone; may be repeated.")
    ] = None,
    pages: Annotated[int, typer.Option(min=100, help="Made pages that the network is fitted on.")] = 16_000,
) -> int:
    """Learn models from clean articles, and tell what they reach on held-out days and publishers."""
    from ..learn.learn import learn_from

    learn_from(articles, out, pages=pages, held_out=held_out or [], tell=complain)
    return CLEAN


def _settings(
    path: Path | None,
    *,
    no_tidy: bool = False,
    boldness: Boldness | None = None,
    flag_only: bool = False,
    form: Format | None = None,
) -> Config:
    from ..config.load import load

    given: dict[str, dict[str, object]] = {}
    if no_tidy:
        given["tidy"] = {"enabled": False}
    if boldness:
        given.setdefault("reattach", {})["boldness"] = boldness.value
    if flag_only:
        given.setdefault("reattach", {})["move"] = False
    if form:
        given["write"] = {"format": form.value}
    return load(path, os.environ, given)


def _cleaned(paths: Sequence[str], settings: Config, *, workers: int, quiet: bool) -> Result:
    """Run the stages, with a bar for whoever is watching."""
    from ..run import clean

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with progress(quiet=quiet) as advance:
        return clean(paths, settings, workers=workers, progress=advance, stdin=stdin)


def _inputs(paths: Sequence[str]) -> list[Path]:
    """The files that were read and the folders that they came from, for the manifest."""
    from ..read.pages import find_sources

    files = [source.path for source in find_sources(paths) if source.path is not None]
    return [*files, *(Path(path) for path in paths if os.path.isdir(path))]


def _tell(lines: Iterable[str]) -> None:
    """Results, to stdout."""
    with output():
        for line in lines:
            print(line)
