"""`voicecoach import`: a journal from elsewhere becomes a call of ours, once all in it is found to be in order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text

from voicecoach.call.broken_off import finish_journal
from voicecoach.call.folder import JOURNAL_NAME, new_call_folder
from voicecoach.call.foreign import copied_lines, read_foreign
from voicecoach.call.hearing import new_engine
from voicecoach.call.replay import replay
from voicecoach.commands.housekeeping import remember_call
from voicecoach.commands.people import people_console, tell_beside
from voicecoach.errors import StorageError
from voicecoach.places import calls_folder, home_folder, owner_only
from voicecoach.review.assessment import assess
from voicecoach.review.reading import read_call
from voicecoach.review.reviewed import review_of
from voicecoach.settings import read_settings, trainee_name
from voicecoach.techniques.voice import CalmVoice


def import_journal(file: Path, trainee: str | None) -> None:
    """Check it, keep a copy, and say what it is. Raises ``JournalError`` and the other errors of its data."""
    path = file / JOURNAL_NAME if file.is_dir() else file
    whose = trainee_name(trainee) if trainee is not None else None
    header = read_foreign(path).header
    same = _replays(path)
    home = home_folder()
    folder = new_call_folder(calls_folder(home), header.persona_id, _started(header.started))
    try:
        copy = folder / JOURNAL_NAME
        with open(copy, "x", encoding="utf-8", opener=owner_only) as target:
            target.write(copied_lines(path, folder.name, whose))
    except OSError as error:
        raise StorageError(f"cannot be kept ({error.strerror})", where=str(folder)) from error
    finish_journal(copy)
    remember_call(home, read_settings(), folder, tell_beside)
    verdict = (
        "It replays to the bit."
        if same
        else "It does not replay to the bit: another version took it, or it was changed."
    )
    people_console().print(Text(f"{folder.name}: imported. {verdict}"), soft_wrap=True)


def _replays(path: Path) -> bool:
    """Whether the engine of today gives the same call; judges it as a review does, so that nothing fails later."""
    kept = read_call(path)
    header = kept.journal.header
    assess(review_of(header, kept.persona, kept.known, kept.story))
    calm = CalmVoice(**header.calibration) if header.calibration else None
    engine = new_engine(kept.persona, header.seed, calm, kept.extension)
    return replay(kept.journal.inputs(), engine).steps == kept.journal.steps


def _started(text: str) -> datetime:
    """When the call was; now, where the journal does not say."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.now(UTC).astimezone()
