"""A scripted call by voice: a synthetic trainee speaks the turns, and is really recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

from voicecoach.audio.base import Loudspeaker, Microphone
from voicecoach.audio.virtual import RecordedLoudspeaker, ScriptedMicrophone
from voicecoach.call.script import Turn, load_script
from voicecoach.commands.calm_voice import CALIBRATION_SENTENCE, learn_calm_voice
from voicecoach.commands.opening import Opening, opening
from voicecoach.commands.options import CallOptions
from voicecoach.commands.session import Setup
from voicecoach.commands.sound_call import Sound, play_call
from voicecoach.commands.voices import open_voice
from voicecoach.persona.file import Persona
from voicecoach.places import models_folder
from voicecoach.stt.base import Recognizer
from voicecoach.stt.choose import choose
from voicecoach.techniques.voice import CalmVoice
from voicecoach.trainee import CALM_ANGER, SpeaksInto, SyntheticTrainee
from voicecoach.tts.base import Voice
from voicecoach.values import VoiceSpec

TRAINEE_VOICE = VoiceSpec(name="en-us+f3", rate_wpm=175, telephone=False)
OTHER_TRAINEE_VOICE = VoiceSpec(name="en-gb+m3", rate_wpm=175, telephone=False)
"""The trainee never has the caller's sex, so that the two are told apart by ear."""


@dataclass(frozen=True, slots=True)
class Staging:
    """How a scripted call is heard: by nobody and as fast as it goes, or on loudspeakers and at the pace of speech."""

    loudspeaker: Loudspeaker | None = None
    trainee_loudspeaker: SpeaksInto | None = None
    paced: Callable[[Microphone], Microphone] | None = None
    notices: tuple[str, ...] = ()


def voiced_call(options: CallOptions) -> None:
    """`call --script FILE --voiced`."""
    if options.script is None:
        raise AssertionError("checked before")
    play_script(options, opening(options), load_script(options.script), Staging())


def play_script(options: CallOptions, start: Opening, turns: Sequence[Turn], staging: Staging) -> None:
    """Play these turns by voice, spoken by a synthetic trainee and really recognised."""
    chosen = choose(options.stt, options.model, models_folder(), synthetic_source=True)
    microphone = ScriptedMicrophone(noise_dbfs=-70.0, seed=start.seed)
    with ExitStack() as open_parts:
        recognizer = open_parts.enter_context(closing(chosen.recognizer_factory()))
        voice = open_parts.enter_context(closing(open_voice(options.voice)))
        # The synthetic trainee does not borrow the caller's neural voice: the two are told apart by ear.
        trainee_voice = voice if options.voice is None else open_parts.enter_context(closing(open_voice()))
        spec = trainee_voice_for(start.persona)
        calm = calibrated(microphone, recognizer, trainee_voice, spec)
        sound = Sound(
            microphone=staging.paced(microphone) if staging.paced else microphone,
            loudspeaker=staging.loudspeaker or RecordedLoudspeaker(),
            recognizer=recognizer,
            voice=voice,
            trainee=SyntheticTrainee(turns, trainee_voice, spec, microphone, staging.trainee_loudspeaker),
            telephone=options.telephone,
        )
        setup = Setup(
            persona=start.persona,
            seed=start.seed,
            stt=recognizer.name,
            voice=voice.name,
            record=options.record,
            trainee=options.trainee,
            as_json=options.as_json,
            calm_voice=calm,
            extension=start.extension,
            rubric=start.rubric,
            no_open=options.stays_closed,
            again=start.again,
            before=start.before,
        )
        play_call(setup, sound, options.out, staging.notices)


def calibrated(
    microphone: ScriptedMicrophone, recognizer: Recognizer, voice: Voice, spec: VoiceSpec
) -> CalmVoice | None:
    """The synthetic trainee says the sentence that everybody says before the call connects; nobody hears it.

    None when it was not understood. Raises ``VoiceError``, ``RecognizerError``.
    """
    microphone.say(voice.render(CALIBRATION_SENTENCE, spec, CALM_ANGER))
    calm = learn_calm_voice(microphone, recognizer, lambda line: None)
    microphone.hush()
    return calm


def trainee_voice_for(persona: Persona) -> VoiceSpec:
    """A voice unlike the caller's."""
    return OTHER_TRAINEE_VOICE if "+f" in persona.voice.name else TRAINEE_VOICE
