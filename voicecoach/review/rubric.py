"""The rubric: what a score card counts and weighs, how a coach's school names it, and when a call has passed.

One is shipped (``rubric.yaml``); a coach's own file says only what is different. The whole of it is kept in the journal
of every call, so that a later edit changes no old score. ``docs/review.md`` explains the file.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from voicecoach.errors import RubricError
from voicecoach.review.findings import known_entries
from voicecoach.review.rubric_form import Form, check, groups_of, merged, read_form
from voicecoach.review.rules import Rule
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension import NO_EXTENSION

SIZE_LIMIT_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class RubricStep:
    """A step: its name at this coach's school, what it weighs, and the weight of each technique within it."""

    key: str
    title: str
    weight: float
    techniques: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PassRule:
    """Something that must hold of a call that passes."""

    key: str
    title: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Rubric:
    """A checked rubric. ``text`` is all of it as JSON: ``parse_rubric`` makes the same one of it again.

    ``due`` says for ids on which occasions they are due, where that differs from the catalogue; ``titles`` renames ids;
    ``mistakes`` are the points that each of a mistake takes off.
    """

    text: str
    name: str
    version: str
    steps: tuple[RubricStep, ...]
    mistakes: Mapping[str, float]
    titles: Mapping[str, str]
    due: Mapping[str, tuple[str, ...]]
    rules: tuple[PassRule, ...]


def load_rubric(path: Path, known: Mapping[str, Entry]) -> Rubric:
    """A coach's own file over the shipped rubric; ``known`` is every id that can be counted.

    Raises ``RubricError`` naming file and line.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT_BYTES + 1)
        return parse_rubric(raw.decode("utf-8"), str(path), known)
    except OSError as error:
        raise RubricError(f"cannot be read ({error.strerror})", where=str(path), remedy="check the path") from error
    except UnicodeDecodeError as error:
        raise RubricError("is not UTF-8 text", where=str(path), remedy="save it as UTF-8") from error


def parse_rubric(text: str, name: str, known: Mapping[str, Entry]) -> Rubric:
    """A coach's own text over the shipped rubric, or a whole one as a journal keeps it (it begins with ``{``).

    Raises ``RubricError``.
    """
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        what = f"is larger than {SIZE_LIMIT_BYTES // 1024} KiB"
        raise RubricError(what, where=name, remedy="keep what your trainees are taught")
    whole = text.lstrip().startswith("{")
    form, tree = read_form(text, name)
    if not whole:
        data = merged(_shipped_data(), tree.data)
        form = Form.model_validate(data)
    else:
        data = tree.data
    techniques = [id_ for id_, entry in known.items() if not entry.is_mistake]
    check(form, tree, techniques, [id_ for id_, entry in known.items() if entry.is_mistake])
    return _rubric(form, data)


@functools.cache
def shipped_rubric() -> Rubric:
    """The rubric that comes with the program."""
    return parse_rubric(json.dumps(_shipped_data()), "rubric.yaml", known_entries(NO_EXTENSION))


def shipped_text() -> str:
    """The shipped rubric's file, with its comments."""
    return resources.files(__package__).joinpath("rubric.yaml").read_text(encoding="utf-8")


@functools.cache
def _shipped_data() -> dict[str, Any]:
    return dict(read_form(shipped_text(), "rubric.yaml")[1].data)


def _rubric(form: Form, data: Mapping[str, Any]) -> Rubric:
    groups = groups_of(form)
    given = {key: step for key, step in form.steps.items() if step is not None}
    weighed = {key: {id_: t for id_, t in step.techniques.items() if t is not None} for key, step in given.items()}
    return Rubric(
        text=json.dumps(data, ensure_ascii=False),
        name=form.name,
        version=form.version,
        steps=tuple(
            RubricStep(
                key,
                step.title or key.replace("_", " ").capitalize(),
                1.0 if step.weight is None else step.weight,
                {id_: technique.weight for id_, technique in weighed[key].items()},
            )
            for key, step in given.items()
        ),
        mistakes={id_: points for id_, points in form.mistakes.items() if points is not None},
        titles=dict(form.titles),
        due={id_: t.due for techniques in weighed.values() for id_, t in techniques.items() if t.due},
        rules=tuple(
            PassRule(key, rule.title, Rule(rule.rule.strip(), groups))
            for key, rule in form.pass_.items()
            if rule is not None
        ),
    )
