"""A call on disk, as it happens: stereo FLAC, the trainee on the left, the caller on the right.

A FLAC file is only as long as its header says, and the encoder writes that header when it is closed. So that a
program killed in mid-call leaves a file that any player opens, the length is brought up to date in the header after
each frame. Lost is what the encoder still holds: frames are 1152 samples at compression level 0, hence < 0.1 s.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import numpy as np
import soundfile

from voicecoach.audio.base import Pcm
from voicecoach.audio.flac_header import announce, frame_samples
from voicecoach.errors import StorageError
from voicecoach.places import owner_only
from voicecoach.values import SAMPLE_RATE_HZ


class CallRecorder:
    """Writes a stereo FLAC at 16 kHz that stays readable whatever happens to the program."""

    def __init__(self, path: Path) -> None:
        """Create the file. Raises ``StorageError`` when the place cannot be written."""
        self.path = path
        self._written = self._safe = self._frame_samples = 0
        self._closed = False
        try:
            # Opened here first: it tells why it failed, which libsndfile does not, and who may read it.
            self._header = open(path, "w+b", buffering=0, opener=owner_only)  # noqa: SIM115
        except OSError as error:
            raise StorageError(
                f"the recording cannot be created ({error.strerror})",
                where=str(path),
                remedy="choose a place that can be written",
            ) from error
        try:
            self._file = soundfile.SoundFile(
                path, "w", SAMPLE_RATE_HZ, 2, format="FLAC", subtype="PCM_16", compression_level=0.0
            )
        except soundfile.LibsndfileError as error:
            self._header.close()
            raise self._full() from error

    @property
    def seconds(self) -> float:
        """How much was recorded."""
        return self._written / SAMPLE_RATE_HZ

    def write(self, trainee: Pcm, caller: Pcm) -> None:
        """Append two stretches of equal length. Raises ``StorageError`` (disk full); what there was stays readable."""
        try:
            self._file.write(np.column_stack((trainee, caller)))
        except (soundfile.LibsndfileError, AssertionError) as error:  # soundfile asserts that all was written
            self._fail(error)
        self._written += len(trainee)
        self._secure()

    def close(self) -> None:
        """Finish the file. Raises ``StorageError`` when its end could not be written. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self._file.close()
        if self._written and not self._whole():
            self._fail(None)
        self._header.close()

    def __enter__(self) -> CallRecorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _secure(self) -> None:
        """Count the frames that have reached the file into its header."""
        if not self._frame_samples:
            self._frame_samples = frame_samples(self._header)
            if not self._frame_samples:
                return
        # The encoder lets go of a frame once it has seen one sample more than it.
        safe = (self._written - 1) // self._frame_samples * self._frame_samples
        if safe > self._safe:
            try:
                announce(self._header, safe)
            except OSError as error:
                self._fail(error)
            self._safe = safe

    def _whole(self) -> bool:
        """Whether the last frame can be read back: libsndfile reports no failure to write at closing.

        A block that Ctrl-C came right after is in the file and was not counted any more.
        """
        try:
            with soundfile.SoundFile(self.path) as file:
                if file.frames < self._written:
                    return False
                wanted = min(self._written, 2 * max(1, self._frame_samples))
                file.seek(self._written - wanted)
                return len(file.read(wanted, dtype="int16")) == wanted
        except soundfile.LibsndfileError:
            return False

    def _fail(self, error: BaseException | None) -> NoReturn:
        """Leave what is safe readable, let go of the file, and say what happened."""
        self._closed = True
        self._file.close()
        if self._safe:
            with contextlib.suppress(OSError):  # the failure that led here is being reported already
                announce(self._header, self._safe)
        self._header.close()
        raise self._full() from error

    def _full(self) -> StorageError:
        free_bytes = shutil.disk_usage(self.path.parent).free
        what = "the disk is full" if free_bytes < 1_000_000 else "the system refuses to let the file grow"
        return StorageError(
            f"the recording stops after {self._safe / SAMPLE_RATE_HZ:.1f} s: {what}",
            where=str(self.path),
            remedy="free some space, or call with --no-record",
        )
