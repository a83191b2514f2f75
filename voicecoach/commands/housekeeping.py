"""What is done around every call: before it, calls that were broken off are brought to their end and what is too old is
removed; after it, it is added to the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from voicecoach.call.running import broken_off
from voicecoach.errors import VoicecoachError
from voicecoach.places import history_file
from voicecoach.settings import Settings

Tell = Callable[[str], None]


def keep_house(home: Path, settings: Settings, tell: Tell) -> None:
    """Costs nothing where nothing was broken off. Raises ``StorageError``."""
    waiting = broken_off(home)
    if waiting:
        from voicecoach.commands.recovering import recover

        for name in waiting:
            recover(home, name, tell)
    if settings.keep_calls_days is not None or settings.keep_recordings_days is not None:
        from voicecoach.commands.retention import remove_old

        remove_old(home, settings, tell, datetime.now(UTC).astimezone().date())


def remember_call(home: Path, settings: Settings, folder: Path, tell: Tell) -> None:
    """Add a call that is over to the history, where one was begun; the first `history` begins it.

    What fails here has cost nothing: it is told, and the next `history` reads the call from its journal.
    """
    if not settings.database and not history_file(home).is_file():
        return
    from voicecoach.history.database import open_history
    from voicecoach.history.indexing import add_call

    try:
        with open_history(home, settings.database) as history:
            add_call(history, folder)
    except VoicecoachError as error:
        tell(f"The call is kept, and not yet in the history: {error}")
