"""Settings from files, the environment and options: checked against unknown keys and bad values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import isfinite
from pathlib import Path
from typing import Any, get_type_hints

from ..errors import ConfigError
from . import Config

_FILE = "unsplice.toml"
_PROJECT = "pyproject.toml"
_PREFIX = "UNSPLICE_"
_TOO_NEAR = 0.8  # a variable as like a setting's name as this is a slip of the pen, not somebody else's variable
_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that somebody set, and where, for the message if it is wrong."""

    value: object
    where: str


_Layer = dict[tuple[str, str], _Given]


def load(
    path: Path | None, environ: Mapping[str, str], overrides: Mapping[str, Mapping[str, object]] | None = None
) -> Config:
    """The settings of a run: options beat environment variables beat the configuration file beat the defaults.

    `path` is a TOML file; without one, unsplice.toml or [tool.unsplice] of pyproject.toml in the working
    directory counts. `overrides` maps sections to keys to values. Raises ConfigError for unknown sections and
    keys, wrong types and values out of range.
    """
    given: _Layer = {**_from_file(path), **_from_environment(environ), **_from_options(overrides or {})}
    sections = {}
    for section, kinds in _known().items():
        values = {key: found for key in kinds if (found := given.get((section, key)))}
        sections[section] = _build(section, values)
    return Config(**sections)


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_LEAST_SIZE = 1 << 26


def size(text: str) -> int:
    """The bytes that a text such as 512MB or 4GB stands for (units of 1024). Raises ConfigError."""
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise ConfigError(f"{text!r}: is no amount of memory; write it like 512MB or 4GB")
    amount = int(float(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " "))
    if amount < _LEAST_SIZE:
        raise ConfigError(f"{text!r}: is too little memory to work in; 64MB or more is needed")
    return amount


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`; the first in order where two are as like."""
    return max(sorted(known), key=lambda each: SequenceMatcher(None, name.lower(), each.lower()).ratio())


def _known() -> dict[str, dict[str, type]]:
    """Sections, their keys, and the keys' types, as the dataclasses declare them."""
    return {section: get_type_hints(config) for section, config in get_type_hints(Config).items()}


def _build(section: str, values: Mapping[str, _Given]) -> Any:
    """One section's dataclass; an error from its own checks is told where the values came from."""
    try:
        return get_type_hints(Config)[section](**{key: found.value for key, found in values.items()})
    except (ConfigError, ValueError) as error:
        named = [found.where for key, found in values.items() if key in str(error)]
        where = ", ".join(named or [found.where for found in values.values()]) or f"[{section}]"
        raise ConfigError(f"{where}: {error}") from error


def _from_file(path: Path | None) -> _Layer:
    found = path or next((each for each in (Path(_FILE), Path(_PROJECT)) if each.is_file()), None)
    if found is None:
        return {}
    try:
        table: Any = tomllib.loads(found.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{found}: cannot be read ({error.strerror}); check the path") from error
    except ValueError as error:  # of TOML, and of UTF-8
        raise ConfigError(f"{found}: is not valid TOML: {error}") from error
    at = str(found)
    if found.name == _PROJECT:
        at, table = f"{found}: [tool.unsplice]", table.get("tool", {}).get("unsplice", {})
    return _from_tables(table, at)


def _from_options(overrides: Mapping[str, Mapping[str, object]]) -> _Layer:
    return _from_tables(overrides, "options")


def _from_tables(table: object, at: str) -> _Layer:
    """The values of a table of tables, every one checked for its name and type."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"{at}: must be a table")
    known, layer = _known(), _Layer()
    for section, keys in table.items():
        if section not in known:
            raise ConfigError(f'{at}: there is no section "{section}"; the nearest is "{nearest(section, known)}"')
        if not isinstance(keys, Mapping):
            raise ConfigError(f"{at}: {section} must be a table, such as [{section}]")
        for key, value in keys.items():
            where = f"{at}: {section}.{key}"
            if key not in known[section]:
                raise ConfigError(f'{where}: there is no such key; the nearest is "{nearest(key, known[section])}"')
            layer[section, key] = _Given(_typed(value, known[section][key], where), where)
    return layer


def _from_environment(environ: Mapping[str, str]) -> _Layer:
    """UNSPLICE_<SECTION>_<KEY>. Others' variables that happen to begin like ours are let alone."""
    known = _known()
    names = {f"{_PREFIX}{section}_{key}".upper(): (section, key) for section in known for key in known[section]}
    layer = _Layer()
    for name in sorted(each for each in environ if each.startswith(_PREFIX)):
        if name not in names:
            _refuse_slip(name, names, known)
            continue
        section, key = names[name]
        layer[section, key] = _Given(_parsed(environ[name], known[section][key], name), name)
    return layer


def _refuse_slip(name: str, names: Iterable[str], sections: Iterable[str]) -> None:
    like = nearest(name, names)
    ours = any(name.startswith(f"{_PREFIX}{section}_".upper()) for section in sections)
    likeness = SequenceMatcher(None, name.removeprefix(_PREFIX), like.removeprefix(_PREFIX)).ratio()
    if ours or likeness >= _TOO_NEAR:
        raise ConfigError(f'{name}: there is no such setting; the nearest is "{like}"')


def _typed(value: object, kind: type, where: str) -> object:
    """`value` if it is of that type; whole numbers pass for numbers, but true and false for neither."""
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind or (isinstance(value, float) and not isfinite(value)):
        raise ConfigError(f"{where}: must be {_KINDS[kind]}, not {value!r}")
    return value


def _parsed(text: str, kind: type, where: str) -> object:
    """The value that an environment variable's text stands for."""
    try:
        value = _SWITCH[text.strip().lower()] if kind is bool else kind(text)
    except (KeyError, ValueError):
        raise ConfigError(f"{where}: must be {_KINDS[kind]}, not {text!r}") from None
    return _typed(value, kind, where)
