"""Where models and calls live."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs
import pytest

from voicecoach.errors import StorageError
from voicecoach.places import calls_folder, home_folder, make_ready, models_folder, owner_only


def test_the_home_is_the_platforms_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOICECOACH_HOME", raising=False)
    assert home_folder() == Path(platformdirs.user_data_dir("voicecoach", appauthor=False))


def test_voicecoach_home_overrides_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "mine"))
    assert home_folder() == tmp_path / "mine"
    assert models_folder() == tmp_path / "mine" / "models"
    assert calls_folder() == tmp_path / "mine" / "calls"
    assert not (tmp_path / "mine").exists(), "asking where it is makes nothing"


def test_an_empty_voicecoach_home_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", " ")
    assert home_folder() == Path(platformdirs.user_data_dir("voicecoach", appauthor=False))


def test_voicecoach_home_may_be_relative_or_begin_with_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICECOACH_HOME", "here")
    assert home_folder() == tmp_path / "here"
    monkeypatch.setenv("VOICECOACH_HOME", "~/there")
    assert home_folder() == Path.home() / "there"


def test_a_tilde_of_nobody_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", "~nobody-of-that-name/x")
    with pytest.raises(StorageError, match="VOICECOACH_HOME"):
        home_folder()


@pytest.mark.skipif(os.name != "posix", reason="permissions are a POSIX matter")
def test_what_is_made_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = make_ready(calls_folder(tmp_path / "new" / "home"))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="permissions are a POSIX matter")
@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_whatever_the_umask_folders_and_files_are_their_owners_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        folder = make_ready(calls_folder(tmp_path / "home"))
        with open(folder / "new", "x", opener=owner_only) as file:
            file.write("mine")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700
    assert (folder / "new").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="permissions are a POSIX matter")
def test_a_file_that_was_open_to_others_is_closed_to_them_when_it_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_text("theirs")
    path.chmod(0o644)
    with open(path, "w", opener=owner_only) as file:
        file.write("mine")
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine").write_text("kept")
    make_ready(models_folder(tmp_path))
    assert (tmp_path / "models" / "mine").read_text() == "kept"
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_home_that_cannot_be_made_is_one_line_that_names_the_variable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError) as caught:
        make_ready(models_folder(tmp_path / "file"))
    assert str(tmp_path / "file" / "models") in str(caught.value)
    assert "VOICECOACH_HOME" in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="permissions are a POSIX matter")
def test_a_folder_without_write_permission_is_one_line() -> None:
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        (Path(home) / "models").mkdir(mode=0o555)
        assert said_by_nobody_in_particular(Path(home)) == "the folder cannot be written to"


def said_by_nobody_in_particular(home: Path) -> str:
    """What ``make_ready`` complains of to a user without privileges (the tests may run as root, who has them all)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65_534)
            make_ready(models_folder(home))
        except StorageError as error:
            os.write(writer, error.what.encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said
