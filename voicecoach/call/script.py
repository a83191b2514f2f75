"""Scripted trainee turns: the file, checked line by line.

::

    turns:
      - say: "I'm so sorry, Mrs Price, you were charged twice?"
        after: 0.6        # seconds after the caller stops
        interrupt: false  # true: starts while the caller speaks
        raised: false     # true: spoken with a raised voice
      - hold: 20          # seconds of music
      - silence: 6        # seconds of nothing
      - coach: {act: nudge, value: 2}
      - hang_up: true

A golden call (see ``studio.golden``) is such a file too: what it expects is for whoever judges it, and skipped here.
"""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from voicecoach.errors import ScriptError
from voicecoach.events import CoachAct
from voicecoach.quick import quick

SIZE_LIMIT_BYTES = 256 * 1024
SECONDS_LIMIT = 600.0
DEFAULT_AFTER_SECONDS = 0.6


@quick
@dataclass(frozen=True, slots=True)
class SayTurn:
    """The trainee speaks: ``after_seconds`` after the caller stops, or into the caller's words."""

    text: str
    after_seconds: float = DEFAULT_AFTER_SECONDS
    interrupt: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class HoldTurn:
    """The caller waits on hold."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SilenceTurn:
    """The trainee says nothing."""

    seconds: float


@dataclass(frozen=True, slots=True)
class HangUpTurn:
    """The trainee puts the phone down."""


@dataclass(frozen=True, slots=True)
class CoachTurn:
    """A coach steers, at this point of the call."""

    act: CoachAct
    value: float = 0.0
    text: str = ""


Turn = SayTurn | HoldTurn | SilenceTurn | HangUpTurn | CoachTurn

_KEYS = {
    "say": frozenset({"say", "after", "interrupt", "raised"}),
    "hold": frozenset({"hold"}),
    "silence": frozenset({"silence"}),
    "hang_up": frozenset({"hang_up"}),
    "coach": frozenset({"coach"}),
}
GOLDEN_KEYS = frozenset({"call", "seeds", "expect"})
"""What a golden call has besides: a title, seeds, and what is expected of the whole call or of a turn."""

_ACTS = get_args(CoachAct)
_ACTS_ON_A_TURN = frozenset({"overrule", "back"})
_ACTS_WITH_WORDS = frozenset({"say", "move", "mark", "overrule"})


def load_script(path: Path) -> tuple[Turn, ...]:
    """The turns of a script file. Raises ``ScriptError`` naming file and line."""
    try:
        if path.stat().st_size > SIZE_LIMIT_BYTES:
            raise ScriptError(f"larger than {SIZE_LIMIT_BYTES // 1024} KiB", where=str(path), remedy="split it")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ScriptError(f"cannot be read ({error.strerror})", where=str(path), remedy="check the path") from error
    except UnicodeDecodeError as error:
        raise ScriptError("is not UTF-8 text", where=str(path), remedy="save it as UTF-8") from error
    return parse_script(text, str(path))


def parse_script(text: str, name: str) -> tuple[Turn, ...]:
    """The turns in this YAML text; ``name`` stands for the file in errors."""
    return tuple(turn for turn, _, _ in scripted_turns(script_document(text, name), name))


def script_document(text: str, name: str) -> CommentedMap:
    """The YAML text as a mapping with lines, its ``turns`` a list. Raises ``ScriptError``."""
    try:
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScriptError(f"is not YAML: {error.problem}", where=f"{name}:{line}", remedy="mend this line") from error
    except YAMLError as error:
        raise ScriptError(f"is not YAML: {error}", where=name) from error
    if not isinstance(data, CommentedMap) or not isinstance(data.get("turns"), CommentedSeq):
        raise ScriptError("has no list `turns:`", where=f"{name}:1", remedy='begin with `turns:` and `- say: "..."`')
    only_keys({"turns", *GOLDEN_KEYS}, data, f"{name}:1")
    return data


def scripted_turns(data: CommentedMap, name: str) -> list[tuple[Turn, CommentedMap, int]]:
    """Every turn of the document, what the file says of it, and its line. Raises ``ScriptError``."""
    turns = data["turns"]
    lines = [turns.lc.item(index)[0] + 1 for index in range(len(turns))]
    return [(_turn(item, f"{name}:{line}"), item, line) for item, line in zip(turns, lines, strict=True)]


def _turn(item: Any, where: str) -> Turn:
    if not isinstance(item, CommentedMap):
        raise ScriptError(f"a turn cannot be {item!r}", where=where, remedy='write `- say: "..."`')
    kinds = [kind for kind in _KEYS if kind in item]
    if not kinds:
        only_keys({"expect", *frozenset().union(*_KEYS.values())}, item, where)
        raise ScriptError("a turn says nothing", where=where, remedy=f"give one of {', '.join(_KEYS)}")
    kind = kinds[0]
    only_keys({"expect", *_KEYS[kind]}, item, where)
    if kind == "say":
        return _say(item, where)
    if kind == "hold":
        return HoldTurn(_seconds(item, "hold", where))
    if kind == "silence":
        return SilenceTurn(_seconds(item, "silence", where))
    if kind == "hang_up":
        _flag(item, "hang_up", where)
        return HangUpTurn()
    return _coach(item["coach"], where)


def _say(item: CommentedMap, where: str) -> SayTurn:
    if not isinstance(item["say"], str) or not item["say"].strip():
        raise ScriptError("say must be words", where=where, remedy='write `- say: "..."`')
    after = _seconds(item, "after", where) if "after" in item else DEFAULT_AFTER_SECONDS
    return SayTurn(item["say"].strip(), after, _flag(item, "interrupt", where), _flag(item, "raised", where))


def _coach(item: Any, where: str) -> CoachTurn:
    if not isinstance(item, CommentedMap) or item.get("act") not in _ACTS:
        raise ScriptError("coach needs an act", where=where, remedy=f"one of {', '.join(_ACTS)}")
    only_keys({"act", "value", "text"}, item, where)
    value, text = item.get("value", 0.0), item.get("text", "")
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not isinstance(text, str):
        raise ScriptError("coach takes a number as value and words as text", where=where)
    if item["act"] in _ACTS_ON_A_TURN and (value < 1 or value != int(value)):
        raise ScriptError(
            f"{item['act']} needs the number of a turn, not {value!r}",
            where=where,
            remedy="turns count from `value: 1`",
        )
    if item["act"] in _ACTS_WITH_WORDS and not text.strip():
        raise ScriptError(f"{item['act']} needs words", where=where, remedy=f"add `text:` to the {item['act']}")
    return CoachTurn(item["act"], float(value), text)


def only_keys(known: set[str] | frozenset[str], item: CommentedMap, where: str) -> None:
    """Raises ``ScriptError`` at the first key that nobody knows."""
    for key in item:
        if key not in known:
            near = difflib.get_close_matches(str(key), sorted(known), 1)
            remedy = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(sorted(known))}"
            line = item.lc.key(key)[0] + 1
            raise ScriptError(f"unknown key `{key}`", where=f"{where.rsplit(':', 1)[0]}:{line}", remedy=remedy)


def _seconds(item: CommentedMap, key: str, where: str) -> float:
    value = item[key]
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not 0 <= value <= SECONDS_LIMIT:
        raise ScriptError(f"{key} must be seconds from 0 to {SECONDS_LIMIT:.0f}, not {value!r}", where=where)
    return float(value)


def _flag(item: CommentedMap, key: str, where: str) -> bool:
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise ScriptError(f"{key} must be true or false, not {value!r}", where=where)
    return value
