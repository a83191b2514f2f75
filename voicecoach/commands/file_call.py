"""`voicecoach call --mic IN.wav`: a sound file is the trainee, as fast as it goes."""

from __future__ import annotations

from contextlib import ExitStack, closing

from voicecoach.audio.files import FileMicrophone, read_wav
from voicecoach.audio.virtual import RecordedLoudspeaker
from voicecoach.commands.opening import opening
from voicecoach.commands.options import CallOptions
from voicecoach.commands.session import Setup
from voicecoach.commands.sound_call import Sound, play_call
from voicecoach.commands.voices import open_voice
from voicecoach.places import models_folder
from voicecoach.stt.choose import choose


def file_call(options: CallOptions) -> None:
    """`call --mic FILE`."""
    if options.mic is None:
        raise AssertionError("checked before")
    pcm = read_wav(options.mic)
    start = opening(options)
    chosen = choose(options.stt, options.model, models_folder(), synthetic_source=options.model is not None)
    with ExitStack() as open_parts:
        recognizer = open_parts.enter_context(closing(chosen.recognizer_factory()))
        voice = open_parts.enter_context(closing(open_voice(options.voice)))
        setup = Setup(
            persona=start.persona,
            seed=start.seed,
            stt=recognizer.name,
            voice=voice.name,
            record=options.record,
            trainee=options.trainee,
            as_json=options.as_json,
            extension=start.extension,
            rubric=start.rubric,
            no_open=options.stays_closed,
            again=start.again,
            before=start.before,
        )
        sound = Sound(
            FileMicrophone(pcm, name=options.mic.name),
            RecordedLoudspeaker(),
            recognizer,
            voice,
            telephone=options.telephone,
        )
        play_call(setup, sound, options.out, (chosen.notice,) if chosen.notice else ())
