"""Fetching a neural voice, file by file, each checked against its published sha256."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from voicecoach.errors import DownloadError
from voicecoach.places import make_ready
from voicecoach.stt.download import Download, Patience
from voicecoach.stt.unpack import storage_error
from voicecoach.tts.neural_voices import NeuralVoice, VoiceFile, voices_folder

READ_BYTES = 1 << 20

BytesProgress = Callable[[int, int], None]
"""Called often with the bytes done and the bytes in all."""


def fetch_voice(
    voice: NeuralVoice,
    home: Path,
    *,
    base_url: str | None = None,
    progress: BytesProgress | None = None,
    patience: Patience | None = None,
) -> Path:
    """Its folder, fetched if it is not whole yet; a download that was cut off goes on. ``base_url`` replaces ``url``.

    Raises ``DownloadError`` when a file cannot be had or is not the one published, ``StorageError`` when it cannot be
    kept.
    """
    folder = make_ready(make_ready(voices_folder(home)) / voice.name)
    total = sum(file.bytes for file in voice.files)
    done = 0
    for file in voice.files:
        before = done

        def report(here: int, _: int | None, before: int = before) -> None:
            if progress is not None:
                progress(before + here, total)

        _fetch_file(file, f"{(base_url or voice.url).rstrip('/')}/{file.name}", folder, report, patience or Patience())
        done += file.bytes
    return folder


def _fetch_file(
    file: VoiceFile, url: str, folder: Path, report: Callable[[int, int | None], None], patience: Patience
) -> None:
    target = folder / file.name
    if target.is_file() and target.stat().st_size == file.bytes and _sha256(target) == file.sha256:
        report(file.bytes, file.bytes)
        return
    part = folder / f"{file.name}.part"
    download = Download(
        url,
        part,
        name=file.name,
        size_bytes=file.bytes,
        otherwise=f"off-line, download {url} on another machine and put it into {folder}",
        progress=report,
        patience=patience,
    )
    download.run()
    found = _sha256(part)
    if found != file.sha256:
        download.forget()
        raise DownloadError(
            f"the file is not the one published (its sha256 is {found})",
            where=file.name,
            remedy="fetch it again; if it stays so, do not use it",
        )
    try:
        part.replace(target)
    except OSError as error:
        raise storage_error(error, target) from error
    download.forget()


def _sha256(path: Path) -> str:
    fingerprint = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(READ_BYTES):
                fingerprint.update(chunk)
    except OSError as error:
        raise storage_error(error, path) from error
    return fingerprint.hexdigest()
