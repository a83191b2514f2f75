"""What a person has set once: ``settings.toml`` in the data folder, and the environment, which goes before it.

::

    trainee = "Kim"                 # VOICECOACH_TRAINEE: whose calls these are
    database = "postgresql://..."   # VOICECOACH_DATABASE: where the history is kept
    keep_recordings_days = 90       # VOICECOACH_KEEP_RECORDINGS_DAYS: older sound is removed at the next start
    keep_calls_days = 365           # VOICECOACH_KEEP_CALLS_DAYS: older calls are removed whole
"""

from __future__ import annotations

import os
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import SettingsError, UsageError
from voicecoach.places import home_folder

SETTINGS_NAME = "settings.toml"
SETTINGS_LIMIT_BYTES = 64 * 1024
LONGEST_NAME = 100
LONGEST_DAYS = 36_500
WORDS = ("trainee", "database")
DAYS = ("keep_recordings_days", "keep_calls_days")


@dataclass(frozen=True, slots=True)
class Settings:
    """``trainee`` and ``database`` are "" and the days are None where nothing is set: everything is kept."""

    trainee: str = ""
    database: str = ""
    keep_recordings_days: int | None = None
    keep_calls_days: int | None = None


def read_settings(home: Path | None = None) -> Settings:
    """The settings that hold now. Raises ``SettingsError`` naming the file or the variable."""
    path = (home or home_folder()) / SETTINGS_NAME
    found: dict[str, tuple[object, str]] = {key: (value, f"{path}: {key}") for key, value in _file(path).items()}
    for key in (*WORDS, *DAYS):
        variable = f"VOICECOACH_{key.upper()}"
        text = os.environ.get(variable, "").strip()
        if text:
            found[key] = (int(text) if key in DAYS and text.isdecimal() else text, variable)
    words = {key: _word(*found[key]) for key in WORDS if key in found}
    days = {key: _days(*found[key]) for key in DAYS if key in found}
    trainee = words.get("trainee", "")
    try:
        checked = trainee_name(trainee) if trainee else ""
    except UsageError as error:
        raise SettingsError(error.what, where=found["trainee"][1]) from error
    return Settings(checked, words.get("database", ""), days.get(DAYS[0]), days.get(DAYS[1]))


def trainee_name(name: str) -> str:
    """The name as it is kept: one way of writing each letter, blanks made single. Raises ``UsageError``."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise UsageError(
            f"a trainee's name has 1 to {LONGEST_NAME} printable letters", remedy="give a shorter or plainer name"
        )
    return tidy


def _file(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            raw = file.read(SETTINGS_LIMIT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path)) from error
    if len(raw) > SETTINGS_LIMIT_BYTES:
        raise SettingsError("is too large for settings", where=str(path))
    try:
        data: dict[str, object] = tomllib.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"is not TOML: {error}", where=str(path), remedy='write lines like trainee = "Kim"'
        ) from error
    unknown = sorted(set(data) - {*WORDS, *DAYS})
    if unknown:
        raise SettingsError(
            f"there is no setting {unknown[0]!r}", where=str(path), remedy=f"there are: {', '.join((*WORDS, *DAYS))}"
        )
    return data


def _word(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise SettingsError("must be a text in quotes", where=where)
    return value


def _days(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LONGEST_DAYS:
        raise SettingsError(
            f"must be a whole number of days, 1 to {LONGEST_DAYS}", where=where, remedy="leave it out to keep all"
        )
    return value
