"""The lines of a caller by move and band, as a file gives them.

Lines are templates (see ``templates``). Where lines are given by band, the keys are calm, annoyed, angry, furious,
``hot`` (angry and furious), ``cool`` (calm and annoyed) and ``any``; a plain list means ``any``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

BandKey = Literal["any", "calm", "annoyed", "angry", "furious", "hot", "cool"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Part(BaseModel):
    """Anything in a persona file: unknown fields are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_banded(value: Any) -> Any:
    return {"any": _as_list(value)} if isinstance(value, (str, list, tuple)) else value


def _as_chains(value: Any) -> Any:
    banded = _as_banded(value)
    if not isinstance(banded, dict):
        return banded
    return {
        band: [_as_list(chain) for chain in _as_list(chains)] if isinstance(chains, (str, list, tuple)) else chains
        for band, chains in banded.items()
    }


_TEXTS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_CHAIN_SCHEMA = {"type": "array", "items": _TEXTS_SCHEMA}


def _banded_schema(item: dict[str, Any]) -> dict[str, Any]:
    keys = dict.fromkeys(("any", "calm", "annoyed", "angry", "furious", "hot", "cool"), item)
    return {"anyOf": [item, {"type": "object", "properties": keys, "additionalProperties": False}]}


Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list), WithJsonSchema(_TEXTS_SCHEMA)]
BandTexts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
Spoken = Annotated[dict[BandKey, BandTexts], BeforeValidator(_as_banded), WithJsonSchema(_banded_schema(_TEXTS_SCHEMA))]
Chains = Annotated[
    dict[BandKey, tuple[tuple[Text, ...], ...]],
    BeforeValidator(_as_chains),
    WithJsonSchema(_banded_schema(_CHAIN_SCHEMA)),
]


class Lines(Part):
    """What the caller says, by move."""

    opening: Spoken = Field(default_factory=dict, description="The first words")
    vent: Chains = Field(default_factory=dict, description="Bursts said one after another with breaths between")
    story: Chains = Field(default_factory=dict, description="The first vent: what happened")
    complaint: Spoken = Field(default_factory=dict, description="One more grievance, in one line")
    demand: Spoken = Field(default_factory=dict, description="What the caller wants done")
    answer: Spoken = Field(default_factory=dict, description="Around {said}: a fact that was asked for")
    answer_again: Spoken = Field(default_factory=dict, description="Around {said}: asked for a second time")
    not_known: Spoken = Field(default_factory=dict, description="Asked for something the caller does not know")
    greeted: Spoken = Field(default_factory=dict, description="Was asked: how can I help?")
    go_ahead: Spoken = Field(default_factory=dict, description="Leave to ask was asked")
    correct: Spoken = Field(default_factory=dict, description="Around {said}: a fact was restated wrongly")
    said_again: Spoken = Field(default_factory=dict, description="Around {said}: was asked to say it again")
    confirm_fact: Spoken = Field(default_factory=dict, description="A detail was read back rightly")
    confirm: Spoken = Field(default_factory=dict, description="The problem was restated rightly")
    react: dict[str, Spoken] = Field(default_factory=dict, description="Reactions by catalogue id")
    accept: Spoken = Field(default_factory=dict, description="The remedy will do")
    bonus: Spoken = Field(default_factory=dict, description="Offered on top of what settled it")
    ask_when: Spoken = Field(default_factory=dict, description="The remedy will do, but by when?")
    weigh_offer: Spoken = Field(default_factory=dict, description="Not enough yet")
    refuse_offer: Spoken = Field(default_factory=dict, description="Of no use")
    stall: Spoken = Field(default_factory=dict, description="Turn after turn without progress")
    repeat: Spoken = Field(default_factory=dict, description="Not answered: the same, shorter")
    supervisor: Spoken = Field(default_factory=dict, description="Asks for somebody above")
    handed_over: Spoken = Field(default_factory=dict, description="Is being handed over, as asked")
    interjection: Spoken = Field(default_factory=dict, description="Cuts in on a monologue")
    interrupted: Spoken = Field(default_factory=dict, description="Was cut off")
    abuse: dict[Literal["1", "2", "3", "warned"], BandTexts] = Field(
        default_factory=dict, description="By abuse level, and what level 3 says to a warning; bleeped"
    )
    threat: Spoken = Field(default_factory=dict, description="Threatens the agent")
    warned: Spoken = Field(default_factory=dict, description="After a boundary was set")
    silence: Spoken = Field(default_factory=dict, description="Nobody answers: hello?")
    hold_back: Spoken = Field(default_factory=dict, description="The trainee is back; may use {waited}")
    sorry: Spoken = Field(default_factory=dict, description="Apologises for having been angry")
    thanks: Spoken = Field(default_factory=dict, description="Thanks for what was done")
    closing: Spoken = Field(default_factory=dict, description="The last words of a settled call")
    goodbye: Spoken = Field(default_factory=dict, description="Leaves without being won back")
    hang_up: Spoken = Field(default_factory=dict, description="Has had enough")
