"""`voicecoach recover`, and what every start does for a call whose program died."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.text import Text

from voicecoach.audio.mending import mend_recording
from voicecoach.call.broken_off import finish_journal, has_ended
from voicecoach.call.folder import JOURNAL_NAME, RECORDING_NAME, find_journal
from voicecoach.call.running import broken_off, forget, held, is_running
from voicecoach.commands.people import people_console
from voicecoach.errors import AudioFileError, DataError, UsageError
from voicecoach.places import calls_folder, home_folder

Tell = Callable[[str], None]


def recover_calls(call: str | None) -> None:
    """Look for calls without an end, in all that are kept, and bring them to it. Raises ``JournalError``."""
    console = people_console()
    home = home_folder()

    def tell(text: str) -> None:
        console.print(Text(text), soft_wrap=True)

    for name in broken_off(home):
        recover(home, name, tell)
    if call is not None:
        folders = [find_journal(calls_folder(home), call).parent]
    else:
        folders = sorted(path.parent for path in calls_folder(home).glob(f"*/{JOURNAL_NAME}"))
    for folder in folders:
        if is_running(home, folder.name):
            if call is not None:
                raise UsageError("this call is going on right now", where=folder.name, remedy="end it first: Ctrl-C")
        elif not has_ended(folder / JOURNAL_NAME):
            tell(_mended(folder))
        elif call is not None:
            tell(f"{folder.name}: has its end; there is nothing to do.")


def recover(home: Path, name: str, tell: Tell) -> None:
    """Bring one call to its end that has a mark nobody holds, and tell it in one line. Raises ``StorageError``."""
    with held(home, name) as mine:
        if mine:
            tell(_mended(calls_folder(home) / name))
            forget(home, name)


def _mended(folder: Path) -> str:
    """Mend what there is; one line that tells what it was."""
    recording, path = folder / RECORDING_NAME, folder / JOURNAL_NAME
    seconds, sound = 0.0, "no sound"
    try:
        if recording.exists():
            seconds = mend_recording(recording)
            sound = f"{seconds:.1f} s of sound"
    except AudioFileError as error:
        sound = f"no sound ({error.what})"
    if not path.exists():
        return f"{folder.name}: the program ended before the call began; nothing of it was kept."
    try:
        journal = finish_journal(path, seconds)
    except DataError as error:
        return (
            f"{folder.name}: was broken off, and its journal cannot be brought to its end: {error.what}; kept as it is."
        )
    return f"{folder.name}: was broken off when the program ended; kept: {sound}, {len(journal.steps)} journal entries."
