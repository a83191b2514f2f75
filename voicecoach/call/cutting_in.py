"""When a caller cuts in on what the trainee is still saying: on a strong provocation, and on a monologue."""

from __future__ import annotations

from voicecoach.call.state import CallState
from voicecoach.techniques.early import EarlyEar
from voicecoach.values import Band

PROVOKED = frozenset({Band.ANGRY, Band.FURIOUS})
"""A calmer caller hears a provocation out."""

BEARABLE_SPEECH_SECONDS = {Band.CALM: 45.0, Band.ANNOYED: 28.0, Band.ANGRY: 20.0, Band.FURIOUS: 14.0}
"""For how long the trainee may talk on, times the caller's patience. Doctors, listeners with little time, cut in on
their patients after a mean of 18 s (Beckman and Frankel 1984) to 23 s (Marvel and others 1999): about what an angry
caller bears. The other bands are a start from there."""

LEAST_WORDS_PER_SECOND = 1.0
"""Who says fewer words reads, searches or dictates, and makes no monologue (start; usual speech has 2.5)."""


def reason_to_cut_in(ear: EarlyEar, state: CallState, patience: float, at_seconds: float, partial: str) -> str:
    """Why this caller cuts in after these words, which the trainee began at ``state.trainee_since_seconds``; "" if not.

    ``patience`` is the persona's (0.5..1.5).
    """
    if state.band in PROVOKED and (provocation := ear.hear(partial, state.said)):
        return f'at "{provocation.words}"'
    since_seconds = at_seconds if state.trainee_since_seconds is None else state.trainee_since_seconds
    words = len(partial.split())
    if state.goes_on and state.last_heard is not None:  # one turn with what was taken for over before
        since_seconds = state.last_heard.start_seconds
        words += len(state.last_heard.words)
    spoken_seconds = at_seconds - since_seconds
    talks_on = words >= spoken_seconds * LEAST_WORDS_PER_SECOND
    if talks_on and spoken_seconds >= BEARABLE_SPEECH_SECONDS[state.band] * patience:
        return f"on a monologue, after {spoken_seconds:.0f} s and {words} words"
    return ""
