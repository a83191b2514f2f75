"""Five callers, each handled well, badly and in between: how it ends, how angry it leaves them, and no line twice."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import HoldTurn, SayTurn, Turn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, Output, Say
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import file_of, load
from voicecoach.persona.shelf import read_file
from voicecoach.studio.golden import golden_files, parse_golden
from voicecoach.techniques.detector import TextDetector
from voicecoach.values import Outcome

CALLERS = ("expired_promotion", "call_the_president", "quiet_walker", "no_call_back", "own_fault")
FIVE_MINUTES_SECONDS = 300.0
FEWEST_WORDINGS = 250
FEWEST_CHAINS = 4
FEWEST_FACTS = 8

LEFT_ANGRY = frozenset({Outcome.CALLER_HANGS_UP, Outcome.SUPERVISOR})
HALF_WAY = frozenset({Outcome.LUKEWARM, Outcome.ABANDONED})
WON = frozenset({Outcome.RESOLVED})


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
TALKED_ON: tuple[Turn, ...] = (
    SayTurn("Can you tell me what happened?"),
    SayTurn("I can hear how upset you are."),
    SayTurn("I'm opening your account now, and I can see a note here."),
    SayTurn("Have you called us before about this?"),
    SayTurn("I'm noting all of that down for you."),
    SayTurn("How long have you been a customer with us?"),
    SayTurn("Mm hm."),
    SayTurn("Unfortunately I can't change that, it's the policy."),
    SayTurn("May I ask you a few more questions?"),
    SayTurn("What's the best phone number to reach you?"),
    HoldTurn(20),
    SayTurn("Let me look at the next page here, it's still loading."),
    SayTurn("How much was it?"),
    SayTurn("I'm sorry about that."),
    SayTurn("And what colour was the box?"),
    SayTurn("Okay, go on."),
    SayTurn("I'll send you an email with a reference number."),
    SayTurn("What would you like to see happen?"),
    SayTurn("I'm just doing my job here."),
    SayTurn("I'm typing that into your file now."),
    SayTurn("It rained here this morning."),
    SayTurn("Thank you for explaining that."),
    SayTurn("May I have your full name?"),
    SayTurn("I'm still looking through your file now."),
    SayTurn("We value you as a customer."),
    SayTurn("I'm writing that down as well."),
    SayTurn("Alright."),
    SayTurn("I am reading the notes from last week now."),
    SayTurn("Well, there we are, then."),
    SayTurn("I'm still reading, there is a lot of it, and the screen is slow today."),
    SayTurn("This is the page from October, and now I'm opening the one after it."),
    SayTurn("I see a second note here, from somebody in the other office."),
)
"""Polite, and of no help: nothing is offered, so that the caller has to go on."""

_LOADED: dict[str, Persona] = {}


@dataclass(slots=True)
class Played:
    """What came of a call: all that the caller said, and the anger at its end."""

    said: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    anger: float = 0.0
    seconds: float = 0.0


def played(name: str, turns: tuple[Turn, ...], seed: int = 1) -> Played:
    """The call with the real detector."""
    if name not in _LOADED:
        _LOADED[name] = load(name)
    engine = Engine(_LOADED[name], seed, TextDetector())
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


def spoken(texts: tuple[str, ...]) -> tuple[Turn, ...]:
    return tuple(SayTurn(text) for text in texts)


@pytest.mark.parametrize("name", CALLERS)
def test_handled_well_they_are_won_and_calm(name: str) -> None:
    call = played(name, spoken(HANDLED_WELL[name]))
    assert call.outcome in WON
    assert call.anger <= 3.0


@pytest.mark.parametrize("name", CALLERS)
def test_handled_badly_they_leave_angrier_than_they_came(name: str) -> None:
    call = played(name, spoken(HANDLED_BADLY[name]))
    assert call.outcome in LEFT_ANGRY
    assert call.anger > _LOADED[name].temper.start


@pytest.mark.parametrize("name", CALLERS)
def test_handled_so_so_they_are_neither_won_nor_lost(name: str) -> None:
    call = played(name, spoken(HANDLED_SO_SO[name]))
    assert call.outcome in HALF_WAY
    assert 0.5 < call.anger < _LOADED[name].temper.start + 1.0


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", CALLERS)
def test_in_five_minutes_no_line_comes_twice(name: str, seed: int) -> None:
    call = played(name, TALKED_ON, seed)
    assert call.seconds >= FIVE_MINUTES_SECONDS
    assert len(call.said) > len(TALKED_ON)
    assert sorted(call.said) == sorted(set(call.said))


@pytest.mark.parametrize("name", CALLERS)
def test_there_is_enough_to_say(name: str) -> None:
    persona = load(name)
    assert len(persona.repertoire.texts()) >= FEWEST_WORDINGS
    assert sum(map(len, persona.lines.vent.values())) + sum(map(len, persona.lines.story.values())) >= FEWEST_CHAINS
    assert len(persona.facts) >= FEWEST_FACTS


def test_the_walker_who_is_asked_stays_and_who_is_not_leaves() -> None:
    helped = HANDLED_WELL["quiet_walker"][:-1]
    asked = played("quiet_walker", spoken(HANDLED_WELL["quiet_walker"]))
    not_asked = played("quiet_walker", spoken((*helped, "Lovely, thanks for calling.", "Bye for now.")))
    assert (asked.outcome, not_asked.outcome) == (Outcome.RESOLVED, Outcome.LUKEWARM)


def test_whoever_says_whose_fault_it_is_pays_for_it() -> None:
    kind, *rest = HANDLED_WELL["own_fault"]
    blaming = played("own_fault", spoken((kind, "It's your own fault, you entered the wrong address.", *rest[:1])))
    leaving_it = played("own_fault", spoken((kind, "That could happen to anybody.", *rest[:1])))
    assert blaming.anger > leaving_it.anger + 1.5


def test_the_christmas_price_is_no_longer_demanded_by_somebody_who_was_heard() -> None:
    unreasonable = load("expired_promotion").wants.unreasonable
    assert unreasonable is not None
    demands = set(unreasonable.demand)
    coldly = ("What price was it?", "And the colour?", "How can I help?", "One moment.", "Hm, I see what you mean.")
    cold = played("expired_promotion", spoken(coldly))
    warm = played("expired_promotion", spoken(HANDLED_WELL["expired_promotion"]))
    assert demands & set(cold.said)
    assert not demands & set(warm.said[8:])
