"""Which device is really behind a name.

On Linux PortAudio knows "default" and "pulse", whatever headset that is at the moment; the sound server knows better,
down to the socket that is in use (a headset in the jack is another "port" of the same card).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import Any

from voicecoach.audio.devices import Direction

SERVERS = ("default", "pulse", "pipewire", "sysdefault")
_LISTS: dict[Direction, tuple[str, str]] = {
    "input": ("sources", "default_source_name"),
    "output": ("sinks", "default_sink_name"),
}
_PATIENCE_SECONDS = 2.0


def behind(name: str, direction: Direction) -> str:
    """The name, and for one that stands for the sound server's choice: which device that is, and its port in use."""
    if sys.platform != "linux" or name not in SERVERS or shutil.which("pactl") is None:
        return name
    kind, default = _LISTS[direction]
    info, entries = _asked("info"), _asked("list", kind)
    if not isinstance(info, dict) or not isinstance(entries, list):
        return name
    chosen = str(info.get(default, ""))
    for entry in entries:
        if isinstance(entry, dict) and entry.get("name") == chosen:
            port = entry.get("active_port")
            return f"{chosen}:{port}" if port else chosen
    return chosen or name


def _asked(*words: str) -> Any:
    """The server's answer; None where there is none (then the name alone has to do)."""
    try:
        done = subprocess.run(
            ("pactl", "--format=json", *words), capture_output=True, check=False, timeout=_PATIENCE_SECONDS
        )
        return json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
