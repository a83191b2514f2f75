"""One trainee turn as the rules of the dialogue look at it, worked out once."""

from __future__ import annotations

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.persona.effects import PROVOCATIONS
from voicecoach.persona.file import Persona
from voicecoach.persona.situation import Situation
from voicecoach.persona.wording import tokens
from voicecoach.values import Band

HOT = (Band.ANGRY, Band.FURIOUS)

SETTLED_RESOLUTION = 0.8
PROMISED_RESOLUTION = 0.5
"""From here on there is a remedy on the table, though it may lack a time."""


class Turn:
    """``ids`` are the detections sure enough to be reacted to, ``mistakes`` those that provoke, worst first.

    ``words`` are the trainee's (see ``tokens``).
    """

    __slots__ = ("furious", "hot", "ids", "mistakes", "persona", "promised", "settled", "situation", "timed", "words")

    def __init__(self, persona: Persona, situation: Situation) -> None:
        self.persona = persona
        self.situation = situation
        self.ids = [d.id for d in situation.detections if d.confidence >= MINIMUM_CONFIDENCE]
        self.hot = situation.band in HOT
        self.furious = situation.band is Band.FURIOUS
        self.settled = situation.mood.resolution >= SETTLED_RESOLUTION
        self.promised = situation.mood.resolution >= PROMISED_RESOLUTION
        self.words = tokens(situation.text)
        self.timed = "timeframe" in self.ids
        self.mistakes = [(PROVOCATIONS[cause].gain, cause) for cause in self.ids if cause in PROVOCATIONS]
        self.mistakes.sort(reverse=True)
