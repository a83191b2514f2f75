"""The report of a call: one HTML page that needs nothing but itself, from a file and without a network.

The page may run only the scripts that are in it (by their digests) and reach nothing: its content security policy says
so to the browser. Whatever a persona, a journal or a trainee says is text in it, never markup.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any

from jinja2 import Environment, Template
from jinja2.utils import htmlsafe_json_dumps

from voicecoach import __version__
from voicecoach.call.contest import Contest
from voicecoach.review.assessment import Assessment, assess
from voicecoach.review.before_after import before_after, earlier_curve
from voicecoach.review.curve import Story
from voicecoach.review.naming import Names, plain
from voicecoach.review.page_card import contests_of, figures_of, parts_of, told_of
from voicecoach.review.page_curve import PageStep, bands, curve_of, steps_of
from voicecoach.review.page_talk import talk_of
from voicecoach.review.reciting import repeats
from voicecoach.review.reviewed import Reviewed
from voicecoach.review.sound import PageSound
from voicecoach.vendored import UPLOT, UPLOT_STYLE, WAVESURFER, vendored


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the call on its page: its ``sound``, the ``ideal`` call with the same caller, and the
    trainee's turns in ``earlier_calls``, the ``earlier`` call that this one tries again. ``contested``: so many
    detections were contested, and the call judged anew; ``contests`` are all that were ever made."""

    sound: PageSound | None = None
    ideal: Story | None = None
    earlier_calls: Sequence[Iterable[str]] = ()
    contested: int = 0
    earlier: Reviewed | None = None
    contests: Sequence[Contest] = ()


IDEAL_SHOWN = 1.5
"""An expert may take longer; the curve shows at most so many times the length of the call."""

NOTHING_BESIDE = Beside()


def render_report(call: Reviewed, beside: Beside = NOTHING_BESIDE) -> str:
    """The page, as text to be saved as UTF-8. The same call gives the same page, to the byte."""
    page = _page(call, beside)
    return _template().render(page=page)


@functools.cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    environment.filters.update(clock=clock, signed=_signed, signed2=_signed2)
    return environment.from_string(_asset("report.html.j2"))


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8")


def _page(call: Reviewed, beside: Beside) -> dict[str, Any]:
    story, judged = call.story, assess(call)
    names = Names(call.known, call.rubric.titles)
    sound = beside.sound
    seconds = max([judged.figures.call_seconds, *(moved.at_seconds for moved in story.moods)])
    if sound is not None:
        seconds = max(seconds, sound.seconds)
    steps = steps_of(story, names)
    scripts = [vendored(UPLOT), *([vendored(WAVESURFER)] if sound else []), _asset("report.js")]
    nonce = _digest(call.header.call + call.header.started)[:22]
    talk = talk_of(story, names)
    return {
        **_head(call, seconds),
        **_verdict(call, judged, names),
        "contested": beside.contested,
        "steps": steps,
        "repeats": [
            {"text": each.text, "at": each.at_seconds, "before": each.before}
            for each in repeats(story, beside.earlier_calls)
        ],
        "talk": talk,
        "unsure": any(word.unsure for turn in talk for word in turn.words),
        "ideal": _ideal(beside.ideal, names) if beside.ideal else None,
        "tried": before_after(beside.earlier, call) if beside.earlier else None,
        "contests": contests_of(beside.contests, names),
        "version": __version__,
        "sound": sound,
        "styles": vendored(UPLOT_STYLE) + _asset("report.css"),
        "scripts": scripts,
        "nonce": nonce,
        "policy": _policy(scripts, nonce),
        "data": htmlsafe_json_dumps({**_chart(call, beside, seconds, steps), "nonce": nonce}),
    }


def _verdict(call: Reviewed, judged: Assessment, names: Names) -> dict[str, Any]:
    """What the call came to: the anger, the advice, the score card."""
    return {
        "turns": judged.card.turns,
        "start_anger": judged.card.start_anger,
        "peak_anger": judged.card.peak_anger,
        "end_anger": judged.card.end_anger,
        "good": judged.card.good,
        "advice": [
            {
                "title": f"{'Instead of: ' if each.entry.is_mistake else ''}{names.title(each.entry.id)}",
                "tip": each.entry.tip,
                "heard": each.heard,
                "say": each.say,
                "at": each.at_seconds,
            }
            for each in judged.advice
        ],
        "best": told_of(judged.best, call, names),
        "costs": told_of(judged.costs, call, names),
        "card": parts_of(call, judged, names),
        "checks": [{**asdict(check), "why": "; ".join(check.why)} for check in judged.checks],
        "figures": figures_of(judged.figures),
        "points": judged.points,
        "rubric": f"{judged.rubric.name}, version {judged.rubric.version}",
    }


def _chart(call: Reviewed, beside: Beside, seconds: float, steps: Sequence[PageStep]) -> dict[str, Any]:
    """What the page's script draws: curves of anger over seconds, the steps on them, and the sound's peaks."""
    story, ideal = call.story, beside.ideal
    return {
        "seconds": seconds,
        "from": min(0.0, story.points[0].t),
        "to": min(ideal.points[-1].t, IDEAL_SHOWN * seconds) if ideal else 0.0,
        "curve": curve_of(story, seconds),
        "ideal": curve_of(ideal, ideal.points[-1].t) if ideal else None,
        "earlier": earlier_curve(beside.earlier, call) if beside.earlier else None,
        "steps": [{"t": s.t, "start": s.start, "after": s.after, "own": s.own} for s in steps],
        "bands": bands(),
        "peaks": beside.sound.peaks if beside.sound else None,
    }


def _head(call: Reviewed, seconds: float) -> dict[str, Any]:
    end = call.story.end
    return {
        "caller": call.persona.name,
        "title": call.persona.title,
        "started": call.header.started.replace("T", " ")[:16],
        "again": call.header.again,
        "seconds": seconds,
        "outcome": plain(end.outcome.value).capitalize() if end else "Broken off",
        "reason": end.reason if end else "the call has no end",
    }


def _ideal(story: Story, names: Names) -> dict[str, Any]:
    end = story.end
    after = {moved.at_seconds: moved.after.anger for moved in story.moods}
    return {
        "outcome": plain(end.outcome.value).capitalize() if end else "Broken off",
        "seconds": story.points[-1].t,
        "turns": [
            {
                "at": judged.at_seconds,
                "text": judged.text,
                "ids": ", ".join(names.title(d.id) for d in judged.detections if d.evidence == "text"),
                "anger": after.get(judged.at_seconds, 0.0),
            }
            for judged in story.judged
            if judged.text
        ],
    }


def _policy(scripts: Sequence[str], nonce: str) -> str:
    """Only these scripts and styles run; sound and pictures come from the page itself; nothing is reached."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'nonce-{nonce}'; img-src data: blob:; "
        "media-src blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def clock(seconds: float) -> str:
    """Minutes and seconds, as a player shows them."""
    whole = int(abs(seconds))
    return f"{'-' if seconds <= -1 else ''}{whole // 60}:{whole % 60:02d}"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _signed2(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
