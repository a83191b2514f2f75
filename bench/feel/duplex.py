"""Both at once: what a nod, a word, a key, a cough or a colleague does to a caller who is speaking.

Real ears, real Vosk, the real call; the caller's line is time that passes. What the devices add is measured over
virtual ones (``feeling``).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.feel.noises import at_dbfs, cough, keyboard, loudness_dbfs, to_pcm
from bench.feel.spoken import audible, in_room, silence
from bench.report import Figures, percentile
from voicecoach.audio.base import Pcm
from voicecoach.call.engine import Engine
from voicecoach.events import (
    CoachActed,
    Connected,
    Duck,
    Input,
    LineEnded,
    LineStarted,
    Output,
    Say,
    SpeechStarted,
    StopSpeaking,
    TurnHeard,
    Unduck,
)
from voicecoach.persona.loading import load
from voicecoach.stt.base import Recognizer
from voicecoach.stt.ears import Ears, blocks_of
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.techniques.detector import TextDetector
from voicecoach.tts.base import Voice
from voicecoach.values import VoiceSpec

NODS = ("okay", "mm-hm", "I see", "yeah", "right", "uh huh", "sure", "of course", "go on", "I understand")
WORDS = (
    "Excuse me, can I say something?",
    "Let me stop you there for a moment.",
    "I need your account number first.",
    "Wait a moment please, I have found it.",
    "Can I just check one thing with you?",
    "We have already sent you the refund.",
    "Listen, I can help you with that.",
    "Sorry, but that is not what happened.",
)
VOICES = tuple(
    VoiceSpec(name=name, rate_wpm=rate, telephone=False)
    for name, rate in (("en-us+f3", 160), ("en-gb+m3", 165), ("en-us+m3", 180), ("en-gb", 170))
)
OTHER_NODS = (
    "right right", "oh okay", "aha", "yeah sure", "I get that", "go ahead", "hmm", "okay I see", "yep okay",
    "uh-huh yes",
)  # fmt: skip
OTHER_VOICES = tuple(
    VoiceSpec(name=name, rate_wpm=rate, telephone=False)
    for name, rate in (("en-us+f5", 165), ("en-gb+m6", 175), ("en-us+m4", 155), ("en-gb-x-gbcwmd+f2", 170))
)
"""Words and voices beside those; that two agreeing words stop nobody was decided after these had shown it."""

BANDS = {"calm": 1.5, "annoyed": 4.5, "angry": 7.0, "furious": 9.5}
"""The caller's anger in each band."""

NODS_A_VOICE_AND_BAND = 13
"""Ten words and some of them again: with four voices and four bands over 200 trials."""

NOISES = 60
"""Trials of each kind of noise."""

