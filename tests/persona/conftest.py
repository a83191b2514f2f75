"""A small caller whose every line is known, and the two shipped ones, each loaded once."""

from __future__ import annotations

import pytest
from hypothesis import settings

from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load, loads

settings.register_profile("no deadlines", deadline=None)  # how long a step takes is no property of the persona
settings.load_profile("no deadlines")

SMALL = """
format: 1
id: small
extends: _common
name: Mo Ray
title: A lamp that came broken
briefing: {company: Brightly, you_are: an agent, situation: A customer calls about a lamp.}
facts:
  order: {value: two two nine, said: ["Two two nine."], asked_by: [order number], heard_as: [two two nine]}
  day: {value: Tuesday, said: ["It came on Tuesday."], asked_by: [when did it come], heard_as: [tuesday]}
  lamps:
    value: three
    said: ["Three lamps."]
    asked_by: [how many lamps]
    heard_as: [three lamps]
    wrong: [a dozen lamps]
    units: [lamps]
wants:
  wanted: [{name: new_lamps, words: [new lamps, replacement, ship lamp], says: ["New ones? That would do it."]}]
  accepted: [{name: refund, words: [refund, money back], says: ["My money back? I could live with that."]}]
  refused:
    - {name: voucher, words: [voucher, store credit], says: ["A voucher? For more broken lamps?"]}
    - {name: used_lamps, words: [used lamp replacement], says: ["Used ones? No."]}
  unreasonable: {name: ten_lamps, words: [ten free lamps], demand: ["I want ten lamps for this, free."]}
lines:
  opening: ["Hello, this is Mo."]
  story: [["My lamp came broken.", "The box was open.", "I waited three weeks for it."]]
"""


@pytest.fixture(scope="session")
def small() -> Persona:
    return loads(SMALL)


@pytest.fixture(scope="session", params=["double_charge", "cancelled_flight"])
def shipped(request: pytest.FixtureRequest) -> Persona:
    return load(request.param)


@pytest.fixture
def small_text() -> str:
    return SMALL
