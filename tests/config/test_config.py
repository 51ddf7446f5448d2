"""Settings: who beats whom, and what is refused with which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

import pytest
from unsplice.config import Boldness, Config, ReadConfig, TidyConfig
from unsplice.config import load as module
from unsplice.config.load import load
from unsplice.config.option import option, options
from unsplice.errors import ConfigError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults() -> None:
    assert load(None, {}, {}) == Config()


def test_options_beat_environment_beats_file(folder: Path) -> None:
    (folder / "unsplice.toml").write_text('[read]\nencoding = "gb18030"\nmax_bytes = 1\nmax_bad_share = 1\n')
    environ = {"UNSPLICE_READ_ENCODING": "big5", "UNSPLICE_READ_MAX_BYTES": "2"}
    found = load(None, environ, {"read": {"encoding": "utf-8"}})
    assert found.read == ReadConfig(encoding="utf-8", max_bytes=2, max_bad_share=1.0)


def test_project_file_counts_where_there_is_no_other(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.unsplice.tidy]\nspaces = false\n[tool.other]\nx = 1\n")
    assert load(None, {}).tidy == TidyConfig(spaces=False)
    (folder / "unsplice.toml").write_text("[tidy]\nwidth = false\n")
    assert load(None, {}).tidy == TidyConfig(width=False)


def test_a_named_file_counts_alone(folder: Path) -> None:
    (folder / "unsplice.toml").write_text("[tidy]\nwidth = false\n")
    named = folder / "报纸 设置.toml"
    named.write_text("\ufeff[tidy]\nspaces = false\n", encoding="utf-8")
    assert load(named, {}).tidy == TidyConfig(spaces=False)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("on", True), ("false", False), ("0", False)])
def test_switches_in_the_environment(text: str, value: bool) -> None:
    assert load(None, {"UNSPLICE_TIDY_SPACES": text}).tidy.spaces is value


REFUSED_FILES = [
    ('[read]\nencodng = "utf-8"\n', 'unsplice.toml: read.encodng: there is no such key; the nearest is "encoding"'),
    ("[tydi]\nspaces = true\n", 'unsplice.toml: there is no section "tydi"; the nearest is "tidy"'),
    ("spaces = true\n", "unsplice.toml: there is no section"),
    ("tidy = true\n", "unsplice.toml: tidy must be a table"),
    ('[tidy]\nspaces = "yes"\n', "unsplice.toml: tidy.spaces: must be true or false, not 'yes'"),
    ("[read]\nmax_bytes = true\n", "unsplice.toml: read.max_bytes: must be a whole number, not True"),
    ("[read]\nmax_bytes = 1.5\n", "must be a whole number, not 1.5"),
    ("[read]\nmax_bad_share = nan\n", "must be a number, not nan"),
    ("[read\n", "unsplice.toml: is not valid TOML"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED_FILES)
def test_refused_in_a_file(folder: Path, text: str, message: str) -> None:
    (folder / "unsplice.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(None, {})
    assert message in str(caught.value)


REFUSED_VARIABLES = [
    ("UNSPLICE_READ_ENCODNG", "x", 'the nearest is "UNSPLICE_READ_ENCODING"'),
    ("UNSPLICE_RAED_ENCODING", "x", 'the nearest is "UNSPLICE_READ_ENCODING"'),
    ("UNSPLICE_TIDY_SPACES", "perhaps", "UNSPLICE_TIDY_SPACES: must be true or false, not 'perhaps'"),
    ("UNSPLICE_READ_MAX_BYTES", "1e6", "UNSPLICE_READ_MAX_BYTES: must be a whole number, not '1e6'"),
    ("UNSPLICE_READ_MAX_BAD_SHARE", "inf", "must be a number"),
]


@pytest.mark.parametrize(("name", "value", "message"), REFUSED_VARIABLES)
def test_refused_in_the_environment(name: str, value: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(None, {name: value})
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["UNSPLICE_DEBUG", "UNSPLICE_IMAGE", "UNSPLICE", "READ_ENCODING"])
def test_others_variables_are_let_alone(name: str) -> None:
    assert load(None, {name: "x"}) == Config()


def test_options_are_checked_too() -> None:
    with pytest.raises(ConfigError, match=r"options: read\.encoding: must be text"):
        load(None, {}, {"read": {"encoding": 1}})


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read(name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(Path(name), {})


@dataclass(frozen=True, slots=True)
class Ranged:
    """A stage with a range."""

    share: float = option(0.5, "A share.", low=0, high=1)
    other: int = option(1, "A number.")


@dataclass(frozen=True, slots=True)
class Larger:
    """A configuration with one more section than ours."""

    ranged: Ranged


def test_a_new_section_needs_no_new_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Config", Larger)
    assert load(None, {"UNSPLICE_RANGED_SHARE": "1"}) == Larger(Ranged(share=1.0))  # type: ignore[comparison-overlap]


def test_out_of_range_names_where_it_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Config", Larger)
    with pytest.raises(ConfigError, match=r"^UNSPLICE_RANGED_SHARE: must be from 0 to 1, not 7.0$"):
        load(None, {"UNSPLICE_RANGED_SHARE": "7"}, {"ranged": {"other": 2}})


STAGES = tuple(get_type_hints(Config).values())


def test_every_option_is_described_and_of_a_type_that_can_be_loaded() -> None:
    for stage in STAGES:
        assert stage.__doc__
        for each in options(stage).values():
            assert each.choices or each.kind in (bool, int, float, str), each
            assert each.problem(each.default) == "", each
            assert each.text[0].isupper(), each
            assert each.text.endswith("."), each


OUT_OF_RANGE = [
    ("read", "max_ratio", 0, "must be 1 or more, not 0"),
    ("read", "max_members", -1, "must be 1 or more, not -1"),
    ("read", "max_bad_share", 1.5, "must be from 0 to 1, not 1.5"),
    ("dedup", "near", 0.2, "must be from 0.3 to 1, not 0.2"),
    ("dedup", "least", 0, "must be 1 or more, not 0"),
    ("reattach", "margin", 1.5, "must be from 0 to 1, not 1.5"),
    ("reattach", "doubt", -0.1, "must be from 0 to 1, not -0.1"),
    ("reattach", "boldness", "reckless", "must be one of cautious, balanced, bold, not 'reckless'"),
    ("tidy", "latin", True, "must be one of keep, add, drop, not True"),
    ("write", "format", "pdf", "must be one of md, txt, json, jsonl, parquet, not 'pdf'"),
]


@pytest.mark.parametrize(("section", "key", "value", "told"), OUT_OF_RANGE)
def test_values_out_of_range_are_refused(section: str, key: str, value: object, told: str) -> None:
    with pytest.raises(ConfigError, match=f"^{re.escape(f'options: {section}.{key}: {told}')}$"):
        load(None, {}, {section: {key: value}})
    with pytest.raises(ConfigError, match=f"^{re.escape(f'{key}: {told}')}$"):
        get_type_hints(Config)[section](**{key: value})


@pytest.mark.parametrize(
    ("given", "expected"),
    [({"UNSPLICE_REATTACH_BOLDNESS": "bold"}, Boldness.BOLD), ({}, Boldness.BALANCED)],
)
def test_a_choice_is_loaded_as_its_enumeration(given: dict[str, str], expected: Boldness) -> None:
    assert load(None, given).reattach.boldness is expected
