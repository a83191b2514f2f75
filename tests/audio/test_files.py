"""Any sound file becomes 16 kHz mono int16, and anything broken is one clear line."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.base import Pcm
from voicecoach.audio.files import FileMicrophone, read_wav, write_wav
from voicecoach.errors import AudioFileError, StorageError


def tone(seconds: float = 0.5, rate_hz: int = 16_000, level: float = 0.5) -> np.ndarray:
    return level * np.sin(2 * np.pi * 440.0 * np.arange(round(seconds * rate_hz)) / rate_hz)


def loudness(pcm: Pcm) -> float:
    return float(np.sqrt(np.mean((pcm / 32768.0) ** 2)))


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_stereo_keep_length_pitch_and_level(tmp_path: Path, rate_hz: int, channels: int) -> None:
    path = tmp_path / "in.wav"
    soundfile.write(path, np.tile(tone(rate_hz=rate_hz)[:, None], channels), rate_hz)
    pcm = read_wav(path)
    assert pcm.dtype == np.int16 and abs(len(pcm) - 8_000) <= 1
    assert loudness(pcm) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
    spectrum = np.abs(np.fft.rfft(pcm))
    assert np.argmax(spectrum) * 16_000 / len(pcm) == pytest.approx(440, abs=3)


@pytest.mark.parametrize(
    ("suffix", "subtype"),
    [
        ("wav", "PCM_U8"),
        ("wav", "PCM_16"),
        ("wav", "PCM_24"),
        ("wav", "PCM_32"),
        ("wav", "FLOAT"),
        ("wav", "DOUBLE"),
        ("wav", "ULAW"),
        ("flac", "PCM_16"),
        ("flac", "PCM_24"),
    ],
)
def test_any_width_and_flac(tmp_path: Path, suffix: str, subtype: str) -> None:
    path = tmp_path / f"in.{suffix}"
    soundfile.write(path, tone(), 16_000, subtype=subtype)
    assert np.abs(read_wav(path) / 32768.0 - tone()).max() < 0.02


def test_sixteen_bit_at_sixteen_kilohertz_is_kept_to_the_bit(tmp_path: Path) -> None:
    pcm = np.random.default_rng(1).integers(-32768, 32768, 20_000).astype(np.int16)
    write_wav(tmp_path / "a.wav", pcm)
    assert np.array_equal(read_wav(tmp_path / "a.wav"), pcm)


def test_stereo_is_written_left_and_right(tmp_path: Path) -> None:
    both = np.column_stack((np.full(100, 1000), np.full(100, -3000))).astype(np.int16)
    write_wav(tmp_path / "both.wav", both)
    stored, rate_hz = soundfile.read(tmp_path / "both.wav", dtype="int16")
    assert rate_hz == 16_000 and np.array_equal(stored, both)
    assert np.all(read_wav(tmp_path / "both.wav") == -1000), "the mean of both sides"


def test_floats_beyond_full_scale_are_clipped_not_wrapped(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "hot.wav", np.array([2.0, -2.0, 0.0]), 16_000, subtype="FLOAT")
    assert read_wav(tmp_path / "hot.wav").tolist() == [32767, -32768, 0]


def test_a_long_file_is_read_without_a_seam(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", tone(25.0, 8_000), 8_000)
    pcm = read_wav(tmp_path / "long.wav")
    assert np.abs(pcm[1000:-1000] / 32768.0 - tone(25.0)[1000 : len(pcm) - 1000]).max() < 0.01


# ------------------------------------------------------------------------------------------------- broken files


def refusal(path: Path) -> str:
    with pytest.raises(AudioFileError) as caught:
        read_wav(path)
    line = str(caught.value)
    assert line.startswith(str(path)) and "\n" not in line
    assert ";" in line, "it says what to do"
    return line


def test_missing(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.wav")


def test_a_folder(tmp_path: Path) -> None:
    assert "Is a directory" in refusal(tmp_path)


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    assert "is empty" in refusal(tmp_path / "empty.wav")


@pytest.mark.parametrize("name", ["text.wav", "text.flac", "text.raw", "text.mp3", "text"])
def test_not_sound(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("dear sir or madam, I write to complain " * 50)
    assert "is not a sound file" in refusal(tmp_path / name)


def test_no_samples(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "none.wav", np.zeros(0), 16_000)
    assert "no sound" in refusal(tmp_path / "none.wav")


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT"])
def test_truncated_wav(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(2.0), 16_000, subtype=subtype)
    os.truncate(path, path.stat().st_size // 2)
    assert "cut short: it announces 2.00 s" in refusal(path)


def test_truncated_in_the_header(tmp_path: Path) -> None:
    path = tmp_path / "stump.wav"
    soundfile.write(path, tone(2.0), 16_000)
    os.truncate(path, 30)
    assert "give a WAV or FLAC file" in refusal(path)


def test_truncated_flac(tmp_path: Path) -> None:
    path = tmp_path / "cut.flac"
    soundfile.write(path, np.random.default_rng(1).uniform(-0.5, 0.5, 32_000), 16_000)
    os.truncate(path, path.stat().st_size // 2)
    assert "give a WAV or FLAC file" in refusal(path)


@pytest.mark.parametrize("announced", [0xFFFF_FFFF, 0x7FFF_FFFF])
def test_a_stream_without_a_known_length_is_no_broken_file(tmp_path: Path, announced: int) -> None:
    path = tmp_path / "piped.wav"
    write_wav(path, (tone() * 32767).astype(np.int16))
    stored = bytearray(path.read_bytes())
    stored[40:44] = announced.to_bytes(4, "little")
    path.write_bytes(stored)
    assert len(read_wav(path)) == 8_000


def test_absurdly_long(tmp_path: Path) -> None:
    path = tmp_path / "day.wav"
    soundfile.write(path, np.zeros(5 * 3600 * 100), 100, subtype="PCM_U8")
    assert "4 hours" in refusal(path)


def test_not_numbers(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "nan.wav", np.array([0.0, np.nan]), 16_000, subtype="FLOAT")
    assert "not numbers" in refusal(tmp_path / "nan.wav")


# ------------------------------------------------------------------------------------------------------ writing


def test_writing_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"No such file.*choose another place"):
        write_wav(tmp_path / "nowhere" / "out.wav", np.zeros(10, dtype=np.int16))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_writing_on_a_full_disk() -> None:
    with pytest.raises(StorageError, match="No space left"):
        write_wav(Path("/dev/full"), np.zeros(100_000, dtype=np.int16))


# --------------------------------------------------------------------------------------- a file as a microphone


@given(samples=st.integers(0, 1000), tail_blocks=st.integers(0, 30))
def test_a_file_is_read_whole_then_its_tail_then_it_ends(samples: int, tail_blocks: int) -> None:
    pcm = np.arange(1, samples + 1, dtype=np.int16)
    microphone = FileMicrophone(pcm, tail_seconds=tail_blocks / 100)
    blocks = []
    while (block := microphone.read()) is not None:
        blocks.append(block)
    assert all(block.shape == (160,) for block in blocks)
    assert len(blocks) == -(-samples // 160) + tail_blocks
    heard = np.concatenate([*blocks, np.zeros(0, dtype=np.int16)])
    assert np.array_equal(heard[:samples], pcm) and not heard[samples:].any()
    assert microphone.read() is None and not microphone.live
