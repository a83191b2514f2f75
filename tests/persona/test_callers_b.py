"""Five more callers, each handled well, badly and in between: how it ends, and no line twice in five minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import HangUpTurn, HoldTurn, SayTurn, SilenceTurn, Turn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, Output, Say
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import file_of, load
from voicecoach.persona.shelf import read_file
from voicecoach.studio.golden import golden_files, parse_golden
from voicecoach.studio.simulate import simulate
from voicecoach.techniques.detector import TextDetector
from voicecoach.values import Outcome

CALLERS = ("it_ticket", "frightened_caller", "the_monologuer", "abusive_caller", "threatening_caller")
CIVIL = CALLERS[:3]
BY_PROTOCOL = CALLERS[3:]
FIVE_MINUTES_SECONDS = 300.0
FEWEST_OWN_WORDINGS = 110
FEWEST_WORDINGS = 250
FEWEST_VENTS = 4
FEWEST_FACTS = 8

LEFT_ANGRY = frozenset({Outcome.CALLER_HANGS_UP, Outcome.SUPERVISOR})


def golden(kind: str) -> dict[str, tuple[str, ...]]:
    """What is said to each of them in its golden call of this kind (see personas/golden)."""
    lines = {}
    for name in CALLERS:
        (file,) = (each for each in golden_files(file_of(name)) if each.name == f"{kind}.yaml")
        turns = parse_golden(read_file(file), file.name).turns
        lines[name] = tuple(each.turn.text for each in turns if isinstance(each.turn, SayTurn))
    return lines


HANDLED_WELL = golden("well")
HANDLED_BADLY = golden("badly")
HANDLED_SO_SO = golden("mixed")
TALKED_ON = (
    "Can you tell me what happened?",
    "I can hear how upset you are.",
    "I'm opening your account now, and I can see a note here.",
    "Have you called us before about this?",
    "I'm noting all of that down for you.",
    "What's the best phone number to reach you?",
    "Okay.",
    "Unfortunately I can't change that, it's the policy.",
    "May I ask you a few more questions?",
    "I'm reading the second page of it now.",
    "I'm sorry about that.",
    "And what colour was the carpet?",
    "I'm typing that in for you now, it takes a moment here.",
    "What would you like to see happen?",
    "I see there's one more page of it, I'm reading that one too.",
    "May I have your full name?",
    "Mm hm.",
    "It's a very long file, and I'm still going through it, the first half is from last year.",
    "I'm just doing my job here.",
    "I'm checking the notes that my colleague made.",
    "Thank you for telling me.",
    "I'm looking at the last line of it now.",
    "Well, the weather is the same over here.",
    "I'm writing all of it down, word for word, so that it's in your file for the next time.",
    "Right.",
    "I'm opening another window on my screen, because the first one is too small for all of this.",
    "That is what the second note says, and the third one says much the same thing.",
    "I'm scrolling down now, I can see it was updated this morning by somebody in our office.",
    "There's a line here that I can't read, it's all capital letters and numbers.",
    "I'm nearly at the bottom of the page now, there are only a few more lines to go through.",
)
"""Polite, and of no help: nothing is offered, so that the caller has to go on."""


@dataclass(slots=True)
class Played:
    """What came of a call: all that the caller said, and the anger at its end."""

    said: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    anger: float = 0.0
    seconds: float = 0.0


@pytest.fixture(scope="module")
def callers() -> dict[str, Persona]:
    return {name: load(name) for name in CALLERS}


@pytest.fixture(scope="module")
def detector() -> TextDetector:
    return TextDetector()


def spoken(texts: Sequence[str]) -> list[Turn]:
    return [SayTurn(text) for text in texts]


def played(persona: Persona, detector: TextDetector, turns: Sequence[Turn], seed: int = 1) -> Played:
    """The call, as far as the caller stays in it."""
    engine = Engine(persona, seed, detector)
    result = Played()

    def note(_: Input, outputs: tuple[Output, ...]) -> None:
        result.said.extend(output.line.text for output in outputs if isinstance(output, Say))

    call = TextCall(engine, note)
    call.begin()
    for turn in turns:
        if call.ended is None:
            call.turn(turn)
    result.outcome = (call.ended or call.stop("the script came to its end")).outcome
    call.settle()
    result.seconds, result.anger = call.at_seconds, engine.state.anger.mood.anger
    return result


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", CIVIL)
def test_handled_well_they_are_won_and_calm(
    callers: dict[str, Persona], detector: TextDetector, name: str, seed: int
) -> None:
    call = played(callers[name], detector, spoken(HANDLED_WELL[name]), seed)
    assert call.outcome is Outcome.RESOLVED
    assert call.anger <= 2.5


def test_handled_well_the_abusive_one_is_warned_and_the_call_is_ended(
    callers: dict[str, Persona], detector: TextDetector
) -> None:
    for seed in range(5):
        call = played(callers["abusive_caller"], detector, spoken(HANDLED_WELL["abusive_caller"]), seed)
        assert call.outcome is Outcome.ENDED_BY_PROTOCOL


def test_a_threat_may_end_the_call_at_once_with_the_reason(callers: dict[str, Persona], detector: TextDetector) -> None:
    caller = callers["threatening_caller"]
    threats = {text for texts in caller.lines.threat.values() for text in texts}
    ended = 0
    for seed in range(20):
        before = played(caller, detector, spoken(HANDLED_WELL["threatening_caller"][:-1]), seed)
        call = played(caller, detector, spoken(HANDLED_WELL["threatening_caller"]), seed)
        assert (call.outcome is Outcome.ENDED_BY_PROTOCOL) == bool(threats & set(before.said))
        ended += call.outcome is Outcome.ENDED_BY_PROTOCOL
    assert ended >= 12


@pytest.mark.parametrize("name", BY_PROTOCOL)
def test_hanging_up_on_them_without_a_word_is_a_failure(
    callers: dict[str, Persona], detector: TextDetector, name: str
) -> None:
    call = played(callers[name], detector, [*spoken(["I can hear how angry you are."]), HangUpTurn()])
    assert call.outcome is Outcome.HUNG_UP_ON_CALLER


@pytest.mark.parametrize("name", CALLERS)
def test_handled_badly_they_leave_angrier_than_they_came(
    callers: dict[str, Persona], detector: TextDetector, name: str
) -> None:
    call = played(callers[name], detector, spoken(HANDLED_BADLY[name]))
    assert call.outcome in LEFT_ANGRY
    assert call.anger > callers[name].temper.start


@pytest.mark.parametrize("name", CIVIL)
def test_handled_so_so_they_are_helped_and_not_won_back(
    callers: dict[str, Persona], detector: TextDetector, name: str
) -> None:
    call = played(callers[name], detector, spoken(HANDLED_SO_SO[name]))
    assert call.outcome in (Outcome.LUKEWARM, Outcome.ABANDONED)
    assert 2.5 < call.anger < callers[name].temper.start


@pytest.mark.parametrize("name", BY_PROTOCOL)
def test_handled_so_so_the_hard_ones_are_left_as_they_were(
    callers: dict[str, Persona], detector: TextDetector, name: str
) -> None:
    call = played(callers[name], detector, spoken(HANDLED_SO_SO[name]))
    assert call.outcome is Outcome.ABANDONED
    assert 4.0 < call.anger < callers[name].temper.start


@pytest.mark.parametrize("name", CALLERS)
def test_left_in_silence_they_go(callers: dict[str, Persona], detector: TextDetector, name: str) -> None:
    call = played(callers[name], detector, [SilenceTurn(60)])
    assert call.outcome is Outcome.CALLER_HANGS_UP


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", CALLERS)
def test_in_five_minutes_no_line_comes_twice(
    callers: dict[str, Persona], detector: TextDetector, name: str, seed: int
) -> None:
    turns: list[Turn] = spoken(TALKED_ON)
    turns.insert(12, HoldTurn(20))
    call = played(callers[name], detector, turns, seed)
    assert call.seconds >= FIVE_MINUTES_SECONDS
    assert len(call.said) > len(TALKED_ON)
    assert sorted(call.said) == sorted(set(call.said))


@pytest.mark.parametrize("name", CALLERS)
def test_there_is_enough_to_say_and_to_know(callers: dict[str, Persona], name: str) -> None:
    persona = callers[name]
    own = persona.model_copy(update={"inherited_lines": ()})
    assert len(persona.repertoire.texts()) >= FEWEST_WORDINGS
    assert len(own.repertoire.texts()) >= FEWEST_OWN_WORDINGS
    assert sum(map(len, persona.lines.vent.values())) >= FEWEST_VENTS
    assert len(persona.facts) >= FEWEST_FACTS


@pytest.mark.parametrize("name", CALLERS)
def test_every_line_can_be_spoken(callers: dict[str, Persona], name: str) -> None:
    for text in callers[name].repertoire.texts():
        assert not set(text) & set("0123456789%$£€&@#*/"), text


@pytest.mark.parametrize("name", BY_PROTOCOL)
def test_only_what_counts_as_abuse_is_bleeped(callers: dict[str, Persona], name: str) -> None:
    """A bleep anywhere else would be abuse that no warning, and no end of the call, could answer."""
    lines = callers[name].lines.model_copy(update={"abuse": {}, "threat": {}})
    assert "bleep" not in lines.model_dump_json()
    assert all("bleep" in text or "clown" in text for texts in callers[name].lines.abuse.values() for text in texts)


@pytest.mark.parametrize("name", CALLERS)
def test_simulated_they_end_as_they_should(callers: dict[str, Persona], name: str) -> None:
    shares = {policy: simulate(callers[name], policy, 40).outcomes for policy in ("expert", "hostile", "silent")}
    right_end = {"resolved", "ended_by_protocol"} if name in BY_PROTOCOL else {"resolved"}
    assert sum(share for outcome, share in shares["expert"].items() if outcome in right_end) >= 0.9
    assert shares["hostile"].get("resolved", 0.0) <= 0.02
    assert "resolved" not in shares["silent"]


def test_a_nod_makes_the_monologuer_go_on_and_an_interruption_costs_him_more_than_others(
    callers: dict[str, Persona], detector: TextDetector
) -> None:
    vents = {text for chains in callers["the_monologuer"].lines.vent.values() for chain in chains for text in chain}
    nodded = played(callers["the_monologuer"], detector, spoken(["Mm hm."]))
    assert len(vents & set(nodded.said)) >= 3
    rise = {}
    for name in CIVIL:
        cut_off = played(callers[name], detector, [SayTurn("What is your account number please?", interrupt=True)])
        rise[name] = cut_off.anger - callers[name].temper.start
    assert rise["the_monologuer"] == max(rise.values())
