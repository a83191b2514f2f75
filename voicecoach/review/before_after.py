"""A call beside the earlier one that it tries again: what is better now, what is not, and what is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voicecoach.review.assessment import Assessment, assess
from voicecoach.review.naming import Names, plain
from voicecoach.review.page_curve import Curve, curve_of
from voicecoach.review.reviewed import Reviewed

Verdict = Literal["better", "worse", "same", "other"]
FELT_ANGER = 0.25
FELT_SHARE = 0.05
"""Smaller differences of anger (0..10) and of shares (0..1) are called the same: nobody would feel them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, then and now, in words; ``verdict`` says which is better (``other`` where neither is)."""

    what: str
    before: str
    now: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """``earlier`` names the earlier call, ``from_turn`` the turn it was taken over at (None: played anew).

    ``gained`` and ``lost`` are techniques heard only now and only then, ``avoided`` and ``slipped`` mistakes made only
    then and only now; all by the titles of the rubric.
    """

    earlier: str
    from_turn: int | None
    rows: tuple[Row, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    avoided: tuple[str, ...]
    slipped: tuple[str, ...]


def before_after(earlier: Reviewed, now: Reviewed) -> BeforeAfter:
    """The two calls beside each other; ``now.header.again`` says how they belong together."""
    then_card, now_card = assess(earlier), assess(now)
    names = Names(now.known, now.rubric.titles)
    call, _, turn = now.header.again.partition("@")

    def only(here: Assessment, there: Assessment, *, mistakes: bool) -> tuple[str, ...]:
        ids = [_ids(each, mistakes=mistakes) for each in (here, there)]
        return tuple(names.title(cause) for cause in ids[0] if cause not in ids[1])

    return BeforeAfter(
        earlier=call,
        from_turn=int(turn) if turn.isdecimal() else None,
        rows=_rows(earlier, then_card, now, now_card),
        gained=only(now_card, then_card, mistakes=False),
        lost=only(then_card, now_card, mistakes=False),
        avoided=only(then_card, now_card, mistakes=True),
        slipped=only(now_card, then_card, mistakes=True),
    )


def earlier_curve(earlier: Reviewed, now: Reviewed) -> Curve:
    """The curve of the earlier call in the time of the later one, which took it over at 0, or is played anew."""
    times, angers = curve_of(earlier.story, earlier.story.points[-1].t)
    turn = now.header.again.partition("@")[2]
    began = next((each for each in earlier.story.judged if str(each.turn) == turn and each.text), None)
    if began is None:
        return times, angers
    spoken = [said.start for said in earlier.story.turns if said.who == "trainee" and said.start <= began.at_seconds]
    return [time - spoken[-1] for time in times], angers


def _ids(assessment: Assessment, *, mistakes: bool) -> list[str]:
    card = assessment.card
    return [tally.id for tally in (card.mistakes if mistakes else card.techniques)]


def _rows(earlier: Reviewed, then: Assessment, later: Reviewed, now: Assessment) -> tuple[Row, ...]:
    before, after = then.card, now.card
    steps = {step.key: step for step in then.steps}
    return (
        _ending(_outcome(earlier), _outcome(later), int(after.good) - int(before.good)),
        _anger("Anger at the end", before.end_anger, after.end_anger),
        _anger("Anger at most", before.peak_anger, after.peak_anger),
        _share("Caller felt heard", before.heard, after.heard),
        _share("Problem solved", before.resolution, after.resolution),
        *(
            _share(step.title, steps[step.key].share, step.share)
            for step in now.steps
            if step.key in steps and (step.share is not None or steps[step.key].share is not None)
        ),
        _fewer("Mistakes", _made(then), _made(now)),
    )


def _ending(before: str, now: str, gain: int) -> Row:
    verdict: Verdict = _verdict(gain, 0) if gain else "same" if before == now else "other"
    return Row("How it ended", before, now, verdict)


def _outcome(call: Reviewed) -> str:
    return plain(call.story.end.outcome.value) if call.story.end else "broken off"


def _made(assessment: Assessment) -> int:
    return sum(tally.count for tally in assessment.card.mistakes)


def _anger(what: str, before: float, now: float) -> Row:
    return Row(what, f"{before:.1f}", f"{now:.1f}", _verdict(before - now, FELT_ANGER))


def _share(what: str, before: float | None, now: float | None) -> Row:
    verdict: Verdict = "other" if before is None or now is None else _verdict(now - before, FELT_SHARE)
    return Row(what, _told(before), _told(now), verdict)


def _told(share: float | None) -> str:
    return "nothing due" if share is None else f"{share:.0%}"


def _fewer(what: str, before: int, now: int) -> Row:
    return Row(what, str(before), str(now), _verdict(before - now, 0))


def _verdict(gain: float, felt: float) -> Verdict:
    return "same" if abs(gain) <= felt else "better" if gain > 0 else "worse"
