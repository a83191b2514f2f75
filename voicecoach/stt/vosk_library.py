"""The vosk package, imported without the part of it that could reach the network."""

from __future__ import annotations

import functools
import sys
import types
from typing import Any

from voicecoach.errors import RecognizerError

_NETWORK_PACKAGE = "requests"


@functools.cache
def vosk_library() -> Any:
    """The ``vosk`` module.

    It imports ``requests`` for downloads of its own, which opens a socket on import (urllib3 probes for IPv6) and takes
    longer than all the rest. An empty module stands in while vosk is imported, so that vosk cannot download anything.
    Raises ``RecognizerError`` when the library is missing or does not load.
    """
    stand_in = _NETWORK_PACKAGE not in sys.modules
    if stand_in:
        sys.modules[_NETWORK_PACKAGE] = types.ModuleType(_NETWORK_PACKAGE)
    try:
        import vosk
    except (ImportError, OSError) as error:
        raise RecognizerError(f"Vosk cannot be loaded ({error})", remedy="use `--stt sphinx`") from error
    finally:
        if stand_in:
            del sys.modules[_NETWORK_PACKAGE]
    return vosk
