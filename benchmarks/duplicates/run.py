"""Near-duplicate search, beside other programs and at scale: CPU, memory, what is found. See ../README.md.

    run.py --articles A.jsonl.xz ... --work DIR --counts 100000 500000 --seeds 7 8 9 --peer-python PATH
    run.py --articles A.jsonl.xz ... --work DIR --scale 1000000 3000000 10000000

Each run is a process of its own; one round runs each program once. Corpora are made once and kept in DIR, and every
single measurement is appended to DIR/measurements.jsonl.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from measure import Cost, machine, measured, versions
from tables import compared, put, ratio, seconds, table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ("rensa", "gaoya", "datasketch")
SLOW = "datasketch"
BOILERPLATE = 100_000  # copies of one line
COMPARED = ["corpus", "tool", "CPU s", "/ rensa", "/ datasketch", "peak MB", "recall_70", "precision", "planted"]
KINDS = ["edit", "stub", "tail", "concat"]
SCALED = ["passages", "wall s", "CPU s", "peak MB", "pairs", "kept", "CPU / first"]


def main() -> None:
    arguments = parsed()
    arguments.work.mkdir(parents=True, exist_ok=True)
    if arguments.counts:
        compare(arguments)
    if arguments.scale:
        scale(arguments)


def parsed() -> argparse.Namespace:
    """The options, paths made absolute: programs run in the working folder, so that no settings are near."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="clean articles, JSONL, .gz, .xz")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="where corpora are kept")
    parser.add_argument("--counts", type=int, nargs="*", default=[], help="passages of the corpora to compare on")
    parser.add_argument("--seeds", type=int, nargs="+", default=[7])
    parser.add_argument("--runs", type=int, default=5, help="rounds")
    parser.add_argument("--slow-runs", type=int, default=2, help=f"rounds that {SLOW} takes part in")
    parser.add_argument("--peer-python", metavar="PATH", help="an interpreter that has " + ", ".join(PEERS))
    parser.add_argument("--scale", type=int, nargs="*", default=[], help="passages of the streamed corpora")
    parser.add_argument("--memory", default="4GB", help="what unsplice may work in, at scale")
    parser.add_argument("--sweep", action="store_true", help="remove each corpus when it is done with")
    parser.add_argument("--readme", type=Path, default=HERE.parent / "README.md", help="where the tables go")
    arguments = parser.parse_args()
    if not arguments.counts and not arguments.scale:
        parser.error("name --counts or --scale")
    if min(arguments.runs, arguments.slow_runs) < 1:
        parser.error("--runs and --slow-runs are 1 or more")
    arguments.articles = [path.resolve() for path in arguments.articles]
    arguments.work, arguments.readme = arguments.work.resolve(), arguments.readme.resolve()
    return arguments


def compare(arguments: argparse.Namespace) -> None:
    """The table of all programs, written anew after each corpus, and below it start-up and the machine."""
    first = corpus(arguments, 100, arguments.seeds[0])
    about = [start_up(arguments, first), about_this(arguments)]
    swept(arguments, first)
    rows: list[list[str]] = []
    for count in arguments.counts:
        for seed in arguments.seeds:
            folder = corpus(arguments, count, seed)
            if not rows:
                warm_up(arguments, folder)
            rows += compared(f"{count:,}, seed {seed}", *rounds(arguments, folder))
            text = "\n\n".join([table(COMPARED + KINDS, rows), *about])
            put(arguments.readme, "duplicates", text)
            swept(arguments, folder)
    print(text)


def rounds(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, list[Cost]], dict[str, dict]]:
    """Costs and scores of each program on a corpus, which take turns; scores are those of the first round."""
    costs: dict[str, list[Cost]] = defaultdict(list)
    scores = {}
    for turn in range(arguments.runs):
        for tool, (command, pairs) in programs(arguments, folder / "docs.jsonl").items():
            if tool == SLOW and turn >= arguments.slow_runs:
                continue
            costs[tool].append(run(arguments, folder.name, tool, command))
            if turn == 0:
                scores[tool] = score(folder, pairs)
    return costs, scores


def programs(arguments: argparse.Namespace, docs: Path) -> dict[str, tuple[list[str], Path]]:
    """The programs by name: what to run, and where its pairs will be."""
    out = arguments.work / "out"
    plain, pairs = unsplice(docs, out), out / "pairs.jsonl"
    tools = {
        "unsplice": (plain, out / "pairs.parquet"),
        "unsplice --sensitive": ([*plain, "--sensitive"], out / "pairs.parquet"),
    }
    for peer in PEERS if arguments.peer_python else ():
        command = [arguments.peer_python, str(HERE / "peers" / f"{peer}_peer.py"), str(docs), str(pairs)]
        tools[peer] = (command, pairs)
    return tools


def unsplice(docs: Path, out: Path) -> list[str]:
    """The command that searches a corpus."""
    return [sys.executable, "-m", "unsplice", "dedup", str(docs), "--out", str(out), "--quiet"]


