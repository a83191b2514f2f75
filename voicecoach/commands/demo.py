"""`voicecoach demo`: a whole call by voice, on any machine."""

from __future__ import annotations

from contextlib import ExitStack, closing
from importlib import resources

from voicecoach.audio.base import Loudspeaker, Pcm
from voicecoach.audio.paced import PacedMicrophone
from voicecoach.call.script import parse_script
from voicecoach.commands.opening import opening
from voicecoach.commands.options import CallOptions
from voicecoach.commands.voiced_call import Staging, play_script
from voicecoach.errors import DeviceError

PERSONA = "double_charge"
SEED = 6


def play_demo(*, badly: bool, silent: bool, as_json: bool, no_open: bool) -> None:
    """A synthetic trainee takes a hard call; heard where there is a loudspeaker, else as fast as it goes."""
    name = "demo_badly.yaml" if badly else "demo_well.yaml"
    turns = parse_script(resources.files("voicecoach.commands").joinpath(name).read_text(encoding="utf-8"), name)
    options = CallOptions(persona=PERSONA, seed=SEED, as_json=as_json, no_open=no_open)
    with ExitStack() as open_parts:
        staging = Staging(notices=("No sound is played.",)) if silent else _staging(open_parts)
        play_script(options, opening(options), turns, staging)


def _staging(open_parts: ExitStack) -> Staging:
    """Two loudspeaker streams, so that caller and trainee are both heard; none where the machine has no sound."""
    from voicecoach.audio.devices import find_output
    from voicecoach.audio.live import LiveLoudspeaker

    try:
        caller = open_parts.enter_context(closing(LiveLoudspeaker(find_output())))
    except DeviceError as error:
        return Staging(notices=(f"No sound is played ({error.what}); the call runs as fast as it goes.",))
    try:
        trainee = open_parts.enter_context(closing(LiveLoudspeaker(find_output())))
    except DeviceError:  # a device that only one may use: the caller is heard, the trainee is read
        return Staging(caller, None, PacedMicrophone, (f"You hear the caller on {caller.name}.",))
    return Staging(caller, Aloud(trainee), PacedMicrophone, (f"You hear both sides on {caller.name}.",))


class Aloud:
    """Lets what the synthetic trainee says be heard."""

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        self._loudspeaker = loudspeaker

    def say(self, pcm: Pcm) -> None:
        """Play it now."""
        self._loudspeaker.play(pcm)
