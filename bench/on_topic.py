"""How often the caller's reply answers what the trainee said last, over the judged calls of tests/persona/on_topic.

Every turn there says what kinds of reply would answer it; they were written down before any reply was seen. A reply is
on topic when its head, the first thing the caller says, is of one of these kinds. docs/callers.md has the method.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bench.report import Figures
from voicecoach.call.engine import Engine
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, Output, Say
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.techniques.detector import TextDetector
from voicecoach.values import Outcome

FOLDER = Path(__file__).parent.parent / "tests" / "persona" / "on_topic"
SEEDS = (1, 2, 3)

_KIND_OF_MOVE = {
    "confirm": "confirm",
    "confirm_fact": "confirm",
    "accept": "takes",
    "bonus": "takes",
    "ask_when": "takes",
    "weigh_offer": "weighs",
    "refuse_offer": "refuses",
    "vent": "goes_on",
    "complaint": "goes_on",
    "warned": "boundary",
    "abuse": "boundary",
    "thanks": "thanks",
    "closing": "thanks",
}
_FAMILIES = {
    "feeling": frozenset({"react.empathize", "react.validate", "react.relate", "react.acknowledge"}),
    "thanks": frozenset({"react.check_satisfaction"}),
    "react.apologize": frozenset({"react.apologize_too_soon", "react.over_apologize"}),
}
"""A reaction to one of these answers the others as well."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One trainee turn of a judged call: what was said, what kinds would answer it, and what the caller said to it."""

    caller: str
    seed: int
    said: str
    wanted: frozenset[str]
    kinds: frozenset[str]
    reply: str

    @property
    def on_topic(self) -> bool:
        """Whether the reply is of a kind that answers what was said."""
        return not self.wanted.isdisjoint(self.kinds)


def measure() -> Figures:
    """on_topic_share, on_topic_worst_call, turns; every reply that misses is shown with what was wanted."""
    judged = [turn for call in judged_calls() for turn in call]
    for turn in judged:
        if not turn.on_topic:
            sys.stdout.write(
                f"{turn.caller} (seed {turn.seed})\n  > {turn.said}\n  < {turn.reply}\n"
                f"    {', '.join(sorted(turn.kinds))}; wanted {', '.join(sorted(turn.wanted))}\n"
            )
    calls: dict[str, list[bool]] = {}
    for turn in judged:
        calls.setdefault(turn.caller, []).append(turn.on_topic)
    return {
        "on_topic_turns": len(judged) / len(SEEDS),
        "on_topic_share": sum(turn.on_topic for turn in judged) / len(judged),
        "on_topic_worst_call": min(sum(right) / len(right) for right in calls.values()),
    }


def judged_calls() -> Iterator[list[Judged]]:
    """Every judged call with every seed."""
    detector = TextDetector()
    for file in sorted(FOLDER.glob("*.yaml")):
        data: dict[str, Any] = YAML(typ="safe", pure=True).load(file)
        persona = load(data["caller"])
        for seed in SEEDS:
            yield _played(persona, seed, data["turns"], detector)


def _played(persona: Persona, seed: int, turns: list[dict[str, Any]], detector: TextDetector) -> list[Judged]:
    kinds = Kinds(persona)
    engine = Engine(persona, seed, detector)
    heads: list[Say] = []
    spoken: list[str] = []

    def note(_: Input, outputs: tuple[Output, ...]) -> None:
        for output in outputs:
            if isinstance(output, Say):
                heads.append(output)
                spoken.append(output.line.text)

    call = TextCall(engine, note)
    call.begin()
    call.settle()
    judged = []
    for turn in turns:
        if call.ended is not None:
            break
        heads.clear()
        spoken.clear()
        call.turn(SayTurn(turn["say"]))
        call.settle()
        found = kinds.of(heads[0]) if heads else frozenset()
        if call.ended is not None and call.ended.outcome in (Outcome.RESOLVED, Outcome.LUKEWARM):
            found |= {"thanks"}
        judged.append(Judged(persona.id, seed, turn["say"], frozenset(turn["about"]), found, " / ".join(spoken)))
    return judged


class Kinds:
    """What kinds of reply the lines of one caller are."""

    def __init__(self, persona: Persona) -> None:
        self._pools: dict[str, set[str]] = {}
        self._facts: dict[str, set[str]] = {name: set() for name in persona.facts}
        wordings = persona.repertoire.wordings
        for (move, _), pool in persona.repertoire.pools.items():
            for number in (n for tier in pool.tiers for n in tier):
                for text in wordings[number][0]:
                    self._pools.setdefault(text, set()).add(move)
                if move.startswith("fact."):
                    self._facts[move.removeprefix("fact.")].update(t for burst in wordings[number] for t in burst)

    def of(self, head: Say) -> frozenset[str]:
        """The kinds of a reply that begins with this line."""
        move, text = head.line.move, head.line.text
        if move in ("answer", "answer_again", "correct", "supervisor"):
            told = {f"fact.{name}" for name, texts in self._facts.items() if any(t in text for t in texts)}
            if told:
                return frozenset(told | ({"correct"} if move == "correct" else set()))
        pools = self._pools.get(text, set()) if move == "supervisor" else {move}
        kinds = {_KIND_OF_MOVE.get(pool, pool) for pool in pools}
        for family, moves in _FAMILIES.items():
            if pools & moves:
                kinds.add(family)
        return frozenset(kinds)
