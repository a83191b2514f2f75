"""The score card as a page shows it: what to try, what worked, what it cost, and every id by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.call.contest import Contest, standing_contests
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.advice import example_sentences, turn_before
from voicecoach.review.assessment import Assessment, Effect, StepScore
from voicecoach.review.curve import Story
from voicecoach.review.figures import Figures
from voicecoach.review.naming import Names
from voicecoach.review.reviewed import Reviewed
from voicecoach.review.standing import Standing

SHOWN_LESS = 0.3
"""A mistake that could add this much less than it weighs is told with its weight."""


@dataclass(frozen=True, slots=True)
class Done:
    """A technique that was there: its first words, how often, and what it did to the anger in all."""

    title: str
    at: float
    words: str
    count: int
    anger: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A moment at which these (title and a sentence that would have fitted) were due, and what the caller said."""

    at: float
    why: str
    after: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A step. ``other``: another way was taken; ``rest``: there was no opportunity."""

    title: str
    share: str
    done: tuple[Done, ...]
    missed: tuple[Missed, ...]
    other: str
    rest: str


@dataclass(frozen=True, slots=True)
class Told:
    """A technique or mistake at its moment; ``say`` is what would have been better, ``more`` a remark."""

    title: str
    words: str
    at: float
    anger: float
    say: str = ""
    more: str = ""


def parts_of(call: Reviewed, judged: Assessment, names: Names) -> tuple[Part, ...]:
    """Every step of the rubric."""
    return tuple(_part(step, call, judged, names) for step in judged.steps)


def told_of(effects: Sequence[Effect], call: Reviewed, names: Names) -> tuple[Told, ...]:
    """Effects for people."""
    return tuple(_told(effect, call, names) for effect in effects)


def figures_of(spoken: Figures) -> tuple[tuple[str, str, str], ...]:
    """(name, value, note) of every figure that this call can show."""
    found: list[tuple[str, str | None, str]] = [
        ("Your share of the talking", _percent(spoken.talk_share), ""),
        ("Listening", _percent(spoken.listening_share), "of the call: the caller spoke, you were silent"),
        ("You answered after", _seconds(spoken.response_seconds), _slowest(spoken)),
        ("Longest turn", f"{spoken.longest_seconds:.0f} s", f"{spoken.longest_words} words"),
        ("Cutting in", _times(spoken.interruptions), f"caller’s lines cut short: {spoken.cut_short}"),
        ("Pace", _pace(spoken.words_per_minute), _calm_pace(spoken)),
        ("Loudness", _decibel(spoken.louder_db), _loudest(spoken)),
    ]
    return tuple((name, value, note) for name, value, note in found if value is not None)


def _part(step: StepScore, call: Reviewed, judged: Assessment, names: Names) -> Part:
    found = step.standings
    return Part(
        title=step.title,
        share="nothing was due" if step.share is None else f"{step.share:.0%} of what was due",
        done=tuple(_done(each.id, call.story, judged, names) for each in found if each.state == "present"),
        missed=_missed([each for each in found if each.state == "missed"], call, names),
        other=", ".join(names.title(each.id) for each in found if each.state == "no opportunity" and each.why),
        rest=", ".join(names.title(each.id) for each in found if each.state == "no opportunity" and not each.why),
    )


def _done(id_: str, story: Story, judged: Assessment, names: Names) -> Done:
    starts = {change.judged.at_seconds: change.start_seconds for change in story.changes if change.judged is not None}
    at, words = next(
        (starts.get(turn.at_seconds, turn.at_seconds), detection.words)
        for turn in story.judged
        for detection in turn.detections
        if detection.id == id_ and detection.confidence >= MINIMUM_CONFIDENCE
    )
    tally = next(each for each in judged.card.techniques if each.id == id_)
    return Done(names.title(id_), at, words, tally.count, tally.anger)


def _missed(standings: Sequence[Standing], call: Reviewed, names: Names) -> tuple[Missed, ...]:
    """Those that were due at the same moment for the same reason, together."""
    moments: dict[tuple[float, str, str], list[tuple[str, str]]] = {}
    for each in standings:
        at_seconds = each.at_seconds or 0.0
        before = turn_before(call.story, at_seconds, each.after)
        moment = (before.start if before else at_seconds, each.why, each.after)
        say = example_sentences(call.known[each.id], call.persona)[0]
        moments.setdefault(moment, []).append((names.title(each.id), say))
    return tuple(Missed(at, why, after, tuple(items)) for (at, why, after), items in moments.items())


def _told(effect: Effect, call: Reviewed, names: Names) -> Told:
    entry = call.known[effect.id]
    say = example_sentences(entry, call.persona)[0] if entry.is_mistake else ""
    less = effect.weight - effect.anger > SHOWN_LESS
    more = f"it weighs {effect.weight:.1f}; there was little room left on the scale" if less else ""
    return Told(names.title(effect.id), effect.words, effect.at_seconds, effect.anger, say, more)


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.0%}"


def _seconds(seconds: float | None) -> str | None:
    return None if seconds is None else f"{seconds:.1f} s"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _pace(words_per_minute: float | None) -> str | None:
    return None if words_per_minute is None else f"{words_per_minute:.0f} words a minute"


def _decibel(louder_db: float | None) -> str | None:
    return None if louder_db is None else _level(louder_db)


def _slowest(spoken: Figures) -> str:
    slowest = spoken.slowest_response_seconds
    return "" if slowest is None else f"the slowest answer took {slowest:.1f} s"


def _calm_pace(spoken: Figures) -> str:
    calm = spoken.calm_words_per_minute
    return "" if calm is None else f"{calm:.0f} at the start, when calm"


def _loudest(spoken: Figures) -> str:
    loudest = spoken.loudest_db
    return "" if loudest is None else f"against your calm voice; {_level(loudest)} at most"


def _level(louder_db: float) -> str:
    """A difference in loudness; nothing is neither louder nor softer."""
    whole = round(louder_db)
    return f"{whole:+d} dB".replace("-", "−") if whole else "±0 dB"


def contests_of(contests: Sequence[Contest], names: Names) -> list[dict[str, object]]:
    """Every change that was made to what was heard, in its order, and whether it stands."""
    standing = standing_contests(contests)
    return [
        {
            "turn": each.turn,
            "title": names.title(each.id),
            "done": _contest_done(each, stands=each in standing),
            "by": each.by,
            "at": each.at.replace("T", " ")[:16],
            "reason": each.reason,
        }
        for each in contests
    ]


def _contest_done(contest: Contest, *, stands: bool) -> str:
    if contest.withdraws:
        return f"contest {contest.withdraws} withdrawn"
    done = "put in" if contest.add else "taken out"
    return done if stands else f"{done}, later withdrawn"
