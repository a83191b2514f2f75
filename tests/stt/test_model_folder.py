"""Broken model folders of every kind: what the one line says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from voicecoach.errors import ModelError
from voicecoach.stt.model_folder import check_model_folder, synthetic_model_folder, understands_people

CLASSIC = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int", "graph/HCLG.fst")
FLAT = ("final.mdl", "mfcc.conf", "words.txt", "word_boundary.int", "HCLG.fst")


def folder_with(root: Path, files: tuple[str, ...]) -> Path:
    root.mkdir(exist_ok=True)
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    return root


def complaint(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        check_model_folder(folder)
    line = str(caught.value)
    assert line.startswith(str(folder)), "it says where"
    assert caught.value.remedy, "it says what to do"
    assert "\n" not in line
    return line


@pytest.mark.parametrize("files", [CLASSIC, FLAT], ids=["classic", "flat"])
def test_both_layouts_are_models(tmp_path: Path, files: tuple[str, ...]) -> None:
    check_model_folder(folder_with(tmp_path / "model", files))
    assert "model" in complaint(folder_with(tmp_path / "part", files[1:]))


def test_a_graph_in_two_parts_is_as_good(tmp_path: Path) -> None:
    check_model_folder(folder_with(tmp_path / "model", (*CLASSIC[:-1], "graph/HCLr.fst", "graph/Gr.fst")))
    assert "graph" in complaint(folder_with(tmp_path / "half", (*CLASSIC[:-1], "graph/HCLr.fst")))


def test_missing(tmp_path: Path) -> None:
    assert "no such model folder" in complaint(tmp_path / "nowhere")


def test_empty(tmp_path: Path) -> None:
    assert "the model folder is empty" in complaint(tmp_path)


@pytest.mark.parametrize("lacking", CLASSIC)
def test_half_unpacked(tmp_path: Path, lacking: str) -> None:
    folder = folder_with(tmp_path / "model", CLASSIC)
    (folder / lacking).unlink()
    assert f"only half unpacked: {lacking}" in complaint(folder)


@pytest.mark.parametrize("lacking", FLAT[1:])
def test_half_unpacked_flat(tmp_path: Path, lacking: str) -> None:
    folder = folder_with(tmp_path / "model", FLAT)
    (folder / lacking).unlink()
    assert f"only half unpacked: {lacking}" in complaint(folder)


def test_a_file_of_no_bytes_counts_as_missing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "model", CLASSIC)
    (folder / "am/final.mdl").write_bytes(b"")
    assert "am/final.mdl missing" in complaint(folder)


def test_the_archive_itself(tmp_path: Path) -> None:
    archive = tmp_path / "vosk-model-small-en-us-0.15.zip"
    archive.write_bytes(b"PK")
    assert "this is a file" in complaint(archive)
    assert "unpack it" in complaint(archive)


def test_the_folder_around_the_model(tmp_path: Path) -> None:
    folder_with(tmp_path / "vosk-model", CLASSIC)
    assert f"one folder deeper; give {tmp_path / 'vosk-model'}" in complaint(tmp_path)


@pytest.mark.parametrize(
    ("file", "kind"),
    [("mdef", "PocketSphinx"), ("model.bin", "Whisper"), ("final.ext.raw", "speaker model"), ("tokens.txt", "sherpa")],
)
def test_a_model_of_another_kind_is_named(tmp_path: Path, file: str, kind: str) -> None:
    line = complaint(folder_with(tmp_path / "model", (file,)))
    assert kind in line
    assert "not a Vosk model" in line or "no words" in line


def test_any_other_folder(tmp_path: Path) -> None:
    assert "not a Vosk model folder" in complaint(folder_with(tmp_path / "holiday", ("beach.jpg",)))


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_with(tmp_path / "model", CLASSIC)

    def refused(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)  # root, as which tests may run, may read any folder
    assert "cannot be read (Permission denied)" in complaint(folder)


def test_a_model_without_a_marker_understands_people(tmp_path: Path) -> None:
    assert understands_people(folder_with(tmp_path / "model", CLASSIC))


def test_the_model_made_here_does_not(model_dir: Path) -> None:
    assert not understands_people(model_dir)
    assert model_dir == synthetic_model_folder()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"name": "x"}', "null"])
def test_a_broken_marker_is_an_error_and_not_a_yes(tmp_path: Path, content: str) -> None:
    folder = folder_with(tmp_path / "model", CLASSIC)
    (folder / "voicecoach.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="marker file"):
        understands_people(folder)


def test_a_marker_may_say_people(tmp_path: Path, model_dir: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_dir, folder)
    (folder / "voicecoach.json").write_text(json.dumps({"understands": "people"}), encoding="utf-8")
    assert understands_people(folder)
