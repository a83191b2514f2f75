"""A policy's call in words: what such a trainee would say to this caller, turn by turn, at the pace of speech.

For people to read and for its curve. The words come from the sentences that are advised for each technique; what they
count as is what the policy means by them.
"""

from __future__ import annotations

from collections import Counter

from voicecoach.call.textplay import Watcher
from voicecoach.persona.file import Persona
from voicecoach.studio.playing import Played, Wording, play
from voicecoach.studio.policies import POLICIES, Act
from voicecoach.techniques.catalogue import entry
from voicecoach.techniques.tips import better_sentences

OFFERED_WITHIN_WORDS = 12
"""A remedy is heard this near to the words that offer it (see ``persona.remedy``)."""


def spoken_call(persona: Persona, policy: str, seed: int, watch: Watcher) -> Played:
    """Play one call of this policy with the caller's words of this seed; ``watch`` sees every step."""
    return play(persona, POLICIES[policy], seed, watch=watch, wording=SpokenWording(persona))


class SpokenWording(Wording):
    """Whole sentences in place of key words, for one call: the second one of a pair when an id comes again."""

    __slots__ = ("_demand", "_persona", "_used", "_wanted")

    def __init__(self, persona: Persona) -> None:
        super().__init__(persona)
        wants = persona.wants
        self._persona = persona
        self._wanted = [words for remedy in wants.wanted for words in remedy.words]
        self._demand = wants.unreasonable.demand[0] if wants.unreasonable is not None else ""
        self._used: Counter[str] = Counter()

    def of(self, act: Act, number: int) -> str:
        """A sentence for each id, and the remedy by its name where they do not name it at once."""
        text = " ".join(self._sentence(id_) for id_ in act.ids)
        begins = " ".join(text.lower().split()[:OFFERED_WITHIN_WORDS])
        if act.remedy and act.remedy not in begins:
            text = f"What I can do is this: {act.remedy}. {text}"
        return text or super().of(act, number)

    def _sentence(self, id_: str) -> str:
        persona = self._persona
        offers = persona.briefing.may_offer
        pair = better_sentences(entry(id_), persona.slot_values, offers, self._wanted, self._demand)
        self._used[id_] += 1
        return pair[(self._used[id_] - 1) % len(pair)]
