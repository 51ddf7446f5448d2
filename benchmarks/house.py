"""How the package is built: benchmarks/house.py [PACKAGE] [--package NAME]; pipeline/ by default.

Rooms are the folders and modules at the top of the package, arrows the imports between them, also late ones and those
for types only. Circles are groups of rooms, or of modules, each of which reaches all the others by imports. Lines of
code are those that are neither blank nor a comment; tests and benchmarks are the folders beside the package.
"""

from __future__ import annotations

import argparse
import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parent.parent
LONG_MODULE, LONG_FUNCTION, MANY = 250, 50, 5  # lines, lines and parameters that are still no question
Name = tuple[str, ...]  # of a module within the package, in its parts
Function = ast.FunctionDef | ast.AsyncFunctionDef
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, nargs="?", default=ROOT / "pipeline")
    parser.add_argument("--package", dest="name", default="unsplice", help="the name it is imported by, where it is so")
    arguments = parser.parse_args()
    package = arguments.package.resolve()
    if not (package / "__init__.py").exists():
        parser.error(f"{arguments.package}: is no folder of a package")
    for line in [*structure(package, arguments.name), *sizes(package), *questions(package)]:
        print(line)


def structure(package: Path, name: str) -> Iterator[str]:
    """Lines on rooms, arrows, circles and the biggest room."""
    modules = graph(package, name)
    rooms = between_rooms(modules)
    yield f"modules: {len(modules)}"
    yield f"rooms: {len(rooms)}: {', '.join(rooms)}"
    yield f"arrows between rooms: {sum(map(len, rooms.values()))}"
    for what, found in (("rooms", circles(rooms)), ("modules", circles(modules))):
        yield f"circles between {what}: {len(found)}"
        yield from (f"  {' <-> '.join(sorted('.'.join(x) if isinstance(x, tuple) else x for x in c))}" for c in found)
    lines: Counter[str] = Counter()
    for path in package.rglob("*.py"):
        lines[room(name_of(path, package))] += code(path)
    biggest, count = lines.most_common(1)[0]
    yield f"biggest room: {biggest}, {count:,} lines of code, {count / lines.total():.0%} of the package"


def sizes(package: Path) -> Iterator[str]:
    """Lines on how long package, tests and benchmarks are."""
    for folder in (package, package.parent / "tests", package.parent / "benchmarks"):
        paths = list(folder.rglob("*.py"))
        raw = sum(len(_text(path).splitlines()) for path in paths)
        yield f"{folder.name}: {sum(map(code, paths)):,} lines of code, {raw:,} with blank lines and comments"


def questions(package: Path) -> Iterator[str]:
    """Lists of the modules and functions that are long, and of the functions with many parameters."""
    paths = sorted(package.rglob("*.py"))
    found = [(f"{path.relative_to(package)}:{at}", name, node) for path in paths for at, name, node in functions(path)]
    longest = [(len(_text(path).splitlines()), str(path.relative_to(package)), "") for path in paths]
    lists = {
        f"modules over {LONG_MODULE} lines": (LONG_MODULE, longest),
        f"functions over {LONG_FUNCTION} lines": (LONG_FUNCTION, [(length(node), *x) for *x, node in found]),
        f"functions with more than {MANY} parameters": (MANY, [(parameters(node), *x) for *x, node in found]),
    }
    for title, (limit, rows) in lists.items():
        over = sorted((x for x in rows if x[0] > limit), key=lambda x: (-x[0], x[1]))
        yield f"{title}: {len(over)}"
        yield from (f"  {count:>4} {place} {name}".rstrip() for count, place, name in over)


# ---- imports ---------------------------------------------------------------------------------------------------


def graph(package: Path, name: str) -> dict[Name, set[Name]]:
    """The other modules of the package that each module imports; `name` is what the package is imported by."""
    found = {name_of(path, package): set(imports(path, package, {name})) for path in sorted(package.rglob("*.py"))}
    return {module: targets - {module} for module, targets in found.items()}


def imports(path: Path, package: Path, absolute: Set[str] = frozenset()) -> Iterator[Name]:
    """The modules of the package that a module imports, by relative imports or by one of the names `absolute`."""
    here = path.relative_to(package).parts[:-1]
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.Import):
            yield from (tuple(x[1:]) for a in node.names if (x := a.name.split("."))[0] in absolute)
        elif isinstance(node, ast.ImportFrom):
            base = tuple((node.module or "").split(".")) if node.module else ()
            if node.level:
                base = (*here[: len(here) - node.level + 1], *base)
            elif base[0] in absolute:
                base = base[1:]
            else:
                continue
            yield from ((*base, a.name) if _is_module(package, *base, a.name) else base for a in node.names)


def between_rooms(modules: Mapping[Name, Set[Name]]) -> dict[str, set[str]]:
    """The other rooms that each room imports."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, targets in modules.items():
        found[room(module)] |= {room(t) for t in targets} - {room(module)}
    return dict(sorted(found.items()))


def circles(arrows: Mapping[T, Set[T]]) -> list[set[T]]:
    """Groups of two or more nodes each of which reaches all the others."""
    reached = {node: _reached(node, arrows) for node in arrows}
    groups = {frozenset(x for x in reached[node] if node in reached.get(x, ())) | {node} for node in arrows}
    return sorted((set(g) for g in groups if len(g) > 1), key=lambda g: (-len(g), sorted(map(str, g))))


def _reached(node: T, arrows: Mapping[T, Set[T]]) -> set[T]:
    found: set[T] = set()
    waiting = [node]
    while waiting:
        new = set(arrows.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def room(name: Name) -> str:
    return name[0] if name else "__init__"


def name_of(path: Path, package: Path) -> Name:
    parts = path.relative_to(package).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def _is_module(package: Path, *parts: str) -> bool:
    inner = package.joinpath(*parts)
    return inner.is_dir() or inner.with_suffix(".py").exists()


# ---- sizes -----------------------------------------------------------------------------------------------------


def code(path: Path) -> int:
    """How many lines are neither blank nor a comment."""
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in _text(path).splitlines())


def functions(path: Path) -> Iterator[tuple[int, str, Function]]:
    """The functions and methods of a module, those within others, too: line, name, and what they are."""
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, Function):
            yield node.lineno, node.name, node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: Function) -> int:
    """How many parameters a function takes, `self` and `cls` not counted."""
    own = node.args
    named = [a.arg for a in (*own.posonlyargs, *own.args)]
    more = len(own.kwonlyargs) + (own.vararg is not None) + (own.kwarg is not None)
    return len(named) - (named[:1] in (["self"], ["cls"])) + more


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
