"""Fetching a speech model. The only thing in the program that reaches the network, and only when asked to.

The archive comes into ``models/NAME.zip.part``; a download that was cut off, by the line or by Ctrl-C, goes on from
there. It is checked (size, and digest where one is published), unpacked and renamed into place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from voicecoach.errors import DownloadError, UsageError
from voicecoach.places import make_ready, models_folder
from voicecoach.stt.download import Download, Patience
from voicecoach.stt.registry import SpeechModel, find_model, missing_parts
from voicecoach.stt.unpack import COPY_BYTES, storage_error, unpack_model


class Stage(StrEnum):
    """What a fetch is at."""

    ALREADY_THERE = "already there"
    DOWNLOAD = "download"
    CHECK = "check"
    UNPACK = "unpack"


Progress = Callable[[Stage, int, int | None], None]
"""Called often with the stage, the bytes done and the bytes in all (None while nobody has said)."""


def fetch(name: str, home: Path, *, base_url: str | None = None, progress: Progress | None = None) -> Path:
    """The folder of the model of that name below ``home``, fetched if it is not there yet.

    ``base_url`` takes the place of the publisher's address (``base_url/NAME.zip``). Raises ``UsageError`` for an
    unknown name, ``DownloadError`` when the archive cannot be had or is not what was published, and ``StorageError``
    when it cannot be kept.
    """
    return fetch_model(find_model(name), home, base_url=base_url, progress=progress)


def fetch_model(
    model: SpeechModel,
    home: Path,
    *,
    base_url: str | None = None,
    progress: Progress | None = None,
    patience: Patience | None = None,
) -> Path:
    """As ``fetch``, for any model. A folder of its name that lacks files is replaced."""
    report = progress or _nobody_watches
    folder = make_ready(models_folder(home)) / model.name
    if _already_there(folder, report):
        return folder
    url = f"{base_url.rstrip('/')}/{model.name}.zip" if base_url else model.url
    part = folder.with_name(f"{model.name}.zip.part")
    download = Download(
        url,
        part,
        name=model.name,
        size_bytes=model.bytes,
        otherwise=without_network(url, folder.parent),
        progress=lambda done, total: report(Stage.DOWNLOAD, done, total),
        patience=patience or Patience(),
    )
    download.run()
    try:
        _check_and_unpack(model, part, folder, report)
    except DownloadError:
        # Going on from a wrong archive cannot make it right.
        download.forget()
        raise
    download.forget()
    return folder


def install_archive(model: SpeechModel, archive: Path, home: Path, *, progress: Progress | None = None) -> Path:
    """The model's folder, from an archive that came some other way (a stick, a colleague); checked all the same."""
    report = progress or _nobody_watches
    folder = make_ready(models_folder(home)) / model.name
    if not _already_there(folder, report):
        if not archive.is_file():
            raise UsageError("there is no such file", where=str(archive), remedy=f"give the path of {model.name}.zip")
        _check_and_unpack(model, archive, folder, report)
    return folder


def without_network(url: str, folder: Path) -> str:
    """What a person can do whose machine cannot reach ``url``."""
    return (
        f"off-line, download {url} on another machine and unpack it into {folder}, "
        "or use --stt sphinx, which needs no download"
    )


def _already_there(folder: Path, report: Progress) -> bool:
    there = folder.is_dir() and not missing_parts(folder)
    if there:
        report(Stage.ALREADY_THERE, 0, None)
    return there


def _check_and_unpack(model: SpeechModel, archive: Path, folder: Path, report: Progress) -> None:
    try:
        _check(model, archive, report)
    except OSError as error:
        raise storage_error(error, archive) from error
    unpack_model(archive, folder, lambda done, total: report(Stage.UNPACK, done, total))


def _check(model: SpeechModel, archive: Path, report: Progress) -> None:
    """Raise ``DownloadError`` unless the file has the published size and digest (each where one is published)."""
    size_bytes = archive.stat().st_size
    if model.bytes is not None and size_bytes != model.bytes:
        raise DownloadError(
            f"the archive has {size_bytes} bytes and {model.bytes} are published",
            where=model.name,
            remedy="fetch it again",
        )
    if model.digest is None:
        return
    fingerprint = hashlib.new(model.digest.algorithm, usedforsecurity=False)
    done_bytes = 0
    with archive.open("rb") as source:
        while chunk := source.read(COPY_BYTES):
            fingerprint.update(chunk)
            done_bytes += len(chunk)
            report(Stage.CHECK, done_bytes, size_bytes)
    if fingerprint.hexdigest() != model.digest.hex:
        raise DownloadError(
            f"the archive is not the one published (its {model.digest.algorithm} is {fingerprint.hexdigest()})",
            where=model.name,
            remedy="fetch it again; if it stays so, do not use it",
        )


def _nobody_watches(stage: Stage, done_bytes: int, total_bytes: int | None) -> None:
    """Say nothing."""
