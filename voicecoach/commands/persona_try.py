"""`voicecoach persona try`: talk to a caller in text while its file is being written."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.text import Text

from voicecoach.call.script import CoachTurn, HangUpTurn, HoldTurn, SayTurn, SilenceTurn, Turn
from voicecoach.commands.session import people_console
from voicecoach.commands.text_call import prepare_input, read_line
from voicecoach.errors import PersonaError
from voicecoach.events import MoodMoved
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.review.findings import known_entries
from voicecoach.review.live import LiveView
from voicecoach.studio.ledger import factors_told
from voicecoach.studio.sheet import Panel, Sheet
from voicecoach.studio.terminal_chart import draw
from voicecoach.studio.trying import (
    Difference,
    Exchange,
    Start,
    Trial,
    WatchedFiles,
    differences,
    nudge_to,
    played,
)
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.values import Mood

LOOK_EVERY_SECONDS = 0.4
WAIT_SECONDS = 5.0
HOLD_SECONDS = 20.0
LONGEST_SECONDS = 600.0
PROMPT = "> "
_NUMBERS = {"/wait": (WAIT_SECONDS, LONGEST_SECONDS), "/hold": (HOLD_SECONDS, LONGEST_SECONDS), "/anger": (0.0, 10.0)}
"""Commands that take a number: the usual one, and the most."""

HELP = """\
Type what you say and press Enter. Every save of the caller's file plays it all again and shows what is different.
/why            what the last turn did to the anger, with every factor
/curve          the anger so far
/anger [N]      how the caller feels; or be at anger N (0 to 10) from now on
/wait [S]       say nothing for S seconds (5)
/hold [S]       put the caller on hold for S seconds (20)
/move NAME      have the caller make a move: vent, demand, supervisor, threat ...
/undo           take the last turn back
/restart        begin again
/hangup         put the phone down
/quit           leave"""


@dataclass(frozen=True, slots=True)
class TryOptions:
    """What was typed after `persona try`: the mood to begin with (None: as the file says), and the seed."""

    anger: float | None = None
    heard: float | None = None
    resolution: float | None = None
    seed: int = 1

    def start(self, persona: Persona) -> Start:
        """At the first word, unless a mood was named."""
        if self.anger is None and self.heard is None and self.resolution is None:
            return Start()
        anger = persona.temper.start if self.anger is None else self.anger
        return Start(Mood(anger, self.heard or 0.0, self.resolution or 0.0))


def try_persona(persona_id: str, options: TryOptions) -> None:
    """Until /quit, the end of the input or Ctrl-C."""
    prepare_input()
    persona = load(persona_id)
    talk = _Talk(persona_id, persona, options)
    talk.begin()
    with talk.watching():
        try:
            while True:
                talk.look()
                line = read_line(PROMPT)
                if line is None or not talk.take(line.strip()):
                    return
        except KeyboardInterrupt:
            sys.stdout.write("\n")  # what was half typed stays on its line
            raise


class _Talk:
    """The conversation on the screen. ``_lock`` is held by whoever is playing: the keyboard, or an edit."""

    def __init__(self, persona_id: str, persona: Persona, options: TryOptions) -> None:
        self._id = persona_id
        self._options = options
        self._start = options.start(persona)
        self._trial = Trial(persona, options.seed, self._start)
        self._files = WatchedFiles(persona_id)
        self._console = people_console()
        self._lock = threading.Lock()

    def begin(self) -> None:
        self._tell(f"Talking to {self._trial.persona.name}. /help tells what else can be typed; /quit leaves.")
        if self._start.mood is not None:
            self._tell_mood()
            self._tell("You are in the middle of the call: you speak.")
        for exchange in self._trial.exchanges:
            self._show(exchange)

    def take(self, line: str) -> bool:
        """What was typed; False to leave."""
        if line == "/quit":
            return False
        with self._lock:
            self._obey(line)
        return True

    # ------------------------------------------------------------------------------------------------- what is typed

    def _obey(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        plain: dict[str, Callable[[], None]] = {
            "": lambda: None,
            "/help": lambda: self._tell(HELP),
            "/why": self._why,
            "/curve": self._curve,
            "/undo": self._undo,
            "/restart": self._restart,
        }
        if word in plain:
            plain[word]()
        elif word == "/anger" and not rest.strip():
            self._tell_mood()
        elif not word.startswith("/"):
            self._play(SayTurn(line))
        elif turn := self._turn(word, rest.strip()):
            self._play(turn)

    def _turn(self, word: str, rest: str) -> Turn | None:
        """The turn that a command stands for; None when it is told what is wrong with it."""
        if word == "/hangup":
            return HangUpTurn()
        if word == "/move" and rest:
            return CoachTurn("move", 0.0, rest)
        if word == "/move":
            self._tell("Which move? /move vent, /move demand, /move supervisor ...")
        elif word in _NUMBERS:
            return self._numbered_turn(word, rest)
        else:
            self._tell(f"There is no {word} here; /help tells what there is.")
        return None

    def _numbered_turn(self, word: str, rest: str) -> Turn | None:
        usual, most = _NUMBERS[word]
        number = _number(rest, usual, most)
        if number is None:
            self._tell(f"{word} takes a number from 0 to {most:.0f}, not {rest!r}.")
            return None
        if word == "/anger":
            return nudge_to(number, self._trial)
        return SilenceTurn(number) if word == "/wait" else HoldTurn(number)

    def _play(self, turn: Turn) -> None:
        if self._trial.ended is not None:
            self._tell("The call has ended. /undo takes the last turn back, /restart begins again.")
            return
        self._show(self._trial.play(turn))

    def _undo(self) -> None:
        turns = self._trial.turns()
        if not turns:
            self._tell("Nothing was said yet.")
            return
        self._trial = played(self._trial.persona, self._options.seed, self._start, turns[:-1])
        last = self._trial.exchanges[-1].replies if self._trial.exchanges else ()
        self._tell(f"Taken back. {len(turns) - 1} turns are left.")
        if last:
            self._tell(f"The caller had said: {' '.join(last)}")
        self._tell_mood()

    def _restart(self) -> None:
        self._trial = Trial(self._trial.persona, self._options.seed, self._start)
        self.begin()

    def _why(self) -> None:
        steps = self._trial.exchanges[-1].steps if self._trial.exchanges else []
        moved = [output for _, outputs in steps for output in outputs if isinstance(output, MoodMoved)]
        if not moved:
            self._tell("Nothing has moved the anger in the last turn.")
        for step in moved:
            self._tell(f"anger {step.before.anger:.2f} -> {step.after.anger:.2f}, heard {step.after.heard:.2f}")
            for entry in step.ledger:
                self._tell(f"  {entry.cause.replace('_', ' '):<20}{entry.delta:+.3f} = {factors_told(entry)}")

    def _curve(self) -> None:
        panel = Panel("so far", (self._trial.series("so far"),))
        draw(self._console, Sheet(self._trial.persona.name, "anger over audio time", (panel,)))

    def _tell_mood(self) -> None:
        mood = self._trial.mood
        self._tell(f"anger {mood.anger:.1f}, heard {mood.heard:.0%}, problem solved {mood.resolution:.0%}")

    # ---------------------------------------------------------------------------------------------- the file is edited

    @contextmanager
    def watching(self) -> Iterator[None]:
        """On a terminal the file is looked at while nothing is typed; in a pipe before every line."""
        if not sys.stdin.isatty():
            yield
            return
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(done,), daemon=True, name="persona file")
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join(timeout=2.0)

    def look(self) -> bool:
        """Take an edit over, if there is one."""
        with self._lock:
            if not self._files.changed():
                return False
            self._edited()
            return True

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(LOOK_EVERY_SECONDS):
            if self.look():
                self._prompt_again()

    def _edited(self) -> None:
        self._console.print()
        try:
            persona = load(self._id)
        except PersonaError as error:
            self._tell(f"{error}", "bold red")
            self._tell("The caller goes on as before that edit.")
            return
        before = self._trial
        self._trial = played(persona, self._options.seed, self._start, before.turns())
        found = differences(before, self._trial)
        if not found:
            self._tell("The file was saved; nothing that was said goes otherwise.")
            return
        self._tell(f"The file was saved; {len(found)} of {len(before.exchanges)} exchanges go otherwise:", "bold")
        for difference in found:
            self._show_difference(difference)
        series = before.series("before"), self._trial.series("now")
        draw(self._console, Sheet("Anger", "before and after the edit", (Panel("", series),)))
        if self._trial.ended is not None:
            self._tell(f"Now the call ends: {self._trial.ended.outcome.value.replace('_', ' ')}")

    def _show_difference(self, difference: Difference) -> None:
        before, after = difference.before, difference.after
        head = "first words" if difference.number == 0 and before.turn is None else _told(before.turn)
        self._tell(f"{head}: anger {before.anger:.1f} -> {after.anger:.1f} ({difference.moved:+.2f})")
        if before.replies != after.replies:
            self._tell(f"  - {' '.join(before.replies) or '(nothing)'}", "red")
            self._tell(f"  + {' '.join(after.replies) or '(nothing)'}", "green")

    def _prompt_again(self) -> None:
        """The prompt with what was typed so far, below what the watcher printed."""
        typed = ""
        with contextlib.suppress(ImportError):
            import readline

            typed = readline.get_line_buffer()
        sys.stdout.write(f"{PROMPT}{typed}")
        sys.stdout.flush()

    # --------------------------------------------------------------------------------------------------------- showing

    def _show(self, exchange: Exchange) -> None:
        place = self._trial.exchanges.index(exchange)
        before = self._trial.exchanges[place - 1].anger if place else self._start.of(self._trial.persona).anger
        view = LiveView(self._console, before, known_entries(NO_EXTENSION))
        for event, outputs in exchange.steps:
            view.watch(event, outputs)

    def _tell(self, text: str, style: str = "italic") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)


def _number(text: str, usual: float, most: float) -> float | None:
    if not text:
        return usual
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0.0 <= number <= most else None


def _told(turn: Turn | None) -> str:
    match turn:
        case SayTurn():
            return f'"{turn.text}"'
        case SilenceTurn() | HoldTurn():
            return f"{'hold' if isinstance(turn, HoldTurn) else 'wait'} {turn.seconds:.0f} s"
        case CoachTurn():
            return f"{turn.act} {turn.text or format(turn.value, '+.1f')}"
    return "hanging up"
