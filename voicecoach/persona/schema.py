"""The JSON Schema of a persona file, for completion and hints in an editor."""

from __future__ import annotations

import json
from typing import Any

from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import FORMAT, Persona, known_ids

SCHEMA_FILE = "persona.schema.json"
"""Its name among the shipped personas."""

_OWN = {"^x-": {"description": "A field of your own: read by nothing, and kept"}}


def json_schema() -> dict[str, Any]:
    """The schema as plain data (JSON Schema 2020-12)."""
    schema = Persona.model_json_schema()
    for made in ("inherited_lines", "own_fields"):
        schema["properties"].pop(made)
    schema["properties"]["format"] = {"const": FORMAT, "description": "The format of this file"}
    schema["properties"] = {
        "format": schema["properties"].pop("format"),
        "id": schema["properties"].pop("id"),
        "extends": {
            "type": "string",
            "description": "The file whose values and lines to take: another caller, or a temper such as _short_fuse",
        },
        **schema["properties"],
    }
    _name_the_ids(schema["$defs"])
    _allow_own_fields(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "voicecoach persona",
        "required": ["format"],  # everything else may be inherited, and a shared file has no id
    }


def schema_text() -> str:
    """The schema as it is shipped."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def _name_the_ids(parts: dict[str, Any]) -> None:
    """Mappings by catalogue id offer the ids there are."""
    temper, lines = parts["Temper"]["properties"], parts["Lines"]["properties"]
    named = (
        (temper["reliefs"], sorted(RELIEFS)),
        (temper["provocations"], sorted(PROVOCATIONS)),
        (lines["react"], sorted(known_ids())),
    )
    for mapping, ids in named:
        mapping["propertyNames"] = {"anyOf": [{"enum": ids}, {"pattern": "^x-"}]}


def _allow_own_fields(part: Any) -> None:
    if isinstance(part, dict):
        if part.get("additionalProperties") is False:
            part["patternProperties"] = _OWN
        for inner in list(part.values()):
            _allow_own_fields(inner)
    elif isinstance(part, list):
        for inner in part:
            _allow_own_fields(inner)
