"""The shape of a rubric file, and what is wrong with it, told by file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from voicecoach.errors import RubricError
from voicecoach.review.occasions import OCCASIONS
from voicecoach.review.rules import Group, RuleProblem, read_rule
from voicecoach.techniques.extension_form import Short, Slug, Words
from voicecoach.techniques.extension_tree import Path, Tree, read_tree
from voicecoach.techniques.form_errors import nearest, told

MOST = 100
"""Steps, or rules: more than anybody reads."""

Value = TypeVar("Value")
Weight = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
Version = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


def _as_weight(value: Any) -> Any:
    return value if isinstance(value, dict) or value is None else {"weight": value}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GivenTechnique(_Part):
    """How much it counts within its step, and on which occasion it is due (the catalogue's ids have theirs)."""

    weight: Weight = 1.0
    due: Annotated[tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)] = ()


class GivenStep(_Part):
    """A step; null takes a technique out of it."""

    title: Short | None = None
    weight: Weight | None = None
    techniques: dict[Slug, Annotated[GivenTechnique | None, BeforeValidator(_as_weight)]] = Field(default_factory=dict)


class GivenRule(_Part):
    """What must hold."""

    title: Short
    rule: Words


class Form(_Part):
    """A rubric file, whole or only what is different from the shipped one; null takes a thing away."""

    format: Literal[1]
    name: Short
    version: Version
    steps: dict[Slug, GivenStep | None] = Field(default_factory=dict)
    titles: dict[Slug, Short] = Field(default_factory=dict)
    mistakes: dict[Slug, Weight | None] = Field(default_factory=dict)
    pass_: dict[Slug, GivenRule | None] = Field(default_factory=dict, alias="pass")


def read_form(text: str, name: str) -> tuple[Form, Tree]:
    """What the text says, and where. Raises ``RubricError`` naming file and line."""
    tree = _kept(text, name) if text.lstrip().startswith("{") else read_tree(text, name, RubricError, "name:")
    try:
        return Form.model_validate(tree.data), tree
    except ValidationError as error:
        raise told(error, tree, _fields_at) from error


def _kept(text: str, name: str) -> Tree:
    """A whole rubric as a journal keeps it: JSON."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RubricError("is not JSON", where=name, remedy="use the journal as it was written") from error
    return Tree(name, data, RubricError)


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Own values win, mappings are merged key by key, and null takes away."""
    result = dict(base)
    for key, value in own.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            here = result.get(key)
            result[key] = merged(here if isinstance(here, dict) else {}, value)
        else:
            result[key] = value
    return result


def check(whole: Form, tree: Tree, techniques: Iterable[str], mistakes: Iterable[str]) -> None:
    """What no type can say: ids that are known, one step for each, and rules that can be read."""
    known, faults = list(techniques), list(mistakes)
    _check_techniques(whole, tree, known)
    for id_ in whole.mistakes:
        if id_ not in faults:
            raise tree.error(("mistakes", id_), f"there is no mistake `{id_}`", nearest(id_, faults, "mistake"))
    for id_ in whole.titles:
        if id_ not in known and id_ not in faults:
            raise tree.error(("titles", id_), f"there is no id `{id_}`", nearest(id_, (*known, *faults), "id"))
    _check_sizes(whole, tree)
    _check_rules(whole, tree, (*known, *faults))


def _check_techniques(whole: Form, tree: Tree, known: list[str]) -> None:
    home: dict[str, str] = {}
    for key, step in _given(whole.steps):
        for id_, given in _given(step.techniques):
            here: Path = ("steps", key, "techniques", id_)
            if id_ not in known:
                raise tree.error(here, f"there is no technique `{id_}`", nearest(id_, known, "technique"))
            if id_ in home:
                what = f"`{id_}` already counts in step `{home[id_]}`"
                raise tree.error(here, what, f"take it out there: `{id_}: null`")
            home[id_] = key
            for name in given.due:
                if name not in OCCASIONS:
                    remedy = nearest(name, OCCASIONS, "occasion")
                    raise tree.error((*here, "due"), f"there is no occasion `{name}`", remedy)


def groups_of(form: Form) -> dict[str, Group]:
    """What rules may call ``step.NAME``."""
    return {
        key: Group(step.title or key, tuple(id_ for id_, _ in _given(step.techniques)))
        for key, step in _given(form.steps)
    }


def _check_sizes(whole: Form, tree: Tree) -> None:
    if not whole.steps:
        raise tree.error((), "there is no step", "write `steps:`")
    for what, found in (("steps", whole.steps), ("pass", whole.pass_)):
        if len(found) > MOST:
            raise tree.error((what,), f"there are more than {MOST}", "keep those that matter")


def _check_rules(whole: Form, tree: Tree, ids: Iterable[str]) -> None:
    groups = groups_of(whole)
    known = list(ids)
    for key, rule in _given(whole.pass_):
        try:
            read_rule(rule.rule, known, groups)
        except RuleProblem as problem:
            what, _, remedy = str(problem).partition("; ")
            raise tree.error(("pass", key, "rule"), what, remedy) from problem


def _given(mapping: Mapping[str, Value | None]) -> list[tuple[str, Value]]:
    return [(key, value) for key, value in mapping.items() if value is not None]


def _fields_at(path: Path) -> Iterable[str]:
    """The fields that are known where an unknown one stands, for advice."""
    match path:
        case ("pass", _, _):
            return GivenRule.model_fields
        case ("steps", _, "techniques", _, _):
            return GivenTechnique.model_fields
        case ("steps", _, _):
            return GivenStep.model_fields
    return [field.alias or name for name, field in Form.model_fields.items()]
