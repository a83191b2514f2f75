"""The head of a reply: the answer to what the trainee just did. The first rule that has something to say wins."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.events import Band
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.persona.draft import Draft
from voicecoach.persona.effects import PROVOCATIONS
from voicecoach.persona.facts import asked_facts
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import OFFER_IDS
from voicecoach.persona.situation import Situation
from voicecoach.persona.wording import tokens

HOT = frozenset({Band.ANGRY, Band.FURIOUS})
WORSE_THAN_INTERRUPTING = 0.9
STRONG_MISTAKE = 0.5
SETTLED_RESOLUTION = 0.8
FACTS_IN_ONE_ANSWER = 2

TECHNIQUES_BY_WEIGHT = (
    "check_satisfaction refer involve_supervisor involve apologize empathize relate validate own exception goodwill "
    "counteroffer timeframe state_action offer document narrate team_up authority thank clarify acknowledge listen"
).split()
"""When a turn carries several, the caller reacts to the one that stands first here."""

_NODS = frozenset("mm hm mhm uh huh okay ok yes yeah right sure see i hear you go on understand alright".split())


class Turn:
    """What the rules look at, worked out once."""

    __slots__ = ("gains", "hot", "ids", "persona", "settled", "situation", "words")

    def __init__(self, persona: Persona, situation: Situation) -> None:
        self.persona = persona
        self.situation = situation
        self.ids = [d.id for d in situation.detections if d.confidence >= MINIMUM_CONFIDENCE]
        self.hot = situation.band in HOT
        self.settled = situation.mood.resolution >= SETTLED_RESOLUTION
        self.gains = [(PROVOCATIONS[cause].gain, cause) for cause in self.ids if cause in PROVOCATIONS]


Rule = Callable[[Draft, Turn], bool]


def head(draft: Draft, turn: Turn) -> None:
    """Add the head to the draft. There always is one."""
    for rule in _RULES:
        if rule(draft, turn):
            return
    draft.say("repeat")


def _boundary(draft: Draft, turn: Turn) -> bool:
    """A warning about the language: most take it, the worst go on."""
    if "set_boundary" not in turn.ids:
        return False
    temper = turn.persona.temper
    if temper.abuse_level >= 3 and turn.hot:
        return abuse(draft, turn)
    return draft.say("warned")


def _outraged(draft: Draft, turn: Turn) -> bool:
    """A mistake worse than cutting in."""
    return _mistake(draft, turn, WORSE_THAN_INTERRUPTING)


def _cut_off(draft: Draft, turn: Turn) -> bool:
    """Let me finish: and the rest of what was being said."""
    situation = turn.situation
    if not (situation.interrupted and situation.unsaid):
        return False
    if not draft.say("interrupted"):
        return False
    draft.bursts.extend(situation.unsaid[: 2 if turn.hot else 1])
    return True


def _misstated(draft: Draft, turn: Turn) -> bool:
    """No, that is not what happened."""
    remedy = turn.situation.remedy
    if remedy is None or remedy.misstated is None:
        return False
    said = draft.wording(f"fact.{remedy.misstated}")
    return said is not None and draft.say("correct", slots={"said": said})


def _provoked(draft: Draft, turn: Turn) -> bool:
    """A mistake that is plainly one."""
    return _mistake(draft, turn, STRONG_MISTAKE)


def _rushed(draft: Draft, turn: Turn) -> bool:
    """A solution before the caller was heard."""
    return "rush" in turn.ids and react(draft, "rush")


def _asked(draft: Draft, turn: Turn) -> bool:
    """Questions about facts are answered; others get a human answer."""
    names = asked_facts(turn.persona, turn.situation.text)[:FACTS_IN_ONE_ANSWER]
    if not names:
        return "clarify" in turn.ids and _asked_something_else(draft, turn)
    order = list(turn.persona.facts)
    told = all(draft.told >> order.index(name) & 1 for name in names)
    said = " ".join(filter(None, (draft.wording(f"fact.{name}") for name in names)))
    for name in names:
        draft.told |= 1 << order.index(name)
    return draft.say("answer_again" if told else "answer", slots={"said": said})


def _asked_something_else(draft: Draft, turn: Turn) -> bool:
    words = frozenset(tokens(turn.situation.text))
    if words & {"question", "questions", "details", "ask"}:
        return draft.say("go_ahead")
    return draft.say("not_known")


def _offered(draft: Draft, turn: Turn) -> bool:
    """An offer is weighed against what this caller wants."""
    remedy = turn.situation.remedy
    if remedy is None or remedy.kind is None:
        return False
    draft.reacted = "offer"
    own = draft.say(f"remedy.{remedy.name}", _MOVE_OF_KIND[remedy.kind], again=False)
    if remedy.kind == "refused":
        return own or draft.say("refuse_offer")
    if remedy.kind == "unknown":
        return draft.say("weigh_offer")
    if own:
        return True
    enough = remedy.kind == "wanted" or turn.settled
    return draft.say("accept" if enough else "ask_when")


_MOVE_OF_KIND = {"wanted": "accept", "accepted": "weigh_offer", "refused": "refuse_offer", "unknown": "weigh_offer"}


def _restated(draft: Draft, turn: Turn) -> bool:
    """Yes, that is it."""
    return ("paraphrase" in turn.ids or "check_understanding" in turn.ids) and draft.say("confirm")


def _slipped(draft: Draft, turn: Turn) -> bool:
    """A lesser mistake."""
    return _mistake(draft, turn, 0.0)


def _touched(draft: Draft, turn: Turn) -> bool:
    """A technique gets its reaction; one that was reacted to last time waits when there is another."""
    causes = [cause for cause in TECHNIQUES_BY_WEIGHT if cause in turn.ids and cause not in ("clarify", "listen")]
    if turn.settled and "check_satisfaction" in causes and not turn.hot:
        return draft.say("thanks")
    if turn.settled and OFFER_IDS.isdisjoint(causes) is False:
        return draft.say("accept")
    causes.sort(key=lambda cause: cause == draft.reacted)
    return any(react(draft, cause) for cause in causes)


def _unanswered(draft: Draft, turn: Turn) -> bool:
    """Nothing to answer: a settled caller is thankful, a stuck one says so, others go on."""
    situation = turn.situation
    if turn.settled:
        return draft.say("thanks" if not turn.hot else "accept")
    if situation.turns_without_progress >= 2 and situation.mood.heard >= 0.5:
        return draft.say("stall")
    if _NODS.issuperset(tokens(situation.text)):
        return draft.say("vent", again=False) or draft.say("complaint")
    return draft.say("repeat")


_RULES: tuple[Rule, ...] = (
    _boundary,
    _outraged,
    _cut_off,
    _misstated,
    _provoked,
    _rushed,
    _asked,
    _offered,
    _restated,
    _slipped,
    _touched,
    _unanswered,
)


def react(draft: Draft, cause: str) -> bool:
    """A reaction to this catalogue id that was not said before."""
    if not draft.say(f"react.{cause}", again=False):
        return False
    draft.reacted = cause
    return True


def abuse(draft: Draft, turn: Turn) -> bool:
    """Language that calls for a boundary, as bad as this caller gets."""
    temper = turn.persona.temper
    if temper.abuse_level >= 3 and turn.situation.warned and draft.say("threat", again=False):
        draft.threat = draft.abusive = True
        return True
    if temper.abuse_level and draft.say(f"abuse.{temper.abuse_level}", "abuse", again=False):
        draft.abusive = True
        return True
    return False


def _mistake(draft: Draft, turn: Turn, at_least: float) -> bool:
    worst = sorted((pair for pair in turn.gains if pair[0] >= at_least), reverse=True)
    return any(react(draft, cause) for _, cause in worst)
