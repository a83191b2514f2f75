"""The abuse protocol: a boundary, a supervisor, the end of the call."""

from __future__ import annotations

from voicecoach.techniques.catalogue_entry import Entry

PROTOCOL_ENTRIES: tuple[Entry, ...] = (
    Entry(
        id="set_boundary",
        step="protocol",
        title="Set a boundary",
        evidence=("text", "order"),
        sources=("S1", "S2", "S3"),
        meaning="warns politely about abusive language and says that help goes on if it stops",
        tip=(
            "Name the behaviour, not the person, and hold the door open: the help goes on when the "
            "words stop. Say it once, calmly."
        ),
        say=(
            "I want to help you, and I can as soon as the insults stop.",
            "Please leave that word out, and we'll get this sorted together.",
        ),
    ),
    Entry(
        id="involve_supervisor",
        step="protocol",
        title="Bring in a supervisor",
        evidence=("text",),
        sources=("S2", "S3"),
        meaning="tells a supervisor of abuse or a threat, or asks leave to warn",
        tip=("A threat is never yours alone to carry. Say that it is reported, and do it at once."),
        say=(
            "I'm letting my supervisor know what was just said.",
            "I'm asking my team leader for leave to give a formal warning.",
        ),
    ),
    Entry(
        id="end_call",
        step="protocol",
        title="End the call properly",
        evidence=("text", "order"),
        sources=("S3",),
        meaning="ends the call after a warning that was not heeded, stating the reason",
        tip=(
            "It is the last step, after a warning, with the reason, without heat. Threats and hate "
            "need no warning, but still a reason."
        ),
        say=(
            "I asked you to stop using that language. I'm ending this call now.",
            "Because of the threats I am closing this call.",
        ),
    ),
)
