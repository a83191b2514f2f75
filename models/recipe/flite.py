"""flite as a program: speech and, for the first alignment, when each phone of it ends."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile

from .phones import BASE_INDEX, SILENCE
from .prerequisites import run

VOICES = ("slt", "awb", "rms", "kal16", "kal")
_USUAL_PITCH_HZ = {"slt": 170, "rms": 105, "awb": 125, "kal": 105, "kal16": 105}
_TO_CMU = {
    "ax": "AH", "dx": "T", "pau": SILENCE, "h#": SILENCE, "ssil": SILENCE, "axr": "ER", "el": "L", "en": "N",
    "em": "M", "nx": "N", "hv": "HH", "ix": "IH", "ux": "UW",
}  # fmt: skip
PhoneEnd = tuple[str, float]


@dataclass(frozen=True)
class FliteVoice:
    """One way of speaking: `stretch` is time (1.2 is slower), `pitch_factor` multiplies the voice's own pitch."""

    voice: str
    stretch: float = 1.0
    pitch_factor: float = 1.0


def speak(text: str, how: FliteVoice) -> tuple[int, NDArray[np.int16], list[PhoneEnd]]:
    """Sample rate in Hz, mono int16 samples, and each CMU phone with its end in seconds."""
    pitch_hz = _USUAL_PITCH_HZ[how.voice] * how.pitch_factor
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "speech.wav"
        shape = ["--setf", f"duration_stretch={how.stretch:.2f}", "--setf", f"int_f0_target_mean={pitch_hz:.0f}"]
        printed = run(["flite", "-voice", how.voice, "-psdur", *shape, "-t", text, "-o", str(wav)])
        sample_rate_hz, samples = wavfile.read(wav)
    return sample_rate_hz, samples, [_phone_end(item) for item in printed.decode().split()]


def _phone_end(item: str) -> PhoneEnd:
    name, _, end_seconds = item.rpartition(":")
    phone = _TO_CMU.get(name, name.upper())
    if phone not in BASE_INDEX:
        raise ValueError(f"flite said a phone that is not in the phone set: {name!r}")
    return phone, float(end_seconds)
