"""The scenes of the drills: the file, checked, and a scene as a caller and what happens before the trainee's turn."""

from __future__ import annotations

import functools
import json
from importlib import resources
from io import StringIO
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML

from voicecoach.errors import PersonaError, UsageError
from voicecoach.events import CoachActed, Connected, Input, SpeechStarted, TurnHeard
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load, loads, source_text
from voicecoach.persona.matter import Share
from voicecoach.techniques.ids import TECHNIQUES
from voicecoach.values import Heard

SCENES = 3
YOU_SAID_SECONDS = 6.0
"""A turn that went before begins this long before the scene."""

Move = Literal["opening", "abuse", "threat"]


class Scene(BaseModel):
    """Who calls, in what mood, and what the caller says; see the head of the file for the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str
    anger: Annotated[float, Field(ge=0, le=10)]
    heard: Share = 0.0
    resolution: Share = 0.0
    says: Annotated[str, Field(max_length=300)] = ""
    move: Move | None = None
    you_said: Annotated[str, Field(max_length=300)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Scene:
        if bool(self.says) == (self.move is not None):
            raise ValueError("a scene has either `says` or `move`")
        return self

    def persona(self) -> Persona:
        """The caller, who comes in this mood."""
        data = json.loads(source_text(load(self.who)))
        temper = {"start": self.anger, "start_heard": self.heard, "start_resolution": self.resolution}
        data["temper"] = {**data.get("temper", {}), **temper}
        return loads(json.dumps(data))

    def inputs(self) -> tuple[Input, ...]:
        """What the engine takes before the trainee's turn; the last one begins the scene, at 0."""
        if self.move == "opening":
            return (Connected(0.0),)
        act = CoachActed(0.0, "move", text=self.move) if self.move else CoachActed(0.0, "say", text=self.says)
        if not self.you_said:
            return (act,)
        heard = Heard.from_text(self.you_said, -YOU_SAID_SECONDS)
        return (SpeechStarted(heard.start_seconds), TurnHeard(min(heard.end_seconds, 0.0), heard), act)


class Drills(BaseModel):
    """The file: three scenes for each technique."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    drills: dict[str, Annotated[tuple[Scene, ...], Field(min_length=SCENES, max_length=SCENES)]]


@functools.cache
def drills() -> dict[str, tuple[Scene, ...]]:
    """The shipped scenes, by technique. Raises ``PersonaError`` when the file is not what it should be."""
    text = resources.files("voicecoach.drill").joinpath("scenes.yaml").read_text(encoding="utf-8")
    try:
        return Drills.model_validate(YAML(typ="safe", pure=True).load(StringIO(text))).drills
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PersonaError(f"{place}: {first['msg']}", where="drill/scenes.yaml") from error


def scenes_for(technique: str) -> tuple[Scene, ...]:
    """The three scenes. Raises ``UsageError`` naming what can be practised."""
    known = drills()
    if technique not in known:
        there = ", ".join(cause for cause in TECHNIQUES if cause in known)
        raise UsageError(f"there is no drill for {technique!r}", remedy=f"there are: {there}")
    return known[technique]
