"""The JSON Schema for editors: as shipped, whole, and in agreement with what the program itself takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from voicecoach.persona.loading import list_personas
from voicecoach.persona.schema import SCHEMA_FILE, json_schema, schema_text
from voicecoach.persona.shelf import PACKAGE, read_file
from voicecoach.persona.yaml_tree import read_tree


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field that an author can write, with its part."""
    for part, inner in {"Persona": schema, **schema["$defs"]}.items():
        for name, field in inner["properties"].items():
            yield f"{part}.{name}", field


def test_the_shipped_schema_is_current() -> None:
    """When this fails: `voicecoach persona schema --out personas/persona.schema.json`."""
    assert resources.files(PACKAGE).joinpath(SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_it_says_what_a_file_may_have() -> None:
    schema = json_schema()
    assert schema["required"] == ["format"]
    assert {"extends", "temper", "lines", "facts", "wants"} <= schema["properties"].keys()
    assert not {"inherited_lines", "own_fields"} & schema["properties"].keys()
    reliefs = schema["$defs"]["Temper"]["properties"]["reliefs"]
    assert "paraphrase" in reliefs["propertyNames"]["anyOf"][0]["enum"]


def test_every_field_is_described() -> None:
    undescribed = [name for name, field in fields(json_schema()) if not field.get("description")]
    assert not undescribed


def test_fields_of_ones_own_are_allowed_wherever_unknown_ones_are_not() -> None:
    def closed(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            if part.get("additionalProperties") is False:
                yield part
            for inner in part.values():
                yield from closed(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from closed(inner)

    parts = list(closed(json_schema()))
    assert len(parts) > 8
    assert all("^x-" in part["patternProperties"] for part in parts)


@pytest.mark.parametrize("name", [summary.id for summary in list_personas()])
def test_every_shipped_caller_fits_it(name: str) -> None:
    """With a small validator: the schema uses few words, and this reads every one that it uses."""
    file = resources.files(PACKAGE).joinpath(f"{name}.yaml")
    schema = json_schema()
    assert not list(misfits(read_tree(read_file(file), name).data, schema, schema["$defs"], ""))


def test_what_does_not_fit_is_seen() -> None:
    schema = json_schema()
    wrong = {"format": 1, "temper": {"start": 11, "patiense": 1}, "lines": {"opening": {"angri": "Hi"}}, "id": "No"}
    assert sorted(misfits(wrong, schema, schema["$defs"], "")) == [
        "/id",
        "/lines/opening",
        "/temper/patiense",
        "/temper/start",
    ]


def misfits(value: Any, schema: dict[str, Any], parts: dict[str, Any], path: str) -> Iterator[str]:
    """Where the value does not fit; the annotations of the schema (title, description, default) ask nothing."""
    if "$ref" in schema:
        yield from misfits(value, parts[schema["$ref"].rpartition("/")[2]], parts, path)
    if "anyOf" in schema and not any(not list(misfits(value, each, parts, path)) for each in schema["anyOf"]):
        yield path
    if not _is_type(value, schema.get("type")) or ("const" in schema and value != schema["const"]):
        yield path
    elif isinstance(value, dict) and schema.get("type") == "object":
        yield from _misfit_fields(value, schema, parts, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from misfits(item, schema.get("items", {}), parts, f"{path}/{index}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield path
    elif isinstance(value, str):
        yield from _misfit_text(value, schema, path)


def _misfit_fields(value: dict[str, Any], schema: dict[str, Any], parts: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name, inner in value.items():
        if name in known:
            yield from misfits(inner, known[name], parts, f"{path}/{name}")
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from misfits(inner, schema["additionalProperties"], parts, f"{path}/{name}")
        elif schema.get("additionalProperties") is False and not name.startswith("x-"):
            yield f"{path}/{name}"
    missing = set(schema.get("required", ())) - value.keys()
    yield from (f"{path}/{name}" for name in missing)


def _misfit_text(value: str, schema: dict[str, Any], path: str) -> Iterator[str]:
    listed = value in schema.get("enum", [value])
    if not listed or not re.search(schema.get("pattern", ""), value):
        yield path


def _is_type(value: Any, kind: str | None) -> bool:
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    return kind is None or isinstance(value, kinds[kind])


def test_the_words_of_the_schema_are_those_this_test_reads() -> None:
    read = set(
        "$ref $defs $schema anyOf type const properties additionalProperties patternProperties propertyNames required "
        "items minimum maximum exclusiveMinimum enum pattern title description default minLength".split()
    )
    assert set(_words(json.loads(schema_text()))) <= read


def _words(schema: Any, names: bool = False) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, inner in schema.items():
            if not names:
                yield key
            if key != "default":
                yield from _words(inner, names=not names and key in ("properties", "$defs", "patternProperties"))
    elif isinstance(schema, list):
        for inner in schema:
            yield from _words(inner)
