"""On loudspeakers, over virtual sound devices: how often a call of ten minutes hears itself, behind each guard.

The caller and a synthetic trainee talk by turns; the microphone hears the loudspeaker 80 ms later and 12 dB weaker. The
calls run at once, each with devices of its own. ``echoing`` measures more in less time, without devices.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from bench.report import Figures
from bench.rig import missing
from bench.soak import soak
from voicecoach.audio.canceller import can_cancel

MINUTES = float(os.environ.get("ECHO_MINUTES", "10"))
PATH = (0.08, -12.0)
UNGUARDED_MINUTES = 0.5
"""Long enough to see that without a guard the call hears itself, or the rest proves nothing."""


def measure() -> Figures:
    """For each guard the self-triggers, the lines of the caller, and the trainee's turns that were heard."""
    if lacking := missing():
        sys.stderr.write(f"bench: nothing is measured over devices, this machine lacks {lacking}\n")
        return {}
    minutes = {"none": min(UNGUARDED_MINUTES, MINUTES), "gate": MINUTES}
    if can_cancel():
        minutes["cancel"] = MINUTES
    with ThreadPoolExecutor(len(minutes)) as calls:
        begun = {guard: calls.submit(soak, 60.0 * lasts, guard, PATH) for guard, lasts in minutes.items()}
        figures: Figures = {"minutes": MINUTES}
        for guard, call in begun.items():
            soaked = call.result()
            figures |= {
                f"rig_self_trigger_count_{guard}": float(soaked.self_triggers),
                f"{guard}_caller_lines": float(soaked.caller_lines),
                f"{guard}_trainee_turns": float(soaked.trainee_turns),
                f"{guard}_turns_heard": float(soaked.turns_heard),
            }
    return figures
