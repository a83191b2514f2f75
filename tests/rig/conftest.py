"""Virtual sound devices in this process: PortAudio sees the rig's microphone and loudspeaker, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.rig import Rig, missing
from tests.needs import need
from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import look_again
from voicecoach.audio.live import LiveSound
from voicecoach.audio.undisturbed import undisturbed


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    """The rig, with this process's environment pointing at it."""
    need(not missing(), f"no virtual sound devices without {missing()}")
    with Rig() as rig, pytest.MonkeyPatch.context() as patch:
        for name, value in rig.environment.items():
            patch.setenv(name, value)
        look_again()
        yield rig


@pytest.fixture
def sound(rig: Rig) -> Iterator[LiveSound]:
    """Microphone and loudspeaker of a call, open, and past the stumbling of a busy machine."""
    with LiveSound() as sound, undisturbed():
        for _ in range(5):
            before = sound.loudspeaker.underflows
            for _ in range(100):
                sound.microphone.read()
                sound.loudspeaker.played()
            if sound.loudspeaker.underflows == before:
                break
        yield sound


@pytest.fixture
def alsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An ALSA configuration file to write into; ``look_again`` makes it the only one that counts."""
    need(not missing(), f"no virtual sound devices without {missing()}")
    path = tmp_path / "asound.conf"
    path.touch()
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(path))
    yield path
    monkeypatch.undo()
    look_again()


@pytest.fixture(scope="session")
def speechlike() -> Pcm:
    """Two seconds that nothing else resembles: band-limited noise, in syllables."""
    random = np.random.default_rng(7)
    noise = np.convolve(random.standard_normal(32_000), np.hanning(9) / 4.0, mode="same")
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4.0 * np.arange(32_000) / 16_000)
    return (noise * syllables * 5000).clip(-30_000, 30_000).astype(np.int16)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is learnt about the rig's devices is not kept in the person's own folder."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
