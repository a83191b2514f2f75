"""`voicecoach replay`: a recorded call, fed to the engine again."""

from __future__ import annotations

import json
import sys

from rich.text import Text

from voicecoach.call.folder import find_journal
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import read_journal
from voicecoach.call.replay import replay
from voicecoach.commands.drawing import NO_DRAWINGS, Drawings, show
from voicecoach.commands.session import people_console
from voicecoach.persona.loading import load, loads
from voicecoach.places import calls_folder
from voicecoach.review.curve import Story, read_story
from voicecoach.review.findings import known_entries
from voicecoach.review.reviewed import review_of
from voicecoach.review.summary import as_object
from voicecoach.studio.beside import beside
from voicecoach.techniques.extension import parse_extension
from voicecoach.techniques.version import detector_version
from voicecoach.techniques.voice import CalmVoice


def replay_call(call: str, *, persona: str | None, as_json: bool, drawings: Drawings = NO_DRAWINGS) -> None:
    """The curve again, or the one it would have been with another persona; both are drawn."""
    drawings.check()
    journal = read_journal(find_journal(calls_folder(), call))
    recorded_persona = loads(journal.header.persona)
    now_persona = load(persona) if persona is not None else recorded_persona
    calibration = journal.header.calibration
    calm = CalmVoice(**calibration) if calibration else None
    extension = parse_extension(journal.header.techniques, "the journal's techniques")
    engine = new_engine(now_persona, journal.header.seed, calm, extension)
    replayed = replay(journal.inputs(), engine)
    now = read_story(replayed.steps, now_persona.temper.start)
    recorded = read_story(journal.steps, recorded_persona.temper.start)
    same = replayed.steps == journal.steps
    names = ("recorded", "now" if persona is None else persona)
    sheet = beside(journal.steps, recorded_persona, replayed.steps, now_persona, names)
    if as_json:
        known = known_entries(extension)
        reviewed = review_of(journal.header, now_persona, known, now)
        drawings.write(sheet)
        sys.stdout.write(json.dumps({**as_object(reviewed), "identical": same}) + "\n")
        return
    if persona is not None or drawings != NO_DRAWINGS:
        show(sheet, drawings)
        people_console().print()
    _print(recorded, now, other=persona)
    _tell(persona, same=same, recorded_by=journal.header.detector)


def _print(recorded: Story, now: Story, *, other: str | None) -> None:
    console = people_console()
    console.print(Text(f"{'':>8}  {'recorded':<32}{'now' if other is None else other}", style="bold"))
    then_curve = {moved.at_seconds: moved for moved in recorded.moods}
    now_curve = {moved.at_seconds: moved for moved in now.moods}
    for at_seconds in sorted(then_curve | now_curve):
        cells = []
        for curve in (then_curve, now_curve):
            moved = curve.get(at_seconds)
            cells.append(f"{moved.before.anger:4.1f} -> {moved.after.anger:4.1f} {moved.band.value}" if moved else "-")
        console.print(Text(f"{at_seconds:8.1f}  {cells[0]:<32}{cells[1]}"), soft_wrap=True)
    for name, story in (("recorded", recorded), ("now", now)):
        ended = f"{story.end.outcome.value.replace('_', ' ')}: {story.end.reason}" if story.end else "still open"
        console.print(Text(f"{name:>8}  {ended}"), soft_wrap=True)


def _tell(other: str | None, *, same: bool, recorded_by: str) -> None:
    """Whether the two are the same, and what may well be why they are not."""
    here = detector_version()
    told = []
    if other is None:
        told.append("The same, to the bit." if same else "Not the same as when it was recorded.")
    if not same and recorded_by != here:
        told.append(f"The words were judged by detector {recorded_by or '(not named)'} then, by {here} now.")
    elif not same and other is None:
        told.append("Another version of the program wrote this journal; the detector is the same.")
    for line in told:
        people_console().print(Text(line), soft_wrap=True)
