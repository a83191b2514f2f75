"""What a coach's own ids do to a caller."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.persona.anger import Temper
from voicecoach.persona.effects import Provocation, Relief
from voicecoach.techniques.extension import Extension


def with_own_ids(temper: Temper, extension: Extension) -> Temper:
    """The temper, which also answers to the extension's own ids; the caller's scales apply to them as to the rest."""
    if not extension.weights:
        return temper
    reliefs = dict(temper.reliefs)
    provocations = dict(temper.provocations)
    for id_, weight in extension.weights.items():
        if extension.entries[id_].is_mistake:
            provocations[id_] = Provocation(weight.gain, heard_factor=1.0 - weight.heard)
        else:
            reliefs[id_] = Relief(weight.gain, heard=weight.heard)
    return replace(temper, reliefs=reliefs, provocations=provocations)
