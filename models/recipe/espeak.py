"""espeak-ng as a library (the copy inside the `espeakng-loader` wheel): speech and phonemes, in this process.

The product renders its callers with the same library through pyttsx3, so the model hears what the product makes.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 22_050

_OUTPUT_SYNCHRONOUS = 2
_BUFFER_MILLISECONDS = 500
_CHARS_UTF8 = 1
_ENDPAUSE = 0x1000
_POSITION_CHARACTER = 1
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4
_PHONEMES_IPA_SEPARATED = 0x02 | (ord("_") << 8)
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True)
class EspeakVoice:
    """One way of speaking: `pitch` and `pitch_range` are espeak's 0..100, `voice` is language plus variant.

    British English is `en` in the library (`en-gb` is known to the espeak-ng program only).
    """

    voice: str
    rate_wpm: int = 160
    pitch: int = 50
    pitch_range: int = 50


class Espeak:
    """The library, loaded once per process (it keeps global state)."""

    def __init__(self) -> None:
        """Load the library and its data from the wheel; raise RuntimeError when it does not start."""
        data_dir = Path(espeakng_loader.get_data_path())
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        started = self._library.espeak_Initialize(
            _OUTPUT_SYNCHRONOUS, _BUFFER_MILLISECONDS, str(data_dir.parent).encode(), 0
        )
        if started != SAMPLE_RATE_HZ:
            raise RuntimeError(f"espeak-ng did not start from {data_dir} (it answered {started})")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._blocks: list[NDArray[np.int16]] = []
        self._callback = _Callback(self._collect)  # kept alive here: the library holds only its address
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
        if samples and count > 0:
            self._blocks.append(np.ctypeslib.as_array(samples, (count,)).astype(np.int16))
        return 0

    def speak(self, text: str, how: EspeakVoice) -> NDArray[np.int16]:
        """Mono int16 samples at 22,050 Hz. Raises ValueError for a voice the library does not have."""
        self._choose(how.voice)
        for parameter, value in ((_RATE, how.rate_wpm), (_PITCH, how.pitch), (_RANGE, how.pitch_range)):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._blocks = []
        encoded = text.encode()
        flags = _CHARS_UTF8 | _ENDPAUSE
        self._library.espeak_Synth(encoded, len(encoded) + 1, 0, _POSITION_CHARACTER, 0, flags, None, None)
        self._library.espeak_Synchronize()
        return np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.int16)

    def ipa(self, text: str, voice: str = "en-us") -> list[str]:
        """The IPA symbols espeak would say for `text`, stress marks removed."""
        self._choose(voice)
        pointer = ctypes.c_char_p(text.encode())
        spoken = []
        while pointer.value:
            spoken.append(
                self._library.espeak_TextToPhonemes(ctypes.byref(pointer), _CHARS_UTF8, _PHONEMES_IPA_SEPARATED)
            )
        joined = "_".join(part.decode() for part in spoken)
        marks = str.maketrans({"\u02c8": "", "\u02cc": "", " ": "_"})
        return [symbol for symbol in joined.translate(marks).split("_") if symbol]

    def _choose(self, voice: str) -> None:
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice!r}")
