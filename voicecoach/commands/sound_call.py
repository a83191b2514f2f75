"""A call with sound, however the sound comes in and goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.audio.base import Loudspeaker, Microphone, Pcm
from voicecoach.audio.echo import EchoGuard
from voicecoach.audio.files import write_wav
from voicecoach.call.engine import Engine
from voicecoach.commands.large_memory import give_back_large_memory
from voicecoach.commands.session import Session, Setup
from voicecoach.commands.voices import on_the_line
from voicecoach.errors import DeviceLost
from voicecoach.events import EndCall, Input
from voicecoach.rehearsal import Records, Rehearsal, Trainee, Watcher
from voicecoach.stt.base import Recognizer
from voicecoach.stt.ears import Ears
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.techniques.voice import CalmVoice
from voicecoach.tts.ahead import AnswersAhead
from voicecoach.tts.base import Voice
from voicecoach.values import VoiceSpec


@dataclass(frozen=True, slots=True)
class Sound:
    """The parts a call with sound is made of."""

    microphone: Microphone
    loudspeaker: Loudspeaker
    recognizer: Recognizer
    voice: Voice
    trainee: Trainee | None = None
    reconnect: Callable[[DeviceLost], None] | None = None
    echo_guard: EchoGuard | None = None
    telephone: bool | None = None
    """Whether the caller sounds like a telephone line; None: as the persona says."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the caller's ``engine`` and ``voice``, the trainee's ``calm`` voice, what happens ``first``, who
    watches, and whoever acts beside the trainee."""

    engine: Engine
    voice: VoiceSpec
    calm: CalmVoice | None
    first: Input
    watch: Watcher
    trainee: Trainee | None = None


class Take:
    """The sound of a call, kept for ``--out`` besides the recording in the call's folder."""

    def __init__(self, also: Records | None) -> None:
        self._also = also
        self._trainee: list[Pcm] = []
        self._caller: list[Pcm] = []

    def write(self, trainee: Pcm, caller: Pcm) -> None:
        """One block of each side."""
        self._trainee.append(trainee)
        self._caller.append(caller)
        if self._also is not None:
            self._also.write(trainee, caller)

    def stereo(self) -> Pcm:
        """Shape (samples, 2): trainee left, caller right."""
        if not self._trainee:
            return np.zeros((0, 2), dtype=np.int16)
        return np.stack([np.concatenate(self._trainee), np.concatenate(self._caller)], axis=1)


def play_call(setup: Setup, sound: Sound, out: Path | None = None, notices: tuple[str, ...] = ()) -> None:
    """Play a call to its end and sum it up. Raises ``StorageError`` before it begins when ``out`` cannot be written."""
    if out is not None:
        write_wav(out, np.zeros((0, 2), dtype=np.int16))
    give_back_large_memory()
    with Session(setup) as session:
        for notice in notices:
            session.tell(notice)
        take = Take(session.recorder) if out is not None else None
        cast = Cast(session.engine, setup.persona.voice.to_spec(), setup.calm_voice, session.first, session.watch)
        try:
            rehearse(cast, sound, take or session.recorder)
        finally:
            if out is not None and take is not None:
                write_wav(out, take.stereo())
        session.sum_up(out or session.recording)
    session.show_report()


def rehearse(cast: Cast, sound: Sound, recorder: Records | None = None) -> EndCall:
    """Play what the cast plays to its end."""
    spec = on_the_line(cast.voice, sound.telephone)
    ahead = AnswersAhead(sound.voice, spec) if sound.microphone.live else None  # else nobody waits for an answer
    if ahead is not None:
        ahead.suppose(cast.engine, cast.first)
        ahead.wait()
    ears = Ears(sound.recognizer, speech_dbfs=cast.calm.level_dbfs if cast.calm else None, judge=SpeechJudge())
    rehearsal = Rehearsal(
        engine=cast.engine,
        ears=ears,
        microphone=sound.microphone,
        voice=sound.voice,
        voice_spec=spec,
        loudspeaker=sound.loudspeaker,
        watch=cast.watch,
        recorder=recorder,
        trainee=cast.trainee or sound.trainee,
        reconnect=sound.reconnect,
        first=cast.first,
        echo_guard=sound.echo_guard,
        ahead=ahead,
    )
    try:
        return rehearsal.run()
    finally:
        if ahead is not None:
            ahead.close()
