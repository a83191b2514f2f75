"""A kept call, read whole: the journal, the persona it was taken with, and the story with what was contested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.call.contest import Contest, read_contests, standing_contests
from voicecoach.call.corrected import Steps, corrected
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Journal, read_journal
from voicecoach.call.judging import judge_for
from voicecoach.call.replay import replay
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import loads
from voicecoach.review.curve import Story, read_story
from voicecoach.review.findings import known_entries
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension import Extension, parse_extension
from voicecoach.techniques.voice import CalmVoice


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call as it lies in its folder.

    ``recorded`` is the story as the trainee lived it; ``story`` is what counts: the same, judged again where
    ``contests`` (every line, withdrawn ones too) changed what was heard; ``steps`` are what it was read from.
    ``known`` are all ids with their meaning. ``judged_anew`` is true when the contests had to be judged by another
    version of the detector than the call was.
    """

    path: Path
    journal: Journal
    persona: Persona
    extension: Extension
    known: Mapping[str, Entry]
    contests: tuple[Contest, ...]
    steps: Steps
    recorded: Story
    story: Story
    judged_anew: bool = False


def read_call(path: Path) -> KeptCall:
    """The call with this journal. Raises ``JournalError``, ``PersonaError``, ``TechniquesError``."""
    journal = read_journal(path)
    persona = loads(journal.header.persona)
    extension = parse_extension(journal.header.techniques, "the journal's techniques")
    contests = read_contests(path.parent)
    steps, anew = journal.steps, False
    if standing := standing_contests(contests):
        steps, anew = _contested(journal, persona, extension, standing)
    recorded, story = (read_story(each, persona.temper.start) for each in (journal.steps, steps))
    known = known_entries(extension)
    return KeptCall(path, journal, persona, extension, known, contests, steps, recorded, story, anew)


def _contested(
    journal: Journal, persona: Persona, extension: Extension, standing: tuple[Contest, ...]
) -> tuple[Steps, bool]:
    calibration = journal.header.calibration
    calm = CalmVoice(**calibration) if calibration else None
    engine = new_engine(persona, journal.header.seed, calm, extension)
    again = replay(journal.inputs(), engine)
    steps = corrected(again.steps, engine.state.steps, persona, judge_for(persona, extension), standing)
    return steps, again.steps != journal.steps
