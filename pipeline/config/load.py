"""The configuration from files, the environment and options: unknown keys and bad values are refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, get_type_hints

from ..errors import ConfigError
from .option import Option, options
from .stages import Config

_FILE = "unsplice.toml"
_PROJECT = "pyproject.toml"
_PREFIX = "UNSPLICE_"
_TOO_NEAR = 0.8  # likeness to an option's name from which a variable is a typo of ours, not somebody else's variable
_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_LEAST_SIZE = 1 << 26

_Values = dict[tuple[str, str], object]  # by section and key


def load(
    path: Path | None, environ: Mapping[str, str], overrides: Mapping[str, Mapping[str, object]] | None = None
) -> Config:
    """The configuration of a run: options beat environment variables beat the configuration file beat the defaults.

    `path` is a TOML file. Without one, unsplice.toml in the working directory is read, or else [tool.unsplice] of
    pyproject.toml. `overrides` maps sections to keys to values. Raises ConfigError for unknown sections and keys,
    wrong types and values out of range.
    """
    given = {**_from_file(path), **_from_environment(environ), **_from_tables(overrides or {}, "options")}
    return Config(
        **{
            section: stage(**{key: value for (of, key), value in given.items() if of == section})
            for section, stage in get_type_hints(Config).items()
        }
    )


def size(text: str) -> int:
    """The bytes that a text such as 512MB or 4GB stands for, in units of 1024. Raises ConfigError."""
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise ConfigError(f"{text!r}: is not an amount of memory; write it like 512MB or 4GB")
    amount = int(float(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " "))
    if amount < _LEAST_SIZE:
        raise ConfigError(f"{text!r}: is too little memory to work in; 64MB or more is needed")
    return amount


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`; of equally like ones the first in alphabetical order."""
    return max(sorted(known), key=lambda each: SequenceMatcher(None, name.lower(), each.lower()).ratio())


def _known() -> dict[str, dict[str, Option]]:
    """Sections and their options, as the dataclasses declare them."""
    return {section: options(stage) for section, stage in get_type_hints(Config).items()}


def _from_file(path: Path | None) -> _Values:
    found = path or next((each for each in (Path(_FILE), Path(_PROJECT)) if each.is_file()), None)
    if found is None:
        return {}
    try:
        table: Any = tomllib.loads(found.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{found}: cannot be read ({error.strerror}); check the path") from error
    except ValueError as error:  # of TOML, and of UTF-8
        raise ConfigError(f"{found}: is not valid TOML: {error}") from error
    if found.name == _PROJECT:
        return _from_tables(table.get("tool", {}).get("unsplice", {}), f"{found}: [tool.unsplice]")
    return _from_tables(table, str(found))


def _from_tables(table: object, at: str) -> _Values:
    """The values of a table of tables, each one checked for its name, type and range."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"{at}: must be a table")
    known, values = _known(), _Values()
    for section, keys in table.items():
        if section not in known:
            raise ConfigError(f'{at}: there is no section "{section}"; the nearest is "{nearest(section, known)}"')
        if not isinstance(keys, Mapping):
            raise ConfigError(f"{at}: {section} must be a table, such as [{section}]")
        for key, value in keys.items():
            where = f"{at}: {section}.{key}"
            if key not in known[section]:
                raise ConfigError(f'{where}: there is no such key; the nearest is "{nearest(key, known[section])}"')
            values[section, key] = _checked(value, known[section][key], where)
    return values


def _from_environment(environ: Mapping[str, str]) -> _Values:
    """UNSPLICE_<SECTION>_<KEY>. Other programs' variables that happen to begin alike are left alone."""
    known = _known()
    names = {f"{_PREFIX}{section}_{key}".upper(): (section, key) for section in known for key in known[section]}
    values = _Values()
    for name in sorted(each for each in environ if each.startswith(_PREFIX)):
        if name not in names:
            _refuse_typo(name, names, known)
            continue
        section, key = names[name]
        values[section, key] = _parsed(environ[name], known[section][key], name)
    return values


def _refuse_typo(name: str, names: Iterable[str], sections: Iterable[str]) -> None:
    like = nearest(name, names)
    ours = any(name.startswith(f"{_PREFIX}{section}_".upper()) for section in sections)
    likeness = SequenceMatcher(None, name.removeprefix(_PREFIX), like.removeprefix(_PREFIX)).ratio()
    if ours or likeness >= _TOO_NEAR:
        raise ConfigError(f'{name}: there is no such setting; the nearest is "{like}"')


def _checked(value: object, option: Option, where: str) -> object:
    """The value as the option's type. Raises ConfigError, and says where the value came from."""
    if problem := option.problem(value):
        raise ConfigError(f"{where}: {problem}")
    return option.kind(value)


def _parsed(text: str, option: Option, where: str) -> object:
    """The value that an environment variable's text stands for."""
    value: object = text
    try:
        if option.kind is bool:
            value = _SWITCH[text.strip().lower()]
        elif option.kind in (int, float):
            value = option.kind(text)
    except (KeyError, ValueError):
        pass  # the text itself is refused
    return _checked(value, option, where)
