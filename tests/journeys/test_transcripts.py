"""Five minutes with each caller, as kept: the same words, moves, anger and end, to the letter.

After a change that is meant, `python -m bench.transcripts` writes them anew; read what changed before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.transcripts import scripts, transcript
from voicecoach.persona.loading import list_personas
from voicecoach.techniques.detector import TextDetector

FIVE_MINUTES_SECONDS = 300.0


@pytest.fixture(scope="module")
def detector() -> TextDetector:
    return TextDetector()


def test_every_caller_has_one() -> None:
    assert [script.stem for script in scripts()] == sorted(persona.id for persona in list_personas())


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.stem)
def test_five_minutes_go_as_they_went(script: Path, detector: TextDetector) -> None:
    text, seconds = transcript(script, detector)
    assert seconds >= FIVE_MINUTES_SECONDS
    assert text == script.with_suffix(".txt").read_text(encoding="utf-8")
