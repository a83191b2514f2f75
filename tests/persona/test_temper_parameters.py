"""Every parameter of a temper can be set in the file, and changes a call."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import SayTurn, SilenceTurn
from voicecoach.call.textplay import TextCall
from voicecoach.events import EndCall, Input, MoodMoved, Output, Say
from voicecoach.persona.loading import loads
from voicecoach.persona.temper import Temper
from voicecoach.studio.playing import CannedDetector

GOOD = [("paraphrase", "empathize"), ("apologize", "own"), ("offer", "timeframe"), ("validate",), ("thank",)]
BAD = [("cannot",), ("hostile",), ("calm_down",), ("cannot",), ("cannot",), ("clarify",), ("clarify",), ("clarify",)]
CLOSED = [*GOOD, ("empathize", "document"), ("check_satisfaction",)]
LEFT = [
    ("paraphrase", "empathize"),
    ("validate",),
    ("apologize", "own"),
    ("offer", "timeframe"),
    ("thank",),
    ("thank",),
]

Plan = Sequence[tuple[str, ...]]

CHANGES: dict[str, tuple[str, Plan]] = {
    "start_heard": ("start_heard: 0.8", GOOD),
    "start_resolution": ("start_resolution: 0.8", GOOD),
    "start": ("start: 6", GOOD),
    "base": ("base: 1", GOOD),
    "half_life_seconds": ("half_life_seconds: 20", GOOD),
    "relief_scale": ("relief_scale: 0.4", GOOD),
    "provocation_scale": ("provocation_scale: 0.2", BAD),
    "reliefs": ("reliefs: {empathize: {gain: 0.1}}", [("empathize",)]),
    "provocations": ("provocations: {hostile: {gain: 0.1}}", BAD),
    "abuse_level": ("abuse_level: 3", BAD),
    "patience": ("patience: 0.5", []),
    "walker": ("walker: true", LEFT),
    "hang_up_at": ("hang_up_at: 8", BAD),
    "supervisor_at": ("supervisor_at: 2", [("clarify",)] * 4),
    "resolved_below": ("resolved_below: 0.5", CLOSED),
    "relief_limit": ("relief_limit: 0.3", GOOD),
    "provocation_limit": ("provocation_limit: 0.5", BAD),
    "taper_span": ("taper_span: 10", GOOD),
    "listening_bonus": ("listening_bonus: 3", [("acknowledge",)]),
    "listening_bonus_from": ("listening_bonus_from: 10", [("acknowledge",)]),
    "mistake_growth": ("mistake_growth: 2", [("cannot",), ("cannot",)]),
    "mistake_growth_limit": ("mistake_growth_limit: 1", [("cannot",), ("cannot",)]),
    "heard_lowers_base": ("heard_lowers_base: 0", GOOD),
    "resolution_lowers_base": ("resolution_lowers_base: 0", GOOD),
    "lukewarm_below": ("lukewarm_below: 0.5", CLOSED),
}
PARTS: dict[str, tuple[str, Plan]] = {
    "gain": ("reliefs: {apologize: {gain: 2}}", GOOD),
    "heard": ("reliefs: {empathize: {heard: 1}}", GOOD),
    "decay": ("reliefs: {empathize: {decay: 0}}", [("empathize",)] * 3),
    "gate_floor": ("reliefs: {offer: {gate_floor: 1}}", [("paraphrase",), ("offer",)]),
    "heard_factor": ("provocations: {hostile: {heard_factor: 0}}", [("paraphrase",), ("hostile",), ("apologize",)]),
    "resolution_factor": ("provocations: {cannot: {resolution_factor: 0}}", [("offer", "timeframe"), ("cannot",)]),
}


def call_with(small_text: str, temper: str, plan: Plan) -> list[object]:
    """Every mood, line and end of this call; without turns nobody answers."""
    persona = loads(small_text.replace("facts:", f"temper: {{{temper}}}\nfacts:", 1))
    found: list[object] = []

    def note(_: Input, outputs: tuple[Output, ...]) -> None:
        for output in outputs:
            if isinstance(output, MoodMoved):
                found.append((output.at_seconds, output.after))
            elif isinstance(output, Say):
                found.append(output.line.text)
            elif isinstance(output, EndCall):
                found.append(output.outcome)

    detector = CannedDetector()
    call = TextCall(Engine(persona, 1, detector), note)
    call.begin()
    for ids in plan:
        if call.ended is None:
            detector.ids = ids
            call.turn(SayTurn("ship new lamps"))
    if not plan:
        call.turn(SilenceTurn(9.0))
    call.stop("no more turns")
    return found


def test_none_is_forgotten_here() -> None:
    assert CHANGES.keys() == Temper.model_fields.keys()


@pytest.mark.parametrize("change", [*CHANGES, *PARTS])
def test_it_can_be_set_and_changes_a_call(change: str, small_text: str) -> None:
    temper, plan = {**CHANGES, **PARTS}[change]
    assert call_with(small_text, temper, plan) != call_with(small_text, "start: 8", plan)
