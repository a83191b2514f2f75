"""Where the person's own things live: speech models and recorded calls.

One folder holds them all: ``VOICECOACH_HOME`` when that is set, else the platform's data folder of the user (on Linux
``~/.local/share/voicecoach``). What is made in it is for the owner's eyes only: recorded calls are voices.
"""

from __future__ import annotations

import os
from pathlib import Path

from voicecoach.errors import StorageError

HOME_VARIABLE = "VOICECOACH_HOME"
OWNER_ONLY = 0o700
OWNER_ONLY_FILE = 0o600


def home_folder() -> Path:
    """The data folder, absolute; it need not exist yet. Raises ``StorageError`` for a ``~name`` of nobody."""
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        try:
            return Path(chosen).expanduser().absolute()
        except RuntimeError as error:
            raise StorageError(f"{HOME_VARIABLE} names nobody's folder ({error})", where=chosen) from error
    import platformdirs

    return platformdirs.user_data_path("voicecoach", appauthor=False)


def models_folder(home: Path | None = None) -> Path:
    """Where speech models are unpacked to, a folder each; it need not exist yet."""
    return (home or home_folder()) / "models"


def calls_folder(home: Path | None = None) -> Path:
    """Where calls are recorded to; it need not exist yet."""
    return (home or home_folder()) / "calls"


def drills_folder(home: Path | None = None) -> Path:
    """Where the results of drills are kept; it need not exist yet."""
    return (home or home_folder()) / "drills"


def history_file(home: Path | None = None) -> Path:
    """The history's own database, where no other is named; it need not exist yet."""
    return (home or home_folder()) / "history.sqlite"


def techniques_file(home: Path | None = None) -> Path:
    """Where a coach's own techniques are read from, when there is such a file."""
    return (home or home_folder()) / "techniques.yaml"


def owner_only(path: str, flags: int) -> int:
    """An ``opener`` for ``open()``: whatever the umask says, the file is its owner's alone from its first moment on."""
    descriptor = os.open(path, flags, OWNER_ONLY_FILE)
    if os.name == "posix":
        os.fchmod(descriptor, OWNER_ONLY_FILE)  # a file that was there may have been open to others
    return descriptor


def rubric_file(home: Path | None = None) -> Path:
    """Where a coach's own rubric is read from, when there is such a file."""
    return (home or home_folder()) / "rubric.yaml"


def make_ready(folder: Path) -> Path:
    """The folder (one of the above), made owner-only (0700) together with its home if it was not there.

    Raises ``StorageError`` when it cannot be made or written to.
    """
    try:
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        for step in (folder.parent, folder):
            make_owner_only(step)
    except OSError as error:
        raise StorageError(
            f"the folder cannot be made ({error.strerror or error})",
            where=str(folder),
            remedy=f"give yourself access to it or set {HOME_VARIABLE} to a folder of your own",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageError(
            "the folder cannot be written to",
            where=str(folder),
            remedy=f"give yourself access to it or set {HOME_VARIABLE} to a folder of your own",
        )
    return folder


def make_owner_only(folder: Path) -> None:
    """Make this folder for its owner alone, whatever the umask; one that is there stays as it is. Raises OSError."""
    try:
        folder.mkdir(mode=OWNER_ONLY)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    folder.chmod(OWNER_ONLY)
