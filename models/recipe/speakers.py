"""Who speaks: flite and espeak-ng voices, accents, rates and pitches, drawn by a seeded generator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from . import espeak, flite
from .espeak import Espeak, EspeakVoice
from .flite import FliteVoice, PhoneEnd
from .settings import SAMPLE_RATE_HZ

_FLITE_SHARE = 0.38
_FLITE_WEIGHTS = (0.26, 0.26, 0.26, 0.16, 0.06)  # slt awb rms kal16 kal; kal is 8 kHz
_ACCENT_WEIGHTS = {
    "en-us": 0.42, "en": 0.24, "en-gb-x-rp": 0.10, "en-gb-scotland": 0.08, "en-us-nyc": 0.07, "en-gb-x-gbcwmd": 0.04,
    "en-gb-x-gbclan": 0.03, "en-029": 0.02,
}  # fmt: skip
_COMMON_VARIANTS = ["", *(f"+f{n}" for n in range(1, 6)), *(f"+m{n}" for n in range(1, 9))]
_RARE_VARIANTS = [
    "+" + name
    for name in (
        "Alicia Andrea Andy Annie Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Nguyen adam anika antonio "
        "aunty boris caleb david ed edward2 grandma iven iven2 klatt klatt2 klatt3 klatt4 linda marcelo max miguel "
        "norbert pablo paul pedro quincy rob robert sandro steph steph2 travis victor zac"
    ).split()
]
UNSEEN_ESPEAK_VARIANTS = ("+belinda", "+Alex", "+john", "+shelby")  # never trained on, for measuring
_RARE_SHARE = 0.35
_TEMPO_SHARE = 0.4  # how many utterances are also played faster or slower, which moves the formants too


@dataclass(frozen=True)
class Speaker:
    """A voice with its settings. `tempo` resamples the speech: 1.1 is faster and higher."""

    voice: FliteVoice | EspeakVoice
    tempo: float = 1.0

    @property
    def name(self) -> str:
        """`flite:slt` or `espeak:en-us+f3`."""
        return f"{'flite' if isinstance(self.voice, FliteVoice) else 'espeak'}:{self.voice.voice}"


@cache
def _espeak() -> Espeak:
    return Espeak()


def draw_speaker(random: np.random.Generator) -> Speaker:
    """A speaker for one training utterance."""
    tempo = float(random.uniform(0.87, 1.16)) if random.random() < _TEMPO_SHARE else 1.0
    if random.random() < _FLITE_SHARE:
        name = str(random.choice(flite.VOICES, p=_FLITE_WEIGHTS))
        stretch, pitch_factor = random.uniform(0.8, 1.25), random.uniform(0.8, 1.25)
        return Speaker(FliteVoice(name, float(stretch), float(pitch_factor)), tempo)
    accent = str(random.choice(list(_ACCENT_WEIGHTS), p=list(_ACCENT_WEIGHTS.values())))
    variants = _RARE_VARIANTS if random.random() < _RARE_SHARE else _COMMON_VARIANTS
    variant = variants[int(random.integers(len(variants)))]
    rate_wpm, pitch, pitch_range = (int(random.integers(low, high)) for low, high in ((115, 231), (20, 81), (25, 86)))
    return Speaker(EspeakVoice(accent + variant, rate_wpm, pitch, pitch_range), tempo)


def say(text: str, speaker: Speaker) -> tuple[NDArray[np.int16], list[PhoneEnd] | None]:
    """Mono int16 speech at 16 kHz and, from flite, each phone with its end in seconds."""
    ends: list[PhoneEnd] | None = None
    if isinstance(speaker.voice, FliteVoice):
        rate_hz, samples, ends = flite.speak(text, speaker.voice)
    else:
        rate_hz, samples = espeak.SAMPLE_RATE_HZ, _espeak().speak(text, speaker.voice)
    if rate_hz != SAMPLE_RATE_HZ:
        divisor = np.gcd(SAMPLE_RATE_HZ, rate_hz)
        samples = resample_poly(samples.astype(np.float32), SAMPLE_RATE_HZ // divisor, rate_hz // divisor)
    if speaker.tempo != 1.0:
        positions = np.arange(0, len(samples) - 1, speaker.tempo)
        samples = np.interp(positions, np.arange(len(samples)), samples)
        ends = [(phone, end / speaker.tempo) for phone, end in ends] if ends else ends
    return np.clip(np.round(samples), -32768, 32767).astype(np.int16), ends
