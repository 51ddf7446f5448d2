"""The JSON Schema of the configuration: it accepts and refuses what `load` does."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError
from unsplice.config import Config
from unsplice.config.load import load
from unsplice.config.schema import schema
from unsplice.errors import ConfigError


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    Draft7Validator.check_schema(schema())
    return Draft7Validator(schema())


ACCEPTED = [
    "",
    "[tidy]",
    '[tidy]\nlatin = "add"\nspaces = false',
    '[reattach]\nboldness = "cautious"\nmargin = 1\n[write]\nformat = "parquet"',
    "[read]\nmax_ratio = 1\nmax_bad_share = 0.5",
]
REFUSED = [
    "[tydi]",
    "spaces = false",
    "tidy = true",
    "[tidy]\nspace = false",
    '[tidy]\nspaces = "no"',
    '[tidy]\nlatin = "both"',
    "[dedup]\nnear = 0.2",
    "[dedup]\nnear = 1.1",
    "[read]\nmax_ratio = 0",
    "[read]\nmax_ratio = true",
    "[read]\nencoding = 1",
    "[read]\nmax_bytes = 1.5",
]


def test_the_defaults_are_valid_and_named(validator: Draft7Validator) -> None:
    defaults = json.loads(json.dumps(asdict(Config())))
    validator.validate(defaults)
    sections: Mapping[str, Any] = schema()["properties"]
    assert defaults == {
        name: {key: value["default"] for key, value in section["properties"].items()}
        for name, section in sections.items()
    }


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(validator: Draft7Validator, text: str) -> None:
    table = tomllib.loads(text)
    validator.validate(table)
    load(None, {}, table)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(validator: Draft7Validator, text: str) -> None:
    table = tomllib.loads(text)
    with pytest.raises(ValidationError):
        validator.validate(table)
    with pytest.raises(ConfigError):
        load(None, {}, table)


def test_it_is_printed() -> None:
    done = subprocess.run([sys.executable, "-m", "unsplice.config.schema"], capture_output=True, check=True)
    assert json.loads(done.stdout) == schema()
