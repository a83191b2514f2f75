"""Five more callers, each handled well, badly and in between: how it ends, and no line twice in five minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import HangUpTurn, HoldTurn, SayTurn, SilenceTurn, Turn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, Outcome, Output, Say
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.studio.simulate import simulate
from voicecoach.techniques.detector import TextDetector

CALLERS = ("it_ticket", "frightened_caller", "the_monologuer", "abusive_caller", "threatening_caller")
CIVIL = CALLERS[:3]
BY_PROTOCOL = CALLERS[3:]
FIVE_MINUTES_SECONDS = 300.0
FEWEST_OWN_WORDINGS = 110
FEWEST_WORDINGS = 250
FEWEST_VENTS = 4
FEWEST_FACTS = 8

LEFT_ANGRY = frozenset({Outcome.CALLER_HANGS_UP, Outcome.SUPERVISOR})

HANDLED_WELL: dict[str, tuple[str, ...]] = {
    "it_ticket": (
        "Hi Heather, I can hear how frustrating this is. Three days without the ledger, and on month-end.",
        "So you've been locked out since Monday, three teams have had it, and the books close at five. Is that right?",
        "I'm really sorry about that. I'll take care of this personally, it stays with me until you're in.",
        "I'm looking at your account now, and I can see it's still in the old group.",
        "I'll work with you on it. I can move your account to the new group right now, and I need you to sign out.",
        "That takes five minutes, so you'll be posting by half past three.",
        "I'll send you a confirmation by email. Does that solve it for you, is there anything else?",
    ),
    "frightened_caller": (
        "That must be so frightening, Mrs Ellery. I completely understand why you're upset.",
        "So three withdrawals were made in Leeds last night, and your card was in your purse. Is that right?",
        "I'm so sorry this has happened to you. I'll take care of it for you myself.",
        "Did anyone phone you in the last few days about your card?",
        "I'm going to block your card right now, so that nothing more can be taken.",
        "I'll put the money back into your account by this evening.",
        "I'll send you a letter to confirm it all. Is there anything else I can do for you?",
    ),
    "the_monologuer": (
        "Mm hm.",
        "That must be so hard, the two of you living upstairs. I completely understand how you feel.",
        "So the flood came in on the fourteenth and you've sent the photographs twice. Have I got that right?",
        "I'm very sorry about that. I'll look after your claim myself from here on.",
        "I can approve the claim today, and I'll pay it into your account by Thursday.",
        "I'll email you a letter for the builder. Does that solve it for you, is there anything else?",
    ),
    "abusive_caller": (
        "I can hear how angry you are, and I want to help you with this.",
        "So you sent the phone back in March, and it still went to collections. Is that right?",
        "I want to help you, but please stop using that language, or I'll have to end this call.",
        "I've warned you about that language, so I'm ending this call now. Goodbye.",
    ),
    "threatening_caller": (
        "I can hear how upset you are, and I want to help you find it.",
        "Let me look at the driver's photo for you.",
        "That was a threat, so I'm telling my supervisor, and because of that threat I'm ending this call now.",
    ),
}
HANDLED_BADLY: dict[str, tuple[str, ...]] = {
    "it_ticket": (
        "That's the identity team, it's not my department.",
        "You need to calm down, it's only one user.",
        "There's nothing I can do, it's the policy.",
        "It's your own fault, you should have read the email.",
    ),
    "frightened_caller": (
        "Are you sure you didn't just forget that you took it out?",
        "It's your own fault, you shouldn't have told anybody your number.",
        "You need to calm down, sweetheart.",
        "There's nothing I can do, it's not my department.",
    ),
    "the_monologuer": (
        "You need to calm down and get to the point.",
        "That's not my department, you'll have to ask the assessor.",
        "It's only a bit of water, it's no big deal.",
        "It's your own fault for living beside a river.",
    ),
    "abusive_caller": (
        "Calm down, sir.",
        "It's your own fault, you should have kept the receipt.",
        "You're an idiot. Shut up.",
        "There's nothing I can do, it's the policy.",
    ),
    "threatening_caller": (
        "Are you sure you didn't just miss it?",
        "That's not my fault, it's not my department.",
        "Calm down, it's only a parcel.",
        "You're an idiot. Shut up.",
    ),
}
HANDLED_SO_SO: dict[str, tuple[str, ...]] = {
    "it_ticket": (
        "Service desk, how can I help?",
        "Can I have your username please?",
        "I'm sorry about that.",
        "That was with the identity team, it's not my department.",
        "I understand how frustrating that is.",
        "I can send someone up to your desk within twenty minutes.",
        "Is there anything else?",
    ),
    "frightened_caller": (
        "Good morning, how can I help?",
        "How much was it altogether?",
        "Are you sure it wasn't you?",
        "I'm sorry, I do understand that you're frightened.",
        "I can open a fraud claim for you, that takes until tomorrow.",
        "Is there anything else?",
    ),
    "the_monologuer": (
        "How can I help you?",
        "Can I have your claim number?",
        "I'm going to put you on hold.",
        "I'm sorry about that.",
        "I can send you dryers, they will be there tomorrow.",
        "Is there anything else?",
    ),
    "abusive_caller": (
        "How can I help you?",
        "I understand you're upset. When did you cancel?",
        "I'm sorry about that. I can hear you've had a hard time.",
        "I'm looking at your account now.",
        "I can pull the account back from collections today.",
    ),
    "threatening_caller": (
        "How can I help you?",
        "I understand why you're upset.",
        "I want to help you, but I can't accept threats. Please stop that, or I'll have to end this call.",
        "I'm sorry about your parcel.",
        "I'm looking at the driver's photo now.",
    ),
}
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
