"""On loudspeakers: which guard keeps the caller out of the ears, by measurement.

The room's echo is 80 ms late and 12 dB weaker, bare or with the reverberation of a living room (0.4 s); behind each
guard the real ears listen. A canceller that is not installed is left out. What is measured of a bare canceller is the
canceller alone, without the gate and the judgement that ``EchoCanceller`` adds.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import numpy as np

from bench.echo_path import EchoingRoom, impulse_response
from bench.report import Figures, percentile
from bench.self_trigger import caller_speaks
from voicecoach.audio.base import Pcm
from voicecoach.audio.canceller import ECHO_SHARE_DB, EchoCanceller
from voicecoach.audio.echo import EchoGuard, HalfDuplexGate
from voicecoach.tts.base import Voice
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import BLOCK_SAMPLES, SAMPLE_RATE_HZ, VoiceSpec

MINUTES = float(os.environ.get("ECHO_MINUTES", "10"))
INTERRUPTED_MINUTES = 2.0
ROOMS = {
    "bare": impulse_response(0.08, -12.0),
    "living_room": impulse_response(0.08, -12.0, reverberation_seconds=0.4),
}
INTERRUPTION = "Please, let me look at that for you."


class OnlyWebRtc:
    """WebRTC's canceller (livekit) as it is."""

    def __init__(self) -> None:
        self._canceller = EchoCanceller(0.08)

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """What the module makes of it."""
        return self._canceller._cancelled(block, played)  # the module alone is what is compared here


class OnlySpeex:
    """The Speex canceller (pyaec), with a filter of 250 ms."""

    def __init__(self) -> None:
        from pyaec import Aec

        self._aec: Any = Aec(BLOCK_SAMPLES, SAMPLE_RATE_HZ // 4, SAMPLE_RATE_HZ, True)

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """What the module makes of it."""
        return np.array(self._aec.cancel_echo(block.tolist(), played.tolist()), dtype=np.int16)


class _Timed:
    def __init__(self, guard: EchoGuard) -> None:
        self._guard, self.seconds, self.blocks = guard, 0.0, 0

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        began_seconds = time.perf_counter()
        cleaned = self._guard.clean(block, played, caller_speaking)
        self.seconds += time.perf_counter() - began_seconds
        self.blocks += 1
        return cleaned


class Nothing:
    """No guard at all."""

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """The block as it is."""
        return block


GUARDS: dict[str, tuple[str, Callable[[], EchoGuard]]] = {
    "none": ("", Nothing),
    "gate": ("", lambda: HalfDuplexGate(0.08)),
    "cancel": ("livekit", lambda: EchoCanceller(0.08)),
    "webrtc_alone": ("livekit", OnlyWebRtc),
    "speex_alone": ("pyaec", OnlySpeex),
}


def measure() -> Figures:
    """For each guard and room: triggers, echo reduction (dB), interruptions heard, and microseconds a block."""
    figures: Figures = {"minutes": MINUTES, "echo_share_db": ECHO_SHARE_DB}
    with closing(Pyttsx3Voice()) as voice:
        for name, (needed, make) in GUARDS.items():
            if needed and importlib.util.find_spec(needed) is None:
                continue
            for room, response in ROOMS.items():
                figures |= {f"{name}_{room}_{key}": value for key, value in _measured(voice, make, response).items()}
    figures["self_trigger_count_gate"] = figures["gate_bare_triggers"]
    if "cancel_bare_triggers" in figures:
        figures["self_trigger_count_cancel"] = figures["cancel_bare_triggers"]
    return figures


def _measured(voice: Voice, make: Callable[[], EchoGuard], response: Any) -> Figures:
    guard = _Timed(make())
    alone = caller_speaks(voice, EchoingRoom(response), guard, MINUTES)
    said = voice.render(INTERRUPTION, VoiceSpec(name="en-gb+m3", telephone=False), 0.0)
    interrupted = caller_speaks(voice, EchoingRoom(response), make(), INTERRUPTED_MINUTES, said)
    return {
        "triggers": float(alone.triggers),
        "reduction_db": alone.echo_reduction_db,
        "interruptions_heard_share": interrupted.interruptions_heard / max(1, interrupted.interruptions),
        "interruption_heard_ms_p95": 1000.0 * percentile(interrupted.heard_after_seconds, 0.95),
        "us_per_block": 1e6 * guard.seconds / max(1, guard.blocks),
    }
