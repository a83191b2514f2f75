"""Unpacking a fetched archive so that nothing in it can reach outside its folder or fill the disk.

The archive is read by its list first; only if every entry of it is harmless is anything written. What is written goes
into a hidden folder beside the target and is renamed into place when it is whole, so no half model is ever seen.
"""

from __future__ import annotations

import errno
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from voicecoach.errors import DownloadError, StorageError
from voicecoach.stt.registry import missing_parts

MOST_FILES = 2_000
"""The official models have between 10 and 40 files."""

MOST_BYTES = 8_000_000_000
"""The largest official English model unpacks to about 3 GB."""

MOST_RATIO = 20
"""Unpacked over packed; the official models stay under 3."""

COPY_BYTES = 1 << 20
ENCRYPTED = 0x1
FULL = (errno.ENOSPC, errno.EDQUOT)

# A drive letter or an NTFS stream (:), a Windows separator (\) and control characters have no business in a name.
FORBIDDEN = re.compile(r"[:\\\x00-\x1f]")

UnpackProgress = Callable[[int, int], None]
"""Called with the bytes unpacked so far and in all."""


def unpack_model(archive: Path, target: Path, progress: UnpackProgress | None = None) -> None:
    """Unpack the single folder in the zip ``archive`` as the folder ``target`` (replaced if it was there, incomplete).

    Raises ``DownloadError`` when the archive is not a zip, is damaged, is unsafe to unpack or holds no Vosk model, and
    ``StorageError`` when the disk is full or cannot be written to. Then ``target`` is as it was.
    """
    _forget_leftovers(target)
    try:
        with zipfile.ZipFile(archive) as opened:
            files = _checked(opened, archive)
            total_bytes = sum(info.file_size for info, _ in files)
            need_space(target.parent, total_bytes)
            workplace = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
            try:
                _write_all(opened, files, workplace / "model", progress)
                _check_is_model(archive, workplace / "model")
                _put_in_place(workplace / "model", target, workplace / "replaced")
            finally:
                shutil.rmtree(workplace, ignore_errors=True)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        # zipfile: NotImplementedError for a packing it does not know, ValueError for impossible offsets and names.
        raise DownloadError(
            f"not a usable zip archive ({error})", where=str(archive), remedy="fetch it again"
        ) from error
    except OSError as error:
        raise storage_error(error, target.parent) from error


def need_space(folder: Path, needed_bytes: int) -> None:
    """Raise ``StorageError`` when the disk of ``folder`` has less room than that."""
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise StorageError(
            f"the disk has {free_bytes / 1e6:.0f} MB left and {needed_bytes / 1e6:.0f} MB are needed",
            where=str(folder),
            remedy="free some space",
        )


def storage_error(error: OSError, folder: Path) -> StorageError:
    """What the system said about writing in that folder, in the words of this program."""
    if error.errno in FULL:
        return StorageError("the disk is full", where=str(folder), remedy="free some space and run the command again")
    return StorageError(
        f"cannot be read or written ({error.strerror or error})",
        where=str(folder),
        remedy="check what you may do there",
    )


def _checked(opened: zipfile.ZipFile, archive: Path) -> list[tuple[zipfile.ZipInfo, Path]]:
    """Every file of the archive with its path below the single top folder; refuses the archive if one is unsafe."""
    entries = opened.infolist()
    unpacked_bytes = sum(info.file_size for info in entries)
    packed_bytes = archive.stat().st_size
    files: dict[Path, zipfile.ZipInfo] = {}
    tops = {info.orig_filename.split("/")[0] for info in entries}
    if len(entries) > MOST_FILES:
        raise _refused(archive, f"it has {len(entries)} entries, and a model at most {MOST_FILES}")
    if unpacked_bytes > MOST_BYTES or unpacked_bytes > MOST_RATIO * packed_bytes:
        raise _refused(archive, f"its {packed_bytes} bytes would become {unpacked_bytes}")
    for info in entries:
        if danger := _danger(info):
            raise _refused(archive, f"{info.orig_filename!r} {danger}")
        if info.is_dir():
            continue
        path = Path(*info.orig_filename.split("/")[1:])
        if path == Path() or path in files:
            raise _refused(archive, f"{info.orig_filename!r} lies outside the model's folder, or comes twice")
        files[path] = info
    if len(tops) != 1:
        raise _refused(archive, f"it holds {len(tops)} folders, and a model is one")
    return [(info, path) for path, info in files.items()]


def _danger(info: zipfile.ZipInfo) -> str:
    """Why this entry must not be unpacked; "" when it may."""
    parts = info.orig_filename.removesuffix("/").split("/")
    if FORBIDDEN.search(info.orig_filename) or any(part in ("", ".", "..") for part in parts):
        return "leads out of its folder"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if info.flag_bits & ENCRYPTED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is encrypted or packed in an unusual way"
    return ""


def _refused(archive: Path, why: str) -> DownloadError:
    return DownloadError(
        f"the archive is not safe to unpack: {why}", where=str(archive), remedy="do not use it; nothing was unpacked"
    )


def _write_all(
    opened: zipfile.ZipFile,
    files: list[tuple[zipfile.ZipInfo, Path]],
    folder: Path,
    progress: UnpackProgress | None,
) -> None:
    total_bytes = sum(info.file_size for info, _ in files)
    done_bytes = 0
    folder.mkdir()
    for info, path in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # zipfile stops at the size that the list gives and then compares the checksum.
        with opened.open(info) as source, target.open("xb") as sink:
            while chunk := source.read(COPY_BYTES):
                sink.write(chunk)
                done_bytes += len(chunk)
                if progress:
                    progress(done_bytes, total_bytes)


def _check_is_model(archive: Path, folder: Path) -> None:
    missing = missing_parts(folder)
    if missing:
        raise DownloadError(
            f"the archive holds no Vosk model ({', '.join(missing)} missing)",
            where=str(archive),
            remedy="delete it and fetch the model again",
        )


def _put_in_place(whole: Path, target: Path, aside: Path) -> None:
    """Rename; an incomplete folder in the way is moved aside first, since a folder cannot be renamed onto another."""
    if target.exists():
        target.rename(aside)
    try:
        whole.rename(target)
    except OSError:
        if aside.exists():
            aside.rename(target)
        raise


def _prefix(target: Path) -> str:
    return f".{target.name}.unpacking-"


def _forget_leftovers(target: Path) -> None:
    """Remove what a killed process left behind."""
    for leftover in target.parent.glob(f"{_prefix(target)}*"):
        shutil.rmtree(leftover, ignore_errors=True)
