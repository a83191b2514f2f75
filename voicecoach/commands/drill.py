"""`voicecoach drill`: one technique, three short scenes, hints that fade."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from rich.console import Console
from rich.text import Text

from voicecoach.call.engine import Engine
from voicecoach.call.folder import LAST, find_journal
from voicecoach.call.hearing import new_engine
from voicecoach.call.script import CoachTurn, SayTurn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.commands.headset_call import Headset, open_headset
from voicecoach.commands.options import CallOptions
from voicecoach.commands.session import people_console
from voicecoach.commands.sound_call import Cast, rehearse
from voicecoach.commands.text_call import prepare_input, read_line
from voicecoach.drill.director import Director, Tried
from voicecoach.drill.results import DrillResult, keep_result, last_results
from voicecoach.drill.scenes import Scene, drills, scenes_for
from voicecoach.errors import DataError
from voicecoach.events import CoachActed, Input, Output
from voicecoach.persona.anger import band_of
from voicecoach.persona.file import Persona
from voicecoach.places import calls_folder, drills_folder
from voicecoach.rehearsal import BROKEN_OFF, Watcher
from voicecoach.review.advice import example_sentences
from voicecoach.review.findings import known_entries
from voicecoach.review.live import LiveView
from voicecoach.review.reading import read_call
from voicecoach.review.standing import standings
from voicecoach.techniques.catalogue import entries, entry
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.techniques.ids import TECHNIQUES
from voicecoach.techniques.voice import CalmVoice
from voicecoach.values import Detection

SEED = 1
FULL, NAMED, NONE = 2, 1, 0
"""How much of a hint there is: the tip with two sentences, the name alone, nothing."""


def list_drills(*, as_json: bool) -> None:
    """What can be practised, how it went, and what was missed in the last call."""
    results = last_results(drills_folder())
    missed = _missed_in_last_call()
    rows = [(cause, results.get(cause), cause in missed) for cause in TECHNIQUES if cause in drills()]
    if as_json:
        told = [
            {"technique": cause, "last": dataclasses.asdict(result) if result else None, "missed_in_last_call": due}
            for cause, result, due in rows
        ]
        sys.stdout.write(json.dumps(told) + "\n")
        return
    console = people_console()
    for cause, result, due in rows:
        line = Text(f"{cause:<20} {entry(cause).title:<32}")
        if result is not None:
            line.append(f" {result.at_once} of {len(result.tries)} at once ({result.at[:10]})", style="green")
        if due:
            line.append("  missed in your last call", style="yellow")
        console.print(line, soft_wrap=True)
    console.print(Text("Practise one: voicecoach drill empathize --stt typed", style="italic"))


@dataclass
class Stage:
    """The place where scenes are played: says the hints, shows the scene, tells what was heard."""

    technique: str
    console: Console
    hints: list[int] = field(default_factory=lambda: [FULL, NAMED, NONE])

    def raise_curtain(self, number: int, scene: Scene, persona: Persona) -> None:
        """Who calls, and the hint of this scene."""
        band = band_of(scene.anger).value
        head = f"\nScene {number} of {len(self.hints)}: {persona.name}, {band} ({scene.anger:.0f} of 10)"
        self.console.print(Text(head, style="bold"), soft_wrap=True)
        self.console.print(Text(persona.briefing.situation, style="dim"), soft_wrap=True)
        if scene.you_said:
            self.console.print(Text(f'You have said: "{scene.you_said}"', style="dim"), soft_wrap=True)
        self.hint(self.hints[number - 1], persona)

    def hint(self, level: int, persona: Persona) -> None:
        """As much of a hint as ``level`` says."""
        wanted = entry(self.technique)
        if level == NONE:
            self._say("No hint this time.")
            return
        self._say(f"Practise: {wanted.title} ({wanted.meaning}).")
        if level == FULL:
            self._say(wanted.tip)
            for sentence in example_sentences(wanted, persona):
                self._say(f"For instance: {sentence}")

    def tell(self, tried: Tried, again: bool) -> None:
        """What was heard in a try."""
        if tried.found is not None:
            words = f': "{tried.found.words}"' if tried.found.words else f" ({tried.found.why})"
            self.console.print(Text(f"Heard{words}", style="green"), soft_wrap=True)
        else:
            self.console.print(Text(f"{entry(self.technique).title}: not heard.{_instead(tried)}", style="yellow"))
        for mistake in tried.mistakes:
            self.console.print(Text(f"It cost you: {_name(mistake)}", style="red"), soft_wrap=True)
        if again:
            self._say("The same moment once more.")

    def _say(self, text: str) -> None:
        self.console.print(Text(text, style="italic"), soft_wrap=not self.console.is_terminal)


def drill(technique: str, options: CallOptions) -> None:
    """The three scenes, by keyboard or at the headset. Raises ``UsageError`` and the errors of what is opened."""
    scenes = scenes_for(technique)
    typed = options.stt == "typed"
    if typed:
        prepare_input()
    stage = Stage(technique, people_console(beside_json=options.as_json))
    played: list[Director] = []
    try:
        if typed:
            _play_all(stage, scenes, _scene_typed, played)
        else:
            callers = [scene.persona() for scene in scenes]
            with open_headset(options, callers, stage.console, lambda: None) as headset:
                _play_all(stage, scenes, partial(_scene_spoken, headset), played)
    except (KeyboardInterrupt, EOFError):
        stage.console.print(Text("Broken off."))
    finish(stage, played, as_json=options.as_json)


Player = Callable[["Staged"], None]


@dataclass(frozen=True, slots=True)
class Staged:
    """A scene ready to be played."""

    persona: Persona
    scene: Scene
    director: Director
    console: Console
    seed: int


def _play_all(stage: Stage, scenes: tuple[Scene, ...], play: Player, played: list[Director]) -> None:
    for number, scene in enumerate(scenes, 1):
        persona = scene.persona()
        stage.raise_curtain(number, scene, persona)
        director = Director(stage.technique, partial(_after_try, stage, number, persona))
        played.append(director)
        play(Staged(persona, scene, director, stage.console, SEED + number))


def finish(stage: Stage, played: list[Director], *, as_json: bool) -> None:
    """Sum up, and keep the result. A scene that was never answered does not count."""
    answered = [director for director in played if director.tries]
    tries = tuple(len(director.tries) if director.succeeded else 0 for director in answered)
    result = DrillResult(stage.technique, tries, datetime.now(UTC).astimezone().isoformat(timespec="seconds"))
    if tries:
        keep_result(drills_folder(), result)
    if as_json:
        sys.stdout.write(json.dumps({**dataclasses.asdict(result), "at_once": result.at_once}) + "\n")
        return
    said = f"{result.at_once} of {len(tries)} at the first try" if tries else "No scene was answered"
    stage.console.print(Text(f"\n{entry(stage.technique).title}: {said}.", style="bold"))


def _scene_typed(staged: Staged) -> None:
    engine, first, watch = _raise(staged, UNVOICED_CALM)
    call = TextCall(engine, watch)
    call.begin(first)
    call.settle()
    for turn in _turns(staged.director, call):
        call.turn(turn)
        call.settle()


def _scene_spoken(headset: Headset, staged: Staged) -> None:
    engine, first, watch = _raise(staged, headset.calm)
    headset.flush()
    cast = Cast(engine, staged.persona.voice.to_spec(), headset.calm, first, watch, trainee=staged.director)
    ended = rehearse(cast, headset.sound)
    staged.director.act(ended.at_seconds, caller_busy=False)  # the last answer, when it was the end of the call
    if ended.reason == BROKEN_OFF:
        raise KeyboardInterrupt


def _raise(staged: Staged, calm: CalmVoice | None) -> tuple[Engine, Input, Watcher]:
    """An engine that stands at the beginning of the scene, what begins it, and who watches."""
    engine = new_engine(staged.persona, staged.seed, calm, NO_EXTENSION)
    first = take_before(engine, staged.director, staged.scene)
    view = LiveView(staged.console, engine.state.anger.mood.anger, known_entries(NO_EXTENSION))

    def watch(event: Input, outputs: tuple[Output, ...]) -> None:
        view.watch(event, outputs)
        staged.director.watch(event, outputs)

    return engine, first, watch


def take_before(engine: Engine, director: Director, scene: Scene) -> Input:
    """Let the engine take what went before the scene; the input that begins it."""
    *before, first = scene.inputs()
    for event in before:
        director.watch(event, engine.take(event))
    return first


def _turns(director: Director, call: TextCall) -> Iterator[SayTurn | CoachTurn]:
    """What the director does, and what is typed, until the scene is over."""
    while True:
        for event in director.act(call.at_seconds, caller_busy=False):
            if isinstance(event, CoachActed):
                yield CoachTurn(event.act, event.value)
        if director.finished or call.ended is not None:
            return
        line = read_line()
        if line is None:
            raise EOFError
        if line.strip():
            yield SayTurn(line.strip())


def _after_try(stage: Stage, number: int, persona: Persona, tried: Tried, again: bool) -> None:
    stage.tell(tried, again)
    if again:
        stage.hint(min(FULL, stage.hints[number - 1] + 1), persona)


def _instead(tried: Tried) -> str:
    names = ", ".join(_name(detection) for detection in tried.others)
    return f" What I heard: {names}." if names else ""


def _name(detection: Detection) -> str:
    known = entries().get(detection.id)
    return known.title if known is not None else detection.id.replace("_", " ")


def _missed_in_last_call() -> frozenset[str]:
    """From the last call, where there is one that can be read: a hint, not a judgement."""
    try:
        call = read_call(find_journal(calls_folder(), LAST))
    except DataError:
        return frozenset()
    return frozenset(standing.id for standing in standings(call.story) if standing.state == "missed")
