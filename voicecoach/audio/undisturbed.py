"""A stretch of the program that must not be held up, because sound devices wait for it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_SECONDS = 0.001
"""How long a device's callback waits for another thread's Python to let go: a device holds 20 ms, Python's own
setting is 5."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within it, what is there already is left out when Python looks for circles in its memory.

    Looking through all that the program has loaded stops every thread for 20 to 50 ms, and the loudspeaker runs out of
    sound. What comes newly is still looked through.
    """
    switch_seconds = sys.getswitchinterval()
    gc.freeze()  # without a look before it: that would be the very stop, with the devices already open
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(switch_seconds)
        gc.unfreeze()
