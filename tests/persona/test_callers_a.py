"""Five callers, each handled well, badly and in between: how it ends, how angry it leaves them, and no line twice."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import HoldTurn, SayTurn, Turn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, Outcome, Output, Say
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.techniques.detector import TextDetector

CALLERS = ("expired_promotion", "call_the_president", "quiet_walker", "no_call_back", "own_fault")
FIVE_MINUTES_SECONDS = 300.0
FEWEST_WORDINGS = 250
FEWEST_CHAINS = 4
FEWEST_FACTS = 8

LEFT_ANGRY = frozenset({Outcome.CALLER_HANGS_UP, Outcome.SUPERVISOR})
HALF_WAY = frozenset({Outcome.LUKEWARM, Outcome.ABANDONED})
WON = frozenset({Outcome.RESOLVED})

HANDLED_WELL: dict[str, tuple[str, ...]] = {
    "expired_promotion": (
        "That sounds really embarrassing, especially in front of a whole line of people.",
        "So you drove out to the store with the flyer this morning and they rang up the Lakeshore recliner at full "
        "price, is that correct?",
        "You're right to ask, anybody would want that price. I'm so sorry you were laughed at.",
        "That sale ended on the twenty-sixth, and what I can do is take fifteen percent off as an exception for you.",
        "We can have it at your house by Thursday, and I'll email you the confirmation right now.",
        "Is there anything else I can help you with today?",
    ),
    "call_the_president": (
        "Good morning Mr Brandt, I can hear how upsetting this is.",
        "So your refrigerator has died for the third time in eleven months and you lost the venison, did I get "
        "that right?",
        "I have the authority to handle this myself, you don't need to go any higher.",
        "What would you like me to do for you?",
        "I'm really sorry two repairs didn't fix it. I'll take care of this personally.",
        "I can send you a brand new refrigerator, and we'll have it installed the day after tomorrow.",
        "Does that take care of everything for you?",
    ),
    "quiet_walker": (
        "That must be a real worry, especially on your own.",
        "So your Direct Debit has gone from eighty-two pounds to two hundred and forty since October, is that right?",
        "I'm so sorry about that. Could you give me the meter reading please?",
        "I'm going to use your reading and correct the bill, and put the Direct Debit back to eighty-two pounds today.",
        "Does that really solve it for you, or is there anything still worrying you?",
    ),
    "no_call_back": (
        "That must be so disappointing, waiting by the phone twice for nothing.",
        "So on the fourth the machine in Jayanagar took ten thousand rupees and then nobody called you back on Tuesday "
        "or on Friday, is that correct?",
        "You're right to be upset, anybody would be.",
        "I'm truly sorry that we didn't call when we said we would. I'll take care of this myself.",
        "I'm crediting the ten thousand rupees to your account right now, you will see it within ten minutes.",
        "I'm sending you a text message with the complaint number while we speak.",
        "Have I covered everything for you?",
    ),
    "own_fault": (
        "Oh no, her birthday present, and she's turning ten, that's such a big day.",
        "So the telescope for Matilda was delivered to Wattle Street yesterday and you're on Banksia Road now, have I "
        "got that right?",
        "That could happen to anybody, those forms fill themselves in. I'd be upset as well.",
        "I'm really sorry you got that message. Let me take care of this for you.",
        "I can send a second telescope by express today, it will be at Banksia Road on Friday.",
        "Does that sort it all out for you?",
    ),
}
HANDLED_BADLY: dict[str, tuple[str, ...]] = {
    "expired_promotion": (
        "I'm sorry but I can't do that, it's our policy.",
        "You should have come in before the sale ended.",
        "You need to calm down.",
        "You're being ridiculous.",
        "There's nothing I can do.",
        "Calm down, ma'am.",
    ),
    "call_the_president": (
        "That's not my department, you'd have to talk to service.",
        "Have you checked that it's plugged in?",
        "I'm just doing my job, don't yell at me.",
        "There's nothing I can do.",
        "Calm down, sir.",
    ),
    "quiet_walker": (
        "Are you sure you're not using more electricity?",
        "Look, there's nothing I can do about it.",
        "It's your own fault for not sending us a reading.",
        "You need to calm down.",
        "That's not my department.",
        "It's only a few pounds, it's no big deal.",
    ),
    "no_call_back": (
        "Madam, it takes seven working days, that's our policy.",
        "I promise you one hundred percent it will be done.",
        "That's not my department.",
        "Please calm down madam.",
        "Are you sure the cash didn't come out?",
        "Calm down, madam.",
    ),
    "own_fault": (
        "Well sir, you entered the wrong address, that's your own fault.",
        "You should have checked it before you placed the order.",
        "Calm down please.",
        "There's nothing I can do.",
    ),
}
HANDLED_SO_SO: dict[str, tuple[str, ...]] = {
    "expired_promotion": (
        "I see. I'm sorry about that.",
        "What price were you looking at?",
        "I understand how frustrating that is.",
        "I can't give you the forty percent, it's our policy.",
        "So you went to the store in Parma this morning, is that right?",
        "I could give you a ten dollar coupon.",
        "Thank you for your patience.",
    ),
    "call_the_president": (
        "I understand you're frustrated.",
        "Can I get your serial number please?",
        "I could send a technician to look at it tomorrow.",
        "I'm sorry about all of this.",
        "So it has died three times now, is that right?",
        "We could pay you three hundred dollars for the spoiled food.",
    ),
    "quiet_walker": (
        "So your bill has gone up to two hundred and forty pounds, is that right?",
        "That sounds worrying, I can see why you rang.",
        "I'll take care of this for you. What's your account number?",
        "I'll correct the bill with your actual reading right now, it will be done by five o'clock today.",
        "I'll send you a letter to confirm.",
        "Lovely, thanks for calling.",
    ),
    "no_call_back": (
        "Okay, and how much was it?",
        "I see. I'm sorry for the inconvenience.",
        "Who did you speak to before?",
        "I understand this is upsetting.",
        "Can I put you on hold for a minute?",
        "Thank you for holding. I can escalate it to the dispute team as a priority.",
        "What's a good time to call you?",
    ),
    "own_fault": (
        "What's your order number?",
        "Did you check the address when you ordered?",
        "I understand it's frustrating. What is the correct address?",
        "Could you pick it up yourself from the old address?",
        "When do you need it by?",
        "I'm ringing the courier now to trace the parcel.",
    ),
}
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
