"""Settings: one frozen dataclass a stage, loaded from TOML and checked against unknown keys and bad values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Any, get_type_hints

from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How bytes become pages."""

    encoding: str = "auto"  # "auto", or a codec's name to take instead of what the bytes say
    max_bytes: int = 32 * 2**20  # of one page, a file or a line of JSONL: no newspaper page is as large
    max_bad_share: float = 0.02  # of a page's characters that may be undecodable before it is set aside
    max_control_share: float = 0.02  # of the bytes that may be control characters: text has none, a picture 0.1


@dataclass(frozen=True, slots=True)
class DedupConfig:
    """When two texts are copies: each kind of likeness has a measure and a limit of its own."""

    least: int = 12  # letters that a text needs to be a copy by more than being the same: shorter lines recur by right
    near: float = 0.7  # Jaccard similarity of the sets of 5-character shingles
    edited: float = 0.82  # letters that stay when one is typed into the other: OCR leaves .85 and more
    contained: float = 0.9  # letters of the shorter text that stand in one place of the longer
    overlap: float = 0.6  # letters at the end of one text that begin the other, of those of the longer

    def __post_init__(self) -> None:
        for name, low in (("near", 0.3), ("edited", 0.5), ("contained", 0.5), ("overlap", 0.3)):
            if not low <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; a share from {low} to 1 is needed")
        if self.least < 1:
            raise ConfigError(f"least is {self.least}; 1 letter or more is needed")


class Boldness(StrEnum):
    """How sure a move must be; in the order of the limits that the models bring."""

    CAUTIOUS = "cautious"
    BALANCED = "balanced"
    BOLD = "bold"


BOLDNESS = tuple(str(each) for each in Boldness)


@dataclass(frozen=True, slots=True)
class ReattachConfig:
    """When a passage leaves the headline that it stands under."""

    boldness: str = "balanced"  # cautious, balanced or bold: about .1, .5 or 1 % of what is right is moved wrongly
    move: bool = True  # false: nothing moves, everything that would is flagged
    margin: float = (
        0.1  # by which a story must be likelier than the next for a passage to go there, else it is set apart
    )
    adopt: float = 0.5  # probability from which a headline takes a passage that stands under none
    promote: float = 0.5  # probability of heading a story from which a line becomes a headline
    demote: float = 0.4  # probability of heading a story under which a headline becomes a subhead
    junk: float = 0.6  # probability of belonging to no story at all from which a short line is boilerplate
    crossed: float = 0.75  # probability of having swapped tails from which two paragraphs are cut and uncrossed
    doubt: float = 0.75  # probability of belonging where it stands under which a passage that stays is flagged

    def __post_init__(self) -> None:
        for name in ("margin", "adopt", "promote", "demote", "junk", "crossed", "doubt"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; a probability from 0 to 1 is needed")
        if self.boldness not in BOLDNESS:
            raise ConfigError(f'boldness is "{self.boldness}"; one of {", ".join(BOLDNESS)} is needed')


@dataclass(frozen=True, slots=True)
class TidyConfig:
    """Which typographic rules are applied to what is written."""

    enabled: bool = True
    punctuation: bool = True  # half-width punctuation among Han characters becomes full-width
    spaces: bool = True  # spaces between Han characters go
    width: bool = True  # full-width Latin letters and digits become ASCII
    quotes: bool = True  # straight quotes in Chinese become curly, where every pair of a line is certain
    invisible: bool = True  # zero-width and control characters, byte order marks and soft hyphens go
    ends: bool = True  # white space at a line's ends goes, an indentation of U+3000 with it


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    dedup: DedupConfig = field(default_factory=DedupConfig)
    reattach: ReattachConfig = field(default_factory=ReattachConfig)
    tidy: TidyConfig = field(default_factory=TidyConfig)


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
