"""A real call by voice at the pace of speech, as a child of the benchmark that kills it.

Tells on standard output, a letter each: ``b`` before a block of sound is read, ``s`` once a step is in the journal.
"""

from __future__ import annotations

import os
import sys

from voicecoach.audio.base import Microphone, Pcm
from voicecoach.audio.paced import PacedMicrophone
from voicecoach.call.journal import JournalWriter
from voicecoach.call.script import SayTurn
from voicecoach.commands.opening import opening
from voicecoach.commands.options import CallOptions
from voicecoach.commands.voiced_call import Staging, play_script
from voicecoach.events import Input, Output

TURNS = (
    SayTurn("i can hear how upsetting that is and i am sorry it happened"),
    SayTurn("let me look at your account right now"),
    SayTurn("i will refund the second payment today"),
)


class ToldMicrophone(PacedMicrophone):
    """Tells of each block."""

    def read(self) -> Pcm | None:
        """The next block, told before."""
        os.write(1, b"b")
        return super().read()


def paced(source: Microphone) -> Microphone:
    """Real time, and told."""
    return ToldMicrophone(source)


def main(seed: int) -> None:
    """Take the call; nothing but the letters goes to standard output."""
    write = JournalWriter.step

    def step(journal: JournalWriter, event: Input, outputs: tuple[Output, ...]) -> None:
        write(journal, event, outputs)
        os.write(1, b"s")

    setattr(JournalWriter, "step", step)  # noqa: B010  # a witness beside the real one
    options = CallOptions("double_charge", seed=seed, as_json=True)
    play_script(options, opening(options), TURNS, Staging(paced=paced))


if __name__ == "__main__":
    main(int(sys.argv[1]))
