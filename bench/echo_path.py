"""A room without devices, in which the microphone hears the loudspeaker: an echo path of known delay and level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.audio.virtual import RecordedLoudspeaker, ScriptedMicrophone
from voicecoach.values import BLOCK_SAMPLES, SAMPLE_RATE_HZ

RING_SECONDS = 0.25
ANOTHER_EVERY_BLOCKS = 511


def impulse_response(
    delay_seconds: float, level_db: float, reverberation_seconds: float = 0.0, seed: int = 3
) -> NDArray[np.float64]:
    """What becomes of a click on its way from the loudspeaker to the microphone, at 16 kHz.

    Its energy is ``level_db`` in all. With ``reverberation_seconds`` (the time in which it fades by 60 dB) a diffuse
    tail as strong as the direct sound follows; without, it is the bare delay.
    """
    ringing = round(RING_SECONDS * SAMPLE_RATE_HZ) if reverberation_seconds else 1
    response = np.zeros(ringing)
    if reverberation_seconds:
        time_seconds = np.arange(ringing) / SAMPLE_RATE_HZ
        tail = np.random.default_rng(seed).standard_normal(ringing) * 10.0 ** (
            -3.0 * time_seconds / reverberation_seconds
        )
        response += tail / np.sqrt(np.sum(tail**2))
    response[0] += 1.0
    response *= 10.0 ** (level_db / 20.0) / np.sqrt(np.sum(response**2))
    return np.concatenate((np.zeros(round(delay_seconds * SAMPLE_RATE_HZ)), response))


class EchoingRoom:
    """A scripted trainee's microphone and a loudspeaker, with the echo between them.

    ``microphone`` and ``loudspeaker`` go into a call as they are; ``read`` and ``played`` of the two must alternate, as
    the loop does it. With more responses ``then`` the room is another one every five seconds, as with devices that
    stumble.
    """

    def __init__(
        self,
        response: NDArray[np.float64],
        noise_dbfs: float = -70.0,
        seed: int = 0,
        then: Sequence[NDArray[np.float64]] = (),
    ) -> None:
        self.trainee = ScriptedMicrophone(noise_dbfs=noise_dbfs, seed=seed)
        self.microphone = _EchoingMicrophone(self.trainee)
        self.loudspeaker = _HeardLoudspeaker(self.microphone, (response, *then))


class _EchoingMicrophone:
    live = False

    def __init__(self, trainee: ScriptedMicrophone) -> None:
        self.name = "microphone of a room"
        self._trainee = trainee
        self._echo: NDArray[np.float64] = np.zeros(BLOCK_SAMPLES)

    @property
    def dropped_blocks(self) -> int:
        return 0

    def hear(self, sound: NDArray[np.float64]) -> None:
        """Let this sound arrive from now on."""
        missing = len(sound) - len(self._echo)
        if missing > 0:
            self._echo = np.concatenate((self._echo, np.zeros(missing)))
        self._echo[: len(sound)] += sound

    def read(self) -> Pcm | None:
        block = self._trainee.read()
        if block is None:
            return None
        heard, self._echo = self._echo[:BLOCK_SAMPLES], self._echo[BLOCK_SAMPLES:]
        mixed: Pcm = (block[: len(heard)] + np.rint(heard)).clip(-32768, 32767).astype(np.int16)
        return np.concatenate((mixed, block[len(heard) :]))

    def close(self) -> None:
        self._trainee.close()


class _HeardLoudspeaker(RecordedLoudspeaker):
    def __init__(self, microphone: _EchoingMicrophone, responses: Sequence[NDArray[np.float64]]) -> None:
        super().__init__("loudspeaker of a room")
        self._microphone, self._responses, self._blocks = microphone, responses, 0

    def played(self) -> Pcm:
        """The block that sounds beside the one just read; its echo reaches the microphone in those to come.

        So the delay must be a block (10 ms) at least.
        """
        block = super().played()
        self._blocks += 1
        if block.any():
            response = self._responses[self._blocks // ANOTHER_EVERY_BLOCKS % len(self._responses)]
            later = response[BLOCK_SAMPLES:]  # it sounded during the block that has been read already
            self._microphone.hear(np.convolve(block.astype(np.float64), later))
        return block
