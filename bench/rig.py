"""Virtual sound devices: a private PulseAudio in which a file is the trainee's voice and all that sounds is heard.

One null sink, the board, carries both directions on two channels of one sample clock::

    feed ─► mic_feed (remapped sink)  ─► board, aux0 ─► mic (remapped source) ─► the program's default microphone
                                         board, aux1 ◄─ speaker (remapped sink) ◄─ the program's default loudspeaker
                                         board.monitor ─► capture: both channels in one recording

So the time from the last sample fed to the first sample played is a difference of two positions in one recording,
free of clocks and of the time that feeding and capturing take. The error of the method is that of the two remapped
sinks against each other: tests/rig feeds both of them with the same stream and finds it below a millisecond.

PortAudio comes to these devices through ALSA's pulse plugin. ``Rig.environment`` must be in place before PortAudio is
initialised in a process.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from pathlib import Path
from types import TracebackType

import numpy as np

from bench.captured import Captured, Track
from voicecoach.values import SAMPLE_RATE_HZ

BOARD_RATE_HZ = 48_000
"""What nearly every sound card runs at; PulseAudio converts, as it would for one."""


_PATIENCE_SECONDS = 10.0
_PROGRAMS = ("pulseaudio", "pactl", "pacat", "parec")
_BOARD_CHANNELS = "aux0,aux1"
_REMAP = ("channels=1", "channel_map=mono", "remix=no")
_MODULES = (
    ("module-null-sink", "sink_name=board", "channels=2", f"channel_map={_BOARD_CHANNELS}", "format=s16le"),
    ("module-remap-sink", "sink_name=mic_feed", "master=board", "master_channel_map=aux0", *_REMAP),
    ("module-remap-sink", "sink_name=speaker", "master=board", "master_channel_map=aux1", *_REMAP),
    ("module-remap-source", "source_name=mic", "master=board.monitor", "master_channel_map=aux0", *_REMAP),
)
_ECHO_EARLY_SECONDS = 0.02
"""So much earlier than asked for the pipe hands the sound over (measured on an idle machine)."""

_ECHO = ("master_channel_map=aux1", *_REMAP)
_ALSA = """
pcm.mic { type pulse device mic }
pcm.speaker { type pulse device speaker }
pcm.!default { type asym capture.pcm mic playback.pcm speaker }
"""


class RigError(Exception):
    """The virtual devices could not be set up or used."""


def missing() -> str:
    """What this machine lacks for the rig, for people to read; empty when it has everything."""
    lacking = [program for program in _PROGRAMS if shutil.which(program) is None]
    if find_library("portaudio") is None:
        lacking.append("libportaudio2")
    if not any(Path("/usr/lib").glob("**/libasound_module_pcm_pulse.so")):
        lacking.append("libasound2-plugins")
    return ", ".join(lacking)


class Rig:
    """A private PulseAudio with a microphone and a loudspeaker; ``with Rig() as rig``. Raises ``RigError``."""

    def __init__(self, rate_hz: int = BOARD_RATE_HZ) -> None:
        self.rate_hz = rate_hz
        self._home = Path(tempfile.mkdtemp(prefix="voicecoach-rig-"))
        self._children: list[subprocess.Popen[bytes]] = []
        self._echo: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "HOME": str(self._home),
            "XDG_RUNTIME_DIR": str(self._home),
            "XDG_CONFIG_HOME": str(self._home),
            "PULSE_RUNTIME_PATH": str(self._home),
            "PULSE_SERVER": f"unix:{self._home}/native",
            "ALSA_CONFIG_PATH": str(self._home / "asound.conf"),
        }

    def __enter__(self) -> Rig:
        """Start PulseAudio and lay the devices out."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End every child and remove the private home. Safe to call twice."""
        for child in reversed(self._children):
            child.terminate()
            child.wait(_PATIENCE_SECONDS)
        self._children.clear()
        shutil.rmtree(self._home, ignore_errors=True)

    # ------------------------------------------------------------------------------------------------- the devices

    def unplug(self) -> None:
        """Take the devices away, in the midst of whatever they are doing.

        All of them: PulseAudio moves a stream whose device went to any other that is left.
        """
        for line in reversed(self.control("list", "short", "modules").splitlines()):
            number, module, *_ = line.split("\t")
            if "null-sink" in module:  # takes those with it that are remapped from it
                self.control("unload-module", number)

    def plug(self) -> None:
        """Bring the devices back."""
        for words in self._modules():
            self.control("load-module", *words)
        self._keep_awake()

    def hang(self, device: str, hangs: bool = True) -> None:
        """Have ``mic`` or ``speaker`` stop asking for sound, without a word, as a broken driver does; or go on."""
        self.control("suspend-source" if device == "mic" else "suspend-sink", device, str(int(hangs)))

    def control(self, *words: str) -> str:
        """Ask PulseAudio through pactl; its answer. Raises ``RigError``."""
        done = subprocess.run(
            ("pactl", *words),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        if done.returncode:
            raise RigError(f"pactl {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def echo(self, delay_seconds: float, level_db: float) -> None:
        """From now on the microphone hears the loudspeaker, so much later and at this level: no headset is worn.

        A pipe from the board to the microphone, and not PulseAudio's loopback, beside which a null sink loses time. Its
        delay is right to within some 30 ms; ``capture`` tells it exactly.
        """
        self.control("load-module", "module-remap-source", "source_name=echo", "master=board.monitor", *_ECHO)
        hears = self._run(
            ("parec", "--raw", "--device=echo", "--latency-msec=10", *_format(self.rate_hz, 1)), stdout=subprocess.PIPE
        )
        assert hears.stdout is not None
        volume = round(65_536 * 10.0 ** (level_db / 60.0))  # PulseAudio's volume is the cube root of the amplitude
        latency = f"--latency-msec={round(1000 * (delay_seconds + _ECHO_EARLY_SECONDS))}"
        says = self._run(
            (
                *("pacat", "--playback", "--raw", "--device=mic_feed", latency, f"--volume={volume}"),
                *_format(self.rate_hz, 1),
            ),
            stdin=hears.stdout.fileno(),
        )
        hears.stdout.close()
        self._echo = [says, hears]

    def no_echo(self) -> None:
        """The headset is on again."""
        for child in self._echo:
            child.terminate()
            child.wait(_PATIENCE_SECONDS)
        for line in self.control("list", "short", "modules").splitlines():
            number, _, words = line.split("\t")[:3]
            if "source_name=echo" in words:
                self.control("unload-module", number)

    # --------------------------------------------------------------------------------------------------- the sound

    def feed(self, pcm: Track, rate_hz: int = SAMPLE_RATE_HZ, sink: str = "mic_feed") -> subprocess.Popen[bytes]:
        """Start saying ``pcm``, shape (n,), into the microphone; ``wait()`` on the result for its end.

        With the board as the ``sink``, shape (n, 2) goes to both channels at once.
        """
        channels = 1 if pcm.ndim == 1 else pcm.shape[1]
        child = self._run(
            (
                *("pacat", "--playback", "--raw", f"--device={sink}", "--latency-msec=2000", "--no-remix"),
                *((f"--channel-map={_BOARD_CHANNELS}",) if channels == 2 else ()),
                *_format(rate_hz, channels),
            ),
            stdin=subprocess.PIPE,
        )
        threading.Thread(target=_pour, args=(child, pcm.astype("<i2").tobytes()), daemon=True).start()
        return child

    def capture(self, rate_hz: int | None = None) -> Capture:
        """Start recording the board (at its own rate unless another is asked for); returns once samples have come."""
        rate_hz = rate_hz or self.rate_hz
        path = self._home / f"capture-{len(self._children)}.raw"
        with path.open("wb") as file:
            child = self._run(
                (
                    *("parec", "--raw", "--device=board.monitor", "--latency-msec=20", "--no-remix"),
                    *(f"--channel-map={_BOARD_CHANNELS}", *_format(rate_hz, 2)),
                ),
                stdout=file.fileno(),
            )
        _await(lambda: path.stat().st_size > 0, "nothing comes from the board")
        return Capture(child, path, rate_hz)

    def _start(self) -> None:
        self._home.chmod(0o700)
        (self._home / "asound.conf").write_text(_ALSA)
        start = [f"load-module module-native-protocol-unix auth-anonymous=1 socket={self._home}/native"]
        start += [f"load-module {' '.join(words)}" for words in self._modules()]
        (self._home / "start.pa").write_text("\n".join(start) + "\n")
        with (self._home / "log").open("wb") as log:
            server = self._run(
                (
                    *("pulseaudio", "-n", "-F", str(self._home / "start.pa"), "--daemonize=no", "--exit-idle-time=-1"),
                    *("--use-pid-file=no", "--disable-shm=yes", "--log-target=stderr"),
                ),
                stderr=log.fileno(),
            )

        def ready() -> bool:
            if server.poll() is not None:
                raise RigError(f"PulseAudio does not start: {(self._home / 'log').read_text().strip()}")
            try:
                return "mic" in self.control("list", "short", "sources")
            except RigError:
                return False

        _await(ready, "PulseAudio does not answer")
        self._keep_awake()

    def _modules(self) -> list[tuple[str, ...]]:
        return [(*words, f"rate={self.rate_hz}") for words in _MODULES]

    def _keep_awake(self) -> None:
        """A null sink that nobody hurries works in steps of two seconds, unlike any sound card; this keeps it brisk."""
        awake = self._home / f"awake-{len(self._children)}.raw"
        with awake.open("wb") as file:
            self._run(
                ("parec", "--raw", "--device=board.monitor", "--latency-msec=10", *_format(8000, 1)),
                stdout=file.fileno(),
            )
        _await(lambda: awake.stat().st_size > 0, "nothing comes from the board")

    def _run(
        self,
        words: Sequence[str],
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
        stderr: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(words, env=self.environment, stdin=stdin, stdout=stdout, stderr=stderr)
        self._children.append(child)
        return child


class Capture:
    """A running recording of the board."""

    def __init__(self, child: subprocess.Popen[bytes], path: Path, rate_hz: int) -> None:
        self._child, self._path, self._rate_hz = child, path, rate_hz

    def so_far(self) -> Captured:
        """What has been recorded; the recording goes on."""
        raw = self._path.read_bytes()
        both = np.frombuffer(raw[: len(raw) // 4 * 4], dtype="<i2").reshape(-1, 2)
        return Captured(both[:, 0].astype(np.int16), both[:, 1].astype(np.int16), self._rate_hz)

    def stop(self) -> Captured:
        """End the recording."""
        self._child.terminate()
        self._child.wait(_PATIENCE_SECONDS)
        return self.so_far()


def _format(rate_hz: int, channels: int) -> tuple[str, ...]:
    return f"--rate={rate_hz}", f"--channels={channels}", "--format=s16le"


def _pour(child: subprocess.Popen[bytes], sound: bytes) -> None:
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError), child.stdin as pipe:  # the feeder may be stopped half-way
        pipe.write(sound)


def _await(ready: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise RigError(otherwise)
        time.sleep(0.02)