LEAD_SECONDS, TAIL_SECONDS, SETTLE_SECONDS = 0.2, 1.8, 0.6


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a sound while the caller spoke; seconds count from its onset. None: never."""

    ducked_seconds: float | None
    held_seconds: float | None
    stopped_seconds: float | None
    silence_seconds: float
    """For how long the caller held his breath before going on."""
    turn: bool


class Duplex:
    """Trials with one recogniser and one trainee, whose level is known from a calibration."""

    def __init__(self, recognizer: Recognizer, speech_dbfs: float) -> None:
        self._recognizer = recognizer
        self._speech_dbfs = speech_dbfs
        self._persona = load("double_charge")
        self._detector = TextDetector()

    def trial(self, pcm: Pcm, anger: float) -> Trial:
        """Play ``pcm`` into the microphone while a caller this angry is in the midst of a line."""
        engine = Engine(self._persona, 1, self._detector)
        outputs = engine.take(Connected(0.0))
        engine.take(CoachActed(0.0, "nudge", anger - engine.state.anger.mood.anger))
        engine.take(LineStarted(0.0, next(o.line.number for o in outputs if isinstance(o, Say))))
        ears = Ears(self._recognizer, speech_dbfs=self._speech_dbfs, judge=SpeechJudge())
        sound = in_room(np.concatenate([silence(SETTLE_SECONDS + LEAD_SECONDS), pcm, silence(TAIL_SECONDS)]))
        happened: list[tuple[float, Input | Output]] = []
        for number, block in enumerate(blocks_of(sound), start=1):
            at = round(number * 0.01, 2)
            for event in ears.hear(block, at, engine.state.speaking is not None):
                happened.append((at, event))
                for output in _taken(engine, event):
                    happened.append((at, output))
        if ears.speaking:
            self._recognizer.drop()
        return _read(happened, SETTLE_SECONDS + LEAD_SECONDS)


def _taken(engine: Engine, event: Input) -> Iterator[Output]:
    for output in engine.take(event):
        yield output
        if isinstance(output, StopSpeaking) and engine.state.speaking is not None:
            yield from _taken(engine, LineEnded(event.at_seconds, engine.state.speaking.number, False))


def _read(happened: Sequence[tuple[float, Input | Output]], onset_seconds: float) -> Trial:
    def first(wanted: type) -> float | None:
        return next((at - onset_seconds for at, what in happened if isinstance(what, wanted)), None)

    held = next((at for at, what in happened if isinstance(what, Duck) and what.holds), None)
    went_on = [
        at
        for at, what in happened
        if held is not None and at > held and ((isinstance(what, Duck) and not what.holds) or isinstance(what, Unduck))
    ]
    stopped = first(StopSpeaking)
    return Trial(
        ducked_seconds=first(Duck) if first(SpeechStarted) is not None else None,
        held_seconds=None if held is None else held - onset_seconds,
        stopped_seconds=stopped,
        silence_seconds=went_on[0] - held if held is not None and went_on and stopped is None else 0.0,
        turn=first(TurnHeard) is not None,
    )


def measure_duplex(recognizer: Recognizer, voice: Voice) -> tuple[Figures, dict[str, list[float]]]:
    """Figures with flat keys, and the times behind them in milliseconds for the histograms."""
    spoken = _spoken(voice, VOICES, (*NODS, *WORDS))
    speech_dbfs = loudness_dbfs([spoken[spec.name, text] for spec in VOICES for text in WORDS])
    duplex = Duplex(recognizer, speech_dbfs)
    nods = _nodded(duplex, spoken, VOICES, NODS)
    words = {
        band: [duplex.trial(spoken[spec.name, text], anger) for spec in VOICES for text in WORDS]
        for band, anger in BANDS.items()
    }
    noises = {
        kind: [duplex.trial(to_pcm(sound), list(BANDS.values())[number % 4]) for number, sound in enumerate(sounds)]
        for kind, sounds in noise_sounds(voice, speech_dbfs).items()
    }
    figures, times = _figures(nods, words, noises)
    others = _nodded(duplex, _spoken(voice, OTHER_VOICES, OTHER_NODS), OTHER_VOICES, OTHER_NODS)
    every_other = [trial for trials in others.values() for trial in trials]
    figures |= {
        "other_backchannel_trials": float(len(every_other)),
        "other_backchannel_stop_share": _share(every_other),
    }
    return figures, times


Spoken = dict[tuple[str, str], Pcm]


def _spoken(voice: Voice, specs: Sequence[VoiceSpec], texts: Sequence[str]) -> Spoken:
    return {(spec.name, text): audible(voice.render(text, spec, 0.0)) for spec, text in itertools.product(specs, texts)}


def _nodded(duplex: Duplex, spoken: Spoken, specs: Sequence[VoiceSpec], nods: Sequence[str]) -> dict[str, list[Trial]]:
    """A caller in each band is nodded at by each voice, with each word and some of them again."""
    return {
        band: [
            duplex.trial(spoken[spec.name, nods[(count + place) % len(nods)]], anger)
            for place, spec in enumerate(specs)
            for count in range(NODS_A_VOICE_AND_BAND)
        ]
        for band, anger in BANDS.items()
    }


def noise_sounds(voice: Voice, speech_dbfs: float) -> dict[str, list[np.ndarray]]:
    """Two seconds of keys, a cough as loud as the trainee, a colleague 20 dB below."""
    chance = np.random.default_rng(11)
    colleagues = [
        audible(voice.render(text, VoiceSpec(name=name, telephone=False), 0.0)).astype(np.float64)
        for name in ("en-gb+f2", "en-us+m1", "en-gb-scotland+m4")
        for text in ("No, the van left at nine, I saw it go.", "Put the totals in the last column, please.")
    ]
    return {
        "keyboard": [keyboard(2.0, chance, -12.0 - number % 12) for number in range(NOISES)],
        "cough": [cough(chance, speech_dbfs - number % 6) for number in range(NOISES)],
        "colleague": [at_dbfs(colleagues[number % len(colleagues)], speech_dbfs - 20.0) for number in range(NOISES)],
    }


Trials = dict[str, list[Trial]]


def _figures(nods: Trials, words: Trials, noises: Trials) -> tuple[Figures, dict[str, list[float]]]:
    every_nod = [trial for trials in nods.values() for trial in trials]
    every_noise = [trial for trials in noises.values() for trial in trials]
    yielding = [*words["calm"], *words["annoyed"]]
    ducked = [1000 * t.ducked_seconds for trials in words.values() for t in trials if t.ducked_seconds is not None]
    silent = [1000 * min(_times(t)) for t in yielding if _times(t)]
    talks_on = [1000 * min(_times(t)) for t in (*words["angry"], *words["furious"]) if _times(t)]
    hesitations = [1000 * t.silence_seconds for t in every_nod if t.silence_seconds]
    figures: Figures = {
        "backchannel_trials": float(len(every_nod)),
        "backchannel_stop_share": _share(every_nod),
        "backchannel_hesitation_share": len(hesitations) / len(every_nod),
        "backchannel_hesitation_ms_p50": percentile(hesitations, 0.5),
        "backchannel_hesitation_ms_p95": percentile(hesitations, 0.95),
        "noise_trials": float(len(every_noise)),
        "noise_stop_share": _share(every_noise),
        "noise_hesitation_share": sum(t.silence_seconds > 0 for t in every_noise) / len(every_noise),
        "noise_turn_share": sum(t.turn for t in every_noise) / len(every_noise),
        **{f"noise_{kind}_stop_share": _share(trials) for kind, trials in noises.items()},
        **{
            f"noise_{kind}_duck_share": sum(t.ducked_seconds is not None for t in trials) / len(trials)
            for kind, trials in noises.items()
        },
        "barge_in_trials": float(sum(map(len, words.values()))),
        "barge_in_missed_share": sum(not _times(t) for t in yielding) / len(yielding),
        "ears_duck_ms_p95": percentile(ducked, 0.95),
        "ears_silent_ms_p95": percentile(silent, 0.95),
        "ears_angry_talks_on_ms_p50": percentile(talks_on, 0.5),
    }
    return figures, {"duck": ducked, "silent": silent, "talks_on": talks_on, "hesitations": hesitations}


def _times(trial: Trial) -> list[float]:
    return [at for at in (trial.held_seconds, trial.stopped_seconds) if at is not None]


def _share(trials: Sequence[Trial]) -> float:
    return sum(trial.stopped_seconds is not None for trial in trials) / len(trials)
