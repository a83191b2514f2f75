"""The ladder of a line: really spoken, written to a file, and measured there rung by rung."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile

from voicecoach.audio.base import Pcm
from voicecoach.audio.files import write_wav
from voicecoach.errors import UsageError
from voicecoach.persona.loading import load
from voicecoach.studio.ladder import RUNGS, ladder
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

LINE = "Nobody has called me back, and I have waited for two weeks."
Measure = Callable[[Pcm], float]


@pytest.mark.parametrize("persona", ["double_charge", "quiet_walker"])
def test_every_rung_is_faster_louder_and_higher_than_the_one_below(
    voice: Pyttsx3Voice, level_dbfs: Measure, median_f0_hz: Measure, tmp_path: Path, persona: str
) -> None:
    said = ladder(voice, LINE, load(persona).voice.to_spec())
    write_wav(tmp_path / "ladder.wav", said.pcm)
    pcm, rate_hz = soundfile.read(tmp_path / "ladder.wav", dtype="int16")
    rungs = [
        pcm[round(rung.start_seconds * rate_hz) : round((rung.start_seconds + rung.seconds) * rate_hz)]
        for rung in said.rungs
    ]
    assert [rung.anger for rung in said.rungs] == list(RUNGS)
    for measured in ([-len(rung) for rung in rungs], [*map(level_dbfs, rungs)], [*map(median_f0_hz, rungs)]):
        assert measured == sorted(measured)
        assert len(set(measured)) == len(measured)


def test_a_text_without_words_is_refused(voice: Pyttsx3Voice) -> None:
    with pytest.raises(UsageError, match="nothing to say"):
        ladder(voice, " ", load("double_charge").voice.to_spec())
