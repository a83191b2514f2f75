"""Removes what is older than the person wants to keep, and tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from voicecoach.call.folder import RECORDING_NAME
from voicecoach.call.running import is_running
from voicecoach.errors import StorageError
from voicecoach.places import calls_folder, history_file
from voicecoach.settings import Settings

Tell = Callable[[str], None]
DAY_LETTERS = 10


def remove_old(home: Path, settings: Settings, tell: Tell, today: date) -> None:
    """Keep to the settings; without any nothing is ever removed. Raises ``StorageError``."""
    if settings.keep_calls_days is not None:
        before = today - timedelta(days=settings.keep_calls_days)
        names = [name for name in _calls(home) if _day(home, name) < before and not is_running(home, name)]
        if names:
            _remove_calls(home, settings, names)
            tell(f"Removed {_so_many(names, 'call')} older than {settings.keep_calls_days} days, as the settings say.")
    if settings.keep_recordings_days is not None:
        before = today - timedelta(days=settings.keep_recordings_days)
        silenced = [name for name in _calls(home) if _day(home, name) < before and _remove_recording(home, name)]
        if silenced:
            days = settings.keep_recordings_days
            tell(f"Removed {_so_many(silenced, 'recording')} older than {days} days, as the settings say.")


def _calls(home: Path) -> list[str]:
    folder = calls_folder(home)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _day(home: Path, name: str) -> date:
    """The day of a call: its folder begins with it; else of the folder's last change."""
    try:
        return date.fromisoformat(name[:DAY_LETTERS])
    except ValueError:
        try:
            changed_seconds = (calls_folder(home) / name).stat().st_mtime
        except OSError:
            return date.max
        return datetime.fromtimestamp(changed_seconds, UTC).date()


def _remove_recording(home: Path, name: str) -> bool:
    path = calls_folder(home) / name / RECORDING_NAME
    try:
        if is_running(home, name) or not path.is_file():
            return False
        path.unlink()
    except OSError as error:
        raise StorageError(f"an old recording cannot be removed ({error.strerror})", where=str(path)) from error
    return True


def _remove_calls(home: Path, settings: Settings, names: list[str]) -> None:
    from voicecoach.history.database import open_history
    from voicecoach.history.wiping import Removed, remove_folders, remove_rows, vacuum

    remove_folders(home, names, Removed())
    if settings.database or history_file(home).is_file():
        with open_history(home, settings.database) as history:
            remove_rows(history, names, Removed())
            vacuum(history)


def _so_many(names: list[str], what: str) -> str:
    return f"{len(names)} {what}" if len(names) == 1 else f"{len(names)} {what}s"
