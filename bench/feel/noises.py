"""What an office sounds like, made by hand and by synthetic voices; the same every time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.stt.vad import level_dbfs
from voicecoach.tts.base import Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

Sound = NDArray[np.float64]

COLLEAGUES = (
    VoiceSpec(name="en-gb+f2", rate_wpm=170, telephone=False),
    VoiceSpec(name="en-us+m1", rate_wpm=155, telephone=False),
    VoiceSpec(name="en-gb-scotland+m4", rate_wpm=180, telephone=False),
    VoiceSpec(name="en-us+f4", rate_wpm=165, telephone=False),
)
TALK = (
    "No, the van left at nine, I saw it go, they will be there before lunch unless the bridge is closed again.",
    "Did you get the sheet I sent you? Put the totals in the last column and leave the rest as it is, please.",
    "We were at the lake on Sunday, it was lovely, the children swam, and then of course it rained on the way home.",
    "Thanks for holding. I have passed it on to the night team, and somebody will ring you between six and eight.",
)


def at_dbfs(sound: Sound, dbfs: float) -> Sound:
    """The sound at this RMS level."""
    rms = float(np.sqrt(np.mean(sound**2))) or 1.0
    return np.asarray(sound * (32768.0 * 10.0 ** (dbfs / 20.0) / rms))


def to_pcm(sound: Sound) -> Pcm:
    """Samples of 16 bits."""
    return np.asarray(np.clip(sound, -32768, 32767), dtype=np.int16)


def office(seconds: float, voice: Voice, dbfs: float, seed: int = 5) -> Sound:
    """Four people talking at once some way off, the air conditioning, and keys: at this RMS level."""
    chance = np.random.default_rng(seed)
    samples = round(seconds * SAMPLE_RATE_HZ)
    babble = sum((_looped(voice, spec, text, samples, chance) for spec, text in zip(COLLEAGUES, TALK, strict=True)))
    hiss = np.cumsum(chance.normal(size=samples))
    hiss -= np.convolve(hiss, np.ones(800) / 800, mode="same")  # what rumbles below 20 Hz is not heard
    mixed = at_dbfs(np.asarray(babble), -30.0) + at_dbfs(hiss, -34.0)
    mixed += np.resize(keyboard(min(seconds, 5.0), chance, -24.0), samples)
    return at_dbfs(mixed, dbfs)


def _looped(voice: Voice, spec: VoiceSpec, text: str, samples: int, chance: np.random.Generator) -> Sound:
    pcm = voice.render(text, spec, 0.0).astype(np.float64)
    far = np.convolve(pcm, np.exp(-np.arange(1600) / 400.0) * chance.normal(size=1600), mode="same")
    return np.roll(np.resize(at_dbfs(far, -30.0), samples), int(chance.integers(samples)))


def keyboard(seconds: float, chance: np.random.Generator, peak_dbfs: float) -> Sound:
    """Typing: six keys a second, each a click of 3 ms and a knock of 25 ms."""
    sound = np.zeros(round(seconds * SAMPLE_RATE_HZ))
    at = 0.05
    while at < seconds - 0.1:
        start = round(at * SAMPLE_RATE_HZ)
        for length_seconds, share in ((0.003, 1.0), (0.025, 0.4)):
            count = round(length_seconds * SAMPLE_RATE_HZ * 3)
            burst = chance.normal(size=count) * np.exp(-np.arange(count) / (length_seconds * SAMPLE_RATE_HZ))
            sound[start : start + count] += share * burst[: len(sound) - start]
            start += round(0.004 * SAMPLE_RATE_HZ)
        at += float(chance.uniform(0.08, 0.3))
    return np.asarray(sound * (32768.0 * 10.0 ** (peak_dbfs / 20.0) / max(1e-9, float(np.abs(sound).max()))))


def cough(chance: np.random.Generator, dbfs: float) -> Sound:
    """A burst of air, then a shorter voiced one: 250 to 400 ms, its spectrum that of a throat."""
    length = round(float(chance.uniform(0.25, 0.4)) * SAMPLE_RATE_HZ)
    air = chance.normal(size=length) * np.exp(-np.arange(length) / (0.08 * SAMPLE_RATE_HZ))
    for centre_hz, width_hz in ((float(chance.uniform(500, 900)), 300.0), (float(chance.uniform(1500, 2200)), 600.0)):
        air = air + 2.0 * _resonated(air, centre_hz, width_hz)
    pitch_hz = float(chance.uniform(90, 200))
    voiced = np.sign(np.sin(2 * np.pi * pitch_hz * np.arange(length) / SAMPLE_RATE_HZ))
    voiced *= np.exp(-(((np.arange(length) / length) - 0.7) ** 2) / 0.01)
    return at_dbfs(air / np.std(air) + 0.4 * voiced, dbfs)


def _resonated(sound: Sound, centre_hz: float, width_hz: float) -> Sound:
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1.0 / SAMPLE_RATE_HZ)
    return np.asarray(np.fft.irfft(spectrum * np.exp(-(((frequencies - centre_hz) / width_hz) ** 2)), len(sound)))


def with_noise(pcm: Pcm, noise: Sound, speech_dbfs: float, snr_db: float) -> Pcm:
    """The speech with as much of the noise as leaves this ratio between them."""
    return to_pcm(pcm + at_dbfs(noise[: len(pcm)], speech_dbfs - snr_db))


def loudness_dbfs(pieces: Sequence[Pcm]) -> float:
    """RMS level over all these pieces of speech."""
    return level_dbfs(np.concatenate(pieces))
