"""The JSON Schema of unsplice.toml, made from the dataclasses: `python -m unsplice.config.schema` prints it.

An editor that checks and completes TOML by a schema needs it saved to a file, and that file's name in the first line
of unsplice.toml: `#:schema ./unsplice.schema.json`.
"""

from __future__ import annotations

import json
from typing import Any, get_type_hints

from .option import Option, options
from .stages import Config

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def schema() -> dict[str, Any]:
    """The schema as JSON Schema draft 7, which editors' TOML extensions understand."""
    stages = {name: _table(stage) for name, stage in get_type_hints(Config).items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "unsplice.toml",
        "description": "Configuration of unsplice.",
        "type": "object",
        "properties": stages,
        "additionalProperties": False,
    }


def _table(stage: type) -> dict[str, Any]:
    return {
        "description": (stage.__doc__ or "").strip(),
        "type": "object",
        "properties": {name: _value(each) for name, each in options(stage).items()},
        "additionalProperties": False,
    }


def _value(each: Option) -> dict[str, Any]:
    kind = {"enum": list(each.choices)} if each.choices else {"type": _TYPES[each.kind]}
    limits = {"minimum": each.low, "maximum": each.high}
    return {
        "description": each.text,
        **kind,
        **{name: limit for name, limit in limits.items() if limit is not None},
        "default": each.default,
    }


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