def run(
    arguments: argparse.Namespace, corpus_name: str, tool: str, command: list[str], cache: Path | None = None
) -> Cost:
    """One measurement, in an output folder that is new; printed and kept."""
    out = arguments.work / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    changes = {"PYTHONPATH": str(ROOT)} if command[0] == sys.executable else {"PYTHONPATH": ""}
    cost = measured(command, changes | ({"XDG_CACHE_HOME": str(cache)} if cache else {}), arguments.work)
    record = {"corpus": corpus_name, "tool": tool, **{k: round(v, 2) for k, v in cost._asdict().items()}}
    with (arguments.work / "measurements.jsonl").open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(record) + "\n")
    print(*record.values(), file=sys.stderr, flush=True)
    return cost


def score(folder: Path, pairs: Path) -> dict:
    """What score.py says, in a process of its own, so that this one stays small."""
    command = [sys.executable, str(HERE / "score.py"), str(folder), str(pairs)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def start_up(arguments: argparse.Namespace, folder: Path) -> str:
    """What a small corpus takes, with kernels compiled anew and with kernels at hand."""
    command = unsplice(folder / "docs.jsonl", arguments.work / "out")
    with tempfile.TemporaryDirectory(dir=arguments.work) as cache:
        cold = run(arguments, folder.name, "cold", command, Path(cache))
        warm = [run(arguments, folder.name, "warm", command, Path(cache)) for _ in range(arguments.runs)]
    return (
        f"Start-up, on 100 passages: the first run ever, which compiles the kernels, {cold.wall:.1f} s "
        f"({cold.cpu:.1f} CPU s); each later one {seconds([cost.wall for cost in warm])} s "
        f"({seconds([cost.cpu for cost in warm])} CPU s)."
    )


def warm_up(arguments: argparse.Namespace, folder: Path) -> None:
    """Compiles what isn't yet, in runs that no table holds."""
    command = unsplice(folder / "docs.jsonl", arguments.work / "out")
    for option in ([], ["--sensitive"]):
        run(arguments, folder.name, "warm-up", [*command, *option])


def scale(arguments: argparse.Namespace) -> None:
    """The table of large corpora, written anew after each."""
    small = corpus(arguments, 20_000, arguments.seeds[0], "--streamed")
    warm_up(arguments, small)
    swept(arguments, small)
    rows: list[list[str]] = []
    first: Cost | None = None
    plan = [(count, 0) for count in arguments.scale] + [(arguments.scale[0], BOILERPLATE)]
    for count, repeated in plan:
        cost, summary = scaled(arguments, count, repeated)
        first = first or cost
        rows.append(
            [
                f"{count:,}" + (f" + {repeated:,} times one line" if repeated else ""),
                *(f"{value:,.0f}" for value in (*cost, sum(summary["pairs"].values()), summary["kept"])),
                ratio(cost.cpu, first.cpu),
            ]
        )
        text = "\n\n".join([table(SCALED, rows), f"With `--memory {arguments.memory}`.", about_this(arguments)])
        put(arguments.readme, "scale", text)
    print(text)


def scaled(arguments: argparse.Namespace, count: int, repeated: int) -> tuple[Cost, dict]:
    """One run on a streamed corpus, and its summary; the results are removed."""
    options = ["--streamed", *(["--boilerplate", str(repeated)] if repeated else [])]
    folder = corpus(arguments, count, arguments.seeds[0], *options)
    out = arguments.work / "out"
    command = [*unsplice(folder / "docs.jsonl", out), "--memory", arguments.memory]
    cost = run(arguments, folder.name, "unsplice", command)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    shutil.rmtree(out)
    swept(arguments, folder)
    return cost, summary


def corpus(arguments: argparse.Namespace, count: int, seed: int, *options: str) -> Path:
    """The folder of a corpus, which is made where it isn't there, or is of other articles."""
    folder = arguments.work / "-".join([str(count), str(seed), *(option.lstrip("-") for option in options)])
    made = folder / "made.json"
    names = [path.name for path in arguments.articles]
    if not made.exists() or json.loads(made.read_text(encoding="utf-8"))["articles"] != names:
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, str(HERE / "make.py"), str(folder), *map(str, arguments.articles)]
        subprocess.run([*command, "--count", str(count), "--seed", str(seed), *options], check=True, stdout=sys.stderr)
    return folder


def swept(arguments: argparse.Namespace, folder: Path) -> None:
    """Removes a corpus where that is wished."""
    if arguments.sweep:
        shutil.rmtree(folder)


def about_this(arguments: argparse.Namespace) -> str:
    """The machine and the versions."""
    own = versions(sys.executable, ["unsplice", "numba", "numpy", "pyarrow"])
    peers = f"; {versions(arguments.peer_python, PEERS)}" if arguments.peer_python and arguments.counts else ""
    return f"{machine()}; {own}{peers}."


if __name__ == "__main__":
    main()
