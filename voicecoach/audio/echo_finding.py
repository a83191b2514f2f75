"""Does the microphone hear the loudspeaker? A known sound is played, and what comes back is measured.

The sound is two short sweeps over the telephone band: what comes back of them is told from voices and noise by its
shape, 30 dB below what is audible in the room.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.base import Loudspeaker, Microphone, Pcm
from voicecoach.values import BLOCK_SECONDS, SAMPLE_RATE_HZ

SWEEP_HZ = (300.0, 3400.0)
SWEEP_SECONDS = 0.3
PAUSE_SECONDS = 0.45
"""Between the sweeps, and after the second: the longest delay that is looked for, and the room's ringing."""

SWEEP_PEAK = 9000
"""-11 dBFS: as loud as the caller gets."""

EARLIEST_SECONDS, LATEST_SECONDS = -0.1, 0.4
"""What comes back is looked for so much after what was played: record and microphone lie beside each other to within
80 ms, and a Bluetooth loudspeaker is late by up to 300 ms."""

RINGING_SECONDS = 0.1
"""What of the room's answer counts as the echo."""

AGREE_SECONDS = 0.06
"""Both sweeps find the same echo, or it was none; a machine that stumbled in between moves it by some blocks."""

ABOVE_CHANCE = 7.0
"""An echo's peak stands out of what noise correlates to by this factor: of 8000 values chance alone reaches 4.5."""

NOTHING = 1e-6
"""Below this (-120 dB) it is what is left of arithmetic."""

AUDIBLE_DB = -35.0
"""Above this, what is heard of an angry caller (-16 dBFS) comes near to the level from which ears take sound for a
voice while the caller speaks (-50 dBFS); a headset's leak is 40 dB below and more."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What came back: ``delay_seconds`` after it was played and how loud against it; -inf dB for nothing."""

    delay_seconds: float
    level_db: float

    @property
    def audible(self) -> bool:
        """Whether the program would hear its own caller: no headset is worn."""
        return self.level_db > AUDIBLE_DB


NO_ECHO = Echo(0.0, float("-inf"))


def sweeps() -> Pcm:
    """Two sweeps, up and down, int16 at 16 kHz; 1.5 s with their pauses."""
    time_seconds = np.arange(round(SWEEP_SECONDS * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    low, high = SWEEP_HZ
    phase = 2.0 * np.pi * (low * time_seconds + (high - low) * time_seconds**2 / (2.0 * SWEEP_SECONDS))
    fade = np.minimum(1.0, np.minimum(time_seconds, time_seconds[::-1]) / 0.02)
    sweep = SWEEP_PEAK * fade * np.sin(phase)
    pause = np.zeros(round(PAUSE_SECONDS * SAMPLE_RATE_HZ))
    sound: Pcm = np.rint(np.concatenate((sweep, pause, sweep[::-1], pause))).astype(np.int16)
    return sound


def measure_echo(microphone: Microphone, loudspeaker: Loudspeaker) -> Echo:
    """Play the test sound (1.5 s) and listen. Raises ``DeviceLost``."""
    sound = sweeps()
    heard, played = [], []
    loudspeaker.play(sound)
    for _ in range(round((len(sound) / SAMPLE_RATE_HZ + LATEST_SECONDS) / BLOCK_SECONDS)):
        block = microphone.read()
        if block is None:
            break
        heard.append(block)
        played.append(loudspeaker.played())
    loudspeaker.stop()
    return find_echo(np.concatenate(heard), np.concatenate(played)) if heard else NO_ECHO


def find_echo(heard: Pcm, played: Pcm) -> Echo:
    """The echo of the test sound in what was heard; both of the same length and time."""
    half = round((SWEEP_SECONDS + PAUSE_SECONDS) * SAMPLE_RATE_HZ)
    sounding = np.flatnonzero(np.abs(played.astype(np.int32)) > SWEEP_PEAK // 10)
    if not sounding.size:
        return NO_ECHO
    middle = int(sounding[0]) + half - round(0.05 * SAMPLE_RATE_HZ)
    found = [
        answer(heard[part].astype(np.float64), played[part].astype(np.float64))
        for part in (slice(0, middle), slice(middle, None))
    ]
    first, second = found
    if first is None or second is None or abs(first.delay_seconds - second.delay_seconds) > AGREE_SECONDS:
        return NO_ECHO
    return Echo(max(first.delay_seconds, second.delay_seconds), (first.level_db + second.level_db) / 2)


def answer(heard: NDArray[np.float64], played: NDArray[np.float64]) -> Echo | None:
    """The strongest delay at which ``played`` is found in ``heard``, and its level; None where it is chance."""
    size = 1 << int(np.ceil(np.log2(2 * len(heard))))
    spectrum = np.fft.rfft(played, size)
    power = np.abs(spectrum) ** 2
    in_band = power > power.max() * 0.01
    if not power.max():
        return None
    # What would have to happen to the one to become the other, in the band of the sweep.
    crossed = np.fft.rfft(heard, size) * np.conj(spectrum)
    response = np.fft.irfft(np.where(in_band, crossed / np.maximum(power, 1.0), 0), size)
    early, late = (round(at * SAMPLE_RATE_HZ) for at in (EARLIEST_SECONDS, LATEST_SECONDS))
    looked_at = np.concatenate((response[early:], response[:late]))
    at = int(np.argmax(np.abs(looked_at)))
    chance = float(np.median(np.abs(looked_at))) / 0.6745  # as a standard deviation, whatever stands out
    if abs(looked_at[at]) < max(ABOVE_CHANCE * chance, NOTHING):
        return None
    ringing = looked_at[max(0, at - 32) : at + round(RINGING_SECONDS * SAMPLE_RATE_HZ)]
    energy = max(float(np.sum(ringing**2)) - len(ringing) * chance**2, float(looked_at[at] ** 2))
    share_of_band = float(np.mean(in_band))
    return Echo((at + early) / SAMPLE_RATE_HZ, 10.0 * float(np.log10(energy / share_of_band)))
