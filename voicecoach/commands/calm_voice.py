"""The calibration: one sentence in the trainee's calm voice, before the call connects."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicecoach.audio.bandwidth import is_narrow_band
from voicecoach.audio.base import Microphone, Pcm
from voicecoach.events import TurnHeard
from voicecoach.stt.base import Recognizer
from voicecoach.stt.ears import Ears
from voicecoach.stt.level import calibrate
from voicecoach.techniques.voice import CalmVoice
from voicecoach.values import BLOCK_SECONDS

CALIBRATION_SECONDS = 12.0
"""How long the program waits for the sentence that it learns the trainee's calm voice from."""

NARROW = (
    "This microphone delivers telephone quality (8 kHz), as a Bluetooth headset does: you will be heard less exactly. "
    "A cable or the headset's own USB stick does better."
)

CALIBRATION_SENTENCE = "Thank you for calling, how can I help you today?"


def learn_calm_voice(microphone: Microphone, recognizer: Recognizer, tell: Callable[[str], None]) -> CalmVoice | None:
    """One sentence in the trainee's calm voice; None when none was said in time. Raises ``SilentMicrophone``."""
    tell(f'Say a sentence in your calm voice, for instance: "{CALIBRATION_SENTENCE}"')
    ears = Ears(recognizer)
    blocks: list[Pcm] = []
    words = 0
    for number in range(1, round(CALIBRATION_SECONDS / BLOCK_SECONDS) + 1):
        block = microphone.read()
        if block is None:
            break
        blocks.append(block)
        heard = [e.heard for e in ears.hear(block, number * BLOCK_SECONDS) if isinstance(e, TurnHeard)]
        if heard:
            words = len(heard[0].words)
            tell(f'Heard: "{heard[0].text}"')
            break
    else:
        ears.flush(CALIBRATION_SECONDS)
    if blocks and is_narrow_band(np.concatenate(blocks)):
        tell(NARROW)
    measured = calibrate(np.concatenate(blocks), microphone.name, words or None) if blocks else None
    if measured is None or not words:
        tell("I heard no sentence. The call goes on without knowing your calm voice.")
        return None
    if measured.warning:
        tell(measured.warning)
    return CalmVoice(measured.level_dbfs, measured.pitch_hz, measured.words_per_second)
