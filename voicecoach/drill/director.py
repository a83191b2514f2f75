"""One scene from its beginning to its end: was the technique heard, and if not, the same moment once more.

The director acts beside the trainee, as a script does: give ``watch`` to the loop, and let it ``act`` once a block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.events import CoachActed, EndCall, Input, Output, TurnJudged
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.techniques.ids import MISTAKES
from voicecoach.values import Detection

TRIES = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """What was heard in one try: the detection of the technique (None when it was not), and whatever else."""

    found: Detection | None
    mistakes: tuple[Detection, ...]
    others: tuple[Detection, ...]


class Director:
    """Of one scene; ``tell`` is called after each try, with what was heard and whether it is tried once more."""

    def __init__(self, technique: str, tell: Callable[[Tried, bool], None]) -> None:
        self.tries: list[Tried] = []
        self.finished = False
        self._technique = technique
        self._tell = tell
        self._turn = 0
        self._untold: Tried | None = None

    @property
    def succeeded(self) -> bool:
        """The technique was heard, at the first or a later try."""
        return bool(self.tries) and self.tries[-1].found is not None

    def watch(self, event: Input, outputs: tuple[Output, ...]) -> None:
        """What happened. What went before the scene is at times below zero, and is no try."""
        for output in outputs:
            if isinstance(output, TurnJudged) and output.text:
                self._judged(output, before=event.at_seconds < 0)
            elif isinstance(output, EndCall):
                self.finished = True

    def act(self, at_seconds: float, caller_busy: bool) -> list[Input]:
        """When the caller has answered: the end, or the same moment once more."""
        if caller_busy or self._untold is None:
            return []
        tried, self._untold = self._untold, None
        self.tries.append(tried)
        again = tried.found is None and len(self.tries) < TRIES and not self.finished
        self._tell(tried, again)
        if not again:
            self.finished = True
            return []
        turn, self._turn = self._turn, self._turn - 1
        return [CoachActed(at_seconds, "back", float(turn))]

    def _judged(self, judged: TurnJudged, *, before: bool) -> None:
        nod = judged.turn == self._turn and not judged.resumed
        self._turn = judged.turn
        if before or (nod and self._technique != "acknowledge"):
            return
        sure = [d for d in judged.detections if d.confidence >= MINIMUM_CONFIDENCE]
        self._untold = Tried(
            found=next((d for d in sure if d.id == self._technique), None),
            mistakes=tuple(d for d in sure if d.id in MISTAKES),
            others=tuple(d for d in sure if d.id not in MISTAKES and d.id != self._technique),
        )
