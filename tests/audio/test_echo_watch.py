"""A headset taken off in mid-call is noticed; a headset that stays on is left alone."""

from __future__ import annotations

from contextlib import closing

import numpy as np

from bench.echo_path import EchoingRoom, impulse_response
from bench.self_trigger import caller_speaks
from voicecoach.audio.echo_finding import Echo
from voicecoach.audio.echo_watch import EchoWatch
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec


def test_an_echo_is_found_while_the_caller_speaks_and_then_gated() -> None:
    found: list[Echo] = []
    with closing(Pyttsx3Voice()) as voice:
        watch = EchoWatch(found.append)
        caller_speaks(voice, EchoingRoom(impulse_response(0.08, -12.0)), watch, 0.3)
        assert watch.gated
        (echo,) = found
        assert 0.06 < echo.delay_seconds < 0.1
        assert caller_speaks(voice, EchoingRoom(impulse_response(0.08, -12.0)), watch, 1.0).triggers == 0


def test_with_a_headset_nothing_is_found_even_where_both_speak() -> None:
    found: list[Echo] = []
    with closing(Pyttsx3Voice()) as voice:
        said = voice.render("Please, let me look at that for you right now.", VoiceSpec(telephone=False), 0.0)
        watch = EchoWatch(found.append)
        room = EchoingRoom(impulse_response(0.02, -55.0))
        counted = caller_speaks(voice, room, watch, 3.0, np.tile(said, 2))
    assert counted.interruptions > 10
    assert not found and not watch.gated
