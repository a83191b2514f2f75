"""Old persona files brought up to date, one format after another, comments and all.

A step takes the data of its format in place to the next one and tells what it did. It works on plain mappings (an old
journal) as on those of a round trip, which keep comments, quotes and the author's own fields.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from voicecoach.errors import PersonaError
from voicecoach.persona.file import FORMAT
from voicecoach.persona.own_fields import is_own

_SIGNS = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class Migrated:
    """The text in today's format, the format it had, and what was done to it; nothing when it was up to date."""

    text: str
    format: int
    done: tuple[str, ...]


def migrated_text(text: str, name: str) -> Migrated:
    """The text of a persona file in today's format. Raises ``PersonaError``: not YAML, no mapping, a newer format."""
    yaml = _round_trip()
    try:
        data = yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1 if mark else 1}"
        raise PersonaError(f"is not YAML: {error.problem}", where=where, remedy="mend this line") from error
    except YAMLError as error:
        raise PersonaError("is not YAML", where=f"{name}:1", remedy="save it as plain UTF-8 text") from error
    if not isinstance(data, CommentedMap):
        raise PersonaError("is not a persona: the top must be `key: value` lines", where=f"{name}:1")
    found = _format_of(data, name, data.lc.key("format")[0] + 1 if "format" in data else 1)
    if found == FORMAT:
        return Migrated(text, found, ())
    done = _brought_up(data, found)
    stream = io.StringIO()
    yaml.dump(data, stream)
    return Migrated(stream.getvalue(), found, tuple(done))


def migrated_data(data: Any) -> Any:
    """Plain data (of an old journal) in today's format; what is no mapping, or of no known format, is left as it is."""
    if isinstance(data, dict) and data.get("format") in STEPS:
        _brought_up(data, data["format"])
    return data


def _format_of(data: CommentedMap, name: str, line: int) -> int:
    given = data.get("format", 0)
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise PersonaError(f"has format {given!r}", where=f"{name}:{line}", remedy=f"write a number up to {FORMAT}")
    if given > FORMAT:
        what = f"has format {given}, and this voicecoach reads formats up to {FORMAT}"
        raise PersonaError(what, where=f"{name}:{line}", remedy="get a newer voicecoach for it")
    return given


def _brought_up(data: dict[str, Any], found: int) -> list[str]:
    done: list[str] = []
    for number in range(found, FORMAT):
        done += STEPS[number](data)
    return done


def _round_trip() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 4096  # no line is broken that the author left whole
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


# ----------------------------------------------------------------------------------------- 0 to 1: a draft, written out


def _from_draft(data: dict[str, Any]) -> list[str]:
    """Format 0 is a draft jotted down: facts as ``due: Friday``, remedies as plain words, no ``format`` needed."""
    done = ["format: 1"]
    if isinstance(data, CommentedMap) and "format" not in data:
        data.insert(0, "format", 1)
    data["format"] = 1
    done += _facts_written_out(data.get("facts"))
    wants = data.get("wants")
    for kind in ("wanted", "accepted", "refused"):
        if isinstance(wants, dict) and kind in wants:
            done += _remedies_written_out(wants, kind)
    return done


def _facts_written_out(facts: Any) -> list[str]:
    done = []
    for name, value in list(facts.items()) if isinstance(facts, dict) else ():
        if not isinstance(value, (dict, list)) and value is not None and not is_own(name):
            text = str(value)
            facts[name] = {"value": text, "said": [f"{text[:1].upper()}{text[1:]}."], "heard_as": [text]}
            done.append(f"facts.{name}: written out; add `asked_by`, the phrases that ask for it")
    return done


def _remedies_written_out(wants: Any, kind: str) -> list[str]:
    if isinstance(wants[kind], str):
        wants[kind] = [wants[kind]]
    done = []
    for place, remedy in enumerate(wants[kind]) if isinstance(wants[kind], list) else ():
        if isinstance(remedy, str):
            wants[kind][place] = {"name": _slug(remedy), "words": [remedy]}
            done.append(f"wants.{kind}: `{remedy}` written out, with a name and words")
    return done


def _slug(words: str) -> str:
    parts = [part for part in _SIGNS.split(words.lower()) if part][:_LONGEST_NAME_WORDS]
    name = "_".join(parts) or "remedy"
    return name if name[0].isalpha() else f"the_{name}"


STEPS: dict[int, Callable[[dict[str, Any]], list[str]]] = {0: _from_draft}
"""What brings a format to the next one. A new format adds a step here, and its number to ``FORMAT``."""
