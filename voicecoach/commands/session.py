"""An open call from the command line's side: its engine, its folder, and everybody who watches it."""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from rich.text import Text

from voicecoach.audio.recorder import CallRecorder
from voicecoach.call.folder import JOURNAL_NAME, RECORDING_NAME, new_call_folder
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, JournalWriter
from voicecoach.call.running import RunningMark
from voicecoach.commands.housekeeping import keep_house, remember_call
from voicecoach.commands.people import people_console
from voicecoach.errors import VoicecoachError
from voicecoach.events import Connected, Input, Output, PartialHeard
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import source_text
from voicecoach.places import calls_folder, home_folder
from voicecoach.review.before_after import before_after
from voicecoach.review.curve import Story, read_story
from voicecoach.review.findings import known_entries
from voicecoach.review.live import LiveView
from voicecoach.review.reviewed import Reviewed, review_of
from voicecoach.review.rubric import Rubric, shipped_rubric
from voicecoach.review.summary import as_object, print_before_after, print_summary
from voicecoach.settings import read_settings
from voicecoach.techniques.extension import NO_EXTENSION, Extension
from voicecoach.techniques.version import detector_version
from voicecoach.techniques.voice import CalmVoice

__all__ = ["Session", "Setup", "people_console"]


@dataclass(frozen=True, slots=True)
class Setup:
    """What a call is started with.

    ``calm_voice`` where there was a calibration; ``extension`` and ``rubric`` are the coach's own (None: as shipped).
    ``no_open``: its report is not opened afterwards.
    ``again`` names the earlier call that is tried again ("" for none), ``before`` is what of it is taken over: all but
    the last of these inputs are over when the call begins, and the last one begins it.
    """

    persona: Persona
    seed: int
    stt: str
    voice: str = ""
    record: bool = True
    as_json: bool = False
    calm_voice: CalmVoice | None = None
    extension: Extension = NO_EXTENSION
    again: str = ""
    before: tuple[Input, ...] = ()
    rubric: Rubric | None = None
    no_open: bool = True
    trainee: str = ""


class Session:
    """Keeps the journal, shows the call, and sums it up; a context manager.

    ``engine`` is the call; give ``watch`` to whatever drives it. Raises ``StorageError`` when nothing can be kept.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.console = people_console(beside_json=setup.as_json)
        self._settings = read_settings()
        keep_house(home_folder(), self._settings, self._warn)
        now = datetime.now(UTC).astimezone()
        self.folder = new_call_folder(calls_folder(), setup.persona.id, now)
        self.engine = new_engine(setup.persona, setup.seed, setup.calm_voice, setup.extension)
        self._known = known_entries(setup.extension)
        self._mark = RunningMark(home_folder(), self.folder.name)
        header = Header(
            call=self.folder.name,
            persona_id=setup.persona.id,
            persona=source_text(setup.persona),
            seed=setup.seed,
            stt=setup.stt,
            voice=setup.voice,
            started=now.isoformat(timespec="seconds"),
            calibration=_calibration(setup.calm_voice),
            trainee=setup.trainee or self._settings.trainee,
            techniques=setup.extension.text,
            again=setup.again,
            detector=detector_version(),
            rubric=(setup.rubric or shipped_rubric()).text,
        )
        self._header = header
        self._journal = JournalWriter(self.folder / JOURNAL_NAME, header)
        self.recorder = CallRecorder(self.folder / RECORDING_NAME) if setup.record else None
        self._steps: list[tuple[Input, tuple[Output, ...]]] = []
        for event in setup.before[:-1]:
            self._keep(event, self.engine.take(event))
        anger = self.engine.state.anger.mood.anger
        self._view = None if setup.as_json else LiveView(self.console, anger, self._known)
        self.first: Input = setup.before[-1] if setup.before else Connected(0.0)

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()
        if self.recorder is not None:
            self.recorder.close()
        self._mark.remove()
        if error is None:
            remember_call(home_folder(), self._settings, self.folder, self._warn)

    def watch(self, event: Input, outputs: tuple[Output, ...]) -> None:
        """One input and what it led to: first into the journal, then to the screen."""
        self._keep(event, outputs)
        if self._view is not None:
            self._view.watch(event, outputs)

    def _keep(self, event: Input, outputs: tuple[Output, ...]) -> None:
        self._journal.step(event, outputs)
        if outputs or not isinstance(event, PartialHeard):  # there are many, and no story tells of them
            self._steps.append((event, outputs))

    def tell(self, text: str) -> None:
        """A line for people; not part of the call."""
        if not self._setup.as_json:
            self.console.print(Text(text, style="italic"), soft_wrap=True)

    def _warn(self, text: str) -> None:
        """A line for people that a program reading JSON does not see, but whoever started it does."""
        self.console.print(Text(text, style="italic"), soft_wrap=True)

    @property
    def recording(self) -> Path | None:
        """Where the sound of the call is; None when it is not kept."""
        return self.folder / RECORDING_NAME if self.recorder is not None else None

    def story(self) -> Story:
        """The call so far."""
        return read_story(self._steps, self._setup.persona.temper.start)

    def sum_up(self, recording: Path | None) -> None:
        """The outcome and the short score, as text or as one JSON object."""
        call = review_of(self._header, self._setup.persona, self._known, self.story())
        if self._setup.as_json:
            sys.stdout.write(json.dumps(as_object(call)) + "\n")
            return
        print_summary(self.console, call)
        self._beside_earlier(call)
        if recording is not None:
            self.tell(f"Recording  {recording}")
        self.tell(f"Journal    {self.folder / JOURNAL_NAME}")

    def _beside_earlier(self, call: Reviewed) -> None:
        if not self._header.again:
            return
        from voicecoach.commands.report import earlier_try

        if (earlier := earlier_try(self._header)) is not None:
            print_before_after(self.console, before_after(earlier, call))

    def show_report(self) -> None:
        """Open the page of the call, once it is closed, for somebody who sits at a desktop; a failure is told."""
        if self._setup.as_json:
            return
        from voicecoach.commands.report import show_report

        try:
            told = show_report(self.folder, self._setup.no_open)
        except VoicecoachError as error:
            told = f"Report     {error}"
        self.tell(told or "Report     voicecoach review --out report.html")


def _calibration(calm: CalmVoice | None) -> dict[str, float]:
    if calm is None:
        return {}
    return {name: value for name, value in dataclasses.asdict(calm).items() if value is not None}
