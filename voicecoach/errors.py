"""Every way voicecoach can say "this cannot go on", as one tree.

::

    VoicecoachError                 one line: what is wrong, where, what to do
    ├── UsageError                  the command's own words do not fit together
    ├── DataError                   a file a person wrote; names file and line
    │   ├── PersonaError
    │   ├── ScriptError
    │   ├── TechniquesError
    │   ├── RubricError
    │   ├── JournalError
    │   ├── SettingsError
    │   └── AudioFileError
    ├── DeviceError                 microphones and loudspeakers
    │   ├── PortAudioMissing
    │   ├── NoDevice
    │   ├── DeviceLost              unplugged in mid-call
    │   └── SilentMicrophone        delivers zeros: muted, or no permission
    ├── ModelError                  a speech model that is missing, incomplete or of a wrong kind
    ├── RecognizerError             a recogniser that stopped working
    ├── VoiceError                  a synthetic voice that is unknown, hung or died
    ├── DownloadError               off-line, cut off, not what was published, or unsafe to unpack
    ├── ClusterError                computers that were to help: not there, or lost the work
    └── StorageError                no write permission, disk full

A library's own exceptions are translated into these once, in the adapter around that library. The command line prints
``str(error)`` and exits with 2; a traceback reaching the user is a defect.
"""

from __future__ import annotations


class VoicecoachError(Exception):
    """Base of the tree.

    ``what`` is wrong (a clause without a full stop), ``where`` it is (``file:line``, a device name; may be empty) and
    the ``remedy`` (an imperative clause; may be empty).
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        """The one line the user sees: ``where: what; remedy``."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}; {self.remedy}" if self.remedy else line
        return " ".join(line.split())


class UsageError(VoicecoachError):
    """The command's own words do not fit together."""


class DataError(VoicecoachError):
    """A file that a person wrote is wrong; ``where`` is ``file:line`` or the file."""


class PersonaError(DataError):
    """A persona file."""


class ScriptError(DataError):
    """A file of scripted trainee turns."""


class TechniquesError(DataError):
    """A coach's own file of techniques."""


class RubricError(DataError):
    """A rubric: what a score card counts, and when a call has passed."""


class JournalError(DataError):
    """The journal of a call."""


class SettingsError(DataError):
    """The settings of a person, in their file or in the environment."""


class AudioFileError(DataError):
    """A sound file that is not one, or is empty or cut short."""


class DeviceError(VoicecoachError):
    """A microphone or loudspeaker; ``where`` is the device's name."""


class PortAudioMissing(DeviceError):
    """The PortAudio library is not on this machine (a system package on Linux)."""


class NoDevice(DeviceError):
    """No such device, or none at all."""


class DeviceLost(DeviceError):
    """A device that was there went away: unplugged, or its driver stopped calling."""


class SilentMicrophone(DeviceError):
    """The microphone delivers nothing but zeros: muted, or the program has no permission."""


class ModelError(VoicecoachError):
    """A speech model folder that is missing, empty, half unpacked or of a wrong kind."""


class RecognizerError(VoicecoachError):
    """A recogniser that stopped working (never turned into an empty transcript)."""


class VoiceError(VoicecoachError):
    """A synthetic voice that is unknown, hung past its time limit, or died."""


class DownloadError(VoicecoachError):
    """A model that could not be fetched whole and verified, or whose archive is not safe to unpack."""


class ClusterError(VoicecoachError):
    """Processes or computers that were to play simulated calls are not there, or lost the work."""


class StorageError(VoicecoachError):
    """A place that cannot be written: no permission, or the disk is full."""
