"""What the call finds by itself, besides the catalogue: it costs anger, so the live view and the score name it."""

from __future__ import annotations

from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension import Extension

FINDINGS: dict[str, Entry] = {
    "stall": Entry(
        id="stall",
        step="mistake",
        title="Going round in circles",
        evidence=("order",),
        sources=("S0", "S2"),
        meaning="turn after turn without a step towards the solution, when the caller already feels heard",
        tip=(
            "Once the caller feels heard, more understanding is no help any more: it sounds like putting off. "
            "Say the next step, however small, and by when."
        ),
        say=("Here's what I'm doing now: I'm opening the case.", "I'll have an answer for you by four o'clock."),
    ),
    "stonewall": Entry(
        id="stonewall",
        step="mistake",
        title="Refusing to fetch a supervisor",
        evidence=("order",),
        sources=("S0", "S1"),
        meaning="refuses or passes on a caller who has asked for a supervisor",
        tip=(
            "Who asks for a supervisor has stopped believing that you can help. A bare no proves it. Show what you can "
            "decide yourself, or hand over properly and at once."
        ),
        say=("I can put this right myself, let me show you how.", "I'm bringing my supervisor into the call now."),
    ),
    "broken_promise": Entry(
        id="broken_promise",
        step="mistake",
        title="Taking back a promise",
        evidence=("order",),
        sources=("S0", "S2"),
        meaning="refuses what was offered or promised earlier in the call",
        tip=(
            "A caller who was promised something has already stopped fighting for it. Promise only what you can do "
            "yourself; if it cannot be kept, say so at once, own it, and put something as good in its place."
        ),
        say=(
            "I told you more than I could keep, that's on me. Here's what I can do.",
            "Let me check before I promise it.",
        ),
    ),
}
"""Named like catalogue ids, and never detected in words alone."""


def known_entries(extension: Extension) -> dict[str, Entry]:
    """Everything that can stand in a score: the catalogue, a coach's own ids, and the call's own findings."""
    return {**extension.catalogue(), **FINDINGS}
