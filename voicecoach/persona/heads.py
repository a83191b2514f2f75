"""The head of a reply: the answer to what the trainee just did. The first rule that has something to say wins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

from voicecoach.persona.abuse import answer_to_boundary
from voicecoach.persona.draft import Draft
from voicecoach.persona.facts import asked, asks, named_in, retells
from voicecoach.persona.listening import ListenedFact
from voicecoach.persona.turn import Turn

WORSE_THAN_INTERRUPTING = 0.9
STRONG_MISTAKE = 0.5
"""Gains of mistakes (see ``effects``) that come before, or after, the other rules."""

FACTS_IN_ONE_ANSWER = 2
STUCK_TURNS = 2
STUCK_HEARD = 0.5
UNSAID_WHEN_HOT = 2

TECHNIQUES_BY_WEIGHT = (
    "check_satisfaction refer involve_supervisor involve apologize empathize relate validate own exception goodwill "
    "counteroffer offer timeframe state_action document narrate team_up authority thank acknowledge end_call"
).split()
"""When a turn carries several, the caller reacts to the one that stands first here."""
_WEIGHTS = {cause: place for place, cause in enumerate(TECHNIQUES_BY_WEIGHT)}

_NODS = frozenset(
    "mm hm mhm uh huh okay ok yes yeah right sure see i hear you go on understand alright mmm do please carry keep "
    "going i'm listening take your time all ears here with tell me more then continue madam sir ma'am".split()
)
_CHECKS = frozenset({"paraphrase", "check_understanding"})
_LEAVE_TO_ASK = frozenset("question questions ask details detail information".split())

_WISHES = frozenset("like want wish prefer make rather happy ideal suggest expect hoping".split())
_NO_WISH = frozenset("where when which who".split())
_CHECK_STARTS = frozenset("is so that's it's that you your and okay right".split())
"""`Is it ...?`, `so ...`: these want a yes; `does ...?`, `are both ... or ...?` want an answer."""

_SAY_AGAIN = frozenset({"repeat", "pardon", "catch", "missed"})
_SAYING = frozenset("say said tell come give one once what what's".split())
_SAY_AGAIN_WORDS = 14
_PARDON_WORDS = 5
_PARTING = frozenset({"bye", "goodbye"})
INTRODUCTIONS_UNTIL_TURN = 2
_INTRODUCES = re.compile(
    r"\b(?:this is \w+|my name is|my name's|(?:you're|you are|you're now) (?:talking|speaking) (?:to|with)|"
    r"you've reached|you have reached|\w+ speaking$|\w+ here\b)"
)
_HELP = frozenset({"help", "assist"})
_OFFERS_HELP = frozenset({"can", "may"})

_TELLING_WORDS = (
    ("apologize", frozenset("sorry apologies apologise apologize regret pardon forgive".split())),
    ("relate", frozenset("hope imagine birthday holiday".split())),
    (
        "empathize",
        frozenset("awful terrible dreadful horrible upsetting frustrating worrying stressful rotten".split()),
    ),
    ("document", frozenset("email letter writing reference text sms".split())),
    ("thank", frozenset({"thanks", "thank", "appreciate"})),
    ("call_it_outrageous", frozenset({"ridiculous", "nonsense", "outrageous", "sense"})),
)
"""What a caller makes of words in which no technique was heard surely: the reply is shaped by it, never the mood."""

Rule = Callable[[Draft, Turn], bool]


def head(draft: Draft, turn: Turn) -> None:
    """Add the head to the draft; there always is one."""
    _first(_RULES, draft, turn)


def give_up(draft: Draft, turn: Turn) -> None:
    """Whoever gives up on the trainee answers all the same, and then asks for somebody above."""
    _first(_ANSWERS, draft, turn)
    draft.move = ""
    draft.say("supervisor")


def _first(rules: Iterable[Rule], draft: Draft, turn: Turn) -> None:
    for rule in rules:
        if rule(draft, turn):
            return


def _boundary(draft: Draft, turn: Turn) -> bool:
    """A warning about the language."""
    return "set_boundary" in turn.ids and answer_to_boundary(draft, turn)


def _outraged(draft: Draft, turn: Turn) -> bool:
    """A mistake worse than cutting in."""
    return _mistake(draft, turn, WORSE_THAN_INTERRUPTING)


def _cut_off(draft: Draft, turn: Turn) -> bool:
    """Let me finish: and the rest of what was being said."""
    situation = turn.situation
    if not (situation.interrupted and situation.unsaid):
        return False
    draft.say("interrupted")
    draft.bursts.extend(situation.unsaid[: UNSAID_WHEN_HOT if turn.hot else 1])
    return True


def _misstated(draft: Draft, turn: Turn) -> bool:
    """No, that is not what happened."""
    remedy = turn.situation.remedy
    if remedy is None or remedy.misstated is None:
        return False
    return draft.say("correct", slots={"said": draft.wording(f"fact.{remedy.misstated}")})


def _provoked(draft: Draft, turn: Turn) -> bool:
    """A mistake that is plainly one."""
    return _mistake(draft, turn, STRONG_MISTAKE)


def _rushed(draft: Draft, turn: Turn) -> bool:
    """A solution before the caller was heard."""
    return "rush" in turn.ids and react(draft, "rush")


def _involved(draft: Draft, turn: Turn) -> bool:
    """What would you like? That is no question about a fact, though it may sound like one."""
    asks_where = not _NO_WISH.isdisjoint(turn.words)
    wishes = "involve" in turn.ids and not asks_where and not _WISHES.isdisjoint(turn.words)
    remedy = turn.situation.remedy
    return wishes and (remedy is None or remedy.answers_nothing) and react(draft, "involve")


def _misheard(draft: Draft, turn: Turn) -> bool:
    """Sorry, could you say that again?"""
    words = turn.words
    again = not _SAY_AGAIN.isdisjoint(words) or ("again" in words and not _SAYING.isdisjoint(words))
    if not again or len(words) > _SAY_AGAIN_WORDS or "apologize" in turn.ids or asked(turn.persona, words):
        return False
    if ("pardon" in words and len(words) > _PARDON_WORDS) or ("let", "me") in itertools.pairwise(words):
        return False
    return bool(draft.last_said) and draft.say("said_again", slots={"said": draft.last_said})


def _offered_something_known(draft: Draft, turn: Turn) -> bool:
    """A remedy that the caller has thought about outweighs whatever is asked beside it."""
    remedy = turn.situation.remedy
    return remedy is not None and bool(remedy.name) and _offered(draft, turn)


def _asked(draft: Draft, turn: Turn) -> bool:
    """Questions about facts are answered; what is asked and named in one breath is confirmed; others get an excuse."""
    if _NODS.issuperset(turn.words) or (turn.settled and _asks_whether_all_is_well(turn)):
        return False
    text = turn.situation.text
    a_question = "clarify" in turn.ids or (text.rstrip().endswith("?") and (not retells(text) or " or " in text))
    facts = asked(turn.persona, turn.words, a_question=a_question)[:FACTS_IN_ONE_ANSWER]
    if not facts:
        return "clarify" in turn.ids and _asked_something_else(draft, turn)
    if _CHECKS.issubset(turn.ids) and "clarify" not in turn.ids:
        return False  # `... at full price, is that right?` asks for a yes, not for the price
    unnamed = [fact for fact in facts if not named_in(fact, turn.words)]
    if not unnamed and _wants_a_yes(turn):
        return draft.say("confirm_fact")
    return _tell(draft, unnamed or facts)


def _asks_whether_all_is_well(turn: Turn) -> bool:
    """Whether it is asked if that was everything; with or without a technique that was heard surely."""
    anything = "anything" in turn.words and ("else" in turn.words or turn.words[:2] in (["is", "there"], ["have", "i"]))
    return "check_satisfaction" in turn.ids or anything


def _wants_a_yes(turn: Turn) -> bool:
    starts = _CHECK_STARTS if "clarify" not in turn.ids else _CHECK_STARTS - {"and", "you", "your"}
    return turn.words[0] in starts and "or" not in turn.words


def _tell(draft: Draft, facts: list[ListenedFact]) -> bool:
    again = all(draft.told >> fact.number & 1 for fact in facts)
    said = " ".join(draft.wording(f"fact.{fact.name}") for fact in facts)
    for fact in facts:
        draft.told |= 1 << fact.number
    return draft.say("answer_again" if again else "answer", slots={"said": said})


def _asked_something_else(draft: Draft, turn: Turn) -> bool:
    leave = not _LEAVE_TO_ASK.isdisjoint(turn.words)
    return draft.say("go_ahead" if leave else "not_known")


def _offered(draft: Draft, turn: Turn) -> bool:
    """An offer is weighed against what this caller wants."""
    remedy = turn.situation.remedy
    if remedy is None:
        return False
    if remedy.kind is None:
        return remedy.has_timeframe and turn.promised and draft.say("accept")
    draft.reacted = "offer"
    if draft.settled and remedy.kind != "refused":
        move = "accept" if remedy.kind in ("wanted", "unknown") else "bonus"
        return _gestured(draft, turn, move) or draft.say(move)
    enough = remedy.kind == "wanted" or (remedy.kind == "accepted" and turn.settled)
    move = "accept" if enough else _MOVE_OF_KIND[remedy.kind]
    return draft.say(f"remedy.{remedy.name}", move, again=False) or _gestured(draft, turn, move) or draft.say(move)


def _gestured(draft: Draft, turn: Turn, move: str) -> bool:
    """A gesture, or less than was demanded: what the file has no remedy for still gets its reaction."""
    remedy = turn.situation.remedy
    if remedy is None or remedy.kind != "unknown":
        return False
    return any(cause in turn.ids and draft.say(f"react.{cause}", move, again=False) for cause in _GESTURES)


_GESTURES = ("goodwill", "counteroffer")
_MOVE_OF_KIND = {"accepted": "ask_when", "refused": "refuse_offer", "unknown": "weigh_offer"}


def _urged_on(draft: Draft, turn: Turn) -> bool:
    """A bare nod: whoever does not feel heard yet has more to tell."""
    unheard = turn.hot and turn.situation.mood.heard < STUCK_HEARD
    return unheard and bool(turn.words) and _NODS.issuperset(turn.words) and draft.say("vent", again=False)


def _restated(draft: Draft, turn: Turn) -> bool:
    """Yes, that is it."""
    return ("paraphrase" in turn.ids or "check_understanding" in turn.ids) and draft.say("confirm")


def _slipped(draft: Draft, turn: Turn) -> bool:
    """A lesser mistake."""
    return _mistake(draft, turn, 0.0)


def _touched(draft: Draft, turn: Turn) -> bool:
    """A technique gets its reaction; the kind reacted to last time waits when there is another."""
    if turn.settled and not turn.hot and _asks_whether_all_is_well(turn):
        return draft.say("thanks")
    causes = [(cause == draft.reacted, _WEIGHTS[cause], cause) for cause in turn.ids if cause in _WEIGHTS]
    return any(react(draft, cause) for _, _, cause in sorted(causes))


def _greeted(draft: Draft, turn: Turn) -> bool:
    """How can I help? And a mere name, which an angry caller takes for leave to go on."""
    words = turn.words
    asked_to_help = not _HELP.isdisjoint(words) and not _OFFERS_HELP.isdisjoint(words) and "i" in words
    if asked_to_help and not turn.settled:
        return draft.say("greeted")
    early = turn.situation.turn <= INTRODUCTIONS_UNTIL_TURN
    return early and _INTRODUCES.search(" ".join(words)) is not None and draft.say("vent", again=False)


def _sensed(draft: Draft, turn: Turn) -> bool:
    """No technique was heard in it, and a word or two tell what it was about all the same."""
    return any(not words.isdisjoint(turn.words) and react(draft, cause) for cause, words in _TELLING_WORDS)


def _unanswered(draft: Draft, turn: Turn) -> bool:
    """Nothing to answer: a settled and calmer caller is thankful, a stuck one says so, others go on or repeat it."""
    situation = turn.situation
    if not _PARTING.isdisjoint(turn.words) and react(draft, "end_call"):
        return True
    if asks(turn.words) and not _NODS.issuperset(turn.words):
        return draft.say("not_known")
    if turn.settled and not turn.hot:
        return draft.say("thanks")
    if situation.turns_without_progress >= STUCK_TURNS and situation.mood.heard >= STUCK_HEARD:
        return draft.say("stall")
    if (turn.settled or _NODS.issuperset(turn.words)) and draft.say("vent", again=False):
        return True
    return draft.say("repeat")


_RULES: tuple[Rule, ...] = (
    _boundary,
    _outraged,
    _cut_off,
    _misstated,
    _provoked,
    _rushed,
    _involved,
    _misheard,
    _offered_something_known,
    _asked,
    _offered,
    _urged_on,
    _restated,
    _slipped,
    _touched,
    _greeted,
    _sensed,
    _unanswered,
)


_ANSWERS = tuple(rule for rule in _RULES if rule not in (_urged_on, _greeted, _unanswered))
"""The rules that answer something that was really said."""


def react(draft: Draft, cause: str) -> bool:
    """A reaction to this catalogue id that was not said before."""
    if not draft.say(f"react.{cause}", again=False):
        return False
    draft.reacted = cause
    return True


def _mistake(draft: Draft, turn: Turn, at_least: float) -> bool:
    """Getting nowhere is no answer to what was just said: it follows on one."""
    if not turn.mistakes:
        return False
    return any(react(draft, cause) for gain, cause in turn.mistakes if gain >= at_least and cause != "stall")
