"""`voicecoach call` at a headset: a real microphone and a real loudspeaker."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from voicecoach.audio.base import Microphone
from voicecoach.audio.device_watch import DeviceWatch
from voicecoach.audio.level import MuteWatch, measure_level, refuse_silence
from voicecoach.audio.live import LiveSound
from voicecoach.commands.calm_voice import learn_calm_voice
from voicecoach.commands.loudspeakers import guard_for
from voicecoach.commands.opening import opening
from voicecoach.commands.options import CallOptions
from voicecoach.commands.session import Setup, people_console
from voicecoach.commands.sound_call import Sound, play_call
from voicecoach.commands.voices import open_voice
from voicecoach.errors import DeviceError, DeviceLost, DownloadError
from voicecoach.persona.file import Persona
from voicecoach.places import models_folder
from voicecoach.stt.choose import Choice, choose
from voicecoach.techniques.voice import CalmVoice

SILENCE_CHECK_SECONDS = 0.25
SILENCE_CHECKS = 12
"""A Bluetooth headset delivers zeros for its first second or two; a muted microphone goes on doing so."""
LOOK_AGAIN_SECONDS = 1.0

MUTED = "The microphone delivers nothing at all: is it muted? The call goes on."
UNMUTED = "The microphone is heard again."


@dataclass(frozen=True, slots=True)
class Headset:
    """An open headset whose wearer's calm voice is known (None: no sentence was heard)."""

    sound: Sound
    calm: CalmVoice | None
    flush: Callable[[], None]
    """Forgets what the microphone has heard and nobody has read."""


def headset_call(options: CallOptions) -> None:
    """A call with real devices. Raises ``DeviceError``, ``ModelError``, ``VoiceError``, ``StorageError``."""
    start = opening(options)
    console = people_console(beside_json=options.as_json)
    with open_headset(options, [start.persona], console, lambda: _brief(console, start.persona)) as headset:
        sound = headset.sound
        setup = Setup(
            persona=start.persona,
            seed=start.seed,
            stt=sound.recognizer.name,
            voice=sound.voice.name,
            record=options.record,
            trainee=options.trainee,
            as_json=options.as_json,
            extension=start.extension,
            rubric=start.rubric,
            no_open=options.stays_closed,
            again=start.again,
            before=start.before,
            calm_voice=headset.calm,
        )
        play_call(setup, sound, options.out)


@contextmanager
def open_headset(
    options: CallOptions, personas: Sequence[Persona], console: Console, brief: Callable[[], None]
) -> Iterator[Headset]:
    """Devices, recogniser and the voices of these callers, warm; ``brief`` is called before the trainee first speaks.

    Raises ``DeviceError``, ``ModelError``, ``VoiceError``.
    """

    def tell(line: str) -> None:
        console.print(Text(line), soft_wrap=True)

    with ExitStack() as open_parts:
        devices = open_parts.enter_context(_open_sound(options))
        _refuse_dead(devices.microphone)
        chosen = _choose(options, console)
        recognizer = open_parts.enter_context(closing(chosen.recognizer_factory()))
        voice = open_parts.enter_context(closing(open_voice(options.voice)))
        for persona in personas:
            voice.warm_up(persona.voice.to_spec())
        if chosen.notice:
            console.print(Text(chosen.notice, style="italic"))
        told = f"Microphone {devices.microphone.name}, loudspeaker {devices.loudspeaker.name}."
        console.print(Text(told, style="italic"))
        brief()
        devices.microphone.mute_watch = MuteWatch(lambda muted: tell(MUTED if muted else UNMUTED))
        open_parts.enter_context(_watched(devices, console))
        guarding = guard_for(devices, options.echo, tell)
        if guarding.says:
            console.print(Text(guarding.says, style="bold"), soft_wrap=True)
        calm = learn_calm_voice(devices.microphone, recognizer, tell)
        devices.microphone.flush()
        sound = Sound(
            devices.microphone,
            devices.loudspeaker,
            recognizer,
            voice,
            reconnect=_patient_reconnect(devices, console),
            echo_guard=guarding.guard,
            telephone=options.telephone,
        )
        yield Headset(sound, calm, devices.microphone.flush)


def _open_sound(options: CallOptions) -> LiveSound:
    try:
        return LiveSound(options.input_device, options.output_device)
    except DeviceError as error:
        remedy = f"{error.remedy}, or answer by keyboard: --stt typed" if error.remedy else "answer by: --stt typed"
        raise type(error)(error.what, where=error.where, remedy=remedy) from error


def _watched(devices: LiveSound, console: Console) -> DeviceWatch:
    """Tells when the system moves the call's sound to another device."""
    return DeviceWatch(
        devices.microphone.name, devices.loudspeaker.name, lambda line: console.print(Text(line), soft_wrap=True)
    )


def _refuse_dead(microphone: Microphone) -> None:
    """Raises ``SilentMicrophone`` when nothing but zeros comes for three seconds."""
    for _ in range(SILENCE_CHECKS):
        level = measure_level(microphone, SILENCE_CHECK_SECONDS)
        if not level.all_zero:
            return
    refuse_silence(level, microphone.name)


def _choose(options: CallOptions, console: Console) -> Choice:
    """The recogniser; where there is a terminal and no model, one may be fetched first."""
    chosen = choose(options.stt, options.model, models_folder(), live=True)
    unasked = options.stt is None and options.model is None
    if not (unasked and chosen.notice and sys.stdin.isatty() and console.is_terminal):
        return chosen
    from voicecoach.commands.models import fetch_model
    from voicecoach.stt.registry import default_model

    model = default_model()
    console.print(Text(f"A speech model hears you better: {model.name}, {model.megabytes} MB, fetched once."))
    if not console.input("Fetch it now? [Y/n] ").strip().lower().startswith("n"):
        try:
            fetch_model(model.name)
        except DownloadError as error:
            console.print(Text(str(error)))
    return choose(None, None, models_folder(), live=True)


def _brief(console: Console, persona: Persona) -> None:
    briefing = persona.briefing
    console.print(Text(f"\n{briefing.company}\nYou: {briefing.you_are}\n{briefing.situation}\n"))


def _patient_reconnect(devices: LiveSound, console: Console) -> Callable[[DeviceLost], None]:
    """Say that the call waits, and look every second whether there is sound again. Ctrl-C gives up."""

    def reconnect(lost: DeviceLost) -> None:
        console.print(Text(f"{lost}", style="bold red"))
        console.print(Text("The call waits. Plug it in again, or choose another one; Ctrl-C ends the call."))
        while True:
            time.sleep(LOOK_AGAIN_SECONDS)
            try:
                devices.reopen()
            except DeviceError:
                continue
            console.print(Text(f"Sound is back: {devices.microphone.name}, {devices.loudspeaker.name}."))
            return

    return reconnect
